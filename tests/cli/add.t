#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Subscribing by URL: a feed, a page that announces one, a list.
. "${srcdir:-.}/tests/lib.sh"
plan 24
portal_start

run "$crier" add "$BASE/en/news/rss.xml"
status_is "a feed is taken as it is" 0
run "$crier" add "$BASE/ru/"
has "a page by the feed that it announces" "$CONFIG/urls" "$BASE/ru/news/rss.xml"
run "$crier" add --title='Notices "of" Beiling' --tag=city "$BASE/zh/notices/index.html"
status_is "a page by its list" 0
has "with a title and tags" "$CONFIG/urls" "$BASE/zh/notices/index.html \"city\" \"list\" \"~Notices \\\"of\\\" Beiling\""
run "$crier" add "$BASE/en/news/rss.xml"
status_is "twice is a mistake" 1
has "and said" "$err" "is subscribed to already"
run "$crier" add "$BASE/fault/404"
status_is "what is not there is not subscribed to" 3
run "$crier" add ftp://example.org/
status_is "another scheme is refused" 1
run "$crier" add beiling/ru/notices
status_is "a single section of a portal" 0
run "$crier" add beiling/ru/nothing
has "one that does not exist" "$err" "has no section 'nothing'"
run "$crier" sources --format=tsv
ok "sources are numbered one by one, in the order in which they came" \
    test "$(cut -f1 "$out" | sort -n | tr '\n' ' ')" = "$(seq "$(wc -l <"$out")" | tr '\n' ' ')"

run "$crier" fetch --progress=lines
status_is "all of them are fetched" 0
run "$crier" list --format=tsv 'source:"Notices \"of\" Beiling"'
ok "rows of a list are found without rules" test "$(wc -l <"$out")" = 6
has "with whole titles and dates" "$out" "2025-10-22	"
number=$(cut -f1 "$out" | head -n 1)
run "$crier" show "$number"
has "and articles without rules" "$out" "接种后请留观三十分钟。"
has_not "not their footer" "$out" "主办单位"
# --- fetching at once ---
rm -rf "$T/data/crier" "$CONFIG/urls"
run "$crier" add --fetch "$BASE/en/news/rss.xml"
status_is "--fetch fetches what was subscribed to" 0
has "and tells how much is new" "$out" "5 new articles"
run "$crier" add --fetch beiling/ru
has "a portal's sections" "$out" "11 new articles"
run "$crier" add --fetch --no-discover "$BASE/fault/500"
status_is "with the status of the fetch" 3
has "and why it failed" "$err" "the server has a fault (HTTP 500)"
run "$crier" add --fetch --dry-run "$BASE/zh/"
has "but not what is only looked at" "$err" "exclude each other"
# --- a portal file that is wrong ---
mkdir -p "$XDG_CONFIG_HOME/crier/portals"
printf '[Portal]\nName=Broken\n[Edition en]\n[Section en/news]\nUrl=%s/\nNonsense=1\n' "$BASE" >"$XDG_CONFIG_HOME/crier/portals/broken.portal"
run "$crier" add broken
status_is "a portal whose file is wrong is not subscribed to" 1
has "and the fault is told" "$err" ":6: unknown key 'Nonsense'"
finish
