#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What stands within something else in an article, the linear mode says with it: lists, headings and
# tables in quotations, quotations beside and within one another, where tables end, and lists that are
# interrupted and counted on.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 53
mkdir "$T/www"
python3 - >"$T/www/feed.json" <<'PY'
import json
table = "<table>%s<tr><th>Item</th><th>Fee</th></tr><tr><td>Dog</td><td>5</td></tr><tr><td>Cat</td><td>3</td></tr></table>"
articles = [
    ("Quotations", "<p>Before.</p><blockquote><ul><li>One</li><li>Two</li></ul></blockquote><p>Amid.</p>"
     "<blockquote><h2>Rules</h2></blockquote><p>Then.</p><blockquote>" + table % "" + "</blockquote><p>Next.</p>"
     "<blockquote><pre>a  b</pre></blockquote><p>Last.</p><blockquote><p><img src='@BASE@/h.jpg' alt='Pic'></p></blockquote><p>After.</p>"),
    ("Beside", "<blockquote><p>Ann said.</p><p>And went.</p></blockquote><blockquote><p>Ben said.</p></blockquote>"
     "<blockquote><ul><li>x</li></ul></blockquote><blockquote><ul><li>y</li></ul></blockquote><p>End.</p>"),
    ("Within", "<blockquote><p>Outer.</p><blockquote><ol><li>Inner</li></ol></blockquote><blockquote><p>Another.</p></blockquote>"
     "<p>Outer again.</p></blockquote><p>Done.</p><blockquote><blockquote><p>Deep.</p></blockquote></blockquote>"
     "<ul><li>Item<blockquote><ul><li>Quoted</li></ul></blockquote></li><li>Second</li></ul><blockquote></blockquote><p>Bare.</p>"),
    ("Tables", "<p>x</p>" + table % "<caption>Fees</caption>" + "<p>y</p>" + table % "" + "<p>z</p>"),
    ("Numbers", "<ol><li>first</li><li>second</li></ol><p>Text between.</p><p>And more.</p><ol start=3><li>third</li><li>fourth</li></ol>"
     "<p>Other.</p><ol><li>alone</li></ol><p>s</p><ol start=5><li>fifth</li></ol>"
     "<p>s</p><ul><li>dot</li></ul><p>s</p><ul><li>dash</li></ul>"
     "<p>s</p><ol type=a><li>alpha</li></ol><p>s</p><ol type=a start=2><li>beta</li></ol>"),
    ("Stray", "<ol><li>eins</li><p>Strayed.</p><li>zwei</li></ol><p>s</p><ul><li>uno</li>stray <b>text</b><li>dos</li></ul><p>Behind.</p>"
     "<p>s</p><ul><li>open</li><p>not of the list</p></ul>"),
    ("Headed", "<p>x</p><ul><li><h3>Who?</h3><p>Ann.</p></li><li><h3>When?</h3><p>Now.</p><dl><dt>T</dt><dd>D</dd></dl></li><li>Bye</li></ul>"
     "<h3>Else</h3><ul><li>fin</li></ul><hr><blockquote><hr><p>Cited.</p></blockquote><p>End.</p>"),
    ("Spans", "<table><tr><th rowspan=2>Office</th><th colspan=2>Opening hours</th></tr><tr><th>Monday</th><th>Tuesday</th></tr>"
     "<tr><th colspan=3>Ground floor</th></tr><tr><td rowspan=2>Registry</td><td>9-12</td><td>14-18</td></tr><tr><td colspan=2>13-15</td></tr>"
     "<tr><td colspan=3>First floor</td></tr><tr><td>Taxes</td><td>8-9</td><td>8-10</td></tr>"
     "<tr><td colspan=3>All offices are closed on holidays.</td></tr></table>"),
]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
    {"id": str(n), "title": title, "content_html": html, "url": "http://notices.example/%d" % n,
     "date_published": "2025-10-%02dT08:00:00Z" % (20 - n)} for n, (title, html) in enumerate(articles)]}))
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cp -r "$T/data" "$T/fresh"

