#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Small inputs from public reports about programs of this kind, each with what is right for it
# (cases.tsv beside them), where the folder with them is present.
. "${srcdir:-.}/tests/lib.sh"
corpora=${CRIER_CORPORA:-$srcdir/../shared}/corpora/faults
[ -r "$corpora/cases.tsv" ] || skip_all "no corpora beside the repository"
need python3
plan 50
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 "$corpora/serve.py" "$port" 2>"$T/serve.log" &
portal_pid=$!
BASE=http://127.0.0.1:$port
while ! get /k10-sup.xml >/dev/null 2>&1; do
    kill -0 "$portal_pid" 2>/dev/null || { cat "$T/serve.log" >&2; echo "Bail out! the server did not start"; exit 1; }
    sleep 0.05
done
unset CRIER_NOW
page=http://e.test/news/1.html list=http://e.test/news/index.html

# feed PATH [OPTION…]: a store of its own, fetched
feed() {
    printf '%s/%s\n' "$BASE" "$1" >"$CONFIG/urls"
    shift
    rm -f "$STORE"*
    "$crier" "$@" fetch --progress=none 2>"$err" || :
    "$crier" list --limit=0 --format=tsv >"$T/list" 2>/dev/null || :
}
again() {
    "$crier" fetch --all --progress=none 2>"$err" || :
    "$crier" list --limit=0 --format=tsv >"$T/list" 2>/dev/null || :
}
count_is() {
    ok "$1" test "$(wc -l <"$T/list")" = "$2"
}
show_one() {
    "$crier" show 1 "$@" >"$T/shown" 2>&1
}
extract() {
    run "$crier" extract --url=$page "$corpora/$1"
}
entries() {
    run "$crier" entries --url=$list "$corpora/$1"
}
# json NAME EXPRESSION: of the last run's output, as o
json() {
    ok "$1" python3 -c 'import json, sys
o = json.load(open(sys.argv[1], encoding="utf-8"))
if not eval(sys.argv[2]): sys.exit(str(o)[:2000])' "$out" "$2"
}

feed k01-dup-guid.xml
again
again
count_is "k01: an id that is none" 3
show_one
has_not "k01: and no revision" "$T/shown" "changed this text"
printf '%s/k01-sid-list.html list\n' "$BASE" >"$CONFIG/urls"
rm -f "$STORE"*
again
count_is "k01: stories by sid" 6
feed k01-fragment-links.xml
count_is "k01: links by fragment" 3
feed state/k02-guid-scheme
"$crier" mark read is:unread 2>/dev/null
get "/state/k02-guid-scheme?next" >/dev/null
again
count_is "k02: a move to https" 3
ok "k02: and still read" sh -c '! cut -f2 "$1" | grep U' sh "$T/list"
feed k08-json-content-text.json
show_one
ok "k08: lines of JSON Feed" sh -c 'sed "1,/^$/d" "$1" | awk "NF { n++ } !NF && n { blank = 1 } blank && NF { after = 1 } END { exit !(n >= 3 && after) }"' sh "$T/shown"
feed k08-atom-text.xml
show_one
ok "k08: of Atom" sh -c 'sed "1,/^$/d" "$1" | awk "NF { n++ } !NF && n { blank = 1 } blank && NF { after = 1 } END { exit !after }"' sh "$T/shown"
feed k09-iframe-only.xml
show_one
has "k09: a frame" "$T/shown" "http"
feed k09-media-content.xml
"$crier" list --format=tsv has:attachment >"$T/list" 2>/dev/null
count_is "k09: media" 1
show_one
has "k09: is an attachment" "$T/shown" "v.mp4"
extract k09-page-video-pdf.html
has "k09: a video in a page" "$out" "film.mp4"
feed k10-sup.xml
show_one
has_not "k10: a power" "$T/shown" "106 pieces"
ok "k10: is one" grep -qE '10(\^6|⁶)' "$T/shown"
feed k10-del.xml
show_one --format=markdown
has "k10: struck out" "$T/shown" "~~100~~"
show_one
ok "k10: which text says" sh -c '! grep -qE "(^|[^-[~])100 .?80" "$1"' sh "$T/shown"
feed k10-li-value.xml
show_one
has "k10: numbers of a list" "$T/shown" "13. thirteen"
extract k10-caption.html
json "k10: a caption" '"body" in o and len(o["body"]) > 0'
has "k10: is in the body" "$out" "$(sed -n 's/.*<caption>\([^<]*\)<.*/\1/p' "$corpora/k10-caption.html" | head -n 1)"
extract k10-rowspan.html
json "k10: rows that span" 'any(r.split("\t")[1:] == ["Tue", "14-16"] for r in o["body"].split("\n"))'
extract k11-pdf-only.html
status_is "k11: a PDF is a page's content" 0
json "k11: an attachment" 'any("notice12.pdf" in a["url"] for a in o["attachments"])'
extract k12-jsonld-short-zh.html
status_is "k12: a short body" 0
extract k13-lazy-data-original.html
has "k13: the real picture" "$out" "real1.jpg"
has_not "k13: not the spinner" "$out" "loading.gif"
extract k14-entity-no-semicolon.html
has "k14: names without a semicolon" "$out" "© 2026 Town, at"
run "$crier" parse "$corpora/k15-php-warning.xml"
status_is "k15: what stands before a feed" 0
json "k15: is remarked" 'len(o["items"]) == 1 and any(w["code"] == "malformed" for w in o["warnings"])'
: >"$CONFIG/urls"
run "$crier" add "$BASE/k16-rel-case.html"
status_is "k16: rel in capitals" 0
: >"$CONFIG/urls"
run "$crier" add "$BASE/k16-text-xml.html"
status_is "k16: text/xml" 0
for n in 1 2; do
    feed state/k17-counter
    get "/state/k17-counter?next" >/dev/null
    again
