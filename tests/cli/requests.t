#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a portal file may ask of the network: POST, tokens, cookies, headers, JSON; and articles
# that are more than one page or lie behind another.
. "${srcdir:-.}/tests/lib.sh"
plan 27
portal_start
cp "$T/bureau.portal" "$CONFIG/portals/"
titles() { "$crier" list --format=tsv --limit=0 "$@" | cut -f7; }
number_of() { "$crier" list --format=tsv "title:\"$1\"" | cut -f1; }

run "$crier" portal check "$CONFIG/portals/bureau.portal"
status_is "the file passes its check" 0
has "with the token" "$out" "    Token        1  k-77"
has "the rows of the JSON" "$out" "    Rows         2"
has "and the record that lies elsewhere" "$out" "read: Record of decision number 1 on the northern embankment, 2025-10-11T09:00:00+08:00"

run "$crier" add portal:bureau/en/records
run "$crier" fetch
status_is "a list that wants a POST is fetched" 0
ok "with all its pages" test "$(titles | wc -l)" = 5
get /control/log >"$T/log"
ok "until one brings nothing new" test "$(grep -c '^/bureau/list' "$T/log")" = 5 # one was the check's
has "one request at a time" "$T/log" "most 1"
run "$crier" show --format=json "$(number_of "decision number 5")"
has "records are read from their JSON" "$out" "It may be seen at the bureau."
has "with their links" "$out" "/bureau/record/9005.html"
run "$crier" fetch --all
ok "a second fetch asks for the first page only" test "$(get /control/log | grep -c '^/bureau/list')" = 6

run "$crier" add portal:bureau/en/bulletins
run "$crier" fetch
ok "a pager's script is followed" test "$(titles section:bulletins source:bulletins | wc -l)" = 6
run "$crier" show "$(number_of "on another host")"
has "another host is told nothing" "$out" "knows nothing of the bureau"
run "$crier" show --width=200 "$(number_of "survey in three parts")"
has "an article's parts are joined: the first" "$out" "how the embankment was surveyed"
has "the second" "$out" "whose timber has to be replaced"
has "the third" "$out" "when the work is to be done"
run "$crier" show "$(number_of "behind a refresh")"
has "a refresh is followed" "$out" "a page of its own, real.html"
run "$crier" show "$(number_of "within a frame")"
has "and a frame" "$out" "a page of its own, inner.html"
run "$crier" show "$(number_of "leads home")"
has_not "the list is not taken for an article" "$out" "A bulletin that lost a part"
run "$crier" status
has "which is said" "$out" "home.html: the article's address leads to '$BASE/bureau/pages/index.html'"
run "$crier" show "$(number_of "lost a part")"
has "what came of an article is kept" "$out" "how the embankment was surveyed"
run "$crier" status
has "and what did not is said" "$out" "$BASE/bureau/pages/broken_1.html: not found (HTTP 404)"
before=$(get /control/log | grep -c broken_1.html)
run "$crier" fetch --all
ok "it is asked for again" test "$(get /control/log | grep -c broken_1.html)" = $((before + 1))
run "$crier" reprocess title:survey
run "$crier" show --width=200 "$(number_of "survey in three parts")"
has "reading again keeps the parts" "$out" "when the work is to be done"

sed 's/^Token=.*/Token=\/\/input[@name="none"]\/@value/' "$CONFIG/portals/bureau.portal" >"$CONFIG/portals/tokenless.portal"
run "$crier" portal check "$CONFIG/portals/tokenless.portal"
has "a token that is not there is a complaint" "$out" "tokenless.portal:15: Token matches nothing"
run "$crier" add portal:tokenless/en/records
run "$crier" fetch --all
has "and an error of the source" "$err" "tokenless.portal: the rule Token (line 15) matches nothing"
ok "nothing is lost" test "$(titles source:records | wc -l)" = 5
finish