# line NAME TEXT: that is a line of what was said
line() {
    ok "$1" grep -qxF "$2" "$T/all"
}
# after NAME LINE TEXT: and it is followed by the other, but for what is blank
after() {
    ok "$1" awk -v first="$2" -v then="$3" '/^$/ { next } was == first && $0 == then { found = 1 } { was = $0 } END { exit !found }' "$T/all"
}

# --- quotations of other things than paragraphs
said -- 1 1
line "a list in a quotation is quoted" "quotation: item 1 of 2: One"
line "which is said once" "item 2 of 2: Two"
after "and ends with it" "end of quotation" "Amid."
line "so is a heading" "quotation: heading: Rules"
after "alone" "end of quotation" "Then."
line "a table" "quotation: table: Item: Dog"
after "both of which end" "end of table; end of quotation" "Next."
line "what is preformatted" "quotation: preformatted: a  b"
after "too" "end of preformatted text; end of quotation" "Last."
has "and a picture" "$T/all" "quotation: picture: Pic"
after "to its end" "end of quotation" "After."

# --- beside one another
said -- 1 2
after "a quotation goes on" "quotation: Ann said." "And went."
after "one beside it is another" "end of quotation" "quotation: Ben said."
after "behind paragraphs" "end of quotation" "quotation: item 1 of 1: x"
after "as of lists" "end of quotation" "quotation: item 1 of 1: y"
after "to the last" "end of quotation" "End."
ok "each ends once" test "$(grep -c "^end of quotation$" "$T/all")" = 4

# --- within one another
said -- 1 3
line "one within another has its level" "quotation level 2: item 1 of 1: Inner"
line "another one there, too" "quotation level 2: Another."
line "and the outer one goes on" "quotation level 1: Outer again."
after "until it ends" "end of quotation" "Done."
line "two that begin at once are one of the second level" "quotation level 2: Deep."
line "a list that is quoted in an item is quoted" "quotation: item 1 of 1, level 2: Quoted"
after "and the list around it is not" "end of quotation" "item 2 of 2: Second"
line "a quotation of nothing is none" "Bare."

# --- tables
said -- 1 4
line "a caption is said with its table" "table: Fees"
after "before its cells" "table: Fees" "Item: Dog"
after "whose end is said" "end of table" "y"
line "a table without one is said to be a table" "table: Item: Dog"
after "and ends" "end of table" "z"

# --- lists that are interrupted
said -- 1 5
line "a list whose numbers go on behind a paragraph goes on" "item 3 of 4: third"
line "and is counted as one" "item 1 of 4: first"
line "one that begins anew is another" "item 1 of 1: alone"
line "so is one whose number is not the next" "item 1 of 1: 5. fifth"
line "points do not count on" "item 1 of 1: dash"
line "letters do" "item 2 of 2: b. beta"
line "of the same list" "item 1 of 2: a. alpha"
said -- 1 6
line "what strays between items belongs to the one before" "same item: Strayed."
line "which ends no list" "item 2 of 2: zwei"
line "text, too" "same item: stray text"
line "and takes no number" "item 2 of 2: dos"
line "but not what stands behind all items" "not of the list"
said -- 1 7
line "a heading in an item ends no list" "item 2 of 3: Now."
line "nor does a term" "item 3 of 3: Bye"
line "one between lists does" "item 1 of 1: fin"
line "a rule at its beginning takes nothing of a quotation" "quotation: Cited."

# --- cells over several columns and rows
said -- 1 8
line "a title above all columns is said once" "table: Ground floor"
line "a cell with both of the names above it" "Opening hours, Monday: 9-12"
line "one that spans both with all of them" "Opening hours, Monday, Tuesday: 13-15"
after "a title amid rows is a heading" "heading: First floor" "Office: Taxes"
line "a sentence is none" "All offices are closed on holidays."
ok "and no title is a name" test "$(grep -c "floor" "$T/all")" = 2

# --- the screen
printf 'size 60 60\nkeys Enter j Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has_not "the screen has none of these words" "$out" "quotation"
finish
