#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A page whose rows lead nowhere, from a server to what is shown: outages by day and street.
. "${srcdir:-.}/tests/lib.sh"
plan 9
mkdir "$T/site"
table() {
    printf '<html lang="en"><body><h1>Outages</h1><table><tr><th>Date</th><th>Street</th></tr>%s</table></body></html>' "$1" >"$T/site/outages.html"
}
one='<tr><td>2025-10-22</td><td>Harbour Street, houses 1 to 21</td></tr>'
two='<tr><td>2025-10-23</td><td>Mill Lane, houses 2 to 8</td></tr>'
three='<tr><td>2025-10-24</td><td>Market Square, the whole square</td></tr>'
table "$one$two$three"
serve "$T/site"
run "$crier" add "$BASE/outages.html"
status_is "the page is subscribed to" 0
run "$crier" fetch --full --progress=lines
status_is "it is fetched" 0
run "$crier" list --limit=0 --format=json
has "a row is an article" "$out" '"title":"Harbour Street, houses 1 to 21"'
has "with its day" "$out" '"published":"2025-10-22"'
ok "there are three" test "$(wc -l <"$out")" = 3
run "$crier" show "$("$crier" list --format=tsv Harbour | cut -f1)"
has "its text is the row" "$out" "Street: Harbour Street, houses 1 to 21"

# the next day: a row went, one came first, one says something else
table "<tr><td>2025-10-25</td><td>Quay 3 and the ferry</td></tr>$three<tr><td>2025-10-23</td><td>Mill Lane, houses 2 to 12</td></tr>"
run "$crier" fetch --all --full --progress=lines
has "what is new is counted" "$err" "2 new articles"
run "$crier" list --limit=0 --format=json
ok "the row that is still there is the same article" test "$(grep -c "Market Square" "$out")" = 1
ok "the others are beside it" test "$(wc -l <"$out")" = 5
finish
