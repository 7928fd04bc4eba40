#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is stored is indexed for search while the network is waited for.
. "${srcdir:-.}/tests/lib.sh"
need python3
[ "$(getconf _NPROCESSORS_ONLN)" -gt 1 ] || skip_all "one processor has no time beside the fetch"
plan 4
python3 "$srcdir/tests/kit/index-waiter.py" "$T/base" "$STORE" 2>"$T/server.log" &
server=$!
trap 'kill $server 2>/dev/null || :; cleanup' EXIT
while [ ! -s "$T/base" ]; do
    kill -0 $server 2>/dev/null || { cat "$T/server.log" >&2; echo "Bail out! the server did not start"; exit 1; }
    sleep 0.02
done
BASE=$(cat "$T/base")
printf '%s\n' "$BASE/early.xml" "$BASE/late.xml" >"$CONFIG/urls"
run "$crier" --set=fetch.pages=never fetch --progress=none
status_is "the one that waits for the index comes" 0
run "$crier" store check
status_is "the store is sound" 0
has_not "and at the end nothing waits" "$out" "for the search index"
run "$crier" list --limit=0 --format=tsv 'council "time 299"'
ok "all of it is found" test "$(wc -l <"$out")" = 1
finish
