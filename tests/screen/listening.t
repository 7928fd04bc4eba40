#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who listens to --plain misses nothing: an empty line goes on behind what was really read out, and
# what is chosen was meant.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 129
mkdir "$T/www"
python3 - "$T/www" <<'PY'
import json, sys
def feed(name, count, body):
    items = [{"id": "%s%d" % (name, n), "title": "%s %d." % (name, n), "content_html": body, "url": "@BASE@/%s%d.html" % (name, n),
              "date_published": "2025-%02d-%02dT08:00:00Z" % (9 - n // 28, 28 - n % 28)} for n in range(1, count + 1)]
    with open("%s/%s.json" % (sys.argv[1], name), "w") as f:
        json.dump({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}, f)
feed("Notice", 33, "".join("<p>Paragraph %d.</p>" % n for n in range(1, 13)))
feed("Many", 150, "<p>\u5783\u573e\u5206\u7c7b</p>")
feed("Links", 1, "<p><a href='@BASE@/one.html'>One</a> <a href='@BASE@/two.pdf'>Two</a></p>")
feed("Other", 3, "<p>Short.</p>")
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/Notice.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# --- rows
said -- 1 j ''
has "an empty line goes on behind the last row that was read" "$out" "21 to 33 of 33"
has "wherever the cursor stands" "$out" "21. Notice 21."
said -- 1 2 h ''
has "also when one was in an article" "$out" "21 to 33 of 33"
said -- 1 'find Notice 15.' ''
has "or found a row" "$out" "21 to 33 of 33"
said -- 1 'find Notice 25.' ''
has "from one further down it goes on there" "$out" "26 to 33 of 33"
said -- 1 '' ''
has "at the end it says so" "$out" "this is the end of the list"
said -- 1 '' b
has "the rows before are read" "$out" "1 to 20 of 33"
said -- 1 b
has "at the beginning the same again" "$out" "20. Notice 20."
has "which is said" "$out" "this is the beginning of the list"
said -- 1 '' ''
has "the end says how to hear them again" "$out" "b: the rows once more, or those before"

# --- numbers
great=12345678901234567890
said -- 1 "$great"
has "a number is named as it was typed, however great" "$out" "there is no number $great here; the last one is 33"
said -- 1 "open $great"
has "behind a name, too" "$out" "there is no number $great here; the last one is 33"
said -- 1 'open 34'
has "and no other row is opened in its place" "$out" "there is no number 34 here; the last one is 33"
said -- a "$great"
has "nor chosen" "$out" "there is no number $great here; the last one is "
said -- 1 1 "$great"
has "no link is taken for another" "$out" "there is no link $great"
said -- 1 1 0
has "nor is there one of number 0" "$out" "there is no link 0"
said -- 1 1 "first $great"
has "a great number leads to the end of a text" "$out" "Paragraph 12."
said -- 1 1 "k $great"
has "or to its beginning" "$out" "Notice 1."
has_not "and not one line on" "$out" "Paragraph 11."

# --- pages
said --set=plain.page=5 -- 1 s ''
has "what a page had no room for is still to be read" "$out" "4 to 23 of 33"
said --set=plain.page=5 -- 1 1 j
has "of a text, too" "$out" "Paragraph"
has_not "which is not at its end" "$out" "this is the end"
said --set=plain.page=5 -- 1 1 e h ''
has "nor after another page" "$out" "Paragraph 1."
said --set=plain.page=5 -- 1 1 G ''
has "what was read whole is" "$out" "Notice 2."

# --- numbers behind names and keys
said -- 1 'delete 3'
has "a number behind an action is the row on which it acts" "$out" "deleted: Notice 3.; u undoes it"
said -- 1 '4' h ':toggle-star 6'
has "behind a colon too" "$out" "starred: Notice 6."
said -- 1 's 4'
has "and behind a key" "$out" "starred: Notice 4."
has_not "whose row is named once" "$out" "4 of 33"
said -- 1 's 4' u
has "so it is when that is undone" "$out" "undone: Notice 4., without a star"
has_not "alike" "$out" "4 of 33"
said -- 1 'j 24' s ''
has "and one goes on behind it" "$out" "26 to 33 of 33"
said -- 1 'delete 4'
has "where another row comes, that is named" "$out" "4 of 32: Notice 5."
said -- 1 'yt 5'
has "of several letters" "$T/all" "Notice 5."
said -- 1 'o 13'
has "the browser gets the page of that row" "$out" "Notice13.html"
said -- 1 'select-row 7' s
has "that row is selected" "$out" "starred: Notice 7."
said -- 1 'save 3'
has "a number is no name of a file" "$out" "Save as (.txt .md .html): [an empty line: Notice 3"
said -- 1 'save 3' /nope/x.txt
has "nor is what could not be written offered again" "$T/all" "cannot write '/nope/x.txt'"
ok "but what was before" test "$(grep -c 'an empty line: Notice 3' "$T/all")" = 2
said -- 1 'D 99' u
has "a row that is not there is refused" "$T/all" "there is no number 99 here; the last one is 33"
has "and nothing is done" "$out" "nothing to undo"
for line in 'delete 3; j' 'open 7; j' 'open -1' 's all' 'delete  x'; do
    said -- 1 "$line" u
    has "'$line' is refused" "$T/all" "nothing was done: only a number can stand behind '"
    has "and does nothing to another row" "$out" "nothing to undo"
done
said -- 1 'open 0'
has "there is no row 0" "$out" "there is no number 0 here"
for line in 'mark-all-read x' 'M 3' ':mark-all-read 3' 'undo 2' 'r 2' 'help me'; do
    said -- 1 "$line"
    has "'$line' is refused" "$out" "nothing was done: nothing can stand behind '"
done
said -- 1 2 'delete 3'
has "an article has no rows" "$out" "nothing was done: nothing can stand behind 'delete' here"
said -- 1 2 'j x'
has "of its lines there are numbers alone" "$out" "nothing was done: only a number can stand behind 'down'"
said -- 1 V j 'delete 5'
has "rows that are selected are not taken for the one that is named" "$out" \
    "nothing was done: 'delete' is for the rows that are selected; 'cancel' drops the selection"
said -- 'M 3' u
has "in the first view the number is a row too" "$T/all" "33 articles marked as read"
said -- 'i 1'
has "whatever it is" "$out" "only sources have information to show"

# --- what changes without a row that does
said -- 1 V
has "where a selection begins is said" "$out" "a selection begins with this row; V ends it"
said -- 1 V j V
has "and where it ends" "$out" "the selection ends; 2 rows are selected"
for line in cancel h; do
    said -- 1 V V j "$line"
    has "that '$line' drops it too" "$out" "nothing is selected any more"
done
mkfifo "$T/go"
printf '#!/bin/sh\ncat >/dev/null\ncat "%s"\necho well\n' "$T/go" >"$T/slowly"
chmod +x "$T/slowly"
printf '[command slowly]\nexec=%s/slowly\n' "$T" >"$CONFIG/crier.conf"
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
run python3 "$srcdir/tests/kit/terminal.py" "see:unread" "type:1
1
! slowly
" "see:slowly: started" "run:echo >$T/go" "type:s
" "see:slowly: well" "type:Q
" -- "$crier" --plain
status_is "that a command has begun is said, and its end" 0
has_not "not that it changes nothing" "$out" "changes nothing"
printf '#!/bin/sh\ncat "%s"\n' "$T/go" >"$T/slowly"
run python3 "$srcdir/tests/kit/terminal.py" "see:unread" "type:1
yt
" "see:the program of ui.clipboard still runs" "run:echo >$T/go" "type:Q
" -- "$crier" --set=ui.clipboard="$T/slowly" --plain
status_is "a clipboard that takes long is no fault" 0
rm "$CONFIG/crier.conf"

# --- a search that is asked for once more
while read -r words way; do
    # shellcheck disable=SC2086
    said -- $way "/ $words" / . n
    has "a full stop keeps the search for $words" "$T/all" "> 2 of "
    has "and says that nothing was done" "$T/all" "nothing was done"
    # shellcheck disable=SC2086
    said -- $way "/ $words" / ''
    has "an empty line ends it" "$T/all" "the search has ended"
done <<'END'
Notice 1
Paragraph 1 1
END

# --- slips
said -- c
has "the actions that may be meant are named" "$out" "several actions begin with 'c': close, cancel, command"
said -- ':set'
has "a setting is asked for by an example" "$out" "behind 'set' stands the name of a setting, as in: set plain.page"
for line in 3j '3 j' '3 down'; do
    said -- 1 "$line"
    has "a number before '$line' is told where it stands" "$out" "a number stands behind what it is for: "
done
said -- 1 '/ Notice 33' N
has "the only match is said, whichever way it is looked for" "$out" "33 of 33: Notice 33."
said -- 1 'run print'
has "no name is made up for a command" "$out" "crier.conf has no command yet"
"$crier" add --no-discover "$BASE/Many.json" >/dev/null
mv "$T/fresh" "$T/few"
rm -rf "$T/data"
cp -r "$T/few" "$T/data"
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"
said -- 1 '/ Many'
has "matches are counted to their end" "$T/all" "1 of 150"
rm -rf "$T/fresh" "$CONFIG/urls"
mv "$T/few" "$T/fresh"
"$crier" add --no-discover "$BASE/Notice.json" >/dev/null

# --- yes or no
for line in n u Q '' .; do
    said -- 3 h D "$line"
    has "'$line' is no yes, which is said" "$T/all" "? (y/n) [an empty line: no] nothing was done"
done
said -- 3 h D yes
has "yes is" "$T/all" "[an empty line: no] unsubscribed"
rm -f "$CONFIG/urls"
"$crier" add --no-discover "$BASE/Notice.json" >/dev/null

# --- what is new
printf 'a\n%s/Other.json\n1\nquit\n' "$BASE" | "$crier" --plain >"$out" 2>&1
has "new rows of the first view are read" "$out" "4. Other: 3 unread of 3"
has "and what was subscribed to is said, and what came" "$out" "subscribed: Other"
has "with how much that is" "$out" "3 new articles"
said -- 'set read.next'
has "a setting is told without a key of a screen" "$out" "an empty line goes on"
said -- search .
has "a question is left by a full stop" "$T/all" "nothing was done"
has "which it says" "$T/all" "Search all: [a full stop: not at all] "
said -- 1 't home' 't home'
has "a tag that is there is not given again" "$out" "tagged already: home"
said -- 1 't -home'
has "nor taken away where there is none" "$out" "not tagged: home"
rm -f "$CONFIG/urls"
"$crier" add --no-discover "$BASE/Notice.json" >/dev/null

# --- choosing
portals=$(printf 'a\n' | "$crier" --plain 2>&1 | sed -n 's/.*Subscribe: 1 to 20 of //p')
said -- a ''
has "an empty line in a choice reads on" "$out" "21 to 40 of $portals"
ok "and takes nothing" test "$(wc -l <"$CONFIG/urls")" = 1
said -- a 'aarhus kommune nothing has' ''
ok "where nothing is left, either" test "$(wc -l <"$CONFIG/urls")" = 1
said -- a kingston
has_not "who narrows down knows what can be typed" "$out" "A number chooses"
said -- a kingston '?'
has "a question mark says what can be typed" "$out" "A number chooses, other text narrows down, an empty line reads on or, once one row is left, chooses it"
has "and reads the rows again" "$out" "1. City of Kingston"
said -- a 0
has "there is no row 0" "$out" "there is no number 0 here; the last one is $portals"
said -- a 999999
has "nor one behind the last" "$out" "there is no number 999999 here; the last one is $portals"
said -- a .
has "a full stop leaves" "$out" "crier: municipal news"
for line in 'a Kingston' 'add Kingston' ':add Kingston'; do
    said -- "$line"
    has "what stands behind '${line%% *}' narrows down" "$out" "1. City of Kingston"
done
said -- "add $BASE/Other.json"
has "or is an address" "$out" "A feed with 3 articles:"
has "a menu says what it takes" "$out" "A number chooses, a full stop leaves"
said -- "add $BASE/Other.json" ''
has "an empty line takes nothing of a menu" "$out" "this is the end of the list"
said -- "add $BASE/Other.json" 9
has "nor does a number that is not there" "$out" "there is no number 9 here; the last one is 2"
said -- "add $BASE/Other.json" '?'
has "a menu is read again, too" "$out" "A feed with 3 articles:"
said -- "add $BASE/Other.json" xyz
has "and says what it does not take" "$out" "'xyz' chooses nothing here; a number does"
has "and that it is still on" "$out" "still to be chosen: Found; a full stop leaves, ? reads it again"
ok "nothing was subscribed to by all that" test "$(wc -l <"$CONFIG/urls")" = 1
rm -rf "$T/data" "$CONFIG/urls"
mkdir -p "$T/data/crier"
printf '\nq\nquit\n' | "$crier" --plain >"$out" 2>&1
has "at the first start an empty line reads on" "$out" "21 to 40 of $portals"
ok "and subscribes to nothing" test ! -s "$CONFIG/urls"
has_not "no key of a screen is named there" "$out" "Enter"
"$crier" add --no-discover "$BASE/Links.json" >/dev/null
"$crier" fetch --progress=none
rm -rf "$T/fresh"
cp -r "$T/data" "$T/fresh"
said -- 1 1 U "$great"
has "what one chooses from has as many as it has" "$out" "there is no number $great here; the last one is 3"
for size in 24 60; do
    printf 'size 80 %s\nkeys Enter Enter\ntype %s\nkeys o\ndump\n' $size $great >"$T/script"
    run "$crier" --script "$T/script"
    has "so it is on a screen of $size lines" "$out" "there is no link $great"
done
printf 'size 80 24\nkeys Enter Enter U\ntype 99999\nkeys Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "where what is chosen from is left, it is said" "$out" "there is no link 99999"
said -- 1 1 U .pdf
has "text with a full stop is text" "$out" "Links: 1 to 1 of 1"
said -- 1 1 U .pdf ''
has "what is left alone is chosen by an empty line" "$out" "Two"
said -- 1 1 U ''
has "an empty line follows no link" "$out" "this is the end of the list"
said -- 1 1 U nothing 1
has "where nothing matches, a number says so" "$out" "there is no number 1 here"

# --- a list that is counted as far as one has come
"$crier" add --no-discover "$BASE/Many.json" >/dev/null
"$crier" fetch --progress=none
printf 'search 垃圾分\n140\nquit\n' | "$crier" --plain >"$out" 2>&1
has "a row that has not been counted yet is there" "$out" "Many 140."
finish
