#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A sync killed with SIGKILL at each of its steps: subscriptions, what is learnt of the server, marks both ways.  The next
# one brings both sides to what they would have been; no mark is lost, and none is told that is not meant any more.
. "${srcdir:-.}/tests/lib.sh"
need python3
. "${srcdir:-.}/tests/kit/greader.sh"
plan 15

# keep, begin [WHAT…]: both sides as they are, and later as they were, with what was done there since
keep() {
    control keep >/dev/null
    rm -rf "$T/kept"
    cp -r "$T/tram" "$T/kept"
}
begin() {
    rm -rf "$T/tram"
    cp -r "$T/kept" "$T/tram"
    control back "$@" >/dev/null
}
# asks the server for what it has and was told: lines of the former begin with the name of a feed, or "feed"
look() { control state log >"$T/said"; }
of() { # of FEED NUMBER…: its lines of these
    feed=$1
    shift
    for n; do
        sed -n "s/^\($feed $n \)/\1/p" "$T/said"
    done | tr '\n' ','
}

# --- the first sync: a is here, b is there
server
machine tram a.xml
control 'many?feed=a&n=110' 'subscribe?feed=b&folder=Phone' >/dev/null
fetch tram
on tram "$crier" mark read 'title:"a 101" OR title:"a 102"'
on tram "$crier" mark starred 'title:"a 103"'
keep
step=0 bad='' twice='' failed='' killed=1
while [ "$killed" -ne 0 ] && [ "$step" -lt 500 ]; do
    step=$((step + 1))
    begin
    killed=0
    CRIER_TEST_KILL_AT=$step on tram "$crier" sync --yes >/dev/null 2>&1 || killed=$?
    on tram "$crier" sync --yes >"$T/last" 2>&1 || failed="$failed $step"
    fetch tram
    on tram "$crier" sync --yes >"$T/last" 2>&1 || failed="$failed $step"
    look
    got="$(of a 101 102 103)$(grep '^feed' "$T/said" | sort | tr '\n' ',') $(titles tram '-is:unread OR is:starred')"
    [ "$got" = "a 101 read -,a 102 read -,a 103 unread starred,feed a Uncategorized,feed b Phone, a 101 a 102 a 103 " ] || bad="$bad $step:$got"
    [ "$(grep -c 'b.xml "Phone"' "$T/tram/config/crier/urls")" = 1 ] || bad="$bad $step:urls"
    [ "$(grep -c '^subscribe feed//feeds/a.xml ' "$T/said")" = 1 ] || twice="$twice $step"
done
is "the sync after it does its work" "" "$failed"
is "and both sides have all subscriptions and marks" "" "$bad"
is "nothing is subscribed to twice" "" "$twice"
ok "in $step steps" [ "$step" -gt 12 ]
do_ tram sync
has "the last of which leaves nothing" "$out" "the same on both sides"

# --- the second: a feed is read at once, some are starred, some come from there, and some are meant otherwise after it
# second COUNT STARRED NAME: of so many articles of a one is starred before it
second() {
    told=$(($2 + 1)) back=$(($2 + 2)) unread=$(($2 + 3))
    keep
    step=0 bad='' turned='' failed='' killed=1
    while [ "$killed" -ne 0 ] && [ "$step" -lt 500 ]; do
        step=$((step + 1))
        begin 'star?feed=b&n=4&value=1' 'read?feed=b&n=5&value=1'
        on tram "$crier" mark read 'title:a' 2>/dev/null
        on tram "$crier" mark starred "title:\"a $told\" OR title:\"a $back\""
        killed=0
        CRIER_TEST_KILL_AT=$step on tram "$crier" sync --yes >/dev/null 2>&1 || killed=$?
        on tram "$crier" mark unstarred "title:\"a $back\""
        on tram "$crier" mark unread "title:\"a $unread\""
        on tram "$crier" sync --yes >"$T/last" 2>&1 || failed="$failed $step"
        look
        got="$(of a "$told" "$back" "$unread")$(grep -c '^a .* read ' "$T/said") $(titles tram is:starred)$(titles tram 'is:unread title:a')$(titles tram '-is:unread title:b')"
        [ "$got" = "a $told read starred,a $back read -,a $unread unread -,$(($1 - 1)) a $2 a $told b 4 a $unread b 5 " ] || bad="$bad $step:$got"
        # what is told last of each is what is meant, and what the server said is never told otherwise
        [ "$(grep -E "^(un)?starred a $back\$" "$T/said" | tail -n 1)" != "starred a $back" ] || turned="$turned $step:a $back"
        wrong=$(grep -E '^un' "$T/said" | grep -vE "^(unstarred a $back|unread a $unread)\$")
        [ -z "$wrong" ] || turned="$turned $step:$wrong"
    done
    is "$3: the sync after it does its work" "" "$failed"
    is "$3: and all marks are on both sides" "" "$bad"
    is "$3: none was told with another meaning" "" "$turned"
    ok "$3: in $step steps" [ "$step" -gt 12 ]
}
second 110 103 FreshRSS
do_ tram sync --format=json
has "no change waits" "$out" '"waiting":0'
do_ tram store check
status_is "the store is sound" 0

# --- and by Miniflux
server --kind=miniflux --page=8
machine tram a.xml b.xml
rm -rf "$T/tram/data"
control 'many?feed=a&n=8' >/dev/null
fetch tram
on tram "$crier" sync --yes >/dev/null 2>&1
on tram "$crier" mark starred 'title:"a 3"'
on tram "$crier" sync --yes >/dev/null 2>&1
second 8 3 Miniflux
finish
