#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An article: links followed inside and outside, pictures, the place that is kept, what is only
# looked at beside a list; and the linear mode.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 81
mkdir "$T/www"
python3 - >"$T/www/feed.json" <<'PY'
import json
links = ('<p>See <a href="/more.html">the second notice</a>, <a href="/empty.html">an empty page</a> and '
         '<a href="http://elsewhere.example/">another city</a>.</p><p><img src="/map.png" alt="Map of the streets"></p>')
table = ("<table><tr><th>Street</th><th>Hours</th></tr><tr><td><a href='/more.html'>Station Street</a></td><td>8-12</td></tr>"
         "<tr><td>River Road</td><td>13-17</td></tr></table>")
long = "".join("<p>Paragraph number %d of a long notice about the water supply.</p>" % n for n in range(80))
items = [{"id": str(n), "title": title, "content_html": body, "url": "@BASE@/%d.html" % n, "date_published": "2025-10-%02dT08:00:00Z" % (20 - n)}
         for n, (title, body) in enumerate([("First notice", links + table), ("Long notice", long), ("Third notice", "<p>Short.</p>")])]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": items}))
PY
{
    echo '<html><head><title>Second notice</title></head><body><article><h1>Second notice</h1>'
    for n in 1 2 3 4 5 6; do echo "<p>The pipes of the second district are replaced in the course of November, part $n.</p>"; done
    echo '</article></body></html>'
} >"$T/www/more.html"
echo '<html><head><title>x</title></head><body></body></html>' >"$T/www/empty.html"
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

play() {
    cat >"$T/script"
    rm -f "$T/opened"
    run "$crier" --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    tail -n 24 "$out" >"$T/screen"
    screens "$T/script" "$out"
}
opened() {
    tries=0
    while [ ! -s "$T/opened" ] && [ $tries -lt 1500 ]; do sleep 0.02; tries=$((tries + 1)); done
    grep -qF -- "$1" "$T/opened"
}

play <<'END'
keys Enter Enter Tab Enter
wait Second notice
dump
keys h
dump
END
has "a link to the same portal is fetched and read inside" "$T/screen.1" "The pipes of the second district"
has "and back leads to where it was followed" "$T/screen" "the second notice[1]"
ok "the article is in the store" test "$("$crier" list --format=tsv | wc -l)" = 4
play <<'END'
keys Enter
keys / 
type First
keys Enter Enter Tab Enter
dump
END
has "then it is read without a network" "$T/screen" "The pipes of the second district"
play <<'END'
keys Enter
keys /
type First
keys Enter Enter 2 Enter
wait there is no
dump
END
has "a page without an article says so" "$T/screen" "empty.html"
play <<'END'
keys Enter
keys /
type First
keys Enter Enter 3 Enter
dump
END
ok "a link to elsewhere opens outside" opened "http://elsewhere.example/"
play <<'END'
keys Enter
keys /
type First
keys Enter Enter
dump
keys 4 o
END
has "a picture is its alternative text and has a number" "$out" "[picture: Map of the streets][4]"
ok "and opens outside" opened "/map.png"
play <<'END'
keys Enter
keys /
type First
keys Enter Enter S-Tab S-Tab S-Tab S-Tab
styles
keys U
dump
END
has "links in tables can be focused" "$T/screen.1" "FFFFFFFFFFFFFF"
has "all are listed" "$T/screen" "[4] [picture: Map of the streets]"

# --- the place
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play <<'END'
size 60 12
keys Enter j Enter Space Space Space
dump
END
top=$(tail -n 12 "$out" | sed -n '2,11p' | grep -o 'number [0-9]*' | head -n 1)
ok "a long article is read on" test -n "$top"
play <<'END'
size 60 12
keys Enter j Enter
dump
END
has "the next time it is open where reading stopped" "$out" "$top of a long notice"
play <<'END'
size 33 12
keys Enter j Enter
dump
END
has "in another width too" "$out" "$top"
play <<'END'
size 60 12
keys Enter j Enter G
keys q Enter
dump
END
has "and from the beginning when it was read to the end" "$out" "Long notice"
play <<'END'
size 60 12
keys Enter j Enter Space Space
size 33 12
size 60 12
dump
END
has "a resize keeps the place in the text" "$out" "of a long notice"

