#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A portal file that is broken or gone: the portal is still subscribed to, and what is wrong is said.
. "${srcdir:-.}/tests/lib.sh"
plan 22
portal_start
file=$CONFIG/portals/beiling.portal
"$crier" add beiling >/dev/null
printf '%s\n' "$BASE/fault/no-entries" >>"$CONFIG/urls"
"$crier" fetch --progress=none 2>/dev/null
"$crier" sources --format=tsv >"$T/before"
articles=$("$crier" list --format=tsv --limit=0 all | wc -l)
cp "$file" "$T/whole"

for how in broken gone; do
    if [ "$how" = broken ]; then printf '[Portal\nbroken\n' >"$file"; else rm "$file"; fi
    run "$crier" fetch --all --progress=none
    status_is "$how: what can be fetched is" 2
    has "$how: the portal is named" "$err" "beiling"
    run "$crier" sources --format=tsv
    same "$how: its sections stay where they were" "$T/before" "$out"
    run "$crier" list --format=tsv is:former
    ok "$how: nothing of it is of no subscription" test "$status:$(wc -l <"$out")" = 4:0
    run "$crier" status
    ok "$how: each of its sections says why it fails" test "$(grep -c "error: its portal file cannot be used: .*beiling" "$out")" = "$(grep -c '	portal:beiling/' "$T/before")"
    run "$crier" export --what=sources --format=urls
    has "$how: its line is exported" "$out" "portal:beiling"
done
run "$crier" remove 1
ok "a section of it is not taken away, since nobody knows which others there are" test "$status:$(head -n 1 "$CONFIG/urls")" = 1:portal:beiling
play <<END
dump
keys R
wait 'beiling.portal'
dump
keys e
dump
END
on 1 "the first view has its sections" "Beiling"
has_not "as subscriptions" "$T/screen.1" "Not subscribed"
on 2 "what is wrong is said after a fetch" "beiling"
on 3 "and among the errors" "urls:1: "
cp "$T/whole" "$file"
play --set=fetch.auto=no --set=ui.browser='sh -c "echo broken >'"$file"'"' <<END
keys j j j o
wait opened:
keys R
wait beiling.portal:1
dump
keys g j j j j j j j j j j j j j j
dump
END
on 1 "one that breaks while one reads is told at the next fetch" "beiling.portal:1: "
has_not "and its articles lose nothing" "$T/screen.2" "Not subscribed"
cp "$T/whole" "$file"
run "$crier" fetch --all --progress=none
status_is "put right it is fetched again" 0
run "$crier" status
has_not "and nothing of the fault is left" "$out" "portal file"
ok "all articles are there" test "$("$crier" list --format=tsv --limit=0 all | wc -l)" = "$articles"
finish
