#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader sleeps while nothing happens: it makes no system call but the one that waits, with or
# without a store, whatever is shown.  What happens wakes it all the same.
. "${srcdir:-.}/tests/lib.sh"
need python3 strace
if ! strace -q -e trace=none true 2>/dev/null; then
    skip_all "strace may not look at processes here"
fi
plan 7
QUIET=quiet:3

# reader STEP… [-- OPTION…]: the last step ends it
reader() {
    steps=
    run python3 "$srcdir/tests/kit/terminal.py" --patience=30 "$@"
}
# idle NAME STEP… -- COMMAND…
idle() {
    name=$1
    shift
    reader "$@"
    ok "$name" sh -c 'test "$1" = 0 || { sed "s/^/# /" "$2"; false; }' sh "$status" "$err"
}

idle "without a store" "see:Nothing is subscribed" $QUIET "type:$(printf '\033Q')" -- "$crier"
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
first=$("$crier" list --limit=1 --format=tsv | cut -f1) # "Old railway station becomes the museum"
idle "with the list of sources" "see:All articles" $QUIET type:Q -- "$crier" --set=ui.layout=1
idle "with an article open" "see:All articles" "type:$(printf '\r')" see:1/11 "type:$(printf '\r')" "see:almost a hundred" $QUIET type:Q -- "$crier" --set=ui.layout=1
idle "with panes beside" "see:All articles" size:160x40 "type:$(printf 'j\r')" $QUIET type:Q -- "$crier" --set=ui.layout=3
idle "what another program writes is shown" "see:All articles" "type:$(printf 'j\r')" "see:No article has a star" $QUIET \
    "run:'$crier' mark starred $first" "see:Old railway" $QUIET "run:'$crier' mark unstarred $first" "see:No article has a star" \
    $QUIET type:Q -- "$crier"
idle "a terminal of another size is filled" "see:All articles" $QUIET size:30x10 see:open $QUIET type:Q -- "$crier"
reader "see:All articles" $QUIET signal:15 -- "$crier"
status_is "a signal ends it" 143
finish
