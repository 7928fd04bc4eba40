#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# In --plain a key that is pressed before Enter, whose characters nobody typed, is what its name is.
. "${srcdir:-.}/tests/lib.sh"
plan 12
need python3
mkdir "$T/site"
cat >"$T/site/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "1", "title": "First", "url": "http://a.example/1", "date_published": "2025-10-24T09:00:00Z", "content_html": "<p>One.</p><p>Two.</p>"},
 {"id": "2", "title": "Second", "url": "http://a.example/2", "date_published": "2025-10-23T09:00:00Z", "content_html": "<p>Three.</p>"},
 {"id": "3", "title": "Third", "url": "http://a.example/3", "date_published": "2025-10-22T09:00:00Z", "content_html": "<p>Four.</p>"}]}
END
serve "$T/site"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
# said LINES: what is said behind the last prompt but one
said() {
    printf "%b" "$1" | "$crier" --plain >"$T/all" 2>&1
    tail -n 4 "$T/all" >"$out"
}
said '1\n\033[B\n'
has "the arrow down leads down" "$out" "> 2 of 3: Second"
said '1\nj\n\033OA\n'
has "up, as other terminals send it" "$out" "> 1 of 3: First"
said '1\n\033[B\033[B\n'
has "who presses it twice goes two rows" "$out" "> 3 of 3: Third"
said '1\n\033[F\n'
has "End leads to the end" "$out" "> 3 of 3: Third"
said '1\n\033\n'
has "Esc is what it is on the screen" "$out" "crier: municipal news"
said '1\n\\\n\033\n'
has "and leaves a question" "$out" "nothing was done"
said 'a\n\033\nj\n'
has "a choice too" "$out" "> 2 of 3: Starred"
said '1\n1\n\033[6~\n'
has "page down reads on" "$out" "Three."
said '1\n\033[25~\n'
has "a key without a name is spelt" "$out" "'^[[25~'"
said '1\n\033[B\033[D\n'
has "so are several" "$out" "'^[[B^[[D'"
said '1\n\001\n'
has "and control characters" "$out" "'^A'"
said '\0033OP\n'
has "function keys are those of the screen" "$T/all" "In the first view"
finish
