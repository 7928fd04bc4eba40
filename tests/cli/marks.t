#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Marks, queries, search, sources: what the store answers.
. "${srcdir:-.}/tests/lib.sh"
plan 33
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none

count() {
    "$crier" list --format=tsv --limit=0 "$@" 2>/dev/null | wc -l
}

run "$crier" mark read lang:en
status_is "an edition is marked as read" 0
ok "the others stay unread" test "$(count is:unread)" = 22
run "$crier" mark starred title:library
ok "one is starred" test "$(count is:starred)" = 1
run "$crier" mark +city is:starred
ok "and tagged" test "$(count tag:city)" = 1
run "$crier" mark -city is:starred
ok "and untagged" test "$(count tag:city)" = 0
run "$crier" mark deleted title:library
ok "deleted articles are gone from lists" test "$(count)" = 32
ok "but can be asked for" test "$(count is:deleted)" = 1
run "$crier" mark undeleted title:library
ok "and brought back" test "$(count)" = 33
run "$crier" fetch --all --full --progress=none
ok "a fetch touches no marks" test "$(count is:read)" = 11
# sources are stored in the order in which they answer
# shellcheck disable=SC2046
run "$crier" mark read $("$crier" list --format=tsv --limit=2 source:portal:beiling/zh/news | cut -f1)
ok "numbers are articles" test "$(count is:read)" = 13
run "$crier" mark nonsense is:unread
status_is "an unknown state" 1
run "$crier" sources --format=json
has "counters follow marks" "$out" '"unread":3,"total":5'
run "$crier" store check
status_is "and agree with the marks" 0

ok "a word of two characters" test "$(count 停水)" = 1
ok "of one character" test "$(count 鹤)" = 1
ok "a Russian prefix" test "$(count прививк)" = 1
ok "Ё is Е, and case does not matter" test "$(count 'ЕЩЁ')" = "$(count 'еще')"
ok "full-width letters are letters" test "$(count 'ＬＩＢＲＡＲＹ lang:en')" = "$(count 'library lang:en')"
ok "a phrase" test "$(count '"street lamps"')" = 1
ok "a phrase in another order finds nothing" test "$(count '"lamps street"')" = 0
ok "either of two" test "$(count '(ferry OR vaccination) lang:en')" = 2
ok "without a word" test "$(count 'lang:en -ferry')" = 10
ok "since a date" test "$(count 'since:2025-10-20 lang:zh')" = 3
ok "a section by its name" test "$(count 'section:"Public Notices"')" = 6
run "$crier" search nothingofthesort
status_is "no hit" 4
run "$crier" remove "Local News"
ok "articles of a source that was removed stay" test "$(count lang:en)" = 11
run "$crier" sources --format=tsv
ok "the other sections of its line stay subscribed" test "$(wc -l <"$out")" = 5

# --- what is longer than what is read of it at a time
mkdir "$T/www"
python3 - >"$T/www/many.json" <<'PY'
import json
items = [{"id": str(n), "title": "Item %d" % n, "content_text": "Text", "date_published": "2025-10-%02dT08:00:00Z" % (1 + n * 7 % 20)} for n in range(2000)]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Many", "items": items}))
PY
kill "$portal_pid"
rm -f "$T/port"
serve "$T/www"
"$crier" add --no-discover "$BASE/many.json" >/dev/null
"$crier" fetch --progress=none
"$crier" list --limit=0 title:item | awk '{ print $1 }' >"$T/table"
"$crier" list --limit=0 --format=tsv title:item | cut -f 1 >"$T/tsv"
ok "all of a long list are printed" test "$(wc -l <"$T/table")" = 2000
same "in parts, too" "$T/tsv" "$T/table"
"$crier" list --limit=1001 --format=json title:item | python3 -c 'import json, sys; [print(json.loads(line)["id"]) for line in sys.stdin]' >"$T/json"
head -n 1001 "$T/table" >"$T/first"
same "and as many as are wanted" "$T/json" "$T/first"
"$crier" mark read title:item 2>/dev/null
ok "all are marked" test "$("$crier" list --limit=0 --format=tsv is:unread title:item | wc -l)" = 0

run "$crier" mark +'two words' all
ok "a tag is one word" test "$status:$(cat "$err")" = "1:crier: a tag is one word"

cat >"$T/wish.py" <<'EOF'
"""Whether a mark that waits for another writer says so, where who indexes looks: wish.py STORE COMMAND…"""
import fcntl, os, sqlite3, struct, subprocess, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
wishes = os.open(sys.argv[1] + ".lock", os.O_RDWR)
p = subprocess.Popen(sys.argv[2:])
kind, until = fcntl.F_UNLCK, time.monotonic() + 60
while kind == fcntl.F_UNLCK and p.poll() is None and time.monotonic() < until:
    kind = struct.unpack("hhqqi", fcntl.fcntl(wishes, fcntl.F_GETLK, struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0)))[0]
db.execute("ROLLBACK")
sys.exit(p.wait() or kind != fcntl.F_RDLCK)
EOF
ok "a mark that waits says so" python3 "$T/wish.py" "$STORE" "$crier" mark unread lang:en
finish
