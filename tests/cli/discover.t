#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where a page leads that is subscribed to: announced feeds, links, refreshes.
. "${srcdir:-.}/tests/lib.sh"
plan 40
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
page nothing '' ''
page header '' ''
printf 'Link: </x>; rel=preload\nLink: <news.xml>; rel="alternate"; type="application/rss+xml"\n' >"$T/site/header.html.headers"
page several '<link rel="alternate" type="application/rss+xml" title="Town: comments" href="comments.xml">
<link rel="alternate" type="application/rss+xml" title="Council" href="council.xml">
<link rel="alternate" type="application/rss+xml" href="news-rss.xml"><link rel="alternate" type="application/atom+xml" href="news-atom.xml">' \
    '<ul><li>Roads <a href="roads-feed.xml">RSS</a></li></ul>'
page one-gone '<link rel="alternate" type="application/rss+xml" href="gone.xml"><link rel="alternate" type="application/rss+xml" href="news.xml">' ''
cp "$T/site/news.xml" "$T/site/council.xml"
cp "$T/site/news.xml" "$T/site/news-atom.xml"
sed 's/City/Roads department/' "$T/site/news.xml" >"$T/site/roads-feed.xml"
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
: >"$T/site/requests.log"
run "$crier" add "$BASE/nothing.html"
status_is "a page with nothing" 2
ok "where others have their feed is looked at twice, no more" test "$(wc -l <"$T/site/requests.log")" = 3
has "at a common address" "$T/site/requests.log" /rss.xml
cp "$T/site/news.xml" "$T/site/feed"
finds "which is taken where it is one" nothing.html feed/
rm "$T/site/feed"
finds "a Link header announces too" header.html news.xml

# several feeds
: >"$CONFIG/urls"
run "$crier" add "$BASE/several.html"
status_is "of several feeds the best is taken" 0
has "which is said" "$out" "subscribed: City"
has "with how many others there are" "$out" "3 feeds more are there; 'crier add --all $BASE/several.html' takes all of them"
has "and which one was taken" "$out" "  1 + City  $BASE/council.xml"
has "one in two formats once" "$out" "  2   $BASE/news-atom.xml"
has "the others by their names" "$out" "  3   Roads  $BASE/roads-feed.xml"
has "those of comments last" "$out" "  4   Town: comments  $BASE/comments.xml  (comments)"
ok "one line is written" test "$(wc -l <"$CONFIG/urls")" = 1
: >"$CONFIG/urls"
run "$crier" add --all "$BASE/several.html"
status_is "all of them are taken on demand" 0
ok "each once" test "$(wc -l <"$CONFIG/urls")" = 4
has "the one whose title is another's too by its name on the page" "$CONFIG/urls" "$BASE/council.xml \"~Council\""
run "$crier" add --all "$BASE/several.html"
status_is "twice is a mistake" 1
run "$crier" add --all --title=x "$BASE/several.html"
status_is "they have no title in common" 1
: >"$CONFIG/urls"
run "$crier" add --dry-run --all --format=json --tag=x "$BASE/several.html"
ok "as JSON there is an object a line" test "$(wc -l <"$out")" = 4
has "with what is known of it" "$out" "{\"kind\":\"feed\",\"url\":\"$BASE/council.xml\",\"title\":\"Council\",\"comments\":false,\"entries\":1,\"subscribed\":false}"
has "and whether it is of comments" "$out" "\"title\":\"Comments on city\",\"comments\":true"
ok "a dry run subscribes to nothing" test ! -s "$CONFIG/urls"
run "$crier" add --format=json "$BASE/several.html"
ok "what nobody has looked at has no number of entries" test "$(grep -c '"entries":null,"subscribed":false' "$out")" = 3
has "what is subscribed to is said to be" "$out" "\"entries\":1,\"subscribed\":true"
run "$crier" add --all "$BASE/one-gone.html"
has "one that is not there is told" "$err" "$BASE/gone.xml: not found (HTTP 404)"
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