# --- of what is long, only the beginning is laid out until it is read
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play <<'END'
size 120 12
keys Enter j
dump
keys Enter G
dump
keys h k j
size 110 12
wheel down 80 5
wheel down 80 5
wheel down 80 5
dump
keys Enter G
dump
keys g /
type number 79
keys Enter
dump
END
has "beside a list it begins" "$T/screen.1" "Paragraph number 2 of a long notice"
has "what is entered leads to its end" "$T/screen.2" "Paragraph number 79 of a long notice"
has_not "where the list has the focus again, too" "$T/screen.3" "Paragraph number 0 of"
has "and once more" "$T/screen.4" "Paragraph number 79 of a long notice"
has "all of it is searched" "$T/screen.5" "Paragraph number 79 of a long notice"

# --- panes: what is beside a list is seen, not read
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play <<'END'
size 160 24
dump
keys Tab j j
dump
END
has "three panes from 160 cells on" "$T/screen.1" "│  First notice"
ok "what is only seen stays unread" test "$("$crier" list --format=tsv is:unread | wc -l)" = 3
play <<'END'
size 160 24
keys Tab Tab
dump
END
ok "what is entered is read" test "$("$crier" list --format=tsv is:unread | wc -l)" = 2
play <<'END'
size 120 24
keys Enter
dump
keys h h
dump
size 80 24
dump
END
has "two panes from 110 on" "$T/screen.1" "│  First notice"
has "a narrow terminal shows the one with the keys" "$T/screen" "crier: municipal news"
play <<'END'
size 120 24
keys Enter z
dump
END
has "z shows one more" "$out" "│●   10-19 Long notice"
play <<'END'
size 38 24
keys z
dump
END
has "or says that there is no room" "$out" "too narrow"
play <<'END'
size 120 24
keys z z z
dump
size 160 24
dump
size 80 24
keys z z
dump
END
has "the number that the width gives by itself goes by it again" "$T/screen.1" "2 panes, by the width of the terminal"
has "when that changes, too" "$T/screen.2" "│  First notice"
has "and on a narrow terminal" "$T/screen.3" "1 pane, by the width of the terminal"
play <<'END'
size 60 24
type :set ui.layout=3
keys Enter Enter
dump
size 80 24
dump
size 90 24
dump
END
ok "what was wanted gives way where nothing could be read" sh -c '! grep -q "│" "$1"' sh "$T/screen.1"
ok "to as many as there is room for" grep -q '^[^│┃]*[│┃][^│┃]*$' "$T/screen.2"
ok "and no longer than that" grep -q '^[^│┃]*[│┃][^│┃]*[│┃]' "$T/screen.3"

# --- the end of an article
play <<'END'
keys Enter G Enter
keys Space
dump
END
has "Space at the end looks for the next unread article" "$T/screen" "no more unread articles below; 1 above: N"
printf '[settings]\nread.next=no\n' >"$CONFIG/crier.conf"
play <<'END'
keys Enter G Enter
keys Space
dump
END
has_not "read.next=no stays" "$T/screen" "no more unread"
rm "$CONFIG/crier.conf"

# --- line by line
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
plain() {
    run "$crier" --set=ui.browser=true --plain
}
plain <<'END'
1
1

