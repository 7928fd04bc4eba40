#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `crier agenda`: dates that articles set, as a table, JSON and a calendar; has:date and due:.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 40
mkdir "$T/town"
serve "$T/town"

# item NAME LANGUAGE TITLE TEXT: an entry of the feed, published on 20 May 2025
item() {
    printf '<item><guid isPermaLink="false">%s</guid><title>%s</title><link>%s/%s.html</link><pubDate>Tue, 20 May 2025 08:00:00 GMT</pubDate><dc:language>%s</dc:language><description>%s</description></item>\n' \
        "$1" "$3" "$(test "$2" = zh && echo https://www.beiling.gov.cn || echo @BASE@)" "$1" "$2" "$4" >"$T/item.$1"
}
feed() {
    { printf '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Beiling</title>\n'; cat "$T"/item.*; printf '</channel></rss>\n'; } >"$T/town/feed.xml"
}
at() { CRIER_NOW=$1; shift; export CRIER_NOW; "$@"; }
lines() { python3 -c 'import json, sys
for line in open(sys.argv[1]):
    o = json.loads(line)
    print(o["article"], o["role"], o["date"], "computed" if o["computed"] else "written")' "$out"; }
MAY20=1747740000
export CRIER_NOW=$MAY20

item water ru "Отключение воды" "Уважаемые жители! 22 мая 2025 года с 9:00 до 17:00 в домах по улице Садовой будет отключена холодная вода."
item grants en "Grants for clubs" "Applications must be submitted by June 15, 2025. The programme was adopted on March 3, 2025."
item hearing zh "听证会公告" "兹定于2025年6月18日上午9时在市政府会议室召开听证会。"
item rules en "New parking rules" "The rules take effect on July 1, 2025. Objections may be filed within 30 days of publication of this notice."
item news en "Council has met" "The council met on May 12 and approved the budget of 2025."
feed
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none

# --- what there is ---
run "$crier" agenda --format=json
status_is "there are dates" 0
lines | cut -d' ' -f2- >"$T/got"
cat >"$T/expected" <<'END'
begins 2025-05-22T09:00:00+00:00 written
ends 2025-05-22T17:00:00+00:00 written
deadline 2025-06-15 written
event 2025-06-18T09:00:00+08:00 written
deadline 2025-06-19 computed
begins 2025-07-01 written
END
ok "in their order, each with its role" diff "$T/expected" "$T/got"
has "and the sentence that says so" "$out" "Applications must be submitted by June 15, 2025."
has_not "what has been sets no date" "$out" "council met"
# the reader marks the same dates, in the rows themselves, and has titles however narrow it is
printf 'size 80 24\nkeys A\ndump\nsize 30 24\ndump\nsize 20 12\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "the reader marks what is computed" "$T/screen.1" "≈ New parking rules"
has_not "and nothing else" "$T/screen.1" "≈ Grants"
has "a narrow one, too" "$T/screen.2" "≈ New"
has "a very narrow one has titles" "$T/screen.3" "06-15  Grants"
run "$crier" --set=ui.ascii=yes --script "$T/script"
screens "$T/script" "$out"
has "in ASCII by another sign" "$T/screen.1" "~ New parking rules"
run "$crier" agenda lang:en --format=json
ok "a query asks for some" test "$(wc -l <"$out")" -eq 3
run "$crier" agenda --from=2025-06-01 --to=2025-06-15 --format=json
ok "bounds, and the last day is one of them" test "$(lines | cut -d' ' -f2,3)" = "deadline 2025-06-15"
run "$crier" agenda --to=7d --format=json
ok "bounds ahead" test "$(wc -l <"$out")" -eq 2
run "$crier" agenda --to=2d --format=json
ok "days ahead end with the last one" test "$(lines | tail -1 | cut -d' ' -f2,3)" = "ends 2025-05-22T17:00:00+00:00"
run "$crier" agenda --to=46h --format=json
ok "hours where they end" test "$(lines | cut -d' ' -f2,3)" = "begins 2025-05-22T09:00:00+00:00"
run "$crier" agenda --to=2020-01-01T10:00
status_is "a moment that is past is none ahead" 1
run "$crier" agenda --limit=1 --format=json
ok "a limit" test "$(wc -l <"$out")" -eq 1
run at 1750000000 "$crier" agenda --format=json # 15 June, 15:06
ok "a day lasts until its end" test "$(lines | head -1 | cut -d' ' -f2,3)" = "deadline 2025-06-15"
run at 1750118400 "$crier" agenda --format=json # 17 June
has_not "then it is past" "$out" "grants"
run at 1850000000 "$crier" agenda
status_is "nothing is left" 4
has "and said so" "$err" "nothing matched"
CRIER_NOW=$MAY20

# --- for people ---
run "$crier" agenda
has "a day stands above its dates" "$out" "2025-05-22"
has "the hour, what it is, the article" "$out" "  09:00  Begins    "
has "and why" "$out" "будет отключена холодная вода"
has "what was computed is marked" "$out" "≈ Objections may be filed"

# --- a calendar ---
run "$crier" agenda --format=ics
status_is "a calendar" 0
cp "$out" "$T/agenda.ics"
ok "is read by libical" "$crier" parse "$T/agenda.ics"
ok "each of its dates" test "$("$crier" parse "$T/agenda.ics" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["items"]))')" -eq 6
ok "lines of 75 octets at most, ended by CR LF, whole characters in each" python3 - "$T/agenda.ics" <<'END'
import sys
data = open(sys.argv[1], "rb").read()
lines = data.split(b"\r\n")
assert lines[-1] == b"" and b"\n" not in b"".join(lines)
assert all(len(line) <= 75 and line.decode() is not None for line in lines)
END
has "a day is a date" "$out" "DTSTART;VALUE=DATE:20250615"
has "a moment is one of UTC" "$out" "DTSTART:20250618T010000Z"
run "$crier" agenda --format=ics
ok "the same twice" cmp "$out" "$T/agenda.ics"
uid() { python3 -c 'import sys; text = open(sys.argv[1], newline="").read().replace("\r\n ", "")
for event in text.split("BEGIN:VEVENT")[1:]:
    if sys.argv[2] in event: print([line for line in event.split("\r\n") if line.startswith("UID")][0])' "$1" "$2"; }
uid "$T/agenda.ics" "Grants for clubs" >"$T/uid"

# --- a date that is put off ---
item grants en "Grants for clubs" "Applications must be submitted by June 30, 2025. The programme was adopted on March 3, 2025."
feed
"$crier" fetch --all --progress=none
run "$crier" agenda --format=ics
has "the new one stands there" "$out" "DTSTART;VALUE=DATE:20250630"
has_not "the old one does not" "$out" "DTSTART;VALUE=DATE:20250615"
ok "it is the same event" test "$(uid "$out" "Grants for clubs")" = "$(cat "$T/uid")"

# --- queries ---
run "$crier" list has:date --format=tsv
ok "has:date" test "$(wc -l <"$out")" -eq 4
run "$crier" list due:7d --format=tsv
ok "due:7d" test "$(cut -f6 "$out")" = "Отключение воды"
run at 1747720800 "$crier" list due:2d --format=tsv # six in the morning
ok "it ends with a day, too" test "$(cut -f6 "$out")" = "Отключение воды"
CRIER_NOW=$MAY20
run "$crier" list has:nothing
has "another word" "$err" "'has:nothing' is not one of attachment, date"

# --- a store from before ---
python3 - "$STORE" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM agenda")
db.execute("DELETE FROM meta WHERE key LIKE 'reading%'")
db.commit()
END
"$crier" fetch --all --progress=none
run "$crier" agenda --format=json
ok "is read for its dates when nothing else waits" test "$(wc -l <"$out")" -eq 6
run "$crier" agenda --from=nonsense
status_is "a bad bound" 1
