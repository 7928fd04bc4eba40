#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The thread through all layers: the demo portal fetched, stored, listed and shown.
. "${srcdir:-.}/tests/lib.sh"
plan 57
portal_start

begin="nothing is subscribed to: 'crier add' does it"
for command in list "list --sort=date" "search water" status agenda "mark read is:unread" "show 1"; do
    # shellcheck disable=SC2086
    run "$crier" $command
    has "an empty home says what it lacks to $command" "$err" "$begin"
done
run "$crier" fetch
status_is "an empty home has nothing to fetch" 0
has "which is said" "$err" "$begin"
run "$crier" fetch
ok "but nothing to write to a log each hour" test "$status" = 0 -a ! -s "$err"
for option in --verbose --all; do
    run "$crier" fetch $option
    has "nor kept from who asks for more ($option)" "$err" "$begin"
done
for command in list "search water" agenda "mark read is:unread"; do
    # shellcheck disable=SC2086
    run "$crier" $command
    ok "nor is an empty store what matters to $command" test "$status:$(grep -c "$begin" "$err"):$(wc -l <"$err")" = 4:1:1
done
run "$crier" status
ok "nor a fence alone" test "$status:$(grep -c "$begin" "$err")" = 0:1
run "$crier" status --format=json
ok "programs are told nothing" test "$status:$(cat "$out" "$err" | wc -c)" = 0:0
rm -f "$STORE"*
run "$crier" add beiling
status_is "a portal is subscribed to by name" 0
run "$crier" sources --format=tsv
ok "each section is a source" test "$(wc -l <"$out")" = 6
run "$crier" fetch --dry-run
ok "a dry run lists what is due" test "$(wc -l <"$out")" = 6
get "/control/hold?requests=3" >/dev/null
run "$crier" fetch --progress=lines
status_is "the first fetch succeeds" 0
has "and says what is new" "$err" "33 new articles"

"$crier" list --format=tsv --limit=0 >"$T/all"
ok "all articles are listed" test "$(wc -l <"$T/all")" = 33
has "GB18030 declared as gb2312 is read" "$T/all" "湿地观鸟季开幕 首周接待游客八千人次"
has "windows-1251 is read" "$T/all" "Автобусы № 2 и № 14 изменят маршрут"
has "UTF-8 is read" "$T/all" "Passenger ferry between Beiling and Songhe resumes"
has "a cut title is whole" "$T/all" "Call for tenders: replacement of street lamps"

number=$("$crier" list --format=tsv title:镕喆 | cut -f1)
ok "what is in the title is not in the body" test -z "$number"
number=$("$crier" list --format=tsv 镕喆堃 | cut -f1)
run "$crier" show "$number"
has "characters beyond GB2312 survive" "$out" "镕喆堃"
has_not "the breadcrumb is no text" "$out" "首页"
has_not "the footer is no text" "$out" "版权所有"
has_not "the edition links are no text" "$out" "Русская версия"

number=$("$crier" list --format=tsv lang:en title:Planned | cut -f1)
run "$crier" show --width=80 "$number"
has "a table is drawn" "$out" "16 October │ 8:00–12:00  │ Zhongshan Street"
run "$crier" show --width=30 "$number"
has "and becomes records where it does not fit" "$out" "Street: Zhongshan Street"
run "$crier" show --lang=ru "$number"
has "the counterpart in another language is found" "$out" "Плановое отключение воды"
run "$crier" list --format=tsv lang:en has:attachment
has "attachments are stored" "$out" "Call for tenders"

run "$crier" fetch
status_is "nothing is due at once" 0
run "$crier" --verbose fetch --all --progress=none
has "--verbose names each request" "$err" "304 $BASE/en/news/rss.xml"
run "$crier" fetch --all --progress=json
ok "an unchanged portal answers 304 to each source" test "$(grep -c '"status":"unchanged"' "$out")" = 6
has "the first event carries the version" "$out" '"event":"start","version":'
get /control/log >"$T/log"
# whether two were under way at the same time is the machine's affair; a third would have been seen
ok "never more than two connections to a host" grep -xE "most [12]" "$T/log"

get "/control/edit?path=/en/news/103.html" >/dev/null
run "$crier" fetch --all --full --progress=none
number=$("$crier" list --format=tsv lang:en title:library | cut -f1)
run "$crier" show "$number"
has "a changed page is shown as it is now" "$out" "without a word"
run "$crier" show --revision=1 "$number"
has "and its former text is kept" "$out" "From the twentieth of this month"
get "/control/set?path=/en/news/104.html&fault=410" >/dev/null
run "$crier" fetch --all --full --progress=none
run "$crier" list --format=tsv state:withdrawn
has "a page that is gone is withdrawn" "$out" "Beiling Airport opens winter routes"
run "$crier" show "$(cut -f1 "$out")"
has "and its last text is kept" "$out" "eleven a week in all"
get "/control/set?path=/en/news/104.html" >/dev/null
"$crier" fetch --all --full --progress=none
run "$crier" list --format=tsv state:withdrawn
ok "until it is there again" test ! -s "$out"

# a list that still names it does not make it there; it is asked for again after a day
get "/control/set?path=/en/notices/206.html&fault=404" >/dev/null
"$crier" fetch --all --full --progress=none
ok "once is no withdrawal" test -z "$("$crier" list --format=tsv state:withdrawn)"
export CRIER_NOW=$((CRIER_NOW + 3600))
"$crier" fetch --all --full --progress=none
gone() { test "$("$crier" list --format=tsv state:withdrawn | grep -c .)" = "$1"; }
ok "a page of a list is gone when it is so an hour later" gone 1
fresh_list() { python3 - "$STORE" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE sources SET etag = NULL, last_modified = NULL")
db.commit()
END
}
fresh_list
"$crier" fetch --all --progress=none
ok "it stays so when its list names it" gone 1
get "/control/set?path=/en/notices/206.html" >/dev/null
fresh_list
"$crier" fetch --all --progress=none
ok "and is not asked for at once" gone 1
fresh_list
CRIER_NOW=$((CRIER_NOW + 90000)) "$crier" fetch --all --progress=none
ok "but after a day: it is there" gone 0
run "$crier" status 2 3
ok "the state of two sources is of these two" test "$(grep -c "last success" "$out"):$(grep -c "^[23]  " "$out")" = 2:2
run "$crier" list --format=tsv state:revised
has "a revised article says so" "$out" "	UR	"
run "$crier" store check
status_is "the store is sound" 0

# room for less than a page: transfers wait for each other, and none for ever
"$crier" list --format=tsv --limit=0 | cut -f2-5 | sort >"$T/roomy"
rm -f "$STORE"*
CRIER_TEST_IN_FLIGHT=100 run timeout 60 "$crier" fetch --all --full --progress=none
status_is "with next to no room everything is fetched" 0
ok "as much as with room" test "$("$crier" list --format=tsv --limit=0 | wc -l)" = "$(wc -l <"$T/roomy")"
finish
