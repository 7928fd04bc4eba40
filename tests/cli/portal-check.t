#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests of a portal file on saved pages: feeds, lists and articles that are as it says, and not.
. "${srcdir:-.}/tests/lib.sh"
plan 38
corpora=$T/corpora
mkdir -p "$corpora"
export CRIER_CORPORA="$corpora"
cp "$srcdir/tests/page/notice-en.html" "$corpora/"
cat >"$corpora/feed.xml" <<'END'
<rss version="2.0"><channel><title>公告</title>
<item><title>关于停水的通知</title><guid>2</guid><pubDate>Wed, 01 Oct 2025 00:00:00 +0800</pubDate></item>
<item><title>关于施工的通知</title><guid>1</guid><pubDate>some day soon</pubDate></item></channel></rss>
END
cat >"$corpora/list.html" <<'END'
<html><body><ul class="news">
<li><a href="/n/3.html">The harbour office moves to Quay Lane</a> <span>2025-10-03</span></li>
<li><a href="/n/2.html">The ferry resumes with four crossings a day</a> <span>2025-10-02</span></li>
</ul></body></html>
END
printf '<rss version="2.0"><channel><title>Empty</title></channel></rss>' >"$corpora/empty.xml"
printf '<html><body><p>none</p></body></html>' >"$corpora/none.html"
: >"$corpora/nothing.html"

# check LINES…: a portal file with these tests, offline
check() {
    {
        printf '[Portal]\nName=Harbour\nHome=https://harbour.example/\nTimeZone=+03:00\n[Edition en]\n'
        printf '[Section en/feed]\nUrl=https://harbour.example/rss.xml\nKind=feed\n'
        printf '[Section en/n]\nUrl=https://harbour.example/n/\nRows=//ul[@class="news"]/li\nDate=./span\n'
        printf '%s\n' "$@"
    } >"$T/harbour.portal"
    run "$crier" portal check --offline "$T/harbour.portal"
}
says() {
    ok "$1: status $2, and said" sh -c 'test "$1" = "$2" && grep -qF -- "$3" "$4"' sh "$status" "$2" "$3" "$out"
    [ "$tests_failed" = 0 ] || { show "$out"; show "$err"; }
}

check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=feed.xml' 'Rows=2' \
    'Title=关于停水的通知' 'Date=2025-09-30T16:00' \
    '[Test list]' 'Url=https://harbour.example/n/' 'Section=en/n' 'Page=list.html' 'Rows=2' \
    'Title=The harbour office moves to Quay Lane' 'Date=2025-10-03' \
    '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Page=notice-en.html' \
    'Title=Riverside Road closes for the new water main' 'Date=2025-10-02T09:30' 'Body=From Monday, 6 October'
says "a feed, a list and an article as they should be" 0 "tests: 3, skipped: 0, complaints: 0"
check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=feed.xml' 'Rows=3' 'Title=Another' 'Date=2025-10-01'
says "a feed" 2 "Rows is '2', not '3'"
has "its title" "$out" "Title is '关于停水的通知', not 'Another'"
has "and its date" "$out" "Date is '2025-09-30T16:00:00Z', not '2025-10-01'"
check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=empty.xml'
says "a feed without entries" 2 "the feed has no entries"
check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=none.html'
says "a page where a feed should be" 2 "this is an HTML page"
check '[Test list]' 'Url=https://harbour.example/n/' 'Section=en/n' 'Page=list.html' 'Rows=2' 'Title=Another' 'Date=2025-10-04'
says "a list" 2 "Title is 'The harbour office moves to Quay Lane', not 'Another'"
has "and its date" "$out" "Date is '2025-10-03"
check '[Test list]' 'Url=https://harbour.example/n/' 'Section=en/n' 'Page=none.html'
says "a page without rows" 2 "Rows: matches nothing on this page"
check '[Test list]' 'Url=https://harbour.example/n/' 'Section=en/n' 'Page=nothing.html'
says "an empty list" 2 "complaints: 1"
check '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Page=notice-en.html' 'Body=Another beginning' 'Title=Another'
says "an article" 2 "Title is 'Riverside Road closes for the new water main', not 'Another'"
has "and its beginning" "$out" "Body is 'From Monday"
check '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Page=none.html' 'Title=Another'
says "a page without an article" 2 "there is no article text on this page"
check '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Page=nothing.html' 'Title=Another'
says "an empty page" 2 "complaints: 1"
check '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Page=missing.html' 'Title=Another'
says "a copy that is not there is passed over" 0 "skipped: 1"
has "which is said" "$out" "there is no saved page"
check '[Test article]' 'Url=https://harbour.example/n/1.html' 'Edition=en' 'Title=Another'
says "a test without a copy too, offline" 0 "skipped: 1"
check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=feed.xml'
ok "warnings of a feed are no complaints" test "$status" = 0

