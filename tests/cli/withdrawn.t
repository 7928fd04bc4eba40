#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a city does to its words, as a story in three languages (tests/portal/story.py): edits,
# withdrawals of each kind with their evidence, returns, an outage that is none of them; deadlines,
# numbers of documents and addresses on the way.  Then faults that are no withdrawals.
. "${srcdir:-.}/tests/lib.sh"
plan 54
portal_start
cp "$T/story.portal" "$CONFIG/portals/"
"$crier" config fetch.recheck=0 >/dev/null
for edition in zh ru en; do "$crier" add "story/$edition/notices" >/dev/null; done

# later HOURS [EVERY]: a fetch each four of them, as a timer does it
later() {
    i=0
    while [ $i -lt "$1" ]; do
        CRIER_NOW=$((CRIER_NOW + ${2:-4} * 3600)) i=$((i + ${2:-4}))
        export CRIER_NOW
        "$crier" fetch --all --progress=none 2>"$T/fetch.err" || cat "$T/fetch.err" >&2
    done
}
step() { get "/control/story?$1" >/dev/null; }
number() { "$crier" list --limit=0 --format=tsv | awk -F '\t' -v link="$1" 'index($7, link) { print $1 }'; }
# gone: the paths of what is withdrawn, and by what
gone() {
    "$crier" list --limit=0 --format=json is:withdrawn | python3 -c 'import json, sys
for line in sorted(sys.stdin, key=lambda line: json.loads(line)["link"]):
    row = json.loads(line)
    print(row["link"].split("/story/")[1].replace("/notices/", " ").replace(".html", ""), row["withdrawn"]["evidence"], row["withdrawn"]["status"])'
}
evidence() { gone | awk -v lang="$1" '$1 == lang { printf "%s%s", sep, $2 " " $3; sep = ", " }'; }

"$crier" fetch --progress=none
ok "all is there" test "$("$crier" list --limit=0 --format=tsv | wc -l)" = 36

later 8
ok "with fetch.recheck=0 no page is asked for again" test "$(get /control/log | grep -c "notices/3")" = 36
"$crier" config fetch.recheck=30 >/dev/null

# --- what is there, is asked for again, a few at a time ---
later 1 1
ok "then conditionally" test "$(get /control/log | grep -c "notices/3.*conditional")" -gt 0
ok "and no more of a host than its budget" test "$(get /control/log | grep -c "notices/3.*conditional")" -le 20
later 12
ok "after twelve hours each was, at least once and twice at most" test "$(get /control/log | grep "notices/3.*conditional" | sort | uniq -c | awk '$1 > 2' | wc -l):$(get /control/log | grep "notices/3.*conditional" | sort -u | wc -l)" = 0:36
ok "nothing of that is a change" test -z "$(gone)$("$crier" list --format=tsv is:revised)"

# --- edits: seen by asking again, though no list says so ---
step step=1
later 32
ok "edited articles are revised, in three languages" test "$("$crier" list --format=tsv is:revised | wc -l)" = 6
run "$crier" diff "$(number /ru/notices/310.html)"
has "as it was changed" "$out" "{+пять недель+}"
run "$crier" diff "$(number /zh/notices/304.html)"
has "a deadline too" "$out" "11月[-14-]{+21+}日"

# --- withdrawals ---
step step=2
later 1 1
ok "at once nothing is believed" test -z "$(gone)"
later 84
for edition in zh ru en; do
    ok "$edition: each kind has its evidence" test "$(evidence $edition)" = "305 not-found, 306 leads-to-list, 307 says-not-found, 308 unlisted, 311 without-text, 312 leads-home"
