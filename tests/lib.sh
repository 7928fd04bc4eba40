# SPDX-License-Identifier: GPL-3.0-or-later
# The kit of the shell tests: TAP, a home of their own, the demo portal.
#
#   . "${srcdir}/tests/lib.sh"
#   plan N | skip_all WHY
#   portal_start            $BASE, $CONFIG/portals/beiling.portal, $T/bureau.portal and $T/story.portal exist afterwards
#   serve FOLDER            the files of a folder; @BASE@ in them, and $BASE, are the address
#   transfers_start         a server of transfers that go wrong (kit/transfers.py); $BASE, requests in $T/log
#   run COMMAND…            status in $status, streams in $out and $err
#   ok NAME COMMAND…        passes when the command succeeds
#   status_is NAME N        of the last run
#   has NAME FILE TEXT      the file holds the text
#   same NAME EXPECTED FILE the files are equal (a diff is shown)
#   screens SCRIPT OUTPUT   $T/screen.1, .2 … are what the script has dumped
#   finish                  at the end
# shellcheck shell=sh disable=SC2034

set -u
# $srcdir as make gives it; made absolute because tests change folders
srcdir=$(cd "${srcdir:-.}" && pwd)
builddir=${builddir:-$(pwd)}
crier=${CRIER:-$builddir/crier}

T=$(mktemp -d "${TMPDIR:-/tmp}/crier-test.XXXXXX")
CONFIG=$T/config/crier
STORE=$T/data/crier/articles.db
out=$T/out
err=$T/err
tests_planned=0
tests_done=0
tests_failed=0
portal_pid=

export HOME="$T" XDG_CONFIG_HOME="$T/config" XDG_DATA_HOME="$T/data" XDG_CACHE_HOME="$T/cache"
export TZ=UTC LC_ALL=C.UTF-8 TERM=xterm-256color CRIER_NOW=1761350400
export CRIER_DATADIR="$srcdir/data" CRIER_LOCALEDIR="$builddir/locale" CRIER_SYSCONFDIR=
unset LANGUAGE LANG NO_COLOR http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY no_proxy NO_PROXY \
    SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE CRIER_WORKER CRIER_TRANSFER CRIER_TEST_KILL_AT CRIER_TEST_MAX_PAGES CRIER_TEST_IN_FLIGHT CRIER_TEST_PARSE CRIER_TEST_PARSE_SECONDS || :
mkdir -p "$CONFIG/portals" "$T/data/crier"

