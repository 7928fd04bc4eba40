#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where an empty line of --plain reads on: behind what one has gone to, and behind what was read as
# before where what was asked for is not there.
. "${srcdir:-.}/tests/lib.sh"
plan 37
portal_start
"$crier" add beiling/en/notices >/dev/null
"$crier" fetch --progress=none
get "/control/revise?path=/en/notices/204.html" >/dev/null
"$crier" fetch --full --all --progress=none
cp -r "$T/data" "$T/fresh"
lines() {
    said --set=fetch.auto=no -- "$@"
}

# --- a list that was read to its end
lines 4 ''
has "after the last row there is none" "$out" "this is the end of the list"
for back in k 's 3' 't 3 x' 'select 3'; do
    lines 4 'j 3' "$back" ''
    has "reading goes on behind the row before, reached by $back" "$out" "4 to 6 of 6"
done
for view in i v ''; do
    lines 4 'j 3' "$view 3" q ''
    has "or left again for the list (${view:-read})" "$out" "4 to 6 of 6"
done
lines 4 'j 3' 'k 2' ''
has "and by two rows" "$out" "3 to 6 of 6"
lines 4 'j 3' 'find zzz' ''
has "a find that fails leads nowhere" "$out" "5 to 6 of 6"

for told in 's 3' 'm 2' 't 3 x' j; do
    case $told in
    j) lines 4 j j '' ;;
    *) lines 4 "$told" '' ;;
    esac
    has "nor at the end where a row was told alone by '$told'" "$out" "4 to 6 of 6"
done
for there in 3 'i 3' 'v 3'; do
    lines 4 "$there" q ''
    has "nor where one came back from '$there'" "$out" "4 to 6 of 6"
done
lines 4 'w 3' . ''
has "or left a question" "$T/all" "4 to 6 of 6"
lines 4 'j 4' k '' 3 q ''
has "nor where the end was read a second time" "$out" "4 to 6 of 6"
lines 4 '?' q ''
has "and behind the first row, where one is back from the help" "$out" "2 to 6 of 6"
lines 4 '6' q ''
has "behind the last row there still is none" "$out" "this is the end of the list"

# --- a text
lines 4 2 ''
has "behind a text that was read there is the next article" "$out" "Planned interruption of the water supply"
for fails in 'find zzz' j 'k 99 x' 99 'open 99' next-change; do
    lines 4 2 "$fails" ''
    has "nor does '$fails' change that" "$out" "Planned interruption of the water supply"
done
lines 4 2 'find zzz' j
has "one still is at its end" "$out" "this is the end of the text"
lines 4 2 'find tender doc' ''
sed 1q "$out" >"$T/behind"
lines 4 2 'find tender doc' 'find zzz' ''
sed -i 1q "$out"
same "or at what was found before" "$T/behind" "$out"

# --- changes
lines 4 'v 3' 1 n ''
has "behind a change follow the others" "$out" "Day 18 October: Households: was: 2105"
has_not "which it is not one of" "$out" "Day 16 October"
lines 4 'v 3' 1 n n n p ''
has "also behind one to which one went back" "$out" "before you drink it again"
has_not "and no other" "$out" "2310"
lines 4 'v 3' 1 n j j n
has "the next change is that behind what was read" "$out" "change 3 of 3"
lines 4 'v 3' 1 'n 9'
has "further on than to the last one one comes to that" "$out" "change 3 of 3"
lines 4 'v 3' 1 'n 9' ''
has "behind which there is nothing" "$out" "this is the end of the text"
finish
