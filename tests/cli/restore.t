#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Copies of the store and the way back: nothing that lives is written over, a journal of the one is never played into the
# other, and whatever is refused has changed nothing.
. "${srcdir:-.}/tests/lib.sh"
plan 82
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
copy=$T/copy.db

count() { "$crier" --store="${1:-$STORE}" list --format=tsv --limit=0 2>/dev/null | wc -l; }
mode() { stat -c %a "$1"; }
# hold FILE PRAGMA: another program that has the file open, until release; in a transaction that writes when told to
hold() {
    rm -f "$T/held" "$T/release"
    python3 -c '
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("SELECT count(*) FROM sources").fetchone()
if sys.argv[2]:
    db.execute(sys.argv[2])
open(sys.argv[3] + "/held", "w").close()
while not os.path.exists(sys.argv[3] + "/release"):
    time.sleep(0.01)
db.close()' "$1" "${2:-}" "$T" &
    holder=$!
    while [ ! -e "$T/held" ]; do sleep 0.01; done
}
release() {
    : >"$T/release"
    wait "$holder"
}
# refused NAME STATUS FILE: the last run ended so, and the store is what it was
refused() {
    status_is "$1" "$2"
    ok "$1: the store is sound" "$crier" store check
}

# backup
run "$crier" store backup "$copy"
status_is "a copy" 0
ok "is its user's alone" test "$(mode "$copy")" = 600
chmod 640 "$copy"
run "$crier" store backup "$copy"
ok "a newer one has the mode of the former" test "$status:$(mode "$copy")" = 0:640
ln -s copy.db "$T/link.db"
run "$crier" store backup "$T/link.db"
ok "a link is followed" test "$status:$(readlink "$T/link.db")" = 0:copy.db
: >"$T/empty.db"
run "$crier" store backup "$T/empty.db"
status_is "an empty file may be one" 0
"$crier" mark starred title:library
run "$crier" store backup "$STORE"
refused "onto the store itself" 1
has "which is said" "$err" "is the store itself"
ln -s "$STORE" "$T/symlink.db"
run "$crier" store backup "$T/symlink.db"
refused "through a symbolic link" 1
ln "$STORE" "$T/hardlink.db"
run "$crier" store backup "$T/hardlink.db"
refused "through a hard link" 1
rm "$T/hardlink.db" "$T/symlink.db"
ok "nothing was lost by that" test "$("$crier" list --format=tsv is:starred | wc -l)" = 1
for journal in wal shm journal; do
    echo x >"$copy-$journal"
    run "$crier" store backup "$copy"
    status_is "with a -$journal beside it" 1
    has "which is named" "$err" "copy.db-$journal' lies beside it"
    rm "$copy-$journal"
done
: >"$T/new.db-wal"
run "$crier" store backup "$T/new.db"
status_is "also when it would be new" 1
"$crier" --store="$copy" list >/dev/null
hold "$copy"
run "$crier" store backup "$copy"
status_is "one that is open" 1
release
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA journal_mode=DELETE")' "$copy"
hold "$copy" "BEGIN IMMEDIATE"
run "$crier" store backup "$copy"
status_is "or locked without a journal" 1
has "is in use" "$err" "is in use by another program"
release
: >"$copy.lock"
flock "$copy.lock" sh -c ': >"$1"; while [ ! -e "$2" ]; do sleep 0.01; done' sh "$T/locked" "$T/unlock" &
locker=$!
while [ ! -e "$T/locked" ]; do sleep 0.01; done
run "$crier" store backup "$copy"
status_is "one that is fetched into" 1
: >"$T/unlock"
wait "$locker"
rm "$copy.lock"
hold "$STORE" "PRAGMA query_only=0"
: >>"$STORE-wal"
run "$crier" store backup "$STORE-wal"
status_is "a journal is no place for a copy" 1
release
run "$crier" store backup "$copy"
status_is "and then it is a copy as before" 0

