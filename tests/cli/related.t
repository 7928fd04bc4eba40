#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles that are linked by the numbers of documents: related:N, show --related, JSON.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 14
mkdir "$T/town"
serve "$T/town"
item() {
    printf '<item><guid isPermaLink="false">%s</guid><title>%s</title><link>@BASE@/%s.html</link><pubDate>%s</pubDate><dc:language>%s</dc:language><description>%s</description></item>\n' \
        "$1" "$4" "$1" "$2" "$3" "$5"
}
{
    printf '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Beiling</title>\n'
    item law "Tue, 01 Apr 2025 08:00:00 GMT" ru "Постановление № 345-п от 12.03.2025" "О порядке уборки улиц."
    item change "Tue, 20 May 2025 08:00:00 GMT" ru "О внесении изменений в постановление от 12 марта 2025 г. № 345-п" "Внести изменения."
    item news "Wed, 21 May 2025 08:00:00 GMT" ru "Порядок уборки изменён" "Изменено постановление от 12.03.2025 № 345-п и решение от 01.02.2020 № 7."
    item other "Thu, 22 May 2025 08:00:00 GMT" ru "Школа № 345 открыта" "В школе № 345 праздник."
    printf '</channel></rss>\n'
} >"$T/town/feed.xml"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none
number() { "$crier" list --format=tsv | grep "$1" | cut -f1; }
law=$(number "Постановление № 345") change=$(number "О внесении") news=$(number "Порядок") other=$(number "Школа")

run "$crier" list "related:$law" --format=tsv
ok "what cites an article" test "$(cut -f1 "$out" | sort -n | tr '\n' ' ')" = "$(printf '%s\n' "$change" "$news" | sort -n | tr '\n' ' ')"
run "$crier" list "related:$news" --format=tsv
ok "what it cites, not what cites the same" test "$(cut -f1 "$out")" = "$law"
run "$crier" list "related:$other" --format=tsv
status_is "nothing: a school has a number, too" 4
run "$crier" list related:x
status_is "no number" 1
has "is told" "$err" "'related:x' is not the number of an article"
run "$crier" show --related "$news"
has "what it cites" "$out" "What it cites:"
has "by its number" "$out" "  от 12.03.2025 № 345-п  $law  Постановление № 345-п от 12.03.2025"
ok "also what is not in the store" grep -qx "  от 01.02.2020 № 7[.]*" "$out"
run "$crier" show --related "$law"
has "its own number" "$out" "Its number, and what cites it:"
has "who cites it" "$out" "$news  Порядок уборки изменён"
run "$crier" show "$law"
has_not "not when it is not asked for" "$out" "what cites it"
run "$crier" show --format=json "$law"
ok "in JSON always" python3 -c 'import json, sys
numbers = json.load(open(sys.argv[1]))["numbers"]
assert [n["own"] for n in numbers] == [True, True] and {n["article"] for n in numbers} == set(map(int, sys.argv[2:]))' "$out" "$change" "$news"
run "$crier" mark deleted "$change"
run "$crier" show --related "$law"
has_not "what was deleted is not told" "$out" "О внесении"
printf 'size 80 12\nkeys Enter j j j C\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
has "the reader lists them" "$out" "Порядок уборки изменён"
