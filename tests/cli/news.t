#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A fetch says how many articles were revised, withdrawn and brought back, on stderr and to programs,
# and a page without a text is a withdrawal, not a fault of the rules (tests/portal/story.py).
. "${srcdir:-.}/tests/lib.sh"
plan 9
portal_start
cp "$T/story.portal" "$CONFIG/portals/"
"$crier" add story/en/notices >"$out"
# towards STEP HOW…: the town after it, and what a fetch says two hours later
towards() {
    get "/control/story?step=$1" >/dev/null
    shift
    CRIER_NOW=$((CRIER_NOW + 7200))
    export CRIER_NOW
    run "$crier" fetch --all --full "$@"
}
towards 0 --progress=lines
has "all is new at first" "$err" "12 new articles"
ok "and nothing else is said" sh -c '! grep -E "revised|withdrawn|back" "$1"' - "$err"
towards 1 --progress=lines
has "what is revised later" "$err" "0 new articles, 2 revised"
towards 2 --progress=lines
ok "doubts are not told" sh -c '! grep withdrawn "$1"' - "$err"
ok "nor are they faults of rules" sh -c '! grep "does not fit" "$1"' - "$err"
towards 2 --progress=json
has "withdrawals are told to programs" "$out" '"revised":0,"withdrawn":6,"returned":0'
towards 2 --progress=lines
has "once" "$err" "0 new articles"
ok "with the rules as they were" sh -c '! grep "does not fit" "$1"' - "$err"
towards 3 --progress=lines
has "and what is back" "$err" "0 new articles, 3 are back"
finish
