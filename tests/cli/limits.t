#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is more than crier takes: it is said, and the rest is taken.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 14
mkdir "$T/site"
python3 - "$T/site" <<'PY'
import sys
site = sys.argv[1]
row = '<li><a href="/n/%d.html">A title that is long enough, %d</a> 2025-10-20</li>'
with open(site + "/long.html", "w") as f:
    f.write("<html><body><ul>" + "".join(row % (i, i) for i in range(2300)) + "</ul></body></html>")
with open(site + "/huge.html", "w") as f:
    f.write("<html><body><ul>" + "".join(row % (i, i) for i in range(10)) + "</ul>" + "<td>" * 300000 + "</body></html>")
with open(site + "/tags.html", "w") as f:
    f.write("<html><body>" + "<b>" * 300000)
with open(site + "/article.html", "w") as f:
    f.write('<html><body><ul><li><a href="tags.html">A title that is long enough</a> 2025-10-20</li><li><a href="long.html">Another title, long enough</a> 2025-10-19</li></ul>')
with open(site + "/item.xml", "w") as f:
    f.write("<rss><channel><title>T</title><item><title>Tags</title><description><![CDATA[" + "<b>x" * 250000 + "]]></description></item></channel></rss>")
head = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
with open(site + "/index.xml", "w") as f:
    f.write(head + "<sitemap><loc>@BASE@/index2.xml</loc></sitemap></sitemapindex>")
with open(site + "/index2.xml", "w") as f:
    f.write(head + "<sitemap><loc>@BASE@/index3.xml</loc></sitemap></sitemapindex>")
with open(site + "/none.xml", "w") as f:
    f.write(head + "</sitemapindex>")
PY
serve "$T/site"
limit() {
    python3 -c 'import json, sys; print([w["message"] for w in json.load(open(sys.argv[1]))["warnings"] if w["code"] == "limit"])' "$out"
}

run "$crier" entries --url="$BASE/" "$T/site/long.html"
ok "a list that is cut says how long it is" test "$(limit)" = "['the first 2000 of 2300 entries were taken']"
run "$crier" entries --url="$BASE/" "$T/site/huge.html"
status_is "a page with too many elements is read as far as it goes" 0
ok "and says how far" test "$(limit | grep -c 'more than 240000 elements')" = 1
run "$crier" extract "$T/site/tags.html"
status_is "one of nothing but tags has no text" 2
has "for this reason" "$out" '"message":"there is no article text on this page: the page has more than 240000 elements'
ok "which is a warning too" test "$(limit | grep -c 'more than 240000 elements')" = 1

echo "$BASE/long.html list" >"$CONFIG/urls"
run "$crier" fetch --progress=none
status_is "such a list is fetched" 0
run "$crier" status
has "and its status says that it is cut" "$out" "the first 2000 of 2300 entries were taken"
echo "$BASE/index.xml" >"$CONFIG/urls"
run "$crier" fetch --progress=none
run "$crier" status
has "an index of sitemaps that names an index is not followed" "$out" "names another index"
echo "$BASE/none.xml" >"$CONFIG/urls"
run "$crier" fetch --progress=none
run "$crier" status
has "one that names nothing has no entries" "$out" "there are no entries"
echo "$BASE/tags.html list" >"$CONFIG/urls"
run "$crier" fetch --progress=none
status_is "a source of nothing but tags fails" 3
run "$crier" status
has "and says why" "$out" "not all was taken: the page has more than 240000 elements"
echo "$BASE/article.html list" >"$CONFIG/urls"
run "$crier" fetch --progress=none
run "$crier" status
has "so does an article page" "$out" "tags.html: not all was taken: the page has more than 240000 elements"
echo "$BASE/item.xml" >"$CONFIG/urls"
run "$crier" fetch --progress=none
run "$crier" status
has "and the text of a feed" "$out" "the text of 'Tags' has too many elements"
finish
