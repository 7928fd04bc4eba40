#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How each source is doing: states by what was fetched and by the source's own rhythm, for people, JSON and monitors.
. "${srcdir:-.}/tests/lib.sh"
plan 58
portal_start
FEEDS=$T/feeds
mkdir "$FEEDS"

# feed NAME TITLE DATE…: an entry each
feed() {
    name=$1 title=$2
    shift 2
    {
        printf '<rss version="2.0"><channel><title>%s</title>' "$title"
        for day; do
            printf '<item><title>News of %s</title><link>http://t.example/%s/%s</link><guid>%s</guid><pubDate>%s</pubDate></item>' \
                "$day" "$name" "$day" "$day" "$(date -u -R -d "$day")"
        done
        printf '</channel></rss>'
    } >"$FEEDS/$name"
}
# state N: that of source N, for machines
state() { "$crier" status --format=json "$1" | sed 's/.*"state":"\([a-z]*\)".*/\1/'; }
# member N NAME: what JSON says of it
member() {
    "$crier" status --format=json "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"
}
is() { ok "$1" test "$2" = "$3"; }

feed lively.xml "Lively" 2025-10-24 2025-10-23 2025-10-22 2025-10-21 2025-10-20 2025-10-19
feed silent.xml "Silent" 2025-10-10 2025-10-09 2025-10-08 2025-10-07 2025-10-06 2025-10-05
feed seldom.xml "Seldom" 2025-09-10 2025-08-10 2025-07-10 2025-06-10 2025-05-10 2025-04-10
feed few.xml "Few" 2024-01-04 2024-01-03 2024-01-02 2024-01-01
feed bare.xml "Bare \\ \"Town\"" 2025-10-24
feed hollow.xml "Hollow"
PORTAL=$BASE
portal=$portal_pid
serve "$FEEDS"
trap 'kill $portal 2>/dev/null; cleanup' EXIT
{
    for name in lively silent seldom few bare hollow missing; do echo "$BASE/$name.xml"; done
    echo "$PORTAL/en/news/rss.xml \"~Ended\""
    echo "http://reader:s3cret@${PORTAL#http://}/ru/news/rss.xml \"~Slow\""
} >"$CONFIG/urls"
run "$crier" status --format=json
is "what was never fetched is new" "$(grep -c '"state":"new"' "$out")" 9
run "$crier" status --exit
status_is "which is as it should be" 0
get() { python3 -I -S "$srcdir/tests/kit/get.py" "$PORTAL$1"; }
get "/control/set?path=/en/news/rss.xml&fault=410" >/dev/null
get "/control/set?path=/ru/news/rss.xml&fault=429" >/dev/null
run "$crier" fetch --progress=none
is "a source that brings news is ok" "$(state 1)" ok
is "of a subscription too the silence begins when it was made" "$(state 2)" ok
is "the only article of a source too" "$(state 5)" ok
is "a feed without entries is empty" "$(state 6)" empty
is "one that is not there fails" "$(state 7)" failing
is "one that says that it has ended is gone" "$(state 8)" gone
is "one that asks for patience waits" "$(state 9)" waiting
is "the status of the answer is kept" "$(member 7 http_status):$(member 1 http_status)" 404:200
is "and its class" "$(member 7 error_class):$(member 9 error_class):$(member 1 error_class)" http:blocked:None
is "failures are counted" "$(member 7 failures):$(member 1 failures)" 1:0
is "from when on" "$(member 7 failing_since)" 2025-10-25T00:00:00Z
is "and when there was the last attempt" "$(member 7 last_attempt)" 2025-10-25T00:00:00Z
is "and the last article" "$(member 1 last_new):$(member 7 last_new)" 2025-10-25T00:00:00Z:None
is "and when it is due" "$(member 1 next_due)" 2025-10-25T01:00:00Z
ok "and how long it is to be left alone" test "$(member 9 retry_after)" != None
is "what nobody knows is null" "$(member 1 certificate_expires):$(member 1 moved_to):$(member 1 retry_after)" None:None:None

run "$crier" status
has "people are told the state" "$out" "8  Ended [gone]"
has "since when and what follows" "$out" "    failing since 2025-10-25T00:00:00Z; next fetch 2025-10-25T01:00:00Z"
has "who waits" "$out" "no fetch before "
has "and what the last days have brought" "$out" "0.0 articles a day"
has_not "as columns to nobody" "$out" "█"
python3 -I -S - "$crier" status >"$out" <<'END'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
try:
    while part := os.read(fd, 4096):
        sys.stdout.buffer.write(part)
except OSError:
    pass
