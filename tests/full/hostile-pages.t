#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that are built to cost: each is read or refused with a reason, within bounds that
# leave room for a slow machine and a sanitizer.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 17
page() { python3 -c "import sys; w = sys.stdout.write; $1" >"$T/page.html"; }
within() { run python3 "$srcdir/tests/kit/within.py" "$@"; }
extract() { within 120 "$1" "$crier" extract --url=http://city.example/news/1.html "$T/page.html"; }
entries() { within 120 "$1" "$crier" entries --url=http://city.example/news/ "$T/page.html"; }

page 'w("<html><body><h1>A long page</h1>" + "<p>A paragraph of a page that is as long as no page should be, with commas, and with words.</p>" * 550000)'
extract 1500
status_is "50 MB of paragraphs are an article" 0

page 'w("<html><body>" + "<div>" * 100000 + "deep")'
extract 500
status_is "100 000 nested elements are not" 2
has "which is said" "$out" '"error"'

page 'w("<html><body><div " + " ".join("a%d=1" % i for i in range(200000)) + ">x</div></body></html>")'
extract 500
status_is "200 000 attributes are no article" 2

rows() { page 'w("<html><body><ul>" + "".join("<li><a href=/%d>An entry of a list without an end, %d</a> 2025-06-01</li>" % (i, i) for i in range('"$1"')) + "</ul>")'; }
rows 1000000
entries 2500
if [ "$status" = 2 ]; then
    has "a million rows are more than the memory for a page" "$out" '"code":"reader-memory"'
else # with a sanitizer memory has no bound
    status_is "a million rows are read as far as a list goes" 0
fi
rows 250000
entries 2500
status_is "of 250 000 rows" 0
ok "as many are read as a list may have" test "$(grep -o '"link"' "$out" | wc -l)" = 2000

cat >"$T/city.portal" <<'END'
[Portal]
Name=City
[Edition en]
[Section en/rows]
Url=http://city.example/news/
Rows=//li
[Section en/many]
Url=http://city.example/news/
Rows=//*//*//*
[Section en/regex]
Url=http://city.example/news/
Rows=//li
Title=./a
Title.Capture=^(a+)+$
[Section en/json]
Url=http://city.example/news/
Format=json
Rows=a
END
rules() { within 120 2500 "$crier" entries --url=http://city.example/news/ --portal="$T/city.portal" --section="en/$1" "$T/page.html"; }
rules rows
status_is "a rule for all of them is asked of what was read" 0
has "which is said" "$out" "the page has more than 240000 elements"

page 'w("<html><body>" + ("<ul><li>" * 20 + "<a href=/1>An entry</a>" + "</li></ul>" * 20) * 250)'
rules many
ok "one that multiplies ends" test "$status" -ne 99

page 'w("<html><body><ul><li><a href=/1>" + "a" * 100000 + "!</a></li></ul>")'
rules regex
ok "a regular expression that tries everything gives up" test "$status" -ne 99

page 'w("[" * 5000000)'
rules json
status_is "JSON that only opens is no list" 2
has "for the reason it is none" "$out" "JSON cannot be read"

page 'w("<html><head>" + "".join("<meta name=n%d content=x>" % i for i in range(300000)) + "</head><body></body></html>")'
extract 1000
status_is "300 000 meta tags are no article" 2

page 'w("<html><body>" + "".join("<a href=/%d>English</a>" % i for i in range(300000)))'
extract 1500
ok "300 000 links to editions end" test "$status" -ne 99

page 'w("<html><body><table>" + "<tr><td colspan=1000 rowspan=65534>x</td></tr>" * 20000 + "</table>")'
extract 1500
ok "cells that span all ends" test "$status" -ne 99

page 'w("<html><script type=application/ld+json>" + "{\"a\":" * 1000000 + "</script><body><p>text</p></body></html>")'
extract 500
ok "JSON-LD without a bottom ends" test "$status" -ne 99
finish
