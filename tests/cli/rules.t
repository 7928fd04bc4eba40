#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A portal changes its pages and the rules no longer fit: articles still come, and it is said.
. "${srcdir:-.}/tests/lib.sh"
plan 9
portal_start
portal=$CONFIG/portals/beiling.portal

run "$crier" add portal:beiling/zh/notices
run "$crier" add portal:beiling/en/news
run "$crier" fetch
run "$crier" status
has_not "rules that match are not spoken of" "$out" "rule"

sed -i "s|^Rows=.*|Rows=//table[@id='gone']/tr|; s|^Body=.*|Body=//div[@class='gone']|" "$portal"
get "/control/edit?path=/en/news/105.html&text=The+pages+were+made+anew." >/dev/null
run "$crier" fetch --all --full
status_is "a page that changed is no failure" 0
run "$crier" status
has "the list's rule is named with its line" "$out" "beiling.portal:33: Rows: matches nothing on this page"
has "and that of articles, with the pages it failed on" "$out" "Body: matches nothing on this page (1/1)"
ok "the list is read by what repeats" test "$("$crier" list --format=tsv source:通知公告 | wc -l)" = 6
cat >"$T/script" <<END
size 80 40
dump
keys j j j i
dump
END
run "$crier" --script "$T/script"
has "the reader marks the section" "$out" "!   通知公告"
tr -s "\n " "  " <"$out" >"$T/flat" # which wraps
has "and tells why" "$T/flat" "nothing on this page"
run "$crier" fetch --all
run "$crier" status
has "it stays until pages are read again" "$out" "Body: matches nothing"

sed -i "s|^Rows=.*|Rows=//ul[@class='list']/li|; s|^Body=.*|Body=//div[@class='content']|" "$portal"
get "/control/edit?path=/en/news/105.html&text=And+anew+once+more." >/dev/null
run "$crier" fetch --all --full
run "$crier" status
has_not "mended rules are silent" "$out" "nothing on this page"
finish
