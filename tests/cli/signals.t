#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What ends a fetch, a reader and a worker: the status tells which signal it was, what was done is kept, nobody is left behind,
# and marks are not lost in silence.
. "${srcdir:-.}/tests/lib.sh"
plan 34
portal_start
"$crier" add beiling >/dev/null

count() { "$crier" list --format=tsv --limit=0 "$@" 2>/dev/null | wc -l; }
# begin COMMAND…: a fetch of which one source never answers, until all others are stored; $pid is it
begin() {
    rm -f "$STORE"*
    get "/control/set?path=/en/news/rss.xml&fault=stall" >/dev/null
    : >"$T/events"
    python3 -c '
import os, signal, sys
for n in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    signal.signal(n, signal.SIG_IGN if n.name == os.environ.get("IGNORED") else signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' "$@" --set=fetch.stall=600 --set=fetch.timeout=3600 fetch --progress=json >"$T/events" 2>"$err" &
    pid=$!
    tries=0
    while [ "$(grep -c '"event":"source"' "$T/events" || :)" -lt 5 ] && [ "$tries" -lt 1000 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
}
# gone: no fetch holds the store, within ten seconds
gone() {
    tries=0
    until flock -n "$STORE.lock" true; do
        tries=$((tries + 1))
        [ "$tries" -lt 500 ] || return 1
        sleep 0.02
    done
}

for signal in INT:130 HUP:129 TERM:143; do
    begin "$crier"
    kill "-${signal%:*}" "$pid"
    status=0
    wait "$pid" || status=$?
    status_is "SIG${signal%:*} to crier alone" "${signal#*:}"
    ok "${signal%:*}: nothing is said of it" test ! -s "$err"
    ok "${signal%:*}: what was done is kept" test "$(count)" = 28
    ok "${signal%:*}: the worker is gone" gone
done
begin "$crier"
kill -KILL "$pid"
wait "$pid" 2>/dev/null || :
ok "KILL to crier takes the worker with it" gone
ok "which keeps what was done" test "$(count)" = 28
run "$crier" store check
status_is "and the store sound" 0
IGNORED=SIGHUP
export IGNORED
begin "$crier"
unset IGNORED
kill -HUP "$pid"
ok "under nohup it goes on" sh -c 'kill -0 "$1"' sh "$pid"
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
status_is "until it is asked in another way" 143
"$crier" --set=fetch.stall=600 --set=fetch.timeout=3600 fetch --all --progress=lines 2>"$err" &
pid=$!
tries=0
while [ "$(grep -c '^\[' "$err" || :)" -lt 5 ] && [ "$tries" -lt 1000 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
status_is "who looks on at one that is ended" 143
has "is told what it left" "$err" "stopped: 1 source was not done: the next fetch goes on"
get "/control/set?path=/en/news/rss.xml" >/dev/null
"$crier" fetch --all --progress=none

# something else in the worker's place
for program in true false echo cat; do
    CRIER_WORKER=/bin/$program run "$crier" fetch --progress=none </dev/null
    status_is "$program is no worker" 70
    has "$program: which is said" "$err" "ended without having done its work"
done
CRIER_WORKER=/bin/true run "$crier" add http://a.example/
ok "nor for one request" test "$status:$(wc -l <"$err")" = 70:1

# marks that wait for another program
cat >"$T/quit.py" <<'EOF'
"""Runs the reader while another program writes the store: quit.py STORE free|held SIGNAL SEEN INPUT COMMAND…

When it has written SEEN as often as it stands there it is sent the signal, or 0: its input ends.  The other program lets go
then, or else whoever runs the reader does not want to wait."""
import os, signal, sqlite3, subprocess, sys, threading
store, how, number, seen, text, command = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5], sys.argv[6:]
db = sqlite3.connect(store, isolation_level=None)
db.execute("BEGIN IMMEDIATE")
p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
p.stdin.write(text.encode())
p.stdin.flush()
mark, times = seen.split("*")
written = b""
while written.count(mark.encode()) < int(times):
    more = os.read(p.stdout.fileno(), 4096)
    if not more:
        break
    written += more
if number:
    p.send_signal(number)
else:
    p.stdin.close()
rest = threading.Thread(target=p.stdout.read)
rest.start()
if how == "free":
    db.execute("ROLLBACK")
    p.wait()
else:
    while True:
        try:
            p.wait(0.05)
            break
        except subprocess.TimeoutExpired:
            p.send_signal(signal.SIGINT)
rest.join()
sys.stderr.write(p.stderr.read().decode())
sys.exit(p.returncode if p.returncode >= 0 else 128 - p.returncode)
EOF
printf 'size 80 24\nkeys Enter s\ndump\n' >"$T/star"
stars() { count is:starred; }
run python3 "$T/quit.py" "$STORE" held 0 'Enter*1' '' "$crier" --script "$T/star"
status_is "a star that could not be written is told" 74
has "with how many" "$err" "1 mark could not be written"
ok "it is not there" test "$(stars)" = 0
run python3 "$T/quit.py" "$STORE" free 0 'Enter*1' '' "$crier" --script "$T/star"
ok "one that only had to wait is" test "$status:$(stars)" = 0:1
"$crier" mark unstarred all
run python3 "$T/quit.py" "$STORE" held 0 '> *3' '1
s
' "$crier" --plain
status_is "in the linear mode too" 74
run python3 "$T/quit.py" "$STORE" free 15 '> *3' '1
s
' "$crier" --plain
ok "SIGTERM there lets it be written" test "$status:$(stars)" = 143:1
finish
