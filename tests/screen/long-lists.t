#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists whose rows are counted only as far as one has looked: their end, a row by its number, what is found in them.
. "${srcdir:-.}/tests/lib.sh"
plan 10

mkdir "$T/files"
{
    echo '<rss version="2.0"><channel><title>Town</title><link>http://town.example/</link>'
    n=0
    while [ $n -lt 900 ]; do
        n=$((n + 1))
        printf '<item><title>Water notice %d</title><guid>w%d</guid></item>\n' $n $n
    done
    echo '</channel></rss>'
} >"$T/files/feed.xml"
serve "$T/files"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
# shown LINE…: what of a list that a query made is in the bar and under the cursor
shown() {
    printf '%s\n' 'size 80 12' 'keys Enter f' 'type since:2000-01-01' 'keys Enter' "$@" 'dump' >"$T/script"
    run "$crier" --set=ui.layout=1 --script "$T/script"
}
has() {
    grep -qF -- "$1" "$T/out"
}
printf '%s\n' 'size 80 12' 'keys Enter f' 'type since:2000-01-01' 'dump' >"$T/script"
run "$crier" --set=ui.layout=1 --script "$T/script"
ok "while one types the beginning of a list is counted as far as is seen" has "1/100+"
shown
ok "and then all that is counted soon" has "1/900"
shown 'keys G'
ok "its end is reached at once" has "900/900"
shown 'keys 8 5 0 G'
ok "and a row by its number" has " 850/900"
shown 'keys / ' 'type notice 845' 'keys Enter'
ok "what is found may lie behind what was counted" has "Water notice 845"
ok "and is found" sh -c "! grep -q 'not found' '$T/out'"
shown 'keys / ' 'type notice 12' 'keys Enter N'
ok "backwards one goes round to the end" has "from the end again"
shown 'keys / ' 'type no such notice' 'keys Enter'
ok "what is nowhere is not found" has "not found"
shown 'keys 9 5 G'
ok "and a row near its beginning" has "95/900"
run_plain() {
    printf '%s\n' "$@" >"$T/typed"
    "$crier" --plain <"$T/typed" >"$T/out" 2>&1
}
run_plain 1 'f since:2000-01-01' G Q
ok "and so it is heard" has "900 of 900"
finish
