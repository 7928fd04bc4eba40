# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154 # tests/lib.sh is read before it
# For tests of `crier sync`: a server (greader.py) and machines that are synced with it.

# server [ARGUMENT…]: one of its own, at $BASE
server() {
    [ -z "$portal_pid" ] || kill "$portal_pid"
    rm -f "$T/port"
    python3 "$srcdir/tests/kit/greader.py" "$T/port" "$@" &
    portal_pid=$!
    while [ ! -s "$T/port" ]; do
        kill -0 "$portal_pid" || { echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
    BASE=http://127.0.0.1:$(cat "$T/port")
}
# control WHAT…: what the server answers to each, by one program, since it takes the longest to start
control() { python3 -I -S "$srcdir/tests/kit/get.py" "$BASE/control/" "$@"; }
# machine NAME [FEED…]: one with a home of its own
machine() {
    name=$1
    shift
    mkdir -p "$T/$name/config/crier"
    CONFIG=$T/$name/config/crier
    printf 'machine %s login reader password secret\n' "$BASE" >"$CONFIG/credentials"
    chmod 600 "$CONFIG/credentials"
    printf '[settings]\nsync.server=%s/\n' "$BASE" >"$CONFIG/crier.conf"
    for feed; do
        echo "$BASE/feeds/$feed"
    done >"$CONFIG/urls"
}
on() {
    on=$1
    shift
    env HOME="$T/$on" XDG_CONFIG_HOME="$T/$on/config" XDG_DATA_HOME="$T/$on/data" CRIER_NOW="${now:-1761350400}" "$@"
}
do_() {
    on=$1
    shift
    run on "$on" "$crier" "$@"
}
fetch() { on "$1" "$crier" fetch --all --progress=none 2>/dev/null; }
# titles MACHINE QUERY
titles() { on "$1" "$crier" list --format=tsv --limit=0 "$2" 2>/dev/null | cut -f6 | sort | tr '\n' ' '; }
is() { # is NAME EXPECTED GOT
    if [ "$2" = "$3" ]; then
        result 0 "$1"
    else
        result 1 "$1"
        echo "# expected '$2', got '$3'"
    fi
}
# one of the server's lines
there() { control state | grep "^$1 $2 "; }
