#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches that nobody looks at: what a timer finds due, a network that is not there, an end in time, a lock that is waited for.
. "${srcdir:-.}/tests/lib.sh"
plan 36
portal_start
is() { ok "$1" test "$2" = "$3"; }
# member N NAME: what JSON says of source N
member() {
    "$crier" status --format=json "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"
}

# an hourly timer with a delay of up to a quarter of an hour
echo "$BASE/en/news/rss.xml" >"$CONFIG/urls"
start=$CRIER_NOW
fetched=0
for delay in 700 100 899 0 450 300 899; do
    CRIER_NOW=$((start + fetched * 3600 + delay))
    "$crier" fetch --progress=none
    [ "$(member 1 last_attempt)" = "$(date -u -d "@$CRIER_NOW" +%Y-%m-%dT%H:%M:%SZ)" ] || break
    fetched=$((fetched + 1))
done
is "a timer that runs as often as the interval fetches each time" "$fetched" 7
CRIER_NOW=$((CRIER_NOW + 2600))
run "$crier" fetch --dry-run
ok "what is long before its time is not due" test ! -s "$out"
CRIER_NOW=$start

# no network: nothing of three hosts can be reached
rm -f "$STORE"*
for url in 127.0.0.2:1/a 127.0.0.3:1/a 127.0.0.4:1/a 127.0.0.4:1/b; do echo "http://$url"; done >"$CONFIG/urls"
for hour in 0 1 2; do
    CRIER_NOW=$((start + hour * 3600))
    run "$crier" fetch
done
status_is "without a network all have failed" 3
echo "crier: no network: 4 sources" >"$T/expected"
same "which is one line" "$T/expected" "$err"
is "no source is to blame" "$(member 1 failures):$(member 1 error_class)" 0:None
run "$crier" fetch --dry-run
is "and each is due again" "$(wc -l <"$out")" 4
run "$crier" fetch --progress=json
is "programs are told of each" "$(grep -c '"status":"failed"' "$out")" 4
has "and why" "$out" '"no_network":true'
run "$crier" fetch --progress=none
ok "and nobody who does not want to know" test ! -s "$err"
mkdir "$T/feeds"
printf '<rss version="2.0"><channel><title>Own</title><item><title>One</title><link>http://t.example/1</link></item></channel></rss>' >"$T/feeds/own.xml"
echo "file://$T/feeds/own.xml" >>"$CONFIG/urls"
run "$crier" fetch
status_is "a file of this machine is read all the same" 2
has "and tells nothing of the network" "$err" "no network: 4 sources"
echo "$BASE/en/news/rss.xml" >>"$CONFIG/urls"
run "$crier" fetch
status_is "when one is reached the others have failed" 2
is "each for itself" "$(grep -c "cannot connect to" "$err")" 4
is "and it counts" "$(member 1 failures):$(member 4 failures)" 1:1
rm -f "$STORE"*
printf 'http://127.0.0.2:1/a\nhttp://127.0.0.3:1/a\nhttp://127.0.0.3:1/b\n' >"$CONFIG/urls"
run "$crier" fetch
status_is "two hosts may be down by chance" 3
is "that is said of each source" "$(grep -c "cannot connect to" "$err")" 3
is "which counts too" "$(member 3 failures)" 1

# an end in time
rm -f "$STORE"*
get "/control/set?path=/ru/news/rss.xml&fault=stall" >/dev/null
printf '%s/en/news/rss.xml\n%s/ru/news/rss.xml\n' "$BASE" "$BASE" >"$CONFIG/urls"
run timeout 60 "$crier" fetch --max-time=2
status_is "a fetch that takes too long ends" 2
has "says so" "$err" "1 source was not done within 2 s"
is "and has what was done" "$(member 1 total)" 5
is "what was not done has not failed" "$(member 2 failures):$(member 2 state)" 0:new
"$crier" fetch --all --progress=json --max-time=2 2>/dev/null >"$out" || :
has "who reads events learns it, too" "$out" '"interrupted":true'
run "$crier" fetch --max-time=-1
status_is "a time that is none" 1
run "$crier" fetch --max-time=0
status_is "nor is that which has no end" 1
has "which is said" "$err" "--max-time: "
run "$crier" fetch --wait=-1
status_is "nothing waits so long" 1
has "that is said, too" "$err" "--wait: "
get "/control/set?path=/ru/news/rss.xml" >/dev/null
run "$crier" fetch --all --max-time=300
status_is "a time that suffices changes nothing" 0

# another fetch has the lock
python3 - "$STORE.lock" "$T" <<'END' &
import fcntl, os, sys, time
lock = open(sys.argv[1], "w")
fcntl.flock(lock, fcntl.LOCK_EX)
open(sys.argv[2] + "/locked", "w").close()
while not os.path.exists(sys.argv[2] + "/release"):
    time.sleep(0.05)
END
holder=$!
while [ ! -e "$T/locked" ]; do sleep 0.05; done
run "$crier" fetch --all --progress=none
status_is "a second fetch is told of the first" 75
run "$crier" fetch --all --progress=none --wait=1
status_is "or waits so long" 75
has "and is told then" "$err" "another fetch is running"
run "$crier" fetch --wait=-2
status_is "which is not below 0" 1
"$crier" fetch --all --progress=none --wait 2>"$T/waited" &
waiting=$!
run timeout 60 "$crier" fetch --all --progress=none --wait=0
status_is "no time is none" 75
run timeout --signal=TERM 2 "$crier" fetch --all --progress=none --wait
is "one that waits can be ended" "$status" 124
: >"$T/release"
status=0
wait "$waiting" || status=$?
status_is "or until the first has ended" 0
wait "$holder"
ok "and says nothing" test ! -s "$T/waited"
finish
