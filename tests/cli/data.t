#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Interfaces without a portal file, from a server to the list: JSON and XML that are no feeds.
. "${srcdir:-.}/tests/lib.sh"
plan 7
mkdir "$T/site"
cat >"$T/site/meetings.json" <<'JSON'
{"value": [{"MeetingId": 4, "MeetingName": "Council", "MeetingDate": "/Date(1761004800000)/"},
{"MeetingId": 5, "MeetingName": "Planning board", "MeetingDate": "/Date(1760918400000)/"},
{"MeetingId": 6, "MeetingName": "Audit", "MeetingDate": "/Date(1760832000000)/"}]}
JSON
cat >"$T/site/meetings.xml" <<'XML'
<?xml version="1.0"?><meetings><meeting id="1"><name>Harbour committee</name><date>2025-10-20</date><link>/m/1</link></meeting>
<meeting id="2"><name>Parks committee</name><date>2025-10-19</date><link>/m/2</link></meeting></meetings>
XML
serve "$T/site"
run "$crier" add "$BASE/meetings.json"
status_is "JSON is subscribed to" 0
run "$crier" add "$BASE/meetings.xml"
status_is "XML is" 0
"$crier" --set=fetch.pages=never fetch --progress=none
run "$crier" list --limit=0 --format=json
has "a row without a link is an article" "$out" '"title":"Planning board"'
has "with its day" "$out" '"published":"2025-10-21'
has "as is one of XML" "$out" '"title":"Harbour committee"'

# a page that a script fills says from where
printf '<html><body><h1>Meetings</h1><div id="app"></div><script>fetch("/meetings.json").then(show)</script></body></html>' >"$T/site/shell.html"
run "$crier" add "$BASE/shell.html"
status_is "a page that a script fills is no source" 2
has "but what the script asks for may be one" "$err" "$BASE/meetings.json"
finish
