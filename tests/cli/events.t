#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What takes place: calendars and event pages, from a server through the store to what is shown.
. "${srcdir:-.}/tests/lib.sh"
plan 10
mkdir "$T/site"
cp "$srcdir/tests/feed/calendar.ics" "$srcdir/tests/feed/rss-events.xml" "$T/site"
cp "$srcdir/tests/page/event-en.html" "$T/site/hearing.html"
cat >"$T/site/list.html" <<'HTML'
<html lang="en"><body><h1>Events</h1><ul><li><a href="hearing.html">Public hearing on the harbour plan</a> 2025-10-20</li>
<li><a href="missing.html">A walk along the old town wall</a> 2025-10-19</li></ul></body></html>
HTML
serve "$T/site"

echo "$BASE/calendar.ics" >"$CONFIG/urls"
run "$crier" fetch --progress=lines
status_is "a calendar is fetched" 0
run "$crier" list --limit=0 --format=json
has "its event begins in its own zone" "$out" '"starts":"2026-11-10T19:00:00-06:00"'
has "and has a place" "$out" '"place":"Town hall, room 2, 1 Harbour Street"'
has "whole days are days" "$out" '"starts":"2026-12-05","ends":"2026-12-07"'
run "$crier" show "$("$crier" list --limit=0 --format=tsv council | cut -f1)"
has "what is shown says when and where" "$out" 'Takes place: 2026-11-10 19:00 – 21:30 · Town hall, room 2'

# the day is put off: it is the same article
sed 's/20261110T/20261117T/' "$srcdir/tests/feed/calendar.ics" >"$T/site/calendar.ics"
run "$crier" fetch --all --progress=none
run "$crier" list --limit=0 --format=json council
has "a day that is put off is taken over" "$out" '"starts":"2026-11-17T19:00:00-06:00"'
ok "by the article that is there" test "$(wc -l <"$out")" = 1

echo "$BASE/rss-events.xml" >"$CONFIG/urls"
"$crier" fetch --progress=none
run "$crier" list --limit=0 --format=json hearing
has "of RSS" "$out" '"starts":"2026-12-10T17:00:00+00:00"'

rm -f "$STORE"*
echo "$BASE/list.html list" >"$CONFIG/urls"
"$crier" fetch --full --progress=none
run "$crier" list --limit=0 --format=json hearing
has "of a page" "$out" '"starts":"2026-12-01T18:00:00-06:00"'
has "which is not when it was published" "$out" '"published":"2025-10-20"'
finish
