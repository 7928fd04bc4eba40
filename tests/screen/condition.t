#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How a source is doing: the page that says it, on the screen and line by line.
. "${srcdir:-.}/tests/lib.sh"
plan 18
portal_start
"$crier" add "$BASE/en/news/rss.xml" >/dev/null
"$crier" fetch --progress=none
"$crier" fetch --all --progress=none
get "/control/set?path=/en/news/rss.xml&fault=500" >/dev/null
"$crier" fetch --all --progress=none 2>"$T/failed"

# page OPTION…: what `i` shows of the source that lies $down below
down='j j'
page() {
    printf 'size 80 30\nkeys %s i\ndump\n' "$down" >"$T/script"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
}
# matches NAME PATTERN
matches() {
    ok "$1" grep -q -- "$2" "$out"
}
page
matches "its state" "State *failing"
matches "since when, without how often, which is told of the fetches" "Failing since  *2025-10-25 00:00 *│*$"
has "what to do" "$out" "What to do"
matches "columns of the last 30 days" "Last 30 days  *[·▁▂▃▄▅▆▇█]"
has "and the same in words" "$out" "5 articles in 30 days; the most on 2025-10-"
matches "how the last fetches ended" "Last fetches  *▪·✗"
has "and the same in words, too" "$out" "3 fetches: 1 brought something, 1 failed"
page --set=ui.ascii=yes
matches "signs of ASCII" "Last fetches  *[+][.]x"
printf 'i\nj\ni\nj\ni\nq\n' | "$crier" --plain >"$out" 2>&1
has "who listens hears the words" "$out" "Last fetches: 3 fetches: 1 brought something, 1 failed"
has_not "and no columns" "$out" "▪"

# The newest article by its own date, not by the fetch that brought it: a day stays that day, wherever one reads.
echo "portal:beiling/en/notices" >"$CONFIG/urls"
printf '[settings]\nfetch.attachments=never\n' >"$CONFIG/crier.conf"
"$crier" fetch --progress=none
down="j j j" TZ=America/New_York
export TZ
page
ok "the newest article is a notice of a day" grep -q "Newest  *2025-10-22 *$" "$out"
matches "when a fetch last brought one" "Last new article  *2025-10-24 20:00"
has "it counts on the day that it says" "$out" "; the most on 2025-10-22: "
matches "which is two days ago here" "Last 30 days  *█·*█···█······█·· *$"
export TZ=UTC

# --- a fetch that brings an article's other text brings something
get "/control/edit?path=/en/notices/205.html" >/dev/null
"$crier" fetch --all --full --progress=none
page
has "another text is counted" "$out" "2 fetches: 2 brought something, 0 failed"
matches "which is no new article" "Last new article  *2025-10-25 00:00"
matches "all is in order" "State *in order *$"
get "/control/set?path=/en/notices/205.html&fault=500" >/dev/null
"$crier" fetch --all --full --progress=none 2>"$T/failed"
page
matches "where there are warnings below the state says so" "State *in order, with warnings *$"
finish
