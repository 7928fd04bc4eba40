#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# In --plain, who comes back from ^Z hears where; the ends of lists are what they are.
. "${srcdir:-.}/tests/lib.sh"
plan 7
need python3
mkdir "$T/site"
write_feed() {
    printf '{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "1", "title": "Bridge", "url": "http://a.example/1", "content_html": "<p>It is %s.</p>"}]}' "$1" >"$T/site/feed.json"
}
write_feed open
serve "$T/site"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
write_feed closed
CRIER_NOW=$((CRIER_NOW + 7200)) "$crier" fetch --all --full --progress=none

# --- stopped and gone on
run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:1
" "see:Bridge" "see:> " "signal:19" "signal:18" "see:All articles" "see:> " "signal:19" "signal:18" "see:All articles" "type:j
" "see:> " "type:/
" "see:Find" "signal:19" "signal:18" "see:Find" "type:.
" "type:Q
" -- "$crier" --plain
status_is "who comes back hears where, and what is asked" 0

# --- the last text
printf '1\n1\nv\nn\nj\nn\np\np\n' | "$crier" --plain >"$out" 2>&1
ok "behind the last text nothing is said not to change" sh -c '! grep -q "changes nothing" "$1"' sh "$out"
has "but that it is the last" "$out" "this is the end of the list"
has "or the first" "$out" "this is the beginning of the list"

# --- the question for an action
printf ':\n.\n' | "$crier" --plain >"$out" 2>&1
has "what is asked for is named" "$out" "> Action: [a full stop: not at all]"

# --- a source without a server
cp "$T/site/feed.json" "$T/local.json"
"$crier" add --no-discover "file://$T/local.json" >/dev/null
"$crier" fetch --progress=none
printf 'i 4\n' | "$crier" --plain >"$out" 2>&1
has "a file has information" "$out" "local.json"
ok "but no status of HTTP" sh -c '! grep -q "HTTP" "$1"' sh "$out"
finish
