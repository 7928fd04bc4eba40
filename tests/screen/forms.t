#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the looks of an article say to the eyes, the linear mode says in words; the eyes see it as before.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 33
mkdir "$T/www"
python3 - >"$T/www/feed.json" <<'PY'
import json
body = ("<p>Before.</p><h2>Dates</h2><p>In May.</p><h3>Hours</h3>"
        "<ul><li>Water<ul><li>Cold</li><li>Hot</li></ul></li><li>Gas<p>Only in May.</p></li><li>Light</li></ul>"
        "<p>Between.</p><ol><li>First</li><li>Second</li></ol><ol start='4'><li>Fourth</li></ol>"
        "<blockquote><p>The mayor spoke.</p><p>And sat down.</p><blockquote><p>Said another.</p></blockquote></blockquote><p>After.</p>"
        "<pre>Mon  8-12\n\nTue  9-10</pre><hr><p>Call <del>Ann</del> <ins>Ben</ins> first, not <del>a <b>bold</b> text</del>.</p>"
        "<table><tr><th>Fee</th></tr><tr><td><del>10</del> 12</td></tr></table>"
        "<dl><dt>Office</dt><dd>Room 4</dd></dl><p>A [-bracket-] of its own, 2 | 3.</p><blockquote><p>The end.</p></blockquote>")
plain = "<h1>One</h1><p>Text.</p><h1>Two</h1><p>More <a href='@BASE@/x'>here <del>or there</del></a>.</p>"
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
    {"id": str(n), "title": title, "content_html": html, "url": "http://notices.example/%d" % n,
     "date_published": "2025-10-%02dT08:00:00Z" % (20 - n)} for n, (title, html) in enumerate([("Forms", body), ("Plain", plain)])]}))
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
said 1 1
line "a heading is said to be one" "heading: Dates"
line "one below it has its level" "heading level 2: Hours"
line "an item has its place in its list" "item 1 of 3: Water"
line "one of a list within it its level, too" "item 1 of 2, level 2: Cold"
line "and its end is heard" "item 2 of 2, level 2: Hot"
line "the outer list goes on" "item 2 of 3: Gas"
line "a second paragraph belongs to its item" "same item: Only in May."
line "the last one is known" "item 3 of 3: Light"
line "numbers are not said twice" "item 1 of 2: First"
line "but other ones are" "item 1 of 1: 4. Fourth"
line "a quotation is said to be one" "quotation: The mayor spoke."
line "once" "And sat down."
line "one within it has its level" "quotation level 2: Said another."
line "where it ends is said" "end of quotation"
line "text in columns is said to be" "preformatted: Mon  8-12"
line "with all of its lines" "Tue  9-10"
line "and its end" "end of preformatted text"
line "a rule is no row of signs" "separator"
line "what was struck out and what was inserted have words on both sides" "Call struck out: Ann, end, inserted: Ben, end, first, not struck out: a bold text, end."
line "so they have in tables" "struck out: 10, end, 12"
line "what a term means is no farther in" "definition: Room 4"
line "signs that are text stay" "A [-bracket-] of its own, 2 | 3."
ok "each end is said once" test "$(grep -c "^end of quotation$" "$out")" = 1
ok "no line is told apart by where it begins" sh -c '! grep -q "^  *[A-Z]" "$1"' - "$out"
said 1 1 'find heading' n
has "headings are found by that word" "$out" "2 of 2: heading level 2: Hours"
said 1 1 G k k
has "and lines are gone through with their words" "$out" "A [-bracket-] of its own"
said 1 2
line "the highest heading has no level, whatever it is called" "heading: One"
line "a link in struck-out text keeps its number" "More here [1]struck out: or there[1], end."
printf 'size 60 60\nkeys Enter Enter\ndump\n' >"$T/script"
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
run "$crier" --script "$T/script"
has_not "the screen has none of these words" "$out" "heading"
has "but signs" "$out" "[-Ann-]"
has "and places" "$out" "  • Cold"
"$crier" show 2 >"$out" 2>&1
has "so has what is printed" "$out" "│ The mayor spoke."
has_not "and no words either" "$out" "item"
finish
