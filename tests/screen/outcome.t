#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a fetch came to is told whole: what came beside what failed, who wants to be left alone and
# until when, and that there is no network.
. "${srcdir:-.}/tests/lib.sh"
plan 27
need python3
transfers_start
unset CRIER_NOW
# fresh URL…: subscribed to, and nothing else
fresh() {
    rm -rf "$T/data/crier" "$T/state" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    for url; do
        "$crier" add --no-discover "$url" >/dev/null
    done
}
# said LINE…
said() {
    printf '%s\n' "$@" | "$crier" --set=fetch.auto=no --plain >"$out" 2>&1
}

# --- some of it failed
fresh "$BASE/feed/first" "$BASE/status/404"
said R e
has "what came is told beside what failed" "$out" "error: 1 source failed; e tells why; 2 new articles"
ok "a source that failed is one row of the errors, with what to do" sh -c 'grep -A1 -F "1. $2/status/404: failed: not found (HTTP 404)" "$1" | grep -q "^The address has moved or ended"' sh "$out" "$BASE"
ok "and which nothing repeats" test "$(grep -c 'not found' "$out")" = 1
ok "nor that it failed" sh -c 'sed "1,/Errors and warnings/d" "$1" | grep -q "source failed" && exit 1; exit 0' sh "$out"
said R
has "where nothing came that is not told" "$out" "e tells why"
ok "at all" sh -c '! grep -q "0 new" "$1"' sh "$out"
fresh "$BASE/feed/first" "$BASE/status/404"
printf 'keys R\nwait idle\ndump\n' >"$T/script"
run "$crier" --set=fetch.auto=no --script "$T/script"
has "the screen tells the same" "$out" "1 source failed; e tells why; 2 new articles"

# --- what opens nothing
fresh "$BASE/feed/first" "$BASE/status/404"
said R 3 1 'w /none/x' . e 2
has "a source that failed has a number" "$out" "1. $BASE/status/404: failed"
has "which is counted alone" "$out" "Errors and warnings: 1 to 1 of 1"
ok "what opens nothing has none" grep -q "^[^0-9].*/none/x" "$out"
ok "but a heading, which is said to be one" grep -qx "heading: Messages of this session" "$out"
ok "behind the sources" sh -c 'sed "1,/heading: Messages/d" "$1" | grep -q "/none/x"' sh "$out"
has "no number leads to it" "$out" "there is no number 2 here; the last one is 1"
said R 3 1 'w /none/x' . e j
has "nor a key" "$out" "this is the end of the list"
: >"$CONFIG/urls"
said 'add' 'x y' . e 1
has "where no source failed there are no numbers, which says how one gets away" "$out" "numbers open nothing here; h leads back"
said '?' '?'
has "headings of the help are said to be some, too" "$out" "heading: Queries"
has "and over it is none, which says the same" "$out" "this is all that there is to read here; h leads back"

# --- a host that wants no request
fresh "$BASE/wait/86400/one" "$BASE/feed/other"
until=$(date -d '+86400 seconds' '+%Y-%m-%d' 2>/dev/null || date '+%Y')
said 'fetch 3' 'fetch 3' 'fetch 4'
has "who wants no request says until when" "$out" "wants no request before 2"
has "the day, too" "$out" "$until"
ok "not that nothing was due" sh -c '! grep -q "nothing was due" "$1"' sh "$out"
said R
has "of all sources neither" "$out" "wants no request before 2"
said j
has "a source beside it says that it waits" "$out" "$BASE/feed/other: 0 unread of 0, waiting"

# --- no network
fresh http://127.0.0.2:1/a http://127.0.0.3:1/b http://127.0.0.4:1/c http://127.0.0.5:1/d
said R e
has "that there is no network is told, and what to do" "$out" "error: no network: 4 sources were not fetched; R tries again once there is one"
ok "they are not told to have failed" sh -c '! grep -q "sources failed" "$1"' sh "$out"
ok "the errors have it, too" sh -c 'sed -n "/Errors and warnings/,\$p" "$1" | grep -q "no network: 4 sources were not fetched"' sh "$out"
run "$crier" --set=fetch.auto=no --script "$T/script"
has "the screen tells the same" "$out" "no network: 4 sources were not fetched; R tries again once there is one"
ok "and not that they failed" sh -c '! grep -q "sources failed" "$1"' sh "$out"
finish
