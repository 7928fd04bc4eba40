#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What stands inside of an article's lines, the linear mode says in words: notes and what asks for them,
# powers, code, terms, pictures; and a list that something interrupts is one list.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 63
mkdir "$T/www"
python3 - >"$T/www/feed.json" <<'PY'
import json
articles = [
    ("Footnotes", "<p>The fee<sup><a href='#f1'>1</a></sup> is due.<sup><a href='#f2'>2</a></sup> See<sup>1, 2</sup>.</p><hr>"
     "<ol><li id='f1'>Since <b>May</b>. <a href='#r1'>\u21a9</a></li><li id='f2'>With tax. <a href='#r2'>\u21a9\ufe0e</a></li></ol>"),
    ("Pasted", "<p>Text<a href='#_ftn1'>[1]</a> and more<a href='#_ftn2'><sup>[2]</sup></a>, not [3]. Also<sup>*</sup></p>"
     "<p><a href='#_ftnref1'>[1]</a> First note.</p><p><a href='#_ftnref2'>[2]</a> Second note.</p><p>* Third note</p>"),
    ("Linked", "<p>Fee<sup><a href='@BASE@/p.html#n1'>1</a></sup> is due, since 2024<sup>2</sup>.</p>"
     "<p><sup>1</sup> The note. <a href='@BASE@/p.html#r1'>\u2191</a></p><p><sup>2</sup> A year.</p>"),
    ("Steps", "<p>Bridges\u00b2 and roads</p><p>How:</p><ol><li>Come</li><li>Pay</li></ol>"),
    ("Powers", "<p>Plots of 40 m<sup>2</sup>, 3 m\u00b3 and 2 km\u00b2. Some 10<sup>6</sup>, 10<sup>n+1</sup> and 10<sup>-3</sup>.</p>"
     "<p>CO<sub>2</sub>, H\u2082O and x<sub>i</sub>; word<sup>7</sup>, a<sup>1</sup>; <sup>14</sup>C.</p><p>The 1<sup>st</sup> of Acme<sup>TM</sup>.</p>"
     "<table><tr><th>Size</th><th>Fee</th></tr><tr><td>10 m<sup>2</sup></td><td>5</td></tr></table>"),
    ("Code", "<p>Type <code>ls -l</code> there.</p><pre>x  <code>y</code>\nz  w</pre>"),
    ("Terms", "<dl><dt>Office</dt><dd>Room 4</dd><dt>Hours</dt><dd>8-12</dd><dd>14-16</dd></dl><p>After.</p>"),
    ("Pictures", "<p>x</p><p><img src='@BASE@/a.jpg' width=400></p><p>y <img src='@BASE@/deco.gif' alt=''> z</p>"
     "<figure><img src='@BASE@/c.jpg' alt='A bridge'><figcaption>Over the <del>Main</del> river<br>Photo: Ann</figcaption></figure>"
     "<p><a href='@BASE@/page.html'><img src='@BASE@/e%20f.jpg'></a></p><video src='@BASE@/film.mp4'></video>"
     "<table><caption>Fees</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"),
    ("Lists", "<ol><li>First<blockquote><p>Quoted.</p></blockquote></li><li>Second<table><tr><td>a</td><td>b</td></tr></table></li>"
     "<li>Third<p><img src='@BASE@/h.jpg' alt='Pic'></p>goes on</li><li>Fourth<pre>x  y</pre></li><li>Fifth</li></ol>"
     "<ul><li>A<ul><li>A1<blockquote>q</blockquote></li><li>A2</li></ul><ul><li>A3</li></ul></li><li>B</li></ul>"
     "<blockquote>Between</blockquote><ul><li>C</li></ul><p>s</p><ol reversed><li>c</li><li>b</li><li>a</li></ol><p>s</p>"
     "<ol><li value=5>five</li><li>six</li></ol><p>s</p><ol start=3><li>three</li><li>four<blockquote>q</blockquote></li><li>cinq</li></ol>"),
]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
    {"id": str(n), "title": title, "content_html": html, "url": "http://notices.example/%d" % n,
     "date_published": "2025-10-%02dT08:00:00Z" % (20 - n)} for n, (title, html) in enumerate(articles)]}))
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cp -r "$T/data" "$T/fresh"

# said LINE…: all that is said
said() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set=ui.browser=true --plain >"$out" 2>&1
}
# line NAME TEXT: that is a line of what was said
line() {
    ok "$1" grep -qxF "$2" "$out"
}

