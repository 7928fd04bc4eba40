#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What --plain answers to actions: which words were copied, what was opened and why not, what was
# undone.
. "${srcdir:-.}/tests/lib.sh"
plan 31
need python3
mkdir "$T/site" "$T/bin"
cat >"$T/site/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "1", "title": "Bridge", "url": "http://a.example/1", "date_published": "2025-10-24T09:00:00Z",
  "content_html": "<h2>First heading</h2><p>The middle <a href='http://a.example/more'>and more</a>.</p><p>The last words.</p>",
  "attachments": [{"url": "@BASE@/plan.txt", "mime_type": "application/pdf", "title": "Plan"}]},
 {"id": "2", "title": "School", "url": "http://a.example/2", "date_published": "2025-10-23T09:00:00Z", "content_html": "<p>Open.</p>"},
 {"id": "3", "title": "Baths", "url": "http://a.example/3", "date_published": "2025-10-22T09:00:00Z", "content_html": "<p>Closed.</p>"}]}
END
serve "$T/site"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"
printf '#!/bin/sh\ncat >"%s/copied"\n' "$T" >"$T/bin/keep"
printf '#!/bin/sh\necho "no display" >&2\nexit 3\n' >"$T/bin/fails"
printf '#!/bin/sh\nprintf "%%s\\n" "$1" >"%s/opened"\n' "$T" >"$T/bin/opens"
chmod +x "$T/bin/keep" "$T/bin/fails" "$T/bin/opens"
browser=$T/bin/opens
# said LINE…: all that is said
said() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set="ui.browser=$browser %u" --set=ui.clipboard="$T/bin/keep" --plain >"$out" 2>&1
}
has_not() {
    ok "$1" sh -c '! grep -qF -- "$2" "$1"' sh "$2" "$3"
}

# --- a quotation
said 1 1 yq
has "of a text that was read to its end the last paragraph is quoted" "$out" "copied: The last words."
has "as the clipboard has it" "$T/copied" "The last words."
said 1 1 'j' yq
has "also behind its links and attachments" "$out" "copied: The last words."
said 1 1 g yq
has "in the head it is the first one" "$out" "copied: First heading"
said 1 1 'find middle' yq
has "found words are quoted" "$out" "copied: The middle and more"

said 1 1 't a' u 'f 1' j yq
has "also when the article has changed meanwhile" "$out" "copied: The last words."
has "and what was undone is told there" "$out" "undone: Bridge, without the tag a"
said 1 1 'find middle' 't a' yq
has "whose head may have got longer" "$out" "copied: The middle and more"
has_not "and is not read for that" "$out" "Tags: a"

# --- reading on when the head has changed
for line in s 't a'; do
    said 1 1 "$line" i q ''
    has "an empty line goes on behind what was read before '$line'" "$out" "Open."
done
said 1 's 1' 't 1 a' 1 'find middle' s 't -a' i q ''
ok "and leaves nothing out when lines above it have gone" test "$(grep -cx 'The last words.' "$out")" = 2
said 1 's 1' 't 1 a' 1 'first 2' s 't -a' i q ''
ok "in the head, neither" test "$(grep -c '2025-10-24' "$out")" -ge 3

# browsed STEP…: on a terminal, which the browser has meanwhile
browsed() {
    run python3 "$srcdir/tests/kit/terminal.py" "see:> " "$@" "type:Q
" -- "$crier" --set="ui.browser=$browser %u" --set=ui.browser-terminal=yes --plain
}

# --- a browser that fails
browser=$T/bin/fails
browsed "type:1
" "see:Bridge" "type:1
" "see:The last words" "type:o
" "see:status 3"
has "that a browser failed is told with the address" "$out" "ended with status 3: no display (http://a.example/1)"
ok "once" test "$(grep -c 'no display' "$out")" = 1
has "and what copies it" "$out" "ui.browser in crier.conf names the program; yy copies an address"
has_not "not what a mouse does" "$out" "mouse"
has_not "nor a page of its own" "$out" "Not done"
browsed "type:o 3
" "see:status 3"
has "where nothing is copied, that is not said" "$out" "ui.browser in crier.conf names the program"
has_not "not even" "$out" "copies an address"

# --- the page of what is told of
browser=$T/bin/opens
browsed "type:1
" "see:Bridge" "type:i 1
" "see:Information" "type:o
" "see:opened: http://a.example/1"
status_is "from its information an article is opened" 0
has "by the browser" "$T/opened" "http://a.example/1"
browsed "type:i 3
" "see:Information" "type:o
" "see:opened: $BASE/feed.json"
status_is "from that of a source the source" 0

# --- what was undone
said 1 't a' 't b' u u redo
has "that a tag can be undone is said" "$out" "tagged a: Bridge; u undoes it"
has "which tag was undone, too" "$out" "undone: Bridge, without the tag b"
has "each by its name" "$out" "undone: Bridge, without the tag a"
has "and which is there again" "$out" "redone: Bridge, tagged a again"
said 1 M u
has "of several changes it is said what they were" "$out" "undone: 3 changes, unread again"
said 1 '*' j '*' 't town' u
has "of tags too" "$out" "undone: 2 changes, without the tag town"
said 1 '*' j '*' 't town' 't -town'
has "taking one away can be undone" "$out" "tag taken away: town; u undoes it"
printf 'keys Enter M u\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "on the screen too" "$out" "undone: 3 changes, unread again"
finish
