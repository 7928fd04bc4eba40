#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The catalogue, and the check of a portal file on the portal's pages.
. "${srcdir:-.}/tests/lib.sh"
plan 43
portal_start
beiling=$CONFIG/portals/beiling.portal
mine=$T/mine.portal

# check TEXT…: the demo portal's file with these lines after it
check() {
    { cat "$beiling"; printf '%s\n' "$@"; } >"$mine"
    run "$crier" portal check "$mine"
}

# broken SED-SCRIPT: the demo portal's file, changed
broken() {
    sed "$1" "$beiling" >"$mine"
    run "$crier" portal check "$mine"
}

# wrong NAME TEXT: the last check failed as a usage error that says this
wrong() {
    status_is "$1" 1
    has "$1: said so" "$err" "$2"
}

run "$crier" portal list
has "the catalogue names the portal" "$out" "beiling"
run "$crier" portal show beiling
has "show prints its sections" "$out" "zh/notices"

run "$crier" portal check "$beiling"
status_is "a good file passes" 0
has "each rule with what it matches" "$out" "    Rows         3"
has "the rules of articles too" "$out" "    Date         1  发布时间：2025-10-24 16:30 来源：北岭日报"
has "and what is read in the end" "$out" "read: Flu vaccination begins, 2025-10-22"
has "sections without rules are read" "$out" "entries: 3 (rows)"

check '[Test list]' "Url=$BASE/zh/notices/index.html" 'Section=zh/notices' 'Rows=3' \
    'Title=关于开展流感疫苗接种的公告' 'Date=2025-10-22' \
    '[Test article]' "Url=$BASE/ru/news/105.html" 'Edition=ru' 'Title=Старый вокзал станет музеем города' \
    'Date=2025-10-24T16:30'
status_is "tests within the file pass" 0
has "and are counted" "$out" "sections: 6, tests: 2, skipped: 0, complaints: 0"

check '[Test list]' "Url=$BASE/zh/notices/index.html" 'Section=zh/notices' 'Rows=4'
status_is "a test that fails is some failure" 2
has "with what was read and what was wanted" "$out" "Rows is '3', not '4'"
check '[Test gone]' "Url=$BASE/zh/none.html" 'Title=x'
status_is "so is a page that is not there" 2
has "with its HTTP status" "$err" "HTTP 404"

mkdir -p "$T/corpora/pages"
get /en/news/105.html >"$T/corpora/pages/museum.html"
CRIER_CORPORA=$T/corpora
export CRIER_CORPORA
check '[Test saved]' "Url=$BASE/en/none.html" 'Page=pages/museum.html' 'Title=Old railway station becomes the museum of the city'
status_is "a saved copy needs no portal" 0

broken "s/^Rows=.*zh.*//; s/^Date=\\.\\/\\/span/Date=.\\/\\/time/"
status_is "a rule that matches nothing is some failure" 2
has "with its line" "$out" "Date matches in no row"

check '[Test x]' 'Title=y'
wrong "a test needs a page" "[Test x] has no Url"
check '[Test x]' "Url=$BASE/" 'Section=zh/none'
wrong "a section must exist" "there is no [Section zh/none]"
check '[Test x]' "Url=$BASE/" 'Page=../../etc/passwd'
wrong "a saved page lies below the corpora" "is not a path below"
check '[Test x]' "Url=$BASE/" 'Colour=red'
wrong "an unknown key is an error" "Colour"
run "$crier" portal check
wrong "a file is needed" "check FILE"

# a draft from the home page alone
run "$crier" portal new "$BASE/"
status_is "a portal file is drafted" 0
cp "$out" "$T/draft.portal"
has "with the other editions" "$T/draft.portal" "[Edition ru]"
has "a feed that is announced" "$T/draft.portal" "Url=$BASE/zh/news/rss.xml"
has "and a list of the menu, by what repeats" "$T/draft.portal" "Rows=//ul[contains(concat(' ',normalize-space(@class),' '),' list ')]/li"
has "what leads nowhere is told" "$err" "$BASE/zh/news/index.html: not found (HTTP 404)"
run "$crier" portal check "$T/draft.portal"
status_is "the draft passes the check" 0
has "with three editions of two sections" "$out" "sections: 6, tests: 0, skipped: 0, complaints: 0"
# a system that is known by its pages
run "$crier" portal new "$BASE/bitrix-city/"
status_is "a known system is drafted" 0
cp "$out" "$T/district.portal"
has "by its profile" "$T/district.portal" "Profile=bitrix"
has "with the feed where such systems have it" "$T/district.portal" "Url=$BASE/news/rss/"
has "and the list of its menu" "$T/district.portal" "Url=$BASE/bitrix-city/news/"
has_not "whose rules are the profile's" "$T/district.portal" "Rows="
printf '[Portal]\nProfile=bitrix\n[Edition ru]\n[Section ru/list]\nUrl=%s/bitrix-city/news/\n' "$BASE" >"$T/district.portal"
run "$crier" portal check "$T/district.portal"
has "and match" "$out" "    Title        2  Открыт мост через Заречку"

run "$crier" portal new "$BASE/en/none/"
status_is "no page, no draft" 3
run "$crier" portal new "$BASE/files/cranes.png"
status_is "nothing found is a failure" 2
run "$crier" portal new ftp://example.org/
wrong "only the web" "not 'ftp:'"
finish