os.waitpid(pid, 0)
END
has "but on a terminal" "$out" "·██████"
run "$crier" status --failing
ok "those that fail alone" test "$(grep -c '^[0-9]' "$out"):$(grep -c '^[78]  ' "$out")" = 2:2
run "$crier" status --failing --exit
status_is "some of them do" 2
run "$crier" status --stale --format=json
ok "those that bring nothing" grep -q '"id":6,' "$out"
is "are one" "$(wc -l <"$out")" 1
run "$crier" status --exit 7 8
status_is "none of these is as it should be" 3
run "$crier" status --exit 1 9
status_is "all of these are" 0

# more than a week, and more than six times the usual gap
CRIER_NOW=$((CRIER_NOW + 9 * 86400))
run "$crier" fetch --all --progress=none
is "what is silent for long is stale" "$(state 2)" stale
is "by its own rhythm" "$(state 3)" ok
is "of which four articles tell nothing" "$(state 4)" ok
is "what failed fails still" "$(member 7 failures):$(member 7 failing_since)" 2:2025-10-25T00:00:00Z
run "$crier" status 2
has "people are told how long" "$out" "nothing new for 9 days, usually 1.0 days apart"
run "$crier" status --stale --exit
status_is "which a script can ask" 2
feed silent.xml "Silent" 2025-11-02 2025-10-10 2025-10-09
"$crier" fetch --all --progress=none 2>/dev/null
is "until there is something new" "$(state 2)" ok

# monitors
run "$crier" status --format=prometheus
status_is "for Prometheus" 0
ok "in its format" python3 - "$out" <<'END'
import re, sys
families, seen = {}, set()
for line in open(sys.argv[1], encoding="utf-8"):
    line = line.rstrip("\n")
    if line.startswith("# "):
        kind, name, rest = line[2:].split(" ", 2)
        assert kind in ("HELP", "TYPE") and (kind, name) not in seen, line
        seen.add((kind, name))
        current = name
        continue
    m = re.fullmatch(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? (-?[0-9.]+)', line)
    assert m and m[1] == current, line
    assert (m[1], m[2]) not in families, line
    families[m[1], m[2]] = m[3]
assert {name for name, _ in families} >= {"crier_source_up", "crier_build_info", "crier_sources"}
END
has "labels are escaped" "$out" 'source="Bare \\ \"Town\""'
has_not "without passwords" "$out" s3cret
has "what fails is down" "$out" 'crier_sources{state="gone"} 1'
run "$crier" status --format=nagios
status_is "for Nagios some are a warning" 1
is "in one line" "$(wc -l <"$out")" 1
has "which says what is wrong" "$out" "CRIER WARNING - "
has "and what is measured" "$out" " | ok="
run "$crier" status --format=nagios 7
status_is "none that works is critical" 2
run "$crier" --store="$T/nowhere.db" status --format=nagios
status_is "what cannot be asked is unknown" 3
has "which it says" "$out" "CRIER UNKNOWN - "

# a host whose other source asks for patience
rm -rf "$T/data/crier"
mkdir "$T/data/crier"
echo "$PORTAL/en/lost.xml" >"$CONFIG/urls"
run "$crier" fetch --progress=none
printf '%s\n' "$PORTAL/ru/news/rss.xml" "$PORTAL/zh/news/rss.xml" >>"$CONFIG/urls"
"$crier" fetch --progress=none "$PORTAL/ru/news/rss.xml" 2>/dev/null
is "what failed before its host asked for patience fails" "$(state 1)" failing
ok "though no request is wanted" test "$(member 1 retry_after)" != None
is "what is in order waits" "$(state 2):$(state 3)" waiting:waiting
run "$crier" status --failing
ok "it alone is told by those that fail" test "$(grep '^[0-9]' "$out" | grep -c ' \[failing\]'):$(grep -c '^[0-9]' "$out")" = 1:1
run "$crier" status --exit 1
status_is "a script learns it" 3
run "$crier" status --format=nagios
has "so does a monitor" "$out" " waiting=2;;;0;3 failing=1;;;0;3 "
# what is said of a source that never worked, of a charset, and of a date that cannot be
printf '%s\n' "file://$T/none.xml" "file://$FEEDS/ahead.xml" >"$CONFIG/urls"
feed ahead.xml "Ahead" 2026-12-24
"$crier" fetch --progress=none 2>/dev/null
"$crier" status >"$out"
ok "what has never worked brings no articles a day" grep -q "last success never$" "$out"
has "a charset is named once" "$out" "    charset utf-8 (bytes)"
has "a date says why it is none" "$out" "warning: a date cannot be used: 2026-12-24 00:00, which lies in the future, of 'News of 2026-12-24'"
finish
