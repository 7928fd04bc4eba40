#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The worker killed with SIGKILL at its system calls that change files, one after another over a
# whole fetch: the store is sound each time, and the next fetch makes up for it.
. "${srcdir:-.}/tests/lib.sh"
need strace
strace -o "$T/probe" true 2>/dev/null || skip_all "this machine lets no process be traced"
portal_start
plan 5
echo portal:beiling/en >"$CONFIG/urls"
worker=$builddir/crier-worker
calls=pwrite64,ftruncate,fdatasync,fsync,unlink,unlinkat,rename
LSAN_OPTIONS=detect_leaks=0 # it cannot look for leaks while it is traced
export LSAN_OPTIONS

run "$worker" fetch --full --progress=none
status_is "a fetch" 0
"$crier" list --format=tsv --limit=0 | cut -f2-6 | sort >"$T/whole"
rm -f "$STORE"*
# strace counts each call of each thread by itself; the store is written by the first
strace -f -qq -e trace="$calls" -o "$T/trace" "$worker" fetch --full --progress=none
first=$(head -n 1 "$T/trace" | cut -d' ' -f1)
total=$(grep -c "^$first .*pwrite64(" "$T/trace")
ok "it writes more than a hundred times" test "$total" -gt 100

killed=0
unsound=0
unmade=0
at=1
while [ "$at" -le "$total" ]; do
    rm -f "$STORE"*
    status=0
    strace -f -qq -e trace="$calls" -e inject="$calls:signal=KILL:when=$at" -o "$T/trace" "$worker" fetch --full --progress=none \
        >/dev/null 2>&1 || status=$?
    [ "$status" != 137 ] || killed=$((killed + 1))
    if [ -s "$STORE" ]; then
        # before its first table is there it is none yet
        "$crier" store check >"$T/check" 2>&1 || grep -q "there is no store" "$T/check" || { unsound=$((unsound + 1)); echo "# call $at: $(head -n 1 "$T/check")"; }
    fi
    "$worker" fetch --all --full --progress=none >/dev/null 2>&1
    "$crier" list --format=tsv --limit=0 | cut -f2-6 | sort >"$T/after"
    cmp -s "$T/whole" "$T/after" || { unmade=$((unmade + 1)); echo "# call $at: $(wc -l <"$T/after") articles"; }
    at=$((at + 1 + total / 100))
done
ok "it was killed at almost a hundred of them" test "$killed" -gt 60
ok "the store was sound after each" test "$unsound" = 0
ok "and the next fetch made up for it" test "$unmade" = 0
finish
