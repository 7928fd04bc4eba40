#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists that may be wrong: what is said of them, from the page to the health of the source.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 15

field() {
    python3 -c 'import json, sys; print(eval("d" + sys.argv[1], {"d": json.load(open(sys.argv[2]))}))' "$1" "$out"
}

mkdir "$T/site"
row() { # DAY NUMBER TITLE
    printf '<li><a href="/n/%s.html">%s</a> %s</li>' "$2" "$3" "$1"
}
page() { # FILE BODY
    printf '<!doctype html><html lang="en"><head><title>Mill Stream Town</title></head><body><h1>News</h1>%s</body></html>' "$2" >"$T/site/$1"
}
fine="<ul>$(row 2025-06-03 1 'Bridge over the mill stream closed')$(row 2025-06-02 2 'New hours of the town library')$(row 2025-06-01 3 'Budget hearing in the old school')</ul>"
page fine.html "$fine"
page undated.html "<ul>$(row '' 1 'Bridge over the mill stream closed')$(row '' 2 'New hours of the town library')$(row '' 3 'Budget hearing in the old school')</ul>"
page two.html "<div class='a'>$fine</div><div class='b'><dl><dt>2025-06-03</dt><dd><a href='/x/1.html'>Bridge over the mill stream open</a></dd><dt>2025-06-02</dt><dd><a href='/x/2.html'>Old hours of the town library</a></dd><dt>2025-06-01</dt><dd><a href='/x/3.html'>Budget hearing in the new school</a></dd></dl></div>"
page none.html "<ul><li><a href='/a.html'>Harbour front</a></li><li><a href='/b.html'>Old town wall</a></li><li><a href='/c.html'>Mill stream</a></li></ul><p>The town lies where the mill stream meets the river, and has a bridge, a wall and a harbour, of which old pictures tell.</p>"

run "$crier" entries --url=http://t.example/ "$T/site/fine.html"
status_is "a list" 0
ok "of which there is no doubt has no warning" test "$(field '["warnings"]')" = "[]"
run "$crier" entries --url=http://t.example/ "$T/site/undated.html"
status_is "a list without dates is one" 0
ok "and says so" test "$(field '["warnings"][0]["code"]')" = no-dates
run "$crier" entries --url=http://t.example/ "$T/site/two.html"
ok "of two lists the first is taken" test "$(field '["entries"][0]["link"]')" = http://t.example/n/1.html
ok "and the other is said" test "$(field '["warnings"][0]["code"]')" = near-tie
run "$crier" entries --url=http://t.example/ "$T/site/none.html"
status_is "rows that are no list for sure" 2
ok "have the code of a page without a list" test "$(field '["error"]["code"]')" = empty
ok "and a warning" test "$(field '["warnings"][0]["code"]')" = rows-seen
has "the reason says it" "$out" "rows repeat, but none is one for sure"

serve "$T/site"
run "$crier" add "$BASE/undated.html"
run "$crier" add "$BASE/fine.html"
run "$crier" fetch
status_is "both are fetched" 0
run "$crier" status --format=json
cat "$out" >"$T/status"
warnings() {
    python3 -c 'import json, sys
for line in open(sys.argv[1]):
    source = json.loads(line)
    if sys.argv[2] in source["url"]:
        print([w["code"] for w in source["warnings"] if w["code"] != "not-found"])' "$T/status" "$1"
}

ok "the doubt is in the health of its source" test "$(warnings undated)" = "['no-dates']"
ok "in that of the other is none" test "$(warnings fine)" = "[]"
run "$crier" status --format=json
has "with words for people" "$out" "most entries of the list have no date"
run "$crier" list --format=tsv
ok "the entries are there all the same" test "$(wc -l <"$out")" = 6
finish
