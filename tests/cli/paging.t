#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sources that are more than one document: paged feeds (RFC 5005), sitemaps and their indexes.
. "${srcdir:-.}/tests/lib.sh"
plan 11
portal_start

run "$crier" add "$BASE/en/news/page-1.xml"
printf '[source %s]\nfetch.depth = 3\n' "$BASE/en/news/page-1.xml" >"$CONFIG/crier.conf"
run "$crier" fetch
ok "a new paged feed is followed as deep as fetch.depth" test "$("$crier" list --format=tsv | wc -l)" = 3
get /control/log >"$T/log"
has_not "and no deeper" "$T/log" "page-4.xml"
run "$crier" fetch --all
ok "a known one is not followed again" test "$(get /control/log | grep -c page-2.xml)" = 1
run "$crier" remove "$BASE/en/news/page-1.xml"

run "$crier" add "$BASE/en/news/sitemap.xml"
status_is "a sitemap is a source" 0
run "$crier" fetch
status_is "it is fetched" 0
get /control/log >"$T/log"
has "an index leads to its newest part" "$T/log" "sitemap-pages.xml"
has_not "and to no other" "$T/log" "sitemap-old.xml"
run "$crier" list --format=tsv "title:ferry"
has "titles come from the pages" "$out" "Passenger ferry between Beiling and Songhe resumes"
run "$crier" show "$(cut -f1 "$out")"
status_is "and so do the texts" 0
run "$crier" remove "$BASE/en/news/sitemap.xml"

run "$crier" add "$BASE/en/news/sitemap-news.xml"
run "$crier" fetch
run "$crier" list --format=tsv "title:ferry lang:en"
has "a news sitemap has titles itself" "$out" "City news	Passenger ferry between Beiling and Songhe resumes"
run "$crier" parse - <<'EOF'
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://e.example/</loc></url></urlset>
EOF
status_is "crier parse takes no sitemap for a feed" 2
finish
