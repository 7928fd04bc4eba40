#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The worker killed at one step after another: the store stays sound, whole sources are
# kept or missing, and a later fetch makes up for it.
. "${srcdir:-.}/tests/lib.sh"
portal_start
steps=${KILL_STEPS:-"1 2 5 9 17 30 40 52 60 75 83 90"}
# shellcheck disable=SC2086 # words are wanted
set -- $steps
plan $(($# * 3 + 3))
echo portal:beiling >"$CONFIG/urls"

"$crier" fetch --progress=none
"$crier" list --format=tsv --limit=0 | cut -f2-6 | sort >"$T/whole"
rm -f "$STORE"*

for step; do
    rm -f "$STORE"*
    CRIER_TEST_KILL_AT=$step run "$crier" fetch --progress=none
    status_is "killed at step $step" 70
    ok "step $step: the store is sound" python3 -c '
import os, sqlite3, sys
if os.path.exists(sys.argv[1]):
    db = sqlite3.connect(sys.argv[1])
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for total, in db.execute("SELECT count(*) FROM articles GROUP BY source"):
        assert total in (5, 6), total
' "$STORE"
    "$crier" fetch --all --progress=none
    "$crier" list --format=tsv --limit=0 | cut -f2-6 | sort >"$T/after"
    same "step $step: a later fetch makes up for it" "$T/whole" "$T/after"
done

# SIGTERM: finished sources are kept, the status tells
rm -f "$STORE"*
get "/control/set?path=/en/news/rss.xml&fault=stall" >/dev/null
: >"$T/events" # there before it is looked into
"$crier" fetch --progress=json >>"$T/events" 2>&1 &
pid=$!
tries=0
while [ "$(grep -c '"event":"source"' "$T/events" || :)" -lt 5 ] && [ "$tries" -lt 1500 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
run "$crier" fetch --progress=none
status_is "a second fetch leaves" 75
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
status_is "SIGTERM ends a fetch with 143" 143
ok "finished sources are kept" test "$("$crier" list --format=tsv --limit=0 | wc -l)" = 28
finish
