#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What was decoded or extracted wrongly is read again from the stored bytes, offline.
. "${srcdir:-.}/tests/lib.sh"
plan 24
portal_start

run "$crier" add "$BASE/fault/lying-charset"
run "$crier" fetch
run "$crier" list --format=tsv
has_not "header and declaration lie together" "$out" "Открылся сезон наблюдения за птицами"
run "$crier" status --format=json
has "status shows why it was decoded so" "$out" "http: iso-8859-5; declared: iso-8859-5; used: iso-8859-5 (http)"
number=$("$crier" list --format=tsv --limit=1 | cut -f1)
"$crier" mark starred "$number"

run "$crier" reprocess "source:$BASE/fault/lying-charset"
status_is "reading again alone changes nothing" 0
has "and says so" "$out" "changed: 0"
run "$crier" reprocess --charset=windows-1251 "is:unread"
status_is "another charset is decreed" 0
has_not "every article is read again" "$out" "changed: 0"
run "$crier" list --format=tsv
has "the titles are right" "$out" "Открылся сезон наблюдения за птицами"
has "and the name of the source" "$out" "Бэйлин"
run "$crier" list --format=tsv птицами
status_is "they are found by search" 0
run "$crier" list --format=tsv state:revised
status_is "it is no revision of the portal" 4
run "$crier" list --format=tsv is:starred
ok "marks stay" test "$(cut -f1 "$out")" = "$number"
run "$crier" status
has "status shows what was decreed" "$out" "windows-1251 (forced"
run "$crier" show "$number"
has "the text is right" "$out" "вокзал"
run "$crier" reprocess nothing-has-this-word
status_is "a query without hits says so" 4
run "$crier" reprocess --charset=klingon "$number"
status_is "an unknown charset is refused" 1
has "by its name" "$err" "klingon"
run "$crier" reprocess
status_is "a query is needed" 1

# pages of articles, and what a store of an older crier lacks
run "$crier" remove "$BASE/fault/lying-charset"
run "$crier" add beiling
run "$crier" fetch --full --progress=none
kill "$portal_pid" && portal_pid=
run "$crier" list --format=tsv 镕喆堃
number=$(cut -f1 "$out")
run "$crier" reprocess --charset=koi8-r "$number"
run "$crier" show "$number"
has_not "a wrong charset spoils a text" "$out" "镕喆堃"
run "$crier" reprocess "$number"
run "$crier" show "$number"
has "and reading it again mends it" "$out" "镕喆堃"
run "$crier" list --format=tsv 镕喆堃
ok "search knows it again" test "$(cut -f1 "$out")" = "$number"
python3 - "$STORE" <<'EOF'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM responses")
db.execute("UPDATE pages SET data = NULL")
db.commit()
EOF
run "$crier" reprocess "$number"
status_is "without bytes nothing can be read again" 2
has "and that is counted" "$out" "without stored bytes: 1"
run "$crier" show "$number"
has "what was stored stays" "$out" "镕喆堃"
run "$crier" store check
status_is "the store is sound" 0
finish
