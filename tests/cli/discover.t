#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where a page leads that is subscribed to: announced feeds, links, refreshes.
. "${srcdir:-.}/tests/lib.sh"
plan 15
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
cat >"$T/site/town.ics" <<'ICS'
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART:20251110T190000Z
SUMMARY:Council
END:VEVENT
END:VCALENDAR
ICS
page calendar '<link rel="alternate" type="text/calendar" href="town.ics"><link rel="alternate" type="application/rss+xml" href="news.xml">' ''
page calendars '<link rel="alternate" type="text/calendar" href="town.ics">' ''
page webcal '' '<a href="webcal://@HOST@/town.ics">Subscribe</a>'
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
finds "news before a calendar" calendar.html news.xml
finds "a calendar that is announced" calendars.html town.ics
sed "s|@HOST@|${BASE#http://}|" "$T/site/webcal.html" >"$T/site/webcal2.html"
finds "a calendar that is linked" webcal2.html town.ics
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
