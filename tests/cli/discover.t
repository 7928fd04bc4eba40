#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where a page leads that is subscribed to: announced feeds, links, refreshes.
. "${srcdir:-.}/tests/lib.sh"
plan 12
mkdir "$T/site"
cat >"$T/site/news.xml" <<'XML'
<rss version="2.0"><channel><title>City</title><item><title>The bridge is open</title><link>@BASE@/1</link></item></channel></rss>
XML
sed 's/City/Comments on city/' "$T/site/news.xml" >"$T/site/comments.xml"
page() {
    printf '<html><head><title>Town</title>%s</head><body><p>Hi</p>%s</body></html>' "$2" "$3" >"$T/site/$1.html"
}
page case '<link rel="Alternate" type="application/RSS+XML; charset=utf-8" href="news.xml">' ''
page any '<link rel="alternate" type="application/json" href="page.json"><link rel="alternate" type="text/xml" href="news.xml">' ''
page comments '<link rel="alternate" type="application/rss+xml" title="Комментарии" href="comments.xml"><link rel="alternate" type="application/rss+xml" href="news.xml">' ''
page link '' '<p><a href="news.xml">Лента</a> <a href="news.xml">RSS</a></p>'
page refresh '<meta http-equiv="Refresh" content="0; URL=case.html">' ''
page script '<script>location.href="case.html"</script>' ''
page moved '<meta http-equiv="refresh" content="0; url=news.xml">' ''
page loop '<meta http-equiv="refresh" content="0; url=loop2.html">' ''
page loop2 '<meta http-equiv="refresh" content="0; url=loop.html">' ''
printf '{"id": 1}' >"$T/site/page.json"
serve "$T/site"

finds() {
    : >"$CONFIG/urls"
    run "$crier" add "$BASE/$2"
    has "$1" "$CONFIG/urls" "$BASE/$3"
}

finds "rel and type without regard to case, with parameters" case.html news.xml
finds "types of any XML, behind JSON that is no feed" any.html news.xml
finds "feeds of comments last" comments.html news.xml
finds "a link that says RSS" link.html news.xml
finds "a refresh is followed" refresh.html news.xml
run "$crier" add "$BASE/script.html"
status_is "a script is not" 2
run "$crier" add "$BASE/loop.html"
status_is "refreshes in a circle end" 2

# a feed's address that answers with a refresh
echo "$BASE/moved.html" >"$CONFIG/urls"
run "$crier" fetch --progress=lines
status_is "a source that sends on is read there" 0
has "its entries come" "$err" "1 new article"
run "$crier" sources --format=json
has "it is still the source that was written" "$out" "moved.html"
run "$crier" fetch --all --progress=none
status_is "again and again" 0
echo "$BASE/loop.html" >"$CONFIG/urls"
run "$crier" fetch --progress=lines
status_is "a circle is an error" 3
finish