# --- notes
said 1 1
line "a raised number that asks for a note says so, several together" \
    "The fee (note 1) is due. (note 2) See (note 1, 2)."
line "a note is said to be one, with its number" "note 1: Since May."
line "without the way back" "note 2: With tax."
has_not "which is no arrow" "$out" "↩"
has_not "and it is no item" "$out" "item"
said 1 2
line "so are those in brackets, but no number that asks for nothing, and signs" \
    "Text (note 1) and more (note 2), not [3]. Also (note *)"
line "whose notes begin with them" "note 1: First note."
line "raised or not" "note 2: Second note."
line "of signs, too" "note *: Third note"
said 1 3
line "one that leads elsewhere keeps the number of its link" "Fee (note 1)[1] is due, since 2024 (note 2)."
line "a way back that is a link is none to be heard" "note 1: The note."
line "a year has no powers" "note 2: A year."
said 1 4
line "a number without a note is what it looks like" "Bridges superscript 2 and roads"
line "and an item stays one" "item 1 of 2: Come"
printf 'size 60 20\nkeys Enter Enter\ndump\n' >"$T/script"
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
run "$crier" --script "$T/script"
has "the screen shows them as before" "$out" "The fee¹ is due.² See¹, ²."
has "with the arrow" "$out" "Since May. ↩"

# --- powers and their like
said 1 5
has "squares are said" "$out" "40 m squared"
has "cubes" "$out" "3 m cubed"
has "however they are written" "$out" "2 km squared."
has "and other powers" "$out" "10 to the power of 6, 10 to the power of n+1 and 10 to the power of -3."
has "lowered numbers read right as they are" "$out" "CO2, H2O"
has "other lowered text is said to be" "$out" "x subscript i;"
has "raised text, too" "$out" "word superscript 7, a superscript 1; 14C."
line "but what is read right on the line" "The 1st of Acme™."
line "so it is in tables" "table: Size: 10 m squared"

# --- code, terms
said 1 6
line "code is told from the words around it" "Type code: ls -l, end, there."
line "but not within what is preformatted" "preformatted: x  y"
said 1 7
line "a term is said to be one" "term: Office"
line "and what it means" "definition: Room 4"
line "each of it" "definition: 14-16"
line "up to its end" "After."

# --- pictures
said 1 8
line "a picture that nobody described is called by its file" "picture without description: a.jpg [3]"
line "one of decoration is silent" "y z"
line "what describes one is said without signs" "picture: A bridge [4]"
line "its caption is told from that" "caption: Over the struck out: Main, end, river"
line "once" "Photo: Ann"
line "where a picture leads has its number, too" "picture without description: e f.jpg [5][1]"
line "so is what can be played" "video: film.mp4 [2]"
line "the caption of a table is told" "table: Fees"
has "its cells follow" "$out" "A: 1"

# --- lists
said 1 9
line "a list goes on behind a quotation in it" "item 1 of 5: First"
line "where the number is not said twice" "item 2 of 5: Second"
line "behind a table" "item 3 of 5: Third"
line "behind a picture" "same item: goes on"
line "with text of the same item" "item 4 of 5: Fourth"
line "and behind what is preformatted" "item 5 of 5: Fifth"
line "so does one with points" "item 1 of 2: A"
line "one within it" "item 1 of 2, level 2: A1"
line "behind a quotation" "item 2 of 2, level 2: A2"
line "another one beside that is another" "item 1 of 1, level 2: A3"
line "and the outer one goes on" "item 2 of 2: B"
line "behind a quotation that is in no item another begins" "item 1 of 1: C"
line "what counts backwards has all its numbers" "item 1 of 3: 3. c"
line "also where one is that of its place" "item 2 of 3: 2. b"
line "to the end" "item 3 of 3: 1. a"
line "numbers of items of their own are said" "item 1 of 2: 5. five"
line "and those behind them" "item 2 of 2: 6. six"
line "numbers that begin elsewhere" "item 1 of 3: 3. three"
line "go on" "item 2 of 3: 4. four"
line "behind a quotation, too" "item 3 of 3: 5. cinq"
has "where a quotation ends is said" "$out" "end of quotation"
"$crier" show 1 >"$out" 2>&1
has "what is printed has numbers as before" "$out" "2. Second"
has_not "and none of these words" "$out" "item"
finish
