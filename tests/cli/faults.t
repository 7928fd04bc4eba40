#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every fault of the demo portal: said, stored, and nothing lost.
. "${srcdir:-.}/tests/lib.sh"
plan 51
portal_start

# fault NAME STATUS TEXT [SECONDS]: a source that fails so ends with the status and says the text
fault() {
    printf '%s/fault/%s\n' "$BASE" "$1" >"$CONFIG/urls"
    rm -f "$STORE"*
    # a busy machine is no slow server
    run "$crier" --set=fetch.stall=60 --set=fetch.timeout="${4:-60}" --set=fetch.max-size=1 fetch --progress=lines
    status_is "$1: status" "$2"
    has "$1: message" "$err" "$3"
}

fault 404 3 "/fault/404: not found (HTTP 404)"
fault 410 3 "gone for good (HTTP 410)"
fault 500 3 "HTTP 500"
fault 429 3 "too many requests (HTTP 429)"
run "$crier" fetch --all --dry-run
ok "429: Retry-After holds --all back" test ! -s "$out"
CRIER_NOW=$((CRIER_NOW + 7300)) run "$crier" fetch --dry-run
ok "429: and ends" test -s "$out"
fault redirect-loop 3 "more than 10 redirects"
fault stall 3 "no whole answer within 3 s" 3
fault truncated 3 "the transfer ended before the document did"
fault reset 3 "/fault/reset: "
fault html 3 "this is an HTML page"
fault empty 3 "the document is empty"
fault random 3 "is not the root of a feed"
fault bomb 3 "larger than 1 MiB"
fault no-entries 0 "there are no entries"
fault gzip 0 "5 new articles"
fault redirect 0 "5 new articles"

fault moved 0 "5 new articles"
run "$crier" fetch --all --progress=none
get /control/log >"$T/log"
ok "moved: the new address is used from then on" test "$(grep -c '^/fault/moved' "$T/log")" = 1

fault wrong-charset 0 "5 new articles"
"$crier" list --format=tsv >"$T/list"
has "wrong-charset: GB18030 sent as utf-8 is read" "$T/list" "北岭机场开通至三座城市的冬季航线"
fault no-charset 0 "5 new articles"
"$crier" list --format=tsv >"$T/list"
has "no-charset: windows-1251 is guessed" "$T/list" "Старый вокзал станет музеем города"
fault xml-broken 0 "5 new articles"
"$crier" list --format=tsv >"$T/list"
has "xml-broken: a bare & loses nothing" "$T/list" "Ferry & boat"
fault future 0 "which lies in the future, of"

# what was stored survives a source that fails later
printf '%s/en/news/rss.xml\n' "$BASE" >"$CONFIG/urls"
rm -f "$STORE"*
"$crier" fetch --progress=none
get "/control/set?path=/en/news/rss.xml&fault=random" >/dev/null
run "$crier" fetch --all
ok "articles stay when their source breaks" test "$("$crier" list --format=tsv | wc -l)" = 5
run "$crier" status
has "and status says why" "$out" "error: $BASE/en/news/rss.xml: it is no feed: <T> is not the root of a feed"

# a page that failed is asked for again, though its list has not changed; a 404 is not
get "/control/set?path=/en/news/rss.xml" >/dev/null
get "/control/set?path=/en/notices/204.html&fault=500" >/dev/null
get "/control/set?path=/en/notices/205.html&fault=404" >/dev/null
echo portal:beiling/en/notices >"$CONFIG/urls"
rm -f "$STORE"*
"$crier" fetch --progress=none
run "$crier" status
has "a page that fails is a warning of its source" "$out" "HTTP 500"
number=$("$crier" list --format=tsv title:interruption | cut -f1)
get "/control/set?path=/en/notices/204.html" >/dev/null
get "/control/set?path=/en/notices/205.html" >/dev/null
"$crier" fetch --all --progress=none
run "$crier" show "$number"
has "and fetched later" "$out" "Riverside Road"
get /control/log >"$T/log"
ok "one that is not there is not asked for again" test "$(grep -c '^/en/notices/205.html' "$T/log")" = 1
finish
