#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Queries on the command line: terms that exclude, numbers, everything, and what is a slip.
. "${srcdir:-.}/tests/lib.sh"
plan 48
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
count() { "$crier" list --format=tsv --limit=0 "$@" 2>/dev/null | wc -l; }

# an empty query is everything nowhere
for empty in '' ' ' '()' '	' '　'; do
    run "$crier" mark deleted "$empty"
    status_is "mark with '$empty' is wrong use" 1
    run "$crier" reprocess "$empty"
    status_is "reprocess with '$empty' too" 1
done
has "which says how everything is written" "$err" "everything is 'all'"
run "$crier" mark undeleted ''
has "for every state" "$err" "everything is 'all'"
ok "nothing was changed" test "$(count)" = 33
run "$crier" --verbose mark read all
ok "everything is marked" test "$status:$(count is:read)" = 0:33
has "and counted for those who want to know" "$err" "33 articles marked"
run "$crier" mark unread all
ok "without a word for others" test "$status:$(cat "$out" "$err" | wc -c)" = 0:0
ok "all is a term as any" test "$(count all lang:en):$(count -- -all):$(count 'all OR nothingofthesort')" = 11:0:33
ok "a phrase is the word" test "$(count '"all"')" -lt 33
run "$crier" mark read nothingofthesort
status_is "nothing to mark is no wrong use" 4
run "$crier" reprocess nothingofthesort
status_is "nor nothing to read again" 4

# numbers
first=$("$crier" list --format=tsv --limit=0 | cut -f1 | sort -n | head -n 1)
ok "a number" test "$(count "id:$first")" = 1
ok "a range of them" test "$(count "id:$first..$((first + 4))"):$(count "id:$first..$first")" = 5:1
for wrong in id:5x id:abc 'id:>8' id:9..3 id:..3 id:3.. id:0 id:-1 id:1..2..3 id:99999999999999999999 lang:5 since:3x since:2026-02-30; do
    run "$crier" list "$wrong"
    status_is "$wrong is wrong" 1
done

# terms that exclude
ok "a term that excludes needs no sign before it" test "$(count is:unread -lang:en)" = 22
ok "also as the first word" test "$(count -lang:en)" = 22
ok "several of them among options" test "$("$crier" list -lang:en --limit=0 -lang:ru --format=tsv | wc -l)" = 11
run "$crier" search --limit=0 --format=tsv bridge -lang:en
ok "in search" test "$status:$(cut -f4 "$out" | grep -c en)" != "0:1"
run "$crier" list --limit=0 --format tsv -bridge
ok "a value that stands apart is a value" test "$(wc -l <"$out")" = "$(count -- -bridge)"
"$crier" mark starred lang:en -title:ferry
ok "in mark" test "$(count is:starred)" = 10
"$crier" mark +city is:starred
"$crier" mark -city --verbose is:starred -title:bridge 2>"$err"
ok "where the state may begin with one" test "$(count tag:city)" = "$(count 'is:starred title:bridge')"
run "$crier" reprocess -lang:en -lang:ru
ok "and in reprocess" test "$status:$(grep -c 'read again: ' "$out")" = 0:1
run "$crier" list --nosuch -x
status_is "an unknown long option is an error" 1
run "$crier" list -h
ok "-h alone is an option" grep -q -- --limit "$out"
run "$crier" list -- --format=tsv
status_is "behind -- nothing is" 4
run "$crier" list --version
has "--version after a command too" "$out" "crier "
run "$crier" sources -x
status_is "where no query stands, -x is an unknown option" 1
finish
