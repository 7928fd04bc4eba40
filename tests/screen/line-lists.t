#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists and choices that --plain reads out: where reading goes on, on which row a key acts, what
# rows there are beside those that were read.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 51
mkdir "$T/www"
python3 "$srcdir/tests/kit/feeds.py" "$T/www" Few 12 "<p>One.</p>" Many 50 "<p>Two.</p>"
serve "$T/www"
"$crier" add --no-discover "$BASE/Few.json" >/dev/null
"$crier" add --no-discover "$BASE/Many.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# --- where reading goes on
said -- 3 ''
has "a list that was read out is at its end" "$out" "this is the end of the list"
for line in g 'g 1' 'first 1'; do
    said -- 3 "$line" ''
    has "behind '$line' it is not" "$out" "2 to 12 of 12"
done
said -- 3 j ''
has "nor behind the next row" "$out" "3 to 12 of 12"
said -- 3 G k ''
has "nor behind the one before the last" "$out" "12 to 12 of 12"
said -- 3 'find Few 5.' ''
has "nor behind what was found" "$out" "6 to 12 of 12"
said -- 3 G ''
has "at the last row it is" "$out" "this is the end of the list"
said -- 3 g '' ''
has "and once more when the rest was read" "$out" "this is the end of the list"
said -- 3 s ''
has "nor behind the row that a mark has told" "$out" "2 to 12 of 12"
said -- 3 2 h ''
has "nor behind an article that was read" "$out" "3 to 12 of 12"
said -- 4 '' '' g ''
has "of a long list that was read to its end" "$out" "2 to 21 of 50"
said -- 4 j ''
has "where more is to be read, reading goes on with that" "$out" "21 to 40 of 50"

# --- where there are no more unread articles, but some on the other side
said -- 1 G 62 n
has "from the last article there are those above it" "$out" "no more unread articles below; 61 above: N"
said -- 1 62 h n
has "and in the list" "$out" "no more unread articles below; 61 above: N"
said -- 3 N
has "from the first there are those below" "$out" "no more unread articles above; 11 below: n"
said -- 3 'f Few' G m n
has "where they would have to be read to be counted there are some" "$out" "there are some above: N"
said -- 1 M n
has "where all is read there are none" "$out" "no more unread articles here"
said -- N
has "in the first view there are some below" "$out" "there are some below: n"

# --- on which row a key acts
said -- 4 '' s
has "a key acts on the first row of those that were read" "$out" "starred: Many 21."
said -- 4 '' 'find Many 30.' s
has "or on the one that was told alone" "$out" "starred: Many 30."
said -- 3 's 3' 's 5' u u D
has "or that was undone" "$out" "deleted: Few 3."
said -- 3 's 3' 's 5' u u R D
has "or done again" "$out" "deleted: Few 3."
said -- 4 '' b D
has "which the answer names" "$out" "deleted: Many 1.; u undoes it"
said -- 4 '' V
has "where a selection begins the row is told" "$out" "21 of 50: Many 21."
said -- 4 '' o
has "so it is of a page that is opened" "$out" "21 of 50: Many 21."
said -- 4 '?'
has "the help says which row is meant" "$out" "Without a number a key acts on the row that was told alone last, or on the first of those that were read together"

# --- rows before those that are read
said -- 4 'find Many 7.' H
has "a list that changes says how the rows before are heard" "$out" "7 to 26 of 50; b: the rows before"
said -- 4 H
has_not "where there are such" "$out" "the rows before"
said -- 3 'find Few 7.' St
has "another order is heard from its beginning on" "$out" "by title (12 unread): 1 to 12 of 12"
said -- 3 'find Few 7.' St 'find Few 7.' St
has "the same one changes nothing" "$out" "changes nothing here"
has "and leaves the row" "$out" "10 of 12: Few 7."

# --- choices
said -- 3 1 U ''
has "where one row is left, an empty line chooses it" "$out" "opening: $BASE/Few1.html"
said -- 3 1 U
has "which was said" "$out" "once one row is left, chooses it"
said -- a zzzzzz 3
has "where no row is left, there is no number" "$out" "there is no number 3 here"
has_not "which is all that is said" "$out" "zzzzzz"
said -- 3 1 U zzz 99
has "so it is of links" "$out" "there is no number 99 here"
said -- 3 'filter zzzzzz' 'delete 1'
has "and of lists" "$out" "there is no number 1 here"
has_not "without a last one" "$out" "the last one is"
said -- a a
has "a choice that is narrowed down is read by pages" "$out" "Subscribe: 1 to 20 of "
said -- a a ''
has "of which the next follows" "$out" "21 to 40 of "

# --- the menu
said -- 3 menu
has "the menu says the keys" "$out" ". s, star, or take the star away"
has "and is read by pages" "$out" "1 to 20 of "
has_not "not all at once" "$out" "21. "
said -- 3 menu star
has "by which one looks too" "$out" "1. s, star, or take the star away"
said -- 3 menu help
has_not "no help is 'this' there" "$out" "this help"
play <<'END'
keys 3 g Enter F10
type help
dump
END
has_not "nor on a screen" "$T/screen.1" "this help"
said -- '?'
has "in the help it is" "$out" "?, help: this help"

# --- what is hidden
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
printf 'H\nq\n' | "$crier" --plain >"$out" 2>&1
printf 'q\n' | "$crier" --plain >"$out" 2>&1
has "sources that are hidden are told" "$out" "crier: municipal news, unread only"
play <<'END'
keys H
dump
keys H
dump
END
has "on a screen too" "$T/screen.1" "crier: municipal news › unread only"
has_not "until they are shown" "$T/screen.2" "unread only"
finish