# restore
all=$(count)
"$crier" store backup "$copy" >/dev/null
"$crier" mark read is:unread
"$crier" remove portal:beiling/zh >/dev/null
run "$crier" store restore "$copy"
status_is "a copy brought back" 0
former=$(sed -n "s/.*the former store is '\(.*\)'/\1/p" "$out")
ok "the former store lies beside it" test -s "$former"
has "under a name with the time" "$out" "articles.db.before-1761350400"
ok "what is unread is what was" test "$("$crier" list --limit=0 --format=tsv is:unread | wc -l)" = "$all"
ok "the former store is whole" test "$("$crier" --store="$former" list --limit=0 --format=tsv is:read | wc -l)" = "$all"
ok "nothing else is left" test "$(find "$T/data/crier" -name '*restore*' | wc -l)" = 0
run "$crier" store check
status_is "the store is sound" 0
ok "the copy is as it was" test "$(count "$copy")" = "$all"
run "$crier" store restore "$copy"
has "a second one has another name" "$out" "before-1761350400-2"
run "$crier" store restore "$STORE"
refused "the store from itself" 1
run "$crier" store restore "$T/none.db"
refused "from nothing" 1

# a log that a crash left
rm -f "$STORE".before*
chmod 660 "$STORE"
python3 - "$STORE" <<'EOF'
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT OR REPLACE INTO marks(article, starred) SELECT id, 1 FROM articles")
db.commit()
os._exit(0)
EOF
ok "a log lies there" test -s "$STORE-wal"
run "$crier" store restore "$copy"
status_is "a copy over a store that was not closed" 0
ok "is not mixed with its log" test "$("$crier" list --limit=0 --format=tsv is:starred | wc -l):$("$crier" store check >/dev/null && echo sound)" = 1:sound
ok "which is in the former store" test "$("$crier" --store="$STORE.before-1761350400" list --limit=0 --format=tsv is:starred | wc -l)" = "$all"
ok "the mode is kept" test "$(mode "$STORE")" = 660
python3 - "$copy" <<'EOF'
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode=WAL")
db.execute("DELETE FROM marks")
db.commit()
os._exit(0)
EOF
run "$crier" store restore "$copy"
ok "the log of a copy is part of it" test "$status:$("$crier" list --limit=0 --format=tsv is:starred | wc -l)" = 0:0
rm -f "$copy"*
"$crier" store backup "$copy" >/dev/null

# a copy that was put over such a store by hand
python3 - "$STORE" "$copy" <<'EOF'
import os, sqlite3, sys
copy = sqlite3.connect(sys.argv[2], isolation_level=None)
copy.execute("UPDATE sources SET title = hex(randomblob(20000))")
copy.execute("VACUUM")
copy.close()
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE TABLE grown(x)")
for n in range(300):
    db.execute("INSERT INTO grown VALUES (randomblob(3000))")
db.execute("UPDATE sources SET title = title || hex(randomblob(2000))")
db.commit()
os._exit(0)
EOF
cat "$copy" >"$STORE"
run "$crier" store check
ok "which is not sound" test "$status" != 0
ln -s "$STORE" "$T/by-link.db"
run "$crier" --store="$T/by-link.db" store rebuild
status_is "a copy beside another file's log is brought back by a rebuild, through a link too" 0
ok "which leads there still" test "$(readlink "$T/by-link.db")" = "$STORE"
has "which says what it did not read" "$err" "the log '$STORE-wal' belongs to another file, and was not read"
ok "and has all of the copy" test "$("$crier" list --limit=0 --format=tsv | wc -l):$("$crier" store check >/dev/null && echo sound)" = "$all:sound"
rm -f "$STORE".damaged*
rm -f "$T/held" "$T/release"
python3 -c '
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA locking_mode=exclusive")
db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", ("proof", "1"))
open(sys.argv[2] + "/held", "w").close()
while not os.path.exists(sys.argv[2] + "/release"):
    time.sleep(0.01)
