#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# crier-transfer as a process: what it is given, what its end means for a fetch, and that nothing of it is left behind.
. "${srcdir:-.}/tests/lib.sh"
plan 29
[ -r /proc/self/task/$$/children ] || skip_all "this kernel does not say who is whose child"
portal_start
"$crier" add beiling >/dev/null

count() { "$crier" list --format=tsv --limit=0 2>/dev/null | wc -l; }
# those NAME PID: the processes of that name below another, or all
those() {
    children=
    { read -r children <"/proc/$2/task/$2/children"; } 2>/dev/null || :
    for child in $children; do
        case $1:$(cat "/proc/$child/comm" 2>/dev/null) in
        all:* | "$1:$1") echo "$child" ;;
        esac
        those "$1" "$child"
    done
}
# within TENTHS COMMAND…: until the command succeeds
within() {
    left=$1
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.1
    done
}
has_five() { [ "$(grep -c '"event":"source"' "$T/events")" -ge 5 ]; }
# begin: a fetch of which one source never answers, until all others are stored; $pid leads its session
begin() {
    rm -f "$STORE"*
    get "/control/set?path=/en/news/rss.xml&fault=stall" >/dev/null
    : >"$T/events"
    # a shell has what it starts behind its back ignore SIGINT
    python3 -c '
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.setsid()
os.execvp(sys.argv[1], sys.argv[1:])' "$crier" --set=fetch.stall=600 --set=fetch.timeout=3600 fetch --progress=json >"$T/events" 2>"$err" &
    pid=$!
    within 200 has_five
    family=$(those all "$pid")
}
end() {
    status=0
    wait "$pid" 2>/dev/null || status=$?
}
none_left() {
    for one in $family; do
        ! kill -0 "$one" 2>/dev/null || return 1
    done
}

# --- what it is given
cat >"$T/spy" <<EOF
#!/bin/sh
env | sed 's/=.*//' | sort >"$T/given.env"
ls /proc/self/fd | sort -n >"$T/given.fds"
cat /proc/self/limits >"$T/given.limits"
tr '\\0' '\\n' <"/proc/\$PPID/environ" >"$T/starter.env"
tr '\\0' '\\n' <"/proc/\$PPID/cmdline" >"$T/starter.line"
exit 5
EOF
chmod 755 "$T/spy"
CRIER_TRANSFER=$T/spy SECRET=1 https_proxy=http://127.0.0.1:1 SSL_CERT_DIR=/ RES_OPTIONS=timeout:1 CRIER_TEST_X=1 \
    run "$crier" add http://ann:geheim@a.example/feed
ok "it does not find out what is secret" sh -c '! grep -E "HOME|XDG|SECRET|CRIER_S|REPORT" "$1"' sh "$T/given.env"
for name in https_proxy SSL_CERT_DIR RES_OPTIONS TZ PATH CRIER_NOW CRIER_TEST_X; do
    ok "it has $name" grep -qx "$name" "$T/given.env"
done
# the last is that of the list itself
ok "it has three streams and the channel" test "$(head -n 4 "$T/given.fds" | tr '\n' ' ')" = "0 1 2 3 "
ok "and no more" test "$(wc -l <"$T/given.fds")" -le 5
ok "it leaves no core" grep -Eq "^Max core file size +0 +0 " "$T/given.limits"
ok "who starts it has no login in its environment" sh -c 'test -s "$1" && ! grep -a geheim "$1"' sh "$T/starter.env"
ok "nor in its arguments" sh -c '! grep -a geheim "$1"' sh "$T/starter.line"

# --- its end
status_is "where it ends at once, nothing can be fetched" 3
has "which is said" "$err" "crier-transfer, which fetches, ended before the answer came: status 5"
CRIER_TRANSFER=$T/none run "$crier" fetch --progress=json
status_is "nor where it is not there" 3
has "with its code" "$out" '"code":"transfer-ended"'
has "and words" "$out" "it cannot be started"
begin
kill -KILL "$(those crier-transfer "$pid")"
end
status_is "killed, it takes one source with it" 2
ok "and no other" test "$(grep -c '"error":{"code":"transfer-ended"' "$T/events"):$(count)" = 1:28
has "the signal is said" "$T/events" "signal 9"
ok "nobody is left" within 50 none_left
begin
kill -TERM "$(those crier-transfer "$pid")"
kill -INT "-$pid"
end
status_is "the terminal's interrupt ends all, in order" 130
ok "and nothing is said of it" test ! -s "$err"
ok "nobody is left then" within 50 none_left
begin
kill -KILL "$(those crier-worker "$pid")"
end
ok "nor when the worker is killed" within 50 none_left
begin
kill -KILL "$(those crier-starter "$pid")"
kill -TERM "$pid"
end
ok "nor when the starter is" within 50 none_left

# --- run by hand
status=0
"$(dirname "$crier")/crier-transfer" >"$out" 2>"$err" 3>&- || status=$?
status_is "people have nothing to tell it" 1
has "which it says" "$err" "crier-transfer is started by crier-worker"
finish
