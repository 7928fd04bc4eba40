#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables that name their rows, and lists in their cells, for who listens.
. "${srcdir:-.}/tests/lib.sh"
plan 12
need python3
mkdir "$T/site"
cat >"$T/site/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "1", "title": "Table", "url": "http://a.example/1", "content_html": "<table><tr><th>Item<td>Chair<td>old</tr><tr><th>Price<td>12<td>13</tr></table><p>Between.</p><table><tr><th>Street</th><th>Houses</th></tr><tr><td>Mill Lane</td><td><ul><li>1 to 9</li><li>12</li></ul></td></tr></table><table><tr><th>Name<td>Ann</tr><tr><th>Room<td>7</tr><tr><th>Responsibilities<td>Administration, representations, correspondence</tr></table>"}]}
END
serve "$T/site"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
printf '1\n1\n' | "$crier" --plain >"$out" 2>&1
has "the first cell of a row names the others" "$out" "Item: Chair"
has "all of them" "$out" "Item: old"
has "of each row" "$out" "Price: 13"
has "of two columns, too" "$out" "Room: 7"
has "a list in a cell is told without bullets" "$out" "Houses: 1 to 9; 12"
ok "with none" sh -c '! grep -q "•" "$1"' sh "$out"
printf 'size 20 24\nkeys Enter Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
ok "a narrow screen names rows as well" grep -q "^ *Room: 7" "$out"
# --- whole tables that are wider than the screen
cat >"$T/site/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "2", "title": "Wide", "url": "http://a.example/2", "content_html": "<table><tr><th>Street</th><th>Hours of the day</th><th>Households concerned</th><th>Remarks of the office</th></tr><tr><td>Mill Lane</td><td>8 to 14</td><td>1240</td><td></td></tr></table><p>Below.</p>"}]}
END
play --set=fetch.auto=no <<'END'
size 40 24
keys R
wait idle
keys Enter Enter
dump
keys .
dump
keys . .
dump
keys . . . .
dump
END
has_not "where tables are fitted in nothing is cut" "$T/screen.1" ">$"
on 2 "one that is whole says what shifts it" ", and . shift tables, < fits them in"
grep -c "^ .\{37\}>" "$T/screen.2" >"$out"
has "and each line that is cut, and the rule between them, has a mark in its last cell" "$out" 3
on 4 "at its end" "Remarks of the office"
grep "^ .\{37\}>" "$T/screen.4" >"$out" || :
has_not "nothing is cut" "$out" ">"
finish