os._exit(0)' "$STORE" "$T" &
holder=$!
while [ ! -e "$T/held" ]; do sleep 0.01; done
run "$crier" store rebuild
status_is "a store that another program has for itself is not rebuilt" 74
release
ok "nor moved, and its log is its own" test "$(ls "$STORE".damaged* 2>/dev/null):$(python3 -c '
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM meta WHERE key = ?", ("proof",)).fetchone()[0])' "$STORE")" = :1

# in use
hold "$STORE"
run "$crier" store restore "$copy"
status_is "a store that is open is not replaced" 75
has "for somebody uses it" "$err" "is in use by another program"
release
hold "$STORE" "BEGIN IMMEDIATE"
run "$crier" store restore "$copy"
status_is "nor one that is written" 75
release
flock "$STORE.lock" sh -c ': >"$1"; while [ ! -e "$2" ]; do sleep 0.01; done' sh "$T/locked2" "$T/unlock2" &
locker=$!
while [ ! -e "$T/locked2" ]; do sleep 0.01; done
run "$crier" store restore "$copy"
status_is "nor one that is fetched into" 75
: >"$T/unlock2"
wait "$locker"
ok "nothing is left of that" test "$(find "$T/data/crier" -name '*restore-*' | wc -l)" = 0

# copies that are none
sum=$(md5sum <"$STORE")
unsound() {
    run "$crier" store restore "$1"
    status_is "$2" 2
    ok "$2: nothing was changed" test "$(md5sum <"$STORE")" = "$sum"
}
echo letters >"$T/letters"
unsound "$T/letters" "a text"
has "a text: that it is no copy" "$err" "'$T/letters' is no copy of a store"
has_not "a text: without the advice to do what one did" "$err" "crier store restore"
: >"$T/empty.db"
unsound "$T/empty.db" "an empty file"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("CREATE TABLE other(y)")' "$T/other.db"
unsound "$T/other.db" "another program's database"
head -c 100000 "$copy" >"$T/cut.db"
unsound "$T/cut.db" "a copy that is cut off"
cp "$copy" "$T/counters.db"
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("UPDATE sources SET unread = unread + 1"); db.commit()' "$T/counters.db"
unsound "$T/counters.db" "one with wrong counters"
has "which is told" "$err" "counters"
cp "$copy" "$T/newer.db"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version=99")' "$T/newer.db"
run "$crier" store restore "$T/newer.db"
status_is "one of a newer crier" 74
ok "nothing is left of all those" test "$(find "$T/data/crier" -name '*restore-*' | wc -l)" = 0

# where there is none, or a ruin
run "$crier" --store="$T/elsewhere/deep/a.db" store restore "$copy"
status_is "a store where there was none" 0
ok "is the copy" test "$(count "$T/elsewhere/deep/a.db"):$(mode "$T/elsewhere/deep/a.db")" = "$all:600"
head -c 50000 /dev/urandom >"$STORE"
run "$crier" store restore "$copy"
ok "in the place of a ruin" test "$status:$(count)" = "0:$all"
mkdir "$T/real"
mv "$STORE" "$T/real/a.db"
ln -s "$T/real/a.db" "$STORE"
run "$crier" store restore "$copy"
ok "where a link leads" test "$status:$(test -L "$STORE" && count):$(find "$T/real" -name "*before*" | wc -l)" = "0:$all:1"

# info
run "$crier" store info --format=json
status_is "what a store holds" 0
has "in numbers" "$out" "\"articles\":$all,\"unread\":$all,\"starred\":0,\"deleted\":0"
has "and whose it is" "$out" '"application_id":1668442469'
ok "and bytes by kind" python3 -c '
import json, sys
o = json.load(sys.stdin)
assert set(o["bytes_by"]) == {"lists", "index", "texts", "pages", "responses", "attachments"}
assert 0 < sum(o["bytes_by"].values()) + o["free_bytes"] <= o["bytes"] + o["log_bytes"], o
' <"$out"
run "$crier" store info
has "people can read it" "$out" "search index: "
run "$crier" store check --format=json
status_is "no other command has a format" 1
finish
