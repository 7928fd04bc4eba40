#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What markup means, in every form that an article goes out in: show, search, extract, the screen; and
# the lines of plain text.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 42
mkdir "$T/www"
python3 - "$T/www" <<'PY'
import json, sys
body = ("<p>Norm: 10<sup>6</sup> pieces. Fee <del>100</del> <ins>80</ins>. <ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby>."
        " See http://a.example/bare, office@a.example or 8 (800) 100-20-30.</p>"
        "<ol start=12><li>twelve<p>more of twelve</p><li>thirteen</ol>"
        "<table><caption>Prices</caption><tr><th>Street<th>Day<tr><td rowspan=2>Elm<td>Mon<tr><td><a href='/tue'>Tue</a></table>"
        "<iframe src='https://video.example/1' title='Session'></iframe><img src=/spin.gif data-src=/real.jpg alt='A map'>")
scripts = "<p>กำลัง น้ำ | தமிழ் கொ | हिन्दी | ｶﾞｷﾞ | မြန်မာ | ខ្មែរ | 한국</p><table><tr><th>น้ำ<th>x<tr><td>กำ<td>y</table>"
items = [("1", {"title": "Forms of #1 <b>", "content_html": body}), ("2", {"title": "Letters กำลัง น้ำ", "content_html": scripts}),
         ("3", {"title": "Lines", "content_text": "First line\nSecond line\n\nNew paragraph\n  - a\n  - b\n\nDay    Hours\nMon    9-11"}),
         ("4", {"title": "A page of text", "url": "@BASE@/notice.txt"}), ("5", {"title": "Smile \ud83d\ude00", "content_html": "<p>&copy 2025 &#55357;&#56832;</p>"})]
feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [dict(i, id=n, date_published="2025-10-0%sT08:00:00Z" % n) for n, i in items]}
json.dump(feed, open(sys.argv[1] + "/feed.json", "w"))
open(sys.argv[1] + "/notice.txt", "w").write("Water off\n\nOn Monday the water\nis off in these streets:\n  - Elm Street\n  - High Street\n\nCall (512) 974-2000.\n")
rss = """<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Films</title>
<item><title>&#xD83D;&#xDE00; film</title><guid>f</guid><media:group><media:content url="@BASE@/small.mp4" type="video/mp4"/><media:content url="@BASE@/film.mp4" type="video/mp4" isDefault="true"/>
<media:description>One
Two</media:description></media:group><enclosure url="@BASE@/film.mp4" type="video/mp4" length="3"/></item>
<item><title>picture</title><guid>p</guid><description>Text</description><media:content url="@BASE@/p.jpg?w=140" medium="image" width="140"/><media:content url="@BASE@/p.jpg?w=900" medium="image" width="900"><media:description>The square</media:description></media:content></item>
<item><title>escaped</title><guid>e</guid><description>Fish &amp;amp; chips
at &amp;#8212; noon</description></item>
<item><title>player</title><guid>y</guid><media:player url="https://video.example/play/1"/></item></channel></rss>"""
open(sys.argv[1] + "/films.xml", "w").write(rss)
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" add --no-discover "$BASE/films.xml" >/dev/null
"$crier" fetch --full --progress=none 2>/dev/null
number() {
    "$crier" list --format=tsv "title:$1" | cut -f1
}
forms=$(number Forms)

run "$crier" show "$forms"
has "raised text means the same on the line" "$out" "10⁶ pieces"
has "struck-out text says so" "$out" "Fee [-100-] 80."
has "ruby leaves words whole" "$out" "漢字(hànzì)"
has "a list begins where it says" "$out" "12. twelve"
has "and its second paragraph is indented" "$out" "    more of twelve"
has "a table has its caption" "$out" "Prices"
has "and nothing is shifted" "$out" "       │ Tue[4]"
has "what is embedded is a link" "$out" "[embedded: Session][5]"
has "with its address" "$out" "[5] https://video.example/1"
has "bare addresses are links" "$out" "[1] http://a.example/bare"
has "those of mail" "$out" "[2] mailto:office@a.example"
has "and of telephones" "$out" "[3] tel:88001002030"
has "the picture is the real one" "$out" "[6] $BASE/real.jpg"
run "$crier" show --format=markdown "$forms"
has "Markdown: struck out" "$out" "Fee ~~100~~ 80."
has "spans" "$out" "|  | [Tue]($BASE/tue) |"
has "a title is no markup" "$out" '# Forms of #1 \<b\>'
run "$crier" show --format=html "$forms"
has "HTML: elements" "$out" "10<sup>6</sup> pieces. Fee <del>100</del> <ins>80</ins>."
has "numbers" "$out" '<li value="12">twelve<p>more of twelve</p></li>'
has "captions" "$out" "<caption>Prices</caption>"
run "$crier" show --format=json "$forms"
ok "JSON: cells are not shifted" grep -qF 'Street\tDay\nElm\tMon\n\tTue' "$out"
has "numbers of items" "$out" '12. twelve'
run "$crier" search 漢字
status_is "search finds whole words" 0
run "$crier" search 100
status_is "and what is struck out" 0

run "$crier" show "$(number Lines)"
has "plain text keeps its lines" "$out" "First line"
ok "and what is indented" grep -qx '  - a' "$out"
ok "columns stay columns" grep -qx 'Mon    9-11' "$out"
run "$crier" show "$(number page)"
ok "so does a page of text" grep -qx 'On Monday the water' "$out"
has "its addresses are links, too" "$out" "[1] tel:5129742000"
run "$crier" show "$(number Smile)"
has "references without a semicolon and of surrogates" "$out" "© 2025 😀"
ok "in XML, too" test -n "$("$crier" list --format=tsv | grep -F '😀 film')"
run "$crier" show "$(number film)"
has "a film is attached" "$out" "$BASE/film.mp4, video/mp4"
ok "once, and not in its other forms" test "$(grep -c mp4 "$out")" = 1
ok "its description keeps its lines" grep -qx Two "$out"
run "$crier" show "$(number escaped)"
ok "so does text with references in it" grep -qx 'Fish & chips' "$out"
run "$crier" show "$(number picture)"
has "a picture is one, the widest" "$out" "[picture: The square][1]"
ok "and no other" test "$(grep -c "p.jpg" "$out")" = 1
run "$crier" show "$(number player)"
has "what plays a film is attached" "$out" "https://video.example/play/1"
ok "and there is no warning" test ! -s "$err"

printf '<html><body><article><p>The bridge opens to traffic again after the repair of its bearings, the town hall said.</p><video src="/f.mp4" title="Film"></video></article></body></html>' >"$T/page.html"
run "$crier" extract --url=http://a.example/1.html "$T/page.html"
has "what is embedded stands among the attachments of a page" "$out" '{"url":"http://a.example/f.mp4","title":"Film","type":"mp4"}'

printf 'size 60 16\nkeys Enter /\ntype Letters\nkeys Enter Enter\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "every letter is on the screen" "$out" "กำลัง น้ำ | தமிழ் கொ | हिन्दी | ｶﾞｷﾞ | မြန်မာ"
has "and columns are straight" "$out" "กำ │ y"
if sh "$srcdir/tests/make-locales" "$builddir/tests/locales" 2>/dev/null; then
    LOCPATH="$builddir/tests/locales" LC_ALL=ru_RU.KOI8-R "$crier" show "$forms" >"$T/koi8"
    has "what a charset lacks keeps its meaning" "$T/koi8" "10^6 pieces"
else
    result 0 "what a charset lacks keeps its meaning # SKIP no locales"
fi
finish