cleanup() {
    [ -z "$portal_pid" ] || kill "$portal_pid" 2>/dev/null || :
    chmod -R u+w "$T" 2>/dev/null || :
    rm -rf "$T"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 131' QUIT
trap 'exit 141' PIPE
trap 'exit 143' TERM

plan() {
    tests_planned=$1
    echo "1..$1"
}

skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

need() {
    for tool; do
        command -v "$tool" >/dev/null 2>&1 || skip_all "$tool is not installed"
    done
}

need_nls() {
    grep -q "^#define ENABLE_NLS 1" "$builddir/config.h" || skip_all "built with --disable-nls"
}

portal_start() {
    need python3
    python3 "$srcdir/tests/portal/portal.py" --base-file "$T/base" --portal-file "$CONFIG/portals/beiling.portal" --bureau-file "$T/bureau.portal" \
        --story-file "$T/story.portal" \
        2>"$T/portal.log" &
    portal_pid=$!
    while [ ! -s "$T/base" ]; do
        kill -0 "$portal_pid" 2>/dev/null || { cat "$T/portal.log" >&2; echo "Bail out! the demo portal did not start"; exit 1; }
        sleep 0.02
    done
    BASE=$(cat "$T/base")
}

# serve FOLDER: its files on 127.0.0.1; $BASE is the address
serve() {
    need python3
    python3 "$srcdir/tests/kit/serve.py" "$1" "$T/port" 2>"$T/portal.log" &
    portal_pid=$!
    while [ ! -s "$T/port" ]; do
        kill -0 "$portal_pid" 2>/dev/null || { cat "$T/portal.log" >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
    BASE=http://127.0.0.1:$(cat "$T/port")
}

transfers_start() {
    need python3
    rm -f "$T/base"
    python3 "$srcdir/tests/kit/transfers.py" "$T/base" "$T/log" 2>"$T/portal.log" &
    portal_pid=$!
    while [ ! -s "$T/base" ]; do
        kill -0 "$portal_pid" 2>/dev/null || { cat "$T/portal.log" >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
    BASE=$(cat "$T/base")
}

# get PATH: from the portal, without curl
get() {
    python3 -I -S "$srcdir/tests/kit/get.py" "$BASE$1"
}

run() {
    status=0
    "$@" >"$out" 2>"$err" || status=$?
}

result() {
    tests_done=$((tests_done + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tests_done - $2"
    else
        tests_failed=$((tests_failed + 1))
        echo "not ok $tests_done - $2"
    fi
}

show() {
    sed 's/^/# /' "$1" | head -n 60
}

ok() {
    name=$1
    shift
    if "$@" >"$T/ok.out" 2>&1; then
        result 0 "$name"
    else
        result 1 "$name"
        show "$T/ok.out"
    fi
}

status_is() {
    if [ "$status" = "$2" ]; then
        result 0 "$1"
    else
        result 1 "$1"
        echo "# status $status, expected $2"
        show "$err"
    fi
}

has() {
    if grep -qF -- "$3" "$2"; then
        result 0 "$1"
    else
        result 1 "$1"
        echo "# '$3' is not in:"
        show "$2"
    fi
}

has_not() {
    if grep -qF -- "$3" "$2"; then
        result 1 "$1"
        show "$2"
    else
        result 0 "$1"
    fi
}

same() {
    if diff -u "$2" "$3" >"$T/diff" 2>&1; then
        result 0 "$1"
    else
        result 1 "$1"
        show "$T/diff"
    fi
}

# The picture tests: GENERATE=1 rewrites what is expected.
picture() {
    expected=$srcdir/tests/screen/pictures/$2
    if [ "${GENERATE:-}" = 1 ]; then
        cp "$3" "$expected"
    fi
    same "$1" "$expected" "$3"
}

# screens SCRIPT OUTPUT: what the script's dumps have printed, one by one, as $T/screen.1, .2 …
screens() {
    rm -f "$T"/screen.*
    awk -v to="$T/screen." '
        NR == FNR { if ($1 == "size") height = $3; if ($1 == "dump" || $1 == "styles") heights[++dumps] = height; next }
        { if (!left) left = heights[++now]; print >(to now); left-- }' height=24 "$1" "$2"
}

# play [OPTION…]: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    { echo "size 80 24"; cat; } >"$T/script"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}

# on N NAME TEXT: what was dumped as the Nth has the text
on() {
    has "$2" "$T/screen.$1" "$3"
}

# said [OPTION…] -- LINE…: in lines, in a home as $T/fresh was: all that is said in $T/all, in $out what the last
# of them is answered by
said() {
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    rm -rf "$T/data" "$T/.local"
    cp -r "$T/fresh" "$T/data"
    # shellcheck disable=SC2086
    (cd "$T" && printf '%s\n' "$@" | "$crier" --set=ui.browser=true $options --plain) >"$T/all" 2>&1
    awk -v lines=$# '{ text = $0; while (sub(/^(an empty line reads on )?> /, "", text)) n++; if (n == lines) print text }' "$T/all" >"$out"
}

# as_user ARGUMENT…: crier as a user who cannot write where root can, nor read root's folders
as_user() {
    if [ "$(id -u)" = 0 ]; then
        mkdir -p "$T/bin"
        for program in crier crier-worker crier-transfer crier-parser; do
            cp "$(dirname "$crier")/$program" "$T/bin" && chmod 755 "$T/bin/$program"
        done
        chmod 755 "$T" "$T/bin"
        setpriv --reuid=65534 --regid=65534 --clear-groups "$T/bin/crier" "$@"
    else
        "$crier" "$@"
    fi
}

finish() {
    if [ "$tests_done" != "$tests_planned" ]; then
        echo "# $tests_done tests ran, $tests_planned were planned"
        exit 1
    fi
    [ "$tests_failed" = 0 ]
}
