#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches of --plain: what is due when it is opened runs beside what one reads and types, what was
# asked for is stopped, and what a key has said goes on when a setting is changed.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 29
transfers_start

fresh() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    for url; do
        "$crier" add --no-discover "$url" >/dev/null
    done
}
# terminal [OPTION…] -- STEP…: where somebody types
terminal() {
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    # shellcheck disable=SC2086
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier" $options --plain
}

# --- what is due
fresh "$BASE/feed/first" "$BASE/feed/second"
terminal -- "see:what is due is being fetched; what has come is told with a later line" "see:> " \
    "run:until grep -q feed/second $T/log; do sleep 0.02; done; $crier fetch --wait --progress=none || :" "type:j
" "see:> " "type:j
" "see:> " "type:j
" "see:> " "type:Q
"
status_is "crier is left as always" 0
has "what was never fetched is fetched when it is opened" "$out" "4 new articles"
has "and told before a line is waited for" "$out" "Feed second: 2 unread of 2"
terminal -- "see:> " "type:Q
"
has_not "what is not due is not" "$out" "is being fetched"
fresh "$BASE/feed/first"
terminal --set=fetch.auto=no -- "see:> " "type:Q
"
has_not "nor is anything with fetch.auto=no" "$out" "is being fetched"
printf 'Q\n' | "$crier" --plain >"$out" 2>&1
has_not "nor where a program types" "$out" "is being fetched"
fresh "$BASE/hold/left-first"
terminal -- "see:is being fetched" "see:> " "type:a
" "see:1 to 20 of" "type:.
" "see:crier: municipal news" "run:until grep -q hold/left $T/log; do sleep 0.02; done" "type:cancel
" "see:stopped: 0 of 1 source was fetched" "type:cancel
" "see:no fetch is running" "type:Q
"
status_is "nothing waits for it, and it can be stopped" 0
[ "$status" = 0 ] || show "$out"
fresh "$BASE/hold/first"
terminal -- "see:is being fetched" "see:> " "type:R
" "see:a fetch is running; this one follows it" "run:python3 -I -S $srcdir/tests/kit/get.py $BASE/open/first" "see:new articles" "see:> " "type:Q
"
status_is "what is asked for meanwhile follows it, and is waited for" 0
[ "$status" = 0 ] || show "$out"
fresh "$BASE/hold/left-first"
terminal -- "see:is being fetched" "see:> " "type:Q
"
status_is "who leaves leaves it" 0

# --- behind another program's, which began after crier and has stored nothing yet
fresh "$BASE/hold/held"
cat >"$T/other" <<END
"$crier" fetch --progress=none >"$T/fetched" 2>&1 &
python3 - "$STORE" <<'PY'
import sqlite3, sys, time
store = sqlite3.connect(sys.argv[1])
for _ in range(500):
    if store.execute("SELECT 1 FROM meta WHERE key = 'progress'").fetchone():
        break
    time.sleep(0.02)
PY
END
terminal --set=fetch.auto=no -- "see:> " "run:sh $T/other" "type:fetch-all
cancel
" "see:goes on" "see:> " "type:cancel
" "see:it can only be stopped there" "see:> " "type:Q
"
status_is "what waits for another fetch is stopped" 0
[ "$status" = 0 ] || show "$out"
has "and not that one, which is said" "$out" "nothing is fetched after the fetch of the other program any more; that one goes on"
has_not "and nothing else" "$out" "stopped;"
get /open/held >/dev/null
"$crier" fetch --wait --progress=none || :
ok "it comes to its end" test "$("$crier" list | wc -l)" = 2

# --- what failed beside what came
fresh "$BASE/feed/first" "$BASE/status/404"
# due: until what is due was fetched, and its end told
due() {
    requests=$(grep -c status/404 "$T/log")
    terminal -- "see:is being fetched" "see:> " "run:until [ \$(grep -c status/404 $T/log) -gt $requests ]; do sleep 0.02; done; $crier fetch --wait --progress=none || :" "type:j
" "see:> " "type:j
" "see:> " "type:Q
"
}
due
has "what failed is told beside what came" "$out" "1 source failed; e tells why; 2 new articles"
has_not "and not as an error, for which nobody has asked" "$out" "error:"
CRIER_NOW=$((CRIER_NOW + 86400))
due
has_not "what has failed before is no news" "$out" "failed; e tells why"
has "the end is told all the same" "$out" "0 new articles"

# --- lines that were typed before what stops
fresh "$BASE/feed/first"
"$crier" fetch --progress=none
terminal -- "see:> " "type:add $BASE/hold/left-second
" "see:the address is being looked at; 'cancel' stops it" "type:
" "see:what you type is answered after it" "type:s
cancel
" "see:the portal is not asked any longer" "see:> " "type:q
Q
"
status_is "a look at an address is stopped" 0
ok "and begins anew by no empty line that was typed before" sh -c '! sed "1,/not asked any longer/d" "$1" | grep -q "looked at"' - "$out"
has "what was typed before is not done, which is said" "$out" "what was typed before is not done"
terminal -- "see:> " "type:add $BASE/hold/left-second
" "see:the address is being looked at; 'cancel' stops it" "type:

cancel
" "see:the portal is not asked any longer" "see:> " "type:q
Q
"
has_not "of empty lines there is nothing to say" "$out" "what was typed before"
kill "$portal_pid"
wait "$portal_pid" 2>/dev/null

# --- what a key has said
rm "$T/base"
portal_start
fresh
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
said() {
    printf '%s\n' "$@" | "$crier" --plain >"$out" 2>&1
}
said 1 E 'set ui.dates=iso' g
has "editions that a key has shown stay so when another setting is set" "$out" "1 of 33: "
said 1 'first 6' E
has "whose list says how the rows before are heard" "$out" " of 33; b: the rows before"
said 1 E 'set list.fold-editions=yes'
has "the setting itself is meant" "$out" ": 1 to 11 of 11"
said 1 'set list.fold-editions=no' E 'set ui.dates=iso' G
has "so it is the other way round" "$out" "11 of 11: "
play <<'END'
keys Enter E
type :set ui.dates=iso
keys Enter g
dump
END
has "and on a screen" "$T/screen.1" "1/33"
play --set=ui.layout=2 <<'END'
size 90 24
type :layout
keys Enter
dump
type :set ui.dates=iso
keys Enter
dump
type :set ui.layout=2
keys Enter
dump
END
has "a pane that a key has opened" "$T/screen.1" "platform roofs"
has "stays, too" "$T/screen.2" "platform roofs"
has_not "until panes are set" "$T/screen.3" "platform roofs"
finish
