#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is typed to --plain does what it was meant to: signs of an input method, numbers and where
# they stand.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 53
mkdir "$T/www"
python3 "$srcdir/tests/kit/feeds.py" "$T/www" Links 1 "<p><a href='@BASE@/one.html'>One</a> <a href='@BASE@/two.pdf'>Two</a></p>" Few 12 "<p>One.</p><p>Two.</p><p>Three.</p>"
serve "$T/www"
"$crier" add --no-discover "$BASE/Few.json" >/dev/null
"$crier" add --no-discover "$BASE/Links.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# --- signs as an input method types them
for stop in 。 ． ｡; do
    said -- 1 t "$stop"
    has "$stop leaves the question for a tag" "$T/all" "nothing was done"
done
said -- 1 w 。
ok "no file is called by a full stop" sh -c '! ls "$1" | grep -q 。' - "$T"
said -- a 。
has "it leaves a choice" "$out" "crier: municipal news"
said -- a kingston ＊
has "a wide asterisk shows all choices again" "$out" "Subscribe: 1 to 20 of "
said -- a kingston ？
has "a wide question mark reads them again" "$out" "1. City of Kingston"
has "with what can be typed" "$out" "A number chooses"
said -- a ０
has "wide digits are a number there" "$out" "there is no number 0 here"
said -- 。
has "where nothing is asked, it is a full stop too" "$out" "nothing is asked that a full stop leaves"
said -- ３ ３
has "wide digits open the row" "$out" "Few 3."
said -- ３ 's ３'
has "and stand behind a key" "$out" "starred: Few 3."
said -- ３ '３ j'
has "but not before it" "$out" "a number stands behind what it is for: j "
said -- ３ ：３
has "behind a wide colon there is a line" "$out" "3 of 12: Few 3."
said -- '：set plain.page=7'
has "a setting, too" "$out" "plain.page=7"
said -- 3 't　桥'
has "a wide blank sets words apart" "$out" "tagged 桥: Few 1."
said -- 3 '　s　'
has "and is none around a line" "$out" "starred: Few 1."
said -- 3 't 桥' 't －桥'
has "a wide minus takes a tag away" "$out" "tag 桥 taken away: Few 1."
said -- 3 't ＋桥'
has "a wide plus gives one" "$out" "tagged 桥: Few 1."
said -- 3 't 桥：。'
has "within a text signs are text" "$out" "tagged 桥：。: Few 1."
said -- "add $BASE/Few.json" ９
has "a menu has wide digits" "$out" "there is no number 9 here"
play <<'END'
keys 3 g Enter ３ j
dump
keys t
type －桥
keys Enter
dump
keys ：
type ６
keys Enter
dump
END
has "on a screen wide digits count" "$T/screen.1" "4/12"
has "a wide minus takes a tag away" "$T/screen.2" "not tagged: 桥"
has "a wide colon leads to rows by wide digits" "$T/screen.3" "6/12"
# --- a number and what it is for
said -- 3 't 3 water'
has "a row can be tagged in one line" "$out" "tagged water: Few 3."
said -- 3 't 3' river
has "or asked about" "$T/all" "tagged river: Few 3."
said -- 3 'tag 99 water'
has "one that is not there is refused" "$out" "there is no number 99 here; the last one is 12"
has_not "and the current one is not tagged in its place" "$out" "tagged"
said -- 3 't 2nd'
has "what only begins with a digit is a tag" "$out" "tagged 2nd: Few 1."
said -- 3 't +2026'
has "a number with a sign before it is one" "$out" "tagged 2026: Few 1."
said -- 3 2 't 2026'
has "in an article a number is one" "$out" "tagged 2026: Few 2."
said -- 3 V j 't 3 water'
has "rows that are selected are not taken for the one that is named" "$out" "nothing was done: 'tag' is for the rows that are selected"
for line in 3t '3 t' '3 tag'; do
    said -- 3 "$line"
    has "'$line' is told where the number stands" "$out" "a number stands behind what it is for: t"
done
for line in '3 f' '3 /' '3 find'; do
    said -- 3 "$line"
    has "'$line' is told that nothing takes the number" "$out" "has no use for a number here"
done
said -- 3 2 '3 t'
has "in an article a tag takes none" "$out" "'t' has no use for a number here"
for line in 'yy 2' 'copy-link 2' ':copy-link 2'; do
    said -- 4 1 "$line"
    has "'$line' is a link that is there" "$out" "this terminal has no clipboard"
done
said -- 4 1 3yy
has "what is advised" "$out" "a number stands behind what it is for: yy 3"
said -- 4 1 'yy 3'
has "names the link that is not there" "$out" "there is no link 3"
said -- 4 1 'next-link 2'
has "a name for links, too" "$out" "[2] Two, $BASE/two.pdf"
said -- 4 1 '2 next-link'
has "is advised so" "$out" "a number stands behind what it is for: next-link 2"
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
play <<'END'
keys 4 g Enter Enter 2 y y
dump
keys 3 y y
dump
keys h t
type 1 water
keys Enter
dump
END
has "on a screen the link before the key is copied" "$T/screen.1" "two.pdf"
has "or is not there" "$T/screen.2" "there is no link 3"
has "where it is asked for, a tag is one word" "$T/screen.3" "a tag is one word"
# --- what one types on a screen in one go
said -- 3 '/Few 3'
has "a text is found by the key before it" "$out" "Few 3."
said -- 3 /nowhere
has "or it is said that it is not there" "$out" "not found"
said -- '\Few'
has "all is searched so, too" "$out" "Few (12 found)"
said -- 3 '／Few'
has "and in wide signs" "$out" "1 of 12"
finish
