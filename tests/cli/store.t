#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The store's care: check, rebuild, compact, backup, purge; damage is told and mended or refused.
. "${srcdir:-.}/tests/lib.sh"
plan 51
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --full --progress=none

count() {
    "$crier" list --format=tsv --limit=0 "$@" 2>/dev/null | wc -l
}
# sql STATEMENT: run on the store as another program would
sql() {
    python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1]); db.execute("PRAGMA writable_schema=off")
for row in db.execute(sys.argv[2]): print(*row)
db.commit()' "$STORE" "$1"
}

run "$crier" store check
status_is "a fetched store is sound" 0
run "$crier" store nonsense
status_is "an unknown command" 1
has "is told what there is" "$err" "check, info, rebuild, compact, backup FILE, restore FILE or purge"
run "$crier" --store="$T/none.db" store rebuild
status_is "there is nothing to rebuild" 1

# purge
all=$(count)
"$crier" mark deleted lang:en
before=$(count lang:en)
"$crier" mark starred title:bridge 2>/dev/null || :
run "$crier" store purge
status_is "what was deleted is ended" 0
has "and counted" "$out" "11 deleted articles are gone for good"
ok "it cannot be brought back" test "$(count is:deleted)" = 0
run "$crier" fetch --all --full --progress=none
ok "nor does a fetch bring it back" test "$(count)" = $((all - 11))
ok "the deleted ones were not listed" test "$before" = 0
run "$crier" store check
status_is "the store is sound afterwards" 0
run "$crier" search library
status_is "the index knows nothing of it" 4
run "$crier" store purge
has "there is nothing more to end" "$out" "0 deleted articles"

# retention
"$crier" mark read lang:ru
"$crier" mark starred "$("$crier" list --format=tsv --limit=1 lang:ru | cut -f1)"
starred=$(count is:starred)
unread=$(count is:unread)
CRIER_NOW=1769126400 run "$crier" --set=store.keep=30 fetch --all --progress=none
ok "a clock that has just leapt is not believed" test "$(count lang:ru)" = 11
CRIER_NOW=$((1769126400 + 36 * 3600)) "$crier" fetch --progress=none
CRIER_NOW=$((1769126400 + 72 * 3600)) run "$crier" --set=store.keep=30 fetch --all --progress=none
status_is "three months later, what is read is kept for a month" 0
ok "what is starred stays" test "$starred:$(count lang:ru)" = 1:1
ok "and what is unread" test "$(count is:unread)" -ge "$unread"
run "$crier" store check
status_is "the counters agree" 0

# backup
run "$crier" store backup "$T/copy.db"
status_is "a copy" 0
run "$crier" --store="$T/copy.db" store check
status_is "is sound" 0
ok "and whole" test "$("$crier" --store="$T/copy.db" list --format=tsv --limit=0 | wc -l)" = "$(count)"
run "$crier" store backup "$T/copy.db"
status_is "it is replaced by a newer one" 0
echo "my letters" >"$T/letters"
run "$crier" store backup "$T/letters"
status_is "a file that is no store is not replaced" 74
ok "and left as it is" grep -q "my letters" "$T/letters"
run "$crier" store backup "$T/no/folder/copy.db"
status_is "a folder that is not there" 74
ok "nothing half is left" test ! -e "$T/copy.db.part"

# rebuild
sql "UPDATE sources SET unread = unread + 7"
run "$crier" store check
status_is "wrong counters are found" 2
has "and the way out is named" "$err" "crier store rebuild"
run "$crier" store rebuild
status_is "they are made anew" 0
run "$crier" store check
status_is "and right then" 0
sql "UPDATE documents SET data = x'28b52ffd00' WHERE article = (SELECT min(article) FROM documents)"
run "$crier" store check
has "a damaged text is found" "$err" "revision 1 is damaged"
run "$crier" show "$(sql "SELECT min(article) FROM documents")"
status_is "and not shown as an empty one" 74
run "$crier" search --limit=0 --format=tsv title:通知
status_is "search works beside it" 0

# compact
run "$crier" store compact
status_is "compacting" 0
has "says how large it is now" "$out" "now "

# damage: zeros in the leaf pages of a table, as a bad block leaves them
cp "$STORE" "$T/good.db"
damage() { # TABLE [first]: the leaf in the middle, or the first
    cp "$T/good.db" "$STORE"
    rm -f "$STORE-wal" "$STORE-shm"
    python3 - "$STORE" "$@" <<'EOF'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
pages = [p for p, in db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (sys.argv[2],))]
size, = db.execute("PRAGMA page_size").fetchone()
db.close()
with open(sys.argv[1], "r+b") as f:
    f.seek((pages[0 if sys.argv[3:] else len(pages) // 2] - 1) * size)
    f.write(b"\xff" * size)
EOF
}
whole=$("$crier" --store="$T/good.db" list --format=tsv --limit=0 | wc -l)
damage articles_by_date
run "$crier" store check
status_is "a damaged index is found" 2
run "$crier" store rebuild
status_is "and made anew" 0
run "$crier" store check
ok "nothing is lost" test "$(count)" = "$whole"
damage articles first
run "$crier" store rebuild
status_is "where the first articles are damaged" 0
has "what lies behind them is kept" "$err" "articles: damaged after row 0"
run "$crier" store check
status_is "and the new store is sound" 0
damage documents
run "$crier" store check
status_is "a damaged table is found" 2
run "$crier" store rebuild
status_is "what can be read of it is kept" 0
has "the loss is told" "$err" "documents: damaged"
has "and where the damaged file is" "$out" "articles.db.damaged-1761350400"
run "$crier" store check
status_is "the new store is sound" 0
ok "all articles are in it" test "$(count)" = "$whole"
ok "the damaged one is kept" test -s "$STORE.damaged-1761350400"
rm -f "$STORE"*
head -c 100000 /dev/urandom >"$STORE"
run "$crier" store rebuild
status_is "what is no store is refused" 74
has "and told so" "$err" "nothing can be read"
ok "and left where it was" test "$(wc -c <"$STORE")" = 100000
# --- a store that another program holds for itself for a moment, as when it takes up or lays down the log ---
cat >"$T/hold.py" <<'END'
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA locking_mode=EXCLUSIVE")
db.execute("BEGIN EXCLUSIVE")
open(sys.argv[2], "w").close()
while not os.path.exists(sys.argv[3]):
    time.sleep(0.01)
time.sleep(0.3)
db.execute("ROLLBACK")
END
rm -f "$STORE"*
"$crier" fetch --progress=none
python3 "$T/hold.py" "$STORE" "$T/held" "$T/go" &
holder=$!
while [ ! -e "$T/held" ] && kill -0 $holder; do sleep 0.01; done
printf 'size 80 24\ndump\n' >"$T/script"
: >"$T/go"
run "$crier" --script "$T/script"
status_is "the reader waits for it" 0
wait $holder
finish
