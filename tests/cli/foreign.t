#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is no store is never made one, and what is not there is made by those alone who are to make it.  A store of several
# people stays one.
. "${srcdir:-.}/tests/lib.sh"
plan 69
portal_start
"$crier" add beiling >/dev/null

# other programs' files
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("CREATE TABLE other(y)"); db.commit()' "$T/other.db"
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("PRAGMA application_id=17"); db.commit()' "$T/id.db"
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("CREATE TABLE articles(id INTEGER PRIMARY KEY)"); db.execute("PRAGMA user_version=3"); db.commit()' "$T/alike.db"
python3 - "$T/wal.db" <<'EOF'
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode=WAL")
db.execute("CREATE TABLE other(y)")
db.commit()
os._exit(0)
EOF
printf 'a text that is longer than the header of a database is, which has a hundred bytes, so that all of it is read\n' >"$T/text"
for file in other.db id.db alike.db wal.db text; do
    sum=$(cat "$T/$file" "$T/$file"-wal 2>/dev/null | md5sum)
    for command in list status sources "show 1" "mark read all" fetch "fetch --dry-run" "add http://a.example/" "store check" \
        "store rebuild" "store compact" "store purge" "store info" "store backup $T/copy.db" "reprocess all"; do
        # shellcheck disable=SC2086 # words are wanted
        run "$crier" --store="$T/$file" $command
        [ "$status" = 74 ] || break
        [ "$(cat "$T/$file" "$T/$file"-wal 2>/dev/null | md5sum)" = "$sum" ] || status=changed
        [ "$status" = 74 ] || break
    done
    status_is "$file: no command takes it for a store" 74
    ok "$file: nothing is left beside it" test ! -e "$T/$file.lock" -a ! -e "$T/copy.db"
done
has_not "adding was not done either" "$CONFIG/urls" a.example
mkfifo "$T/fifo"
mkdir "$T/folder"
for file in "$T/fifo" "$T/folder" /dev/zero /dev/null; do
    for command in list fetch "store check" "store rebuild"; do
        # shellcheck disable=SC2086
        run "$crier" --store="$file" $command
        [ "$status" = 74 ] || break
    done
    status_is "$(basename "$file") is none" 74
done
ok "nothing is left beside them" sh -c '[ ! -e "$1/fifo.lock" ] && [ ! -e "$1/folder.lock" ] && [ ! -e /dev/zero.lock ]' sh "$T"

# what is not there
for command in list "search x" "show 1" "mark read all" status sources "store check" "store info" "store rebuild" "store compact" \
    "store purge" "store backup $T/copy.db" "reprocess all"; do
    # shellcheck disable=SC2086
    run "$crier" --store="$T/no/such/a.db" $command
    status_is "$command: a store that is stated and not there" 1
    has "$command: is said not to be there" "$err" "there is no store '$T/no/such/a.db' yet"
done
run "$crier" --store="$T/no/such/a.db" --plain </dev/null
status_is "the reader: a folder that is not there" 1
has "the reader: is said not to be there" "$err" "there is no folder '$T/no/such' to make a store in"
ok "and none is made" test ! -e "$T/no"
rm -f "$STORE"*
run "$crier" list
ok "without one there is nothing to list" test "$status:$(grep -c 'there is no store yet' "$err")" = 4:1
run "$crier" mark read all
status_is "nor to mark" 4
run "$crier" show 1
status_is "nor to show" 1
run "$crier" sources --format=tsv
ok "what is subscribed to is listed all the same" test "$status:$(wc -l <"$out")" = 0:6
run "$crier" status --format=json
ok "and its health" test "$status:$(wc -l <"$out")" = 0:6
ok "that makes no store" test ! -e "$STORE"
for empty in --store= --config=; do
    run "$crier" "$empty" list
    status_is "$empty is wrong use" 1
    run "$crier" list "$empty"
    status_is "$empty is wrong use after the command too" 1
done
: >"$T/empty.db"
run "$crier" --store="$T/empty.db" list
ok "an empty file is no store yet" test "$status:$(wc -c <"$T/empty.db")" = 1:0
run "$crier" --store="$T/empty.db" fetch --progress=none
ok "and can be made one" test "$status:$("$crier" --store="$T/empty.db" list --limit=0 --format=tsv | wc -l)" = 0:33
run "$crier" fetch --progress=none portal:beiling/en
status_is "fetch makes one" 0
ok "that says whose it is" test "$(python3 -c 'import sqlite3, sys
print(*sqlite3.connect(sys.argv[1]).execute("PRAGMA application_id").fetchone())' "$STORE")" = 1668442469
ok "and any SQLite finds it sound and can search it" python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
assert db.execute("SELECT count(*) FROM search WHERE search MATCH ?", ("library",)).fetchone()[0] == 1' "$STORE"

# one lock, whatever the store is called
ln -s "$STORE" "$T/link.db"
get "/control/set?path=/ru/news/rss.xml&fault=stall" >/dev/null
"$crier" --set=fetch.stall=600 fetch --progress=json portal:beiling/ru/news >"$T/events" 2>&1 &
pid=$!
while ! grep -q start "$T/events"; do sleep 0.02; done
run "$crier" --store="$T/link.db" fetch --progress=none
status_is "a fetch through a link is a second one" 75
kill -TERM "$pid"
wait "$pid" || :
get "/control/set?path=/ru/news/rss.xml" >/dev/null

# a store of several people
chmod 755 "$T" "$T/data"
chmod 644 "$STORE"
chmod 777 "$T/data/crier"
chmod -R a+rX "$T/config"
"$crier" list >/dev/null
rm -f "$STORE"-*
run as_user list --format=tsv
ok "who cannot write it reads it" test "$status:$(wc -l <"$out"):$(wc -c <"$err")" = 0:11:0
ok "and leaves nothing there" sh -c '[ ! -e "$1-wal" ] && [ ! -e "$1-shm" ]' sh "$STORE"
"$crier" mark read all
ok "what others read along stays there" test -e "$STORE-wal" -a -e "$STORE-shm"
run as_user --set=store.marks=shared list --format=tsv is:read
ok "and is read along" test "$status:$(wc -l <"$out"):$(wc -c <"$err")" = 0:11:0
ok "its log has the mode of the store" test "$(stat -c %a "$STORE-wal"):$(stat -c %a "$STORE-shm")" = 644:644
"$crier" fetch --progress=none
ok "a lock is for who may write" test "$(stat -c %a "$STORE.lock")" = 600
chmod 660 "$STORE"
"$crier" fetch --progress=none
ok "the group if it may" test "$(stat -c %a "$STORE.lock"):$(stat -c %a "$STORE-wal")" = 660:660
if [ "$(id -u)" = 0 ]; then
    chown 65534:65534 "$STORE"
    rm -f "$STORE.lock"
    "$crier" fetch --progress=none
    ok "root leaves a lock to whose store it is" test "$(stat -c %u:%g "$STORE.lock")" = 65534:65534
else
    result 0 "root leaves a lock to whose store it is # SKIP not root"
fi
finish