# rules against what repetition finds
cat >"$corpora/council.html" <<'END'
<html><body><h1>Council</h1><div class="new">
<div class="item"><h3><a href="/c/5.html">The council votes on the tram to the harbour</a></h3><b>View</b> <time>2025-10-05</time></div>
<div class="item"><h3><a href="/c/4.html">A new school opens in the old customs house</a></h3><b>View</b> <time>2025-10-04</time></div>
<div class="item"><h3><a href="/c/3.html">Water is cut off in Mill Street on Friday</a></h3><b>View</b> <time>2025-10-03</time></div>
<div class="item"><h3><a href="/c/2.html">The market moves to the square of the castle</a></h3><b>View</b> <time>2025-10-02</time></div>
</div></body></html>
END
# rules LINES…: the page's section with these rules, offline
rules() {
    {
        printf '[Portal]\nName=Harbour\nHome=https://harbour.example/\n[Edition en]\n[Section en/c]\nUrl=https://harbour.example/c/\n'
        printf '%s\n' "$@" '[Test list]' 'Url=https://harbour.example/c/' 'Section=en/c' 'Page=council.html'
    } >"$T/harbour.portal"
    run "$crier" portal check --offline "$T/harbour.portal"
}
rules 'Rows=//div[@class="item"]' 'Title=.//h3' 'Date=./time'
says "rules that agree with repetition" 0 "complaints: 0"
has_not "are not doubted" "$out" "warnings"
rules 'Rows=//div[@class="item"][position()<3]' 'Title=.//h3' 'Date=./time'
says "fewer rows are a doubt, no fault" 0 "warnings: 1"
has "and said" "$out" "? 2 entries repeat on this page and are not taken; the first is 'Water is cut off in Mill Street on Friday'"
rules 'Rows=//div[@class="item"][position()<3]' 'Title=.//h3' 'Date=./time' 'Drop.Title=^(Water|The market)'
says "rows that are dropped on purpose are not missed" 0 "complaints: 0"
has_not "so there is no doubt" "$out" "warnings"
rules 'Rows=//div[@class="item"]' 'Title=./b' 'Date=./time'
says "titles that are labels" 0 "? titles that may be labels of links: 4 of 4; 'View'"
has "and not those of the rows" "$out" "? titles other than what repetition reads: 4 of 4; 'View', not 'The council votes on the tram to the harbour'"
rules 'Rows=//div[@class="item"]/h3' 'Title=./a'
says "days that are outside of the rows" 0 "? days that are not taken, though repetition reads them: 4 of 4"
has "and none of which is there" "$out" "? entries without a day: 4 of 4"

# a page that leads to one list a year
printf '<html><body><h1>Minutes</h1><ul><li><a href="y2023.html">2023</a></li><li><a href="y2024.html">2024</a></li><li><a href="y2025.html">2025</a></li></ul></body></html>' >"$corpora/years.html"
{
    printf '[Portal]\nName=Harbour\nHome=https://harbour.example/\n[Edition en]\n[Section en/y]\nUrl=https://harbour.example/y/\n'
    printf '[Test years]\nUrl=https://harbour.example/y/\nSection=en/y\nPage=years.html\nRows=1\n'
} >"$T/harbour.portal"
run "$crier" portal check --offline "$T/harbour.portal"
says "an index has no rows" 2 "Rows is '0', not '1'"

# XPaths that are none
rules 'Rows=//div[@class="item"]' 'Title=.//h3[' 'Date=./time[matches(., "5")]' 'Summary=./x:p' 'Next=//a[@id=$next]'
says "a broken XPath is a fault" 2 ":8: Title: .//h3[: it is no XPath"
has "so is a function that there is none of" "$out" ":9: Date: ./time[matches(., \"5\")]: there is no function 'matches'"
has "a namespace, a variable" "$out" "complaints: 4"
has_not "nothing is read with them" "$out" "test list"
rules 'Rows=//div[@class="item"]' 'Title=./a' 'Date=./time[text()="5]' 'Summary=//p[1' 'Next=//a)'
says "what is not closed is named: quotation marks" 2 ":9: Date: ./time[text()=\"5]: a quotation mark in it is not closed"
has "brackets" "$out" ":10: Summary: //p[1: a bracket in it is not closed"
rules 'Rows=//div[@class="item"]' 'Title=count("x")' 'Date=concat("x")'
says "what only the page shows: values" 2 ":8: Title: count(\"x\"): a value in it is of the wrong kind"
has "and how many there are" "$out" ":9: Date: concat(\"x\"): a function in it has too many or too few arguments"
unset CRIER_CORPORA
check '[Test feed]' 'Url=https://harbour.example/rss.xml' 'Section=en/feed' 'Page=feed.xml'
ok "without a folder of copies a test is passed over" test "$status" = 0
finish
