#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How a page writes its dates is decided once for all of them, alike in extract, entries, add and fetch.
. "${srcdir:-.}/tests/lib.sh"
plan 26
mkdir "$T/site"

# list NAME LANG DATE…: a list page with an entry a date
list() {
    file=$T/site/$1.html
    printf '<html %s><head><title>Harbour council</title></head><body><ul class="notices">\n' "$2" >"$file"
    shift 2
    n=0
    for day; do
        n=$((n + 1))
        printf '<li><a href="/notice-%s.html">Minutes of the council meeting number %s</a> <span>%s</span></li>\n' \
            "$n" "$n" "$day" >>"$file"
    done
    printf '</ul></body></html>\n' >>"$file"
}

days() {
    tr '{' '\n' <"$out" | sed -n 's/.*"published": *"\([^"]*\)".*/\1/p' | tr '\n' ' '
}

entries() {
    page=$1
    shift
    run "$crier" "$@" entries --url=https://town.example.com/news "$T/site/$page.html"
    days >"$T/days"
}

list settled 'lang="en"' 21/12/2024 04/02/2025 03/11/2024
entries settled
has "one number above 12 tells the order of all" "$T/days" "2024-12-21 2025-02-04 2024-11-03"
has_not "and nobody is warned" "$out" "ambiguous-dates"

list region 'lang="en-NZ"' 04/02/2025 03/11/2024
entries region
has "else the region of the language does" "$T/days" "2025-02-04 2024-11-03"

list open 'lang="en"' 04/02/2025 03/11/2024
entries open
has "where nothing does, the month comes first" "$T/days" "2025-04-02 2024-03-11"
has "and that is said" "$out" '"ambiguous-dates"'
run "$crier" entries --url=https://town.example.ie/news "$T/site/open.html"
days >"$T/days"
has "the country of the address tells it too" "$T/days" "2025-02-04 2024-11-03"

list korean 'lang="ko"' 25.02.13 25.02.04 24.12.30
entries korean
has "years of two digits come first where years do" "$T/days" "2025-02-13 2025-02-04 2024-12-30"

list thai 'lang="th"' '14 ต.ค. 67' '3 กันยายน 2567'
entries thai
has "Thai years" "$T/days" "2024-10-14 2024-09-03"

list polish 'lang="pl"' '8 listopada 2024' '7 listopada 2024'
entries polish
has "listopada in Polish" "$T/days" "2024-11-08"
sed 's/lang="pl"/lang="hr"/' "$T/site/polish.html" >"$T/site/croatian.html"
entries croatian
has "and in Croatian" "$T/days" "2024-10-08"

cat >"$T/town.portal" <<'P'
[Portal]
Name=Harbour
Home=https://town.example.com/
DateOrder=day-month-year
TimeZone=Pacific/Auckland
[Edition en]
Name=English
[Section en/news]
Name=News
Url=https://town.example.com/news
Rows=//li
P
run "$crier" entries --portal="$T/town.portal" --section=en/news --url=https://town.example.com/news "$T/site/open.html"
days >"$T/days"
has "a portal file states the order" "$T/days" "2025-02-04 2024-11-03"
has_not "which leaves no doubt" "$out" "ambiguous-dates"
sed 's/day-month-year/mdy/' "$T/town.portal" >"$T/wrong.portal"
run "$crier" entries --portal="$T/wrong.portal" --section=en/news "$T/site/open.html"
status_is "in words that there are" 1
has "which it names" "$err" "year-month-day"

# --- zones: the same for every command

list clock 'lang="en-NZ"' '2024-11-03 10:30' '2024-11-02 09:00'
cat >"$T/site/notice-1.html" <<'H'
<html lang="en-NZ"><head><title>The bridge is open again</title></head><body><h1>The bridge is open again</h1>
<p class="meta">Published: 2024-11-03 10:30</p>
<div class="article"><p>The council has opened the bridge over the harbour again, after seven months of work on its piers.
Lorries of more than twelve tonnes still have to take the ferry, which goes every hour until nine in the evening.</p>
<p>The work has cost two millions, of which the region pays a half, as the mayor said at the opening.</p></div></body></html>
H
cp "$T/site/notice-1.html" "$T/site/notice-2.html"
zone() {
    what=$1 want=$2 url=$3
    shift 3
    run "$crier" "$@" entries --url="$url" "$T/site/clock.html"
    days >"$T/days"
    has "entries: $what" "$T/days" "2024-11-03T10:30:00$want"
    run "$crier" "$@" extract --url="$url" "$T/site/notice-1.html"
    days >"$T/days"
    has "extract: $what" "$T/days" "2024-11-03T10:30:00$want"
}
zone "no zone is UTC" +00:00 https://town.example.com/news
zone "the country's, in its summer" +13:00 https://town.example.nz/news
zone "the setting's" +01:00 https://town.example.com/news --set=fetch.timezone=Europe/Warsaw
run "$crier" --set=fetch.timezone=+01:00 extract --portal="$T/town.portal" --url=https://town.example.com/a "$T/site/notice-1.html"
days >"$T/days"
has "the portal file's before it" "$T/days" "2024-11-03T10:30:00+13:00"
run "$crier" --set=fetch.timezone=noon extract "$T/site/notice-1.html"
status_is "a zone that there is not" 1

serve "$T/site"
run "$crier" add --no-discover "$BASE/clock.html" --tag=list
run "$crier" fetch
run "$crier" list --format=json --limit=0
has "fetch: no zone is UTC" "$out" "2024-11-03T10:30:00+00:00"
run "$crier" remove "$BASE/clock.html"
run "$crier" add --no-discover "$BASE/open.html" --tag=list
run "$crier" fetch --all
run "$crier" status --format=json
has "status says what is in doubt" "$out" '"ambiguous-dates"'
printf '[source %s]\nfetch.timezone = Asia/Tokyo\n' "$BASE/late.html" >"$CONFIG/crier.conf"
sed 's/number/no./' "$T/site/clock.html" >"$T/site/late.html"
sed -i 's/notice-/late-/' "$T/site/late.html"
run "$crier" add --no-discover "$BASE/late.html" --tag=list
run "$crier" fetch
run "$crier" list --format=json --limit=0 title:no.
has "fetch: the setting's" "$out" "2024-11-03T10:30:00+09:00"
run "$crier" portal new "$BASE/clock.html"
has_not "a draft of a portal file makes up no zone" "$out" "TimeZone"
finish
