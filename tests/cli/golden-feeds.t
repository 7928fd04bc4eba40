#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every format and module that feeds are written in: each file of tests/feed/ is read, and what
# comes out is compared with NAME.json beside it.  GENERATE=1 rewrites these: read them against
# the format's specification before you commit them.  What is null or an empty list is left out
# of them, but for rss-090.json, which holds every key.
. "${srcdir:-.}/tests/lib.sh"
need python3
feeds=$srcdir/tests/feed
cd "$feeds" || exit 1
set -- *.xml *.feed *.ics *.opml
plan $(($# + 3))

fetch() {
    rm -f "$STORE"*
    echo "$BASE/$1" >"$CONFIG/urls"
    "$crier" --set=fetch.pages=never fetch --progress=none >&2
}
# of a sitemap, which `parse` takes for no feed: what a fetch makes of it
listed() {
    fetch "$1"
    "$crier" list --limit=0 --format=json
}
# golden NAME [--whole]
golden() {
    expected=${1%.*}.json
    if python3 "$srcdir/tests/kit/pretty.py" ${2:+"$2"} <"$out" >"$T/pretty"; then
        [ "${GENERATE:-}" != 1 ] || cp "$T/pretty" "$expected"
        same "$1" "$expected" "$T/pretty"
    else
        result 1 "$1 is compact JSON"
    fi
}

serve "$feeds"
ok "no golden is without its feed" sh -c 'for f in *.json; do [ ! -e "$f" ] || f=${f%.shown.json}; ls "${f%.json}".[xfio]* >/dev/null || exit 1; done'
for file; do
    whole=
    case $file in
    rss-090.xml) whole=--whole ;;
    esac
    case $file in
    sitemap*) listed "$file" >"$out" ;;
    *.opml) "$crier" opml "$file" >"$out" ;;
    *) "$crier" parse --url="https://city.example/feeds/$file" "$file" >"$out" ;;
    esac
    golden "$file" $whole
done
# which of several forms and pictures are kept as an article's files
for file in rss-media.xml rss-podcast.xml; do
    fetch "$file"
    # shellcheck disable=SC2046 # numbers
    "$crier" show --format=json $("$crier" list --limit=0 --format=tsv | cut -f1 | sort -n) >"$out"
    golden "${file%.xml}.shown.xml"
done
finish
