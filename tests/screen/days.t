#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The agenda in small windows: hours, and the whole sentence that sets a date.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 16
mkdir -p "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "language": "en", "items": [
{"id": "1", "title": "Water will be cut off in Garden Street", "url": "@BASE@/1.html", "date_published": "2025-10-20T08:00:00Z",
 "content_html": "<p>The supply of water is interrupted from 11 November 2025, 09:00 to 11 November 2025, 17:00.</p>"},
{"id": "2", "title": "Funds for small shops", "url": "@BASE@/2.html", "date_published": "2025-10-19T08:00:00Z",
 "content_html": "<p>Applications of owners of small shops in the districts of the harbour, the old town and the northern hills, together with the accounts of the last three years, a plan of what is to be bought, two offers of different suppliers and the consent of the house's owner must be submitted by 28 November 2025 at the latest to the office.</p>"}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
# agenda WIDTH HEIGHT KEYS
agenda() {
    printf 'size %s %s\nkeys A %s\ndump\n' "$1" "$2" "${3-}" >"$T/script"
    run "$crier" --set=fetch.auto=no --script "$T/script"
    sed 's/^ *//; s/ *$//' "$out" | tr '\n' ' ' >"$T/line"
    echo >>"$T/line"
}
agenda 40 12
has "an hour stands in a small window, too" "$out" "09:00"
has "so does the sentence" "$T/line" "The supply of water is interrupted from"
agenda 40 30 G
has "a long sentence begins there" "$T/line" "Applications of owners"
has "and is there to its end" "$T/line" "to the office."
agenda 80 24 G
has "in a wider one, too" "$T/line" "to the office."
agenda 40 12 G
has "where half of the window does not suffice it is cut" "$T/line" "Applications of owners"
has "with a sign that it is" "$T/line" "…"
agenda 20 24
has "in few cells the hour comes before the role" "$out" "09:00"
agenda 40 6
has "and where there is no room for a sentence there is the date" "$out" "11-11"

# --- days of other years have their year
on_days() { run env CRIER_NOW="$1" "$crier" --set=fetch.auto=no --set="ui.layout=${2:-1}" --script "$T/script"; }
in_year=$(date -u -d 2025-10-25 +%s) before=$(date -u -d 2024-12-30 +%s) later=$(date -u -d 2026-02-01 +%s)
printf 'size 40 12\nkeys A\ndump\n' >"$T/script"
on_days "$in_year"
has_not "in few cells days of this year have none" "$out" "2025-11-11"
on_days "$before"
has "those of another one have it" "$out" "2025-11-11  09:00  "
has "with the role" "$out" "2025-11-28         Deadline"
printf 'size 30 12\nkeys Enter\ndump\n' >"$T/script"
on_days "$in_year"
has "so have lists, of this year none" "$out" "  10-20 Water will"
on_days "$later"
has "and of another one with the day" "$out" "2025-10-20 Water"
printf 'size 80 12\nkeys Enter\ndump\n' >"$T/script"
on_days "$later" 2
has "also in a pane" "$out" "2025-10-20 Water"
printf 'size 29 12\nkeys Enter\ndump\n' >"$T/script"
on_days "$later"
has "where there is room for no day, there is the year" "$out" "2025-10 Water"
finish