done
ok "k17: a counter is no revision" sh -c '! cut -f2 "$1" | grep R' sh "$T/list"
run "$crier" parse "$corpora/k18-null-date.xml"
has_not "k18: a null of dates" "$out" '"1-01-01'
feed k18-cst-china.xml --set=fetch.timezone=+08:00
"$crier" list --format=json >"$T/list"
has "k18: CST in China" "$T/list" "2026-11-03T10:00:00+08:00"
feed k22-thai.xml
printf 'size 60 16\nkeys Enter\ndump\n' >"$T/script"
"$crier" --script "$T/script" >"$T/shown" 2>&1
has "k22: letters of Thai" "$T/shown" "กำลัง"
run "$crier" parse "$corpora/k23-escaped-cdata.xml"
has_not "k23: a marked section that is text" "$out" "CDATA"
run "$crier" parse "$corpora/k23-atom-type-params.xml"
json "k23: a type with parameters" 'o["items"][0]["content_html"] == "<p>Hi</p>"'
entries k24-span-date-in-link.html
json "k24: a date in the link" 'all("20" not in e["title"] and e["published"] for e in o["entries"])'
entries k24-card.html
json "k24: cards" 'all(e["title"] and e["published"] and e["summary"] and e["summary"] not in e["title"] for e in o["entries"])'
CRIER_NOW=1764028800 entries k24-mmdd.html
json "k24: a day without a year" 'all(e["published"] for e in o["entries"]) or any("year" in w["message"] for w in o["warnings"])'
run "$crier" parse "$corpora/k25-json-trailing-comma.json"
status_is "k25: a trailing comma" 0
json "k25: is remarked" 'len(o["items"]) == 1 and any(w["code"] == "malformed" for w in o["warnings"])'
run "$crier" parse "$corpora/k26-surrogate-ncr-hex.xml"
has "k26: surrogates" "$out" "😀 hi"
feed k27-diacritics.xml
run "$crier" search cafe
status_is "k27: diacritics" 0
feed cookie
count_is "/cookie" 2
feed coding-utf8
count_is "/coding-utf8" 2
feed sitemap.xml.gz
count_is "/sitemap.xml.gz" 1
feed length-too-long
count_is "/length-too-long" 2
feed always-304
run "$crier" status --format=json
has "/always-304" "$out" '"last_error":{"code":"not-modified"'
: >"$CONFIG/urls"
run "$crier" add "127.0.0.1:$port/k01-fragment-links.xml"
status_is "k19: an address without a scheme" 0
run "$crier" add "http://user:secretpw@127.0.0.1:$port/none"
has_not "k20: a password" "$err" secretpw
finish
