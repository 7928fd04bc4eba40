#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A page that leads to one list a year: the newest is read, and again when that page is as before.
. "${srcdir:-.}/tests/lib.sh"
plan 12
mkdir "$T/site"
page() {
    printf '<html lang="en"><head><title>Minutes</title></head><body><nav><a href="/">Home</a></nav><h1>Minutes</h1>%s</body></html>' "$2" >"$T/site/$1.html"
}
row() {
    printf '<li><a href="%s.html">Minutes of the council, meeting %s</a> %s</li>' "$1" "$1" "$2"
}
page years '<ul><li><a href="y2023.html">2023</a></li><li><a href="y2024.html">2024</a></li><li><a href="y2025.html">2025</a></li></ul>'
page y2025 "<ul>$(row 9 2025-09-01)$(row 8 2025-08-01)</ul>"
page y2024 "<ul>$(row 3 2024-09-01)$(row 2 2024-08-01)</ul>"
page months '<p><a href="m/october-2025.html">October 2025</a> <a href="m/september-2025.html">September 2025 (4)</a> <a href="m/november-2025.html">November 2025</a></p>'
page files '<ul><li><a href="2024.pdf">2024</a></li><li><a href="2025.pdf">2025</a></li></ul>'
page past '<ul><li><a href="y2021.html">Archive 2021</a></li><li><a href="y2020.html">Archive 2020</a></li></ul>'
page beside "<ul>$(row 7 2025-07-01)$(row 6 2025-06-01)$(row 5 2025-05-01)</ul><aside><a href='y2024.html'>2024</a> <a href='y2025.html'>2025</a></aside>"

run "$crier" entries --url=http://town.example/years.html "$T/site/years.html"
status_is "years are no error" 0
has "the newest comes first" "$out" '"index":["http://town.example/y2025.html","http://town.example/y2024.html"'
has "and they are no entries" "$out" '"entries":[]'
run "$crier" entries --url=http://town.example/months.html "$T/site/months.html"
has "of months none that is to come" "$out" '"index":["http://town.example/m/october-2025.html","http://town.example/m/september-2025.html"]'
run "$crier" entries --url=http://town.example/y2025.html "$T/site/years.html"
status_is "the page of a year leads to no other" 2
run "$crier" entries --url=http://town.example/files.html "$T/site/files.html"
status_is "files are no lists" 2
run "$crier" entries --url=http://town.example/past.html "$T/site/past.html"
status_is "nor are years past this year's list" 2
run "$crier" entries --url=http://town.example/beside.html "$T/site/beside.html"
has "a list beside which years stand is a list" "$out" '"index":[]'

serve "$T/site"
run "$crier" add "$BASE/years.html"
status_is "it is subscribed to" 0
"$crier" --set=fetch.pages=never fetch --progress=none
run "$crier" list --limit=0 --format=tsv
ok "the newest year's list is read" test "$(grep -c "Minutes of the council" "$out")" = 2
page y2025 "<ul>$(row 10 2025-10-01)$(row 9 2025-09-01)$(row 8 2025-08-01)</ul>"
run "$crier" --set=fetch.pages=never fetch --all --progress=lines
has "and what is new in it" "$err" "1 new article"
run "$crier" list --limit=0 --format=tsv
ok "no other is" test "$(wc -l <"$out")" = 3
finish