done
one=$(number /ru/notices/306.html)
run "$crier" show --width=200 "$one"
has "the article says when and by what it was seen" "$out" "This page has been withdrawn by the portal; this is the text that was kept. Seen 2025-10-2"
has "and where" "$out" "its address leads to a list ($BASE/story/ru/notices/index.html)."
has "its text is kept" "$out" "в одном из них много нитратов"
run "$crier" show --format=json "$(number /en/notices/305.html)"
has "JSON has it" "$out" '"evidence":"not-found","status":404,"place":"'"$BASE/story/en/notices/305.html"'"}'
has "as an event too" "$out" '"withdrawals":[{"event":"withdrawn","seen":"2025-'
run "$crier" list lang:en is:withdrawn
has "a list says the word" "$out" "(withdrawn) Autumn fair opens"
run "$crier" digest --since=4d --format=text
has "a digest tells by what" "$out" "its page says that it is not there"
run "$crier" diff "$(number /zh/notices/308.html)"
has "diff tells it above" "$out" "withdrawn: its list has older ones, but not it"
run "$crier" status
has "status counts them, and what was revised" "$out" "    articles withdrawn: 6, changed: 2"
"$crier" status --format=json >"$out"
ok "in JSON too" test "$(grep -c '"withdrawn":6,"revised":2' "$out")" = 3
"$crier" mark deleted "$one"
"$crier" status --format=json >"$out"
ok "not what was deleted" test "$(grep -c '"withdrawn":5,"revised":2' "$out"):$(grep -c '"withdrawn":6,"revised":2' "$out")" = 1:2
"$crier" mark undeleted "$one"
"$crier" status --format=json >"$out"
ok "until that is taken back" test "$(grep -c '"withdrawn":6,"revised":2' "$out")" = 3
ok "the store is sound" "$crier" store check

# --- returns ---
step step=3
later 72
for edition in zh ru en; do
    ok "$edition: what is back is not withdrawn" test "$(evidence $edition)" = "306 leads-to-list, 307 says-not-found, 311 without-text"
done
run "$crier" show --width=200 "$(number /en/notices/308.html)"
has "but that it was stays" "$out" "Withdrawn from 2025-"
has "with its evidence" "$out" ": its list has older ones, but not it."
run "$crier" diff --format=json --from=1 --to=1 "$(number /en/notices/305.html)"
run "$crier" show --format=json "$(number /en/notices/305.html)"
has "both are events" "$out" '{"event":"returned","seen":"2025-'
run "$crier" digest --since=3d --format=json --query=lang:ru
has "a return is told" "$out" '"event":"returned"'

# --- an outage is no withdrawal ---
gone >"$T/gone"
step step=4
later 48
gone >"$T/still"
same "pages that are all gone are an outage" "$T/gone" "$T/still"
step step=5
later 48
gone >"$T/still"
same "after which all is as before" "$T/gone" "$T/still"
ok "and nothing came back of it" test "$("$crier" list --format=tsv changed:4d | wc -l)" = 0

# --- on the way: deadlines, numbers of documents, addresses ---
run "$crier" agenda --from=2025-11-01 --to=2025-12-01 --format=json
for day in 2025-11-15 2025-11-20 2025-11-21; do
    ok "agenda: $day, in three languages" test "$(grep -c "$day" "$out")" -ge 3
done
has_not "not the deadline that was put off" "$out" "2025-11-14"
for edition in zh ru en; do
    run "$crier" list --format=tsv "related:$(number /$edition/notices/301.html)"
    has "$edition: what amends a decree is related to it" "$out" "/story/$edition/notices/302.html"
done
for address in zh:花园街14号 "ru:ул. Садовая, 14" "en:14 Garden Street"; do
    run "$crier" list --format=tsv "address:\"${address#*:}\""
    has "$address is concerned" "$out" "/story/${address%%:*}/notices/303.html"
done
run "$crier" list --format=tsv 'address:"ул. Садовая, 24"'
has_not "another house is not" "$out" "/story/ru/notices/303.html"

# --- what is no withdrawal ---
gone >"$T/gone"
for fault in 301:403 302:451 304:login 310:blank; do
    get "/control/set?path=/story/en/notices/${fault%:*}.html&fault=${fault#*:}" >/dev/null
done
later 120
gone >"$T/still"
same "a refusal, a login and an empty page are none" "$T/gone" "$T/still"
run "$crier" show "$(number /en/notices/304.html)"
has "nor a new text" "$out" "Small businesses can apply"
for list in paged pinned importance plain; do
    step list=$list
    later 12
    gone >"$T/still"
    same "a list that becomes $list takes nothing away" "$T/gone" "$T/still"
done
get "/control/set?path=/story/en/notices/303.html&fault=503" >/dev/null
later 48
gone >"$T/still"
same "nor does a server that is busy" "$T/gone" "$T/still"
finish
