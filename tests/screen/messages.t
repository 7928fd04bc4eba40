#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said in one line where it has the room, in several else: it is to be read nowhere else.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 7
mkdir -p "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
{"id": "1", "title": "Bridge closed", "url": "@BASE@/notices/2025/10/the-bridge-over-the-river-is-closed-until-spring.html",
 "date_published": "2025-10-20T08:00:00Z",
 "content_html": "<p>See <a href='@BASE@/notices/2025/10/the-ferry-goes-in-place-of-the-bridge-until-then.html'>the ferry</a>.</p>"}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
# lines WIDTH HEIGHT KEYS: a picture as one line
lines() {
    printf 'size %s %s\nkeys Enter Enter\n%s\ndump\n' "$1" "$2" "$3" >"$T/script"
    run "$crier" --set=fetch.auto=no --script "$T/script"
    sed 's/^ *//; s/ *$//' "$out" | tr -d '\n' >"$T/line"
    echo >>"$T/line"
}
lines 40 12 'keys y l'
has "what was copied in an article is told whole" "$T/line" "copied: $BASE/notices/2025/10/the-bridge-over-the-river-is-closed-until-spring.html"
has_not "and not cut" "$T/line" "…"
lines 60 24 'keys y l'
has "on larger screens, too" "$T/line" "copied: $BASE/notices/2025/10/the-bridge-over-the-river-is-closed-until-spring.html"
lines 40 12 'keys Tab'
has_not "the address of a link in focus does not cover the text" "$T/line" "until-then.html"
ok "of which it has one line" grep -qF "…" "$T/line"
lines 120 24 'keys y l'
has "what has room has one line" "$out" "copied: $BASE/notices/2025/10/the-bridge-over-the-river-is-closed-until-spring.html"
# a theme is kept by the file alone, which one line says
lines 80 24 "keys T
type high-contrast
keys Enter"
has "a theme that was chosen is told to end with crier" "$out" \
    "ui.theme=high-contrast until crier ends; write it into crier.conf to keep it"
finish