toggle-star
u
search district
close
close
filter Third
set ui.theme
nonsense
quit
END
status_is "the linear mode ends with quit" 0
has_not "a text is read out whole, without a place in it" "$out" "%)"
has "it numbers the sections" "$out" "3. Notices: 3 unread of 3"
has "a list has dates and states" "$out" "2. Long notice, 2025-10-19 08:00, Notices, unread"
has "tables are records" "$out" "Street: River Road"
has "an empty line reads on" "$out" "Paragraph number 79 of a long notice"
has "actions go by their names" "$out" "undone: "
has "and take what they would ask for" "$out" "1. Third notice"
has "settings are told" "$out" "ui.theme=default"
has "what is no action is said to be none" "$out" "there is no action 'nonsense'"
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
printf '1\n99999999999999999999\nquit\n' | "$crier" --plain >"$out" 2>&1
has "a number of any size is looked for" "$out" "there is no number 99999999999999999999 here; the last one is 3"
# said ARGUMENT: what is said after lines from standard input, in a store as it was
said() {
    rm -rf "$T/data"
    cp -r "$T/fresh" "$T/data"
    run "$crier" "$@" --plain
}
said <<'END'
U
1
St
q
j
1
j
s
j
k
m
2
/
number 7
n
N
k
1
h
F10
q
?
END
has "a motion says where it led" "$out" "2 of 3: Starred"
has "so does one in a list, with the row" "$out" "2 of 3: Long notice, 2025-10-19 08:00, Notices, unread"
has "a star is told" "$out" "starred: Long notice; u undoes it"
has "and its row" "$out" "2 of 3: Long notice, 2025-10-19 08:00, Notices, unread, starred"
has "what is found is read, with its place among all" "$out" "1 of 11: Paragraph number 7 of a long notice"
has "the next one too" "$out" "2 of 11: Paragraph number 70 of a long notice"
has "a number that leads nowhere is told" "$out" "there is no link 1"
has "a key of another view is told from nonsense" "$out" "'U' does nothing here; it acts in: an article (links)"
has "one is told that one is back" "$out" "> All articles"
has "keys one after the other are a line, too" "$out" "by title"
has "the menu says what can be done" "$out" "star, or take the star away"
has "the help speaks of lines" "$out" "Each line that you type is answered"
has_not "and of nothing that only a screen has" "$out" "pane\|mouse"
said <<'END'
1
z
S
f Third
v
1
q
t home
1
f x
END
has "what only a screen has does nothing" "$out" "'z' (layout) acts on a screen only"
has "the beginning of a sequence says how it goes on" "$out" "S: d date, t title"
has "a key takes what it would ask for" "$out" "1. Third notice"
has "and is told from nonsense so, too" "$out" "'f x' does nothing here; it acts in: a list of articles (filter)"
has "the texts that an article had are read out" "$out" "1. text 1, "
has "one that leads nowhere says why" "$out" "this article never changed"
has "a tag is given in one line" "$out" "tagged home: Third notice"
said <<'END'
1
1
U
END
has_not "an address is read out whole" "$out" "http://\.\.\."
said <<'END'
1
D oes it rain
l ove
b ook
M useum
Ы
Q uestion
2
END
has "words that begin like a key do nothing" "$out" "nothing was done: only a number can stand behind 'delete'"
has_not "nothing is deleted by them" "$out" "deleted"
has_not "nor marked" "$out" "marked as read"
has_not "nor opened" "$out" "an empty page"
has "nor left" "$out" "Paragraph number 7"
has_not "what cannot be continued is not answered by nothing" "$out" "^Ы$"
said --set=plain.page=5 <<'END'
1
2

END
has "a long text waits to be read on" "$out" "an empty line reads on"
has_not "and is not read further than that" "$out" "Paragraph number 79"
printf 'a\n%s/feed.json\n1\n' "$BASE" | "$crier" --plain >"$out" 2>&1
has "a subscription shows what is behind an address" "$out" "A feed with 3 articles:"
has_not "the mark of a heading is not read out" "$out" "#Notices"
said <<'END'
1
2
|| wc -l
END
has_not "nor is a sequence with what it asks for unknown" "$out" "there is no action"
printf 'a\nq\nquit\n' | "$crier" --plain >"$out" 2>&1
has "of hundreds of portals those are told that one listens to" "$out" "Subscribe: 1 to 20 of "
printf 'a\nwien\n\nq\nquit\n' | "$crier" --plain >"$out" 2>&1
ok "an empty line takes nothing where nothing is left" test "$("$crier" sources --format=tsv | wc -l)" = 1
"$crier" mark +keep title:First
printf '1\nt keep\nu\nquit\n' | "$crier" --plain >"$out" 2>&1
ok "what had a tag keeps it when that is undone" test "$("$crier" list --format=tsv tag:keep | wc -l)" = 1
finish
