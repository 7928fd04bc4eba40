#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A copy that is brought back, killed with SIGKILL at each system call that changes a file: the store is the one that was
# there or the one that was to be, whole, and the next try does it.
. "${srcdir:-.}/tests/lib.sh"
need strace
strace -o "$T/probe" true 2>/dev/null || skip_all "this machine lets no process be traced"
portal_start
plan 6
echo portal:beiling/en >"$CONFIG/urls"
calls=pwrite64,write,ftruncate,fdatasync,fsync,unlink,unlinkat,rename,link,linkat,fchmod
LSAN_OPTIONS=detect_leaks=0 # it cannot look for leaks while it is traced
export LSAN_OPTIONS

"$crier" fetch --progress=none
"$crier" store backup "$T/copy.db" >/dev/null
cp "$STORE" "$T/old.db"
starred() { "$crier" list --limit=0 --format=tsv is:starred | wc -l; }
# the store as a crash leaves it: marks that are in its log alone
lay_out() {
    rm -f "$STORE"*
    cp "$T/old.db" "$STORE"
    python3 - "$STORE" <<'EOF'
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode=WAL")
db.execute("INSERT OR REPLACE INTO marks(article, starred) SELECT id, 1 FROM articles")
db.commit()
os._exit(0)
EOF
}
lay_out
ok "the store has a log" test -s "$STORE-wal"
strace -qq -e trace="$calls" -o "$T/trace.whole" "$crier" store restore "$T/copy.db" >/dev/null
total=$(wc -l <"$T/trace.whole")
ok "bringing a copy back changes files in more than twenty steps" test "$total" -gt 20

killed=0
unsound=0
mixed=0
unmade=0
# strace counts each kind of call by itself
for call in $(echo "$calls" | tr ',' ' '); do
    at=1
    while [ "$at" -le "$(grep -c "^$call(" "$T/trace.whole" || :)" ]; do
        lay_out
        status=0
        strace -qq -e trace="$call" -e inject="$call:signal=KILL:when=$at" -o "$T/trace" "$crier" store restore "$T/copy.db" \
            >/dev/null 2>&1 || status=$?
        [ "$status" != 137 ] || killed=$((killed + 1))
        "$crier" store check >"$T/check" 2>&1 || { unsound=$((unsound + 1)); echo "# $call $at: $(head -n 1 "$T/check")"; }
        found=$(starred)
        case $found in 0 | 11) ;; *) mixed=$((mixed + 1)); echo "# $call $at: $found starred" ;; esac
        "$crier" store restore "$T/copy.db" >/dev/null 2>&1 || unmade=$((unmade + 1))
        [ "$(starred)" = 0 ] || unmade=$((unmade + 1))
        at=$((at + 1))
    done
done
ok "it was killed at most of them" test "$killed" -ge $((total - 3))
ok "the store was sound after each" test "$unsound" = 0
ok "the old one or the new one" test "$mixed" = 0
ok "and the next try brought the copy back" test "$unmade" = 0
finish
