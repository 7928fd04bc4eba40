#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# HTTP as servers are: redirects, secrets, codings, lengths, time; hostile headers.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 83
LOG=$T/requests
: >"$LOG"

# server NAME [CERTIFICATE]: tests/kit/transfers.py; sets $address
server() {
    python3 "$srcdir/tests/kit/transfers.py" "$T/$1.base" "$LOG" ${2:+"$2"} 2>"$T/$1.log" &
    servers="$servers $!"
    while [ ! -s "$T/$1.base" ]; do
        kill -0 $! 2>/dev/null || { cat "$T/$1.log" >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
    address=$(cat "$T/$1.base")
}
servers=
# shellcheck disable=SC2086 # words are wanted
trap 'kill $servers 2>/dev/null || :; cleanup' EXIT
server plain
BASE=$address
server other
OTHER=$address

# fetch_one URL [OPTION…]: a store of its own with that source
fetch_one() {
    url=$1
    shift
    printf '%s\n' "$url" >"$CONFIG/urls"
    rm -f "$STORE"*
    : >"$LOG"
    run "$crier" --set=fetch.pages=never "$@" fetch --progress=lines
}
# brings NAME URL CODE [OPTION…]: two articles, with that warning ("": none)
brings() {
    name=$1 code=$3
    fetch_one "$2"
    status_is "$name: status" 0
    "$crier" list --format=tsv >"$T/list"
    "$crier" status --format=json >"$T/status"
    if [ -n "$code" ]; then
        ok "$name: two articles, and said" sh -c 'test "$(wc -l <"$1")" = 2 && grep -q "\"code\":\"$2\"" "$3"' sh "$T/list" "$code" "$T/status"
    else
        ok "$name: two articles, nothing wrong" sh -c 'test "$(wc -l <"$1")" = 2 && grep -q "\"warnings\":\[\]" "$2"' sh "$T/list" "$T/status"
    fi
}
# fails NAME URL CODE [OPTION…]
fails() {
    name=$1 code=$3 url=$2
    shift 3
    fetch_one "$url" "$@"
    "$crier" status --format=json >"$T/status"
    ok "$name" sh -c 'test "$1" = 3 && grep -q "\"last_error\":{\"code\":\"$2\"" "$3"' sh "$status" "$code" "$T/status"
}

# --- codings and lengths ------------------------------------------------------------------
brings "a coding that is none" "$BASE/coding/UTF-8/plain" miscoded
brings "gzip said, plain sent" "$BASE/coding/gzip/plain" miscoded
brings "brotli said, plain sent" "$BASE/coding/br/plain" miscoded
brings "gzip said, zlib sent" "$BASE/coding/gzip/zlib" ""
brings "gzip sent unsaid" "$BASE/coding/none/gzip" miscoded
brings "a coding and something that is none" "$BASE/coding/gzip%2C%20utf-8/gzip" miscoded
brings "gzip in gzip" "$BASE/coding/gzip/twice" miscoded
brings "gzip in two members" "$BASE/coding/gzip/members" miscoded
brings "gzip with padding" "$BASE/coding/gzip/padded" miscoded
fails "a bomb that nobody announced" "$BASE/coding/none/bomb" too-large --set=fetch.max-size=1
fails "gzip that ends in its middle" "$BASE/coding/none/half" content-coding
brings "a length that is too long" "$BASE/framing/long" framing
brings "one that is too short" "$BASE/framing/short" ""
brings "an empty one" "$BASE/framing/empty" ""
brings "a last chunk that is missing" "$BASE/framing/chunk" framing
fails "a document that is cut off" "$BASE/framing/cut" cut-off
fails "and one in chunks" "$BASE/framing/half" cut-off

# --- statuses -----------------------------------------------------------------------------
fails "a part that nobody asked for" "$BASE/status/206" partial
fails "an unasked 304" "$BASE/status/304" not-modified
fails "a status of success without a document" "$BASE/status/204" http
fails "a fault of the server" "$BASE/status/503" server-error
brings "a redirect that wants a cookie" "$BASE/cookie" ""
brings "a Location beside a document" "$BASE/located/x" ""
brings "a redirect with an endless body" "$BASE/flood" ""
fails "a redirect to another scheme" "$BASE/go/302/file:///etc/passwd" redirect
fails "a circle" "$BASE/circle" redirects

# --- time ---------------------------------------------------------------------------------
: >"$CONFIG/urls"
for n in 1 2 3 4 5 6 7 8; do echo "$BASE/slow/4/$n" >>"$CONFIG/urls"; done
rm -f "$STORE"*
run "$crier" --set=fetch.timeout=1 fetch --progress=lines
status_is "who waits for a turn does not time out" 0
fails "what never ends ends" "$BASE/drip" timeout --set=fetch.timeout=1
fails "at the latest when the source's time is over" "$BASE/drip" deadline --set=fetch.deadline=1

# --- Retry-After --------------------------------------------------------------------------
fetch_one "$BASE/feed/x?token=SECRETTOKEN"
for command in status sources "sources --format=json" "status --format=json" "fetch --dry-run --all" "--verbose fetch --all --progress=json"; do
    # shellcheck disable=SC2086 # words are wanted
    "$crier" $command >>"$T/tokens" 2>&1
done
has_not "a token in an address is shown nowhere" "$T/tokens" SECRETTOKEN
ok "but sent" grep -q "token=SECRETTOKEN" "$LOG"
fetch_one "$BASE/wait/3600/a"
echo "$BASE/feed/b" >>"$CONFIG/urls"
: >"$LOG"
run "$crier" fetch --all
ok "Retry-After is of the host: its other sources are not asked" test ! -s "$LOG"
has "which is said" "$err" "2 sources wait until 2025-10-25T01:00:00Z"
CRIER_NOW=$((CRIER_NOW + 3700)) run "$crier" fetch --progress=none
ok "and ends" grep -q "/feed/b" "$LOG"
CRIER_NOW=2500000000 run "$crier" fetch --all
: >"$LOG"
CRIER_NOW=$((CRIER_NOW + 9999)) run "$crier" fetch --progress=none
ok "a wait that a wrong clock has made ends too" test -s "$LOG"

# --- a move for good ----------------------------------------------------------------------
fetch_one "$BASE/flip/moved"
: >"$LOG"
run "$crier" fetch --all --progress=none
has_not "a new address is used" "$LOG" "/flip/moved"
get "/flip/moved?dead" >/dev/null
CRIER_NOW=$((CRIER_NOW + 90000)) run "$crier" fetch --progress=lines
status_is "when it dies, the written one is asked again" 0
has "which is said" "$err" "it is no longer: '$BASE/feed/moved'"
: >"$LOG"
CRIER_NOW=$((CRIER_NOW + 180000)) run "$crier" fetch --progress=none
has_not "and stays" "$LOG" "/feed/moved"

# --- secrets ------------------------------------------------------------------------------
host=${BASE#http://}
fetch_one "http://ann:secret@$host/login/x"
status_is "a login in the address" 0
for command in status sources "sources --format=json" "status --format=json" "fetch --dry-run --all" "list --format=json" "--verbose fetch --all"; do
    # shellcheck disable=SC2086 # words are wanted
    "$crier" $command >>"$T/shown" 2>&1
done
has_not "is shown nowhere" "$T/shown" secret
has "but that there is one" "$T/shown" "http://ann:***@$host/login/x"
run "$crier" fetch "http://ann:***@$host/login/x"
status_is "and the source answers to that name" 0
fetch_one "http://ann:wrong@$host/login/x"
has_not "nor when it fails" "$err" wrong
has "a login that is refused is told" "$err" "it refuses the login (HTTP 401)"
fetch_one "http://$host/login/x"
has "where there is none it is asked for" "$err" "it wants a login (HTTP 401)"
fetch_one "http://ann:secret@$host/go/302/$OTHER/feed/y"
ok "it does not go to another host" sh -c 'grep "GET ${2#http://} " "$1" | grep -qv Authorization' sh "$LOG" "$OTHER"
ok "but to its own" sh -c 'grep "GET $2 /go" "$1" | grep -q Authorization' sh "$LOG" "$host"

cat >"$T/seen.py" <<'END'
import glob, os, sys
for name in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        if sys.argv[1][::-1].encode() in open(name, "rb").read() and name != "/proc/%d/cmdline" % os.getpid():
            sys.exit(name)
    except OSError:
        pass
END
url="http://ann:SECRETWORD@$host/slow/9/x"
echo "$url" >"$CONFIG/urls"
for command in "fetch" "add"; do
    : >"$LOG"
    "$crier" $command "$url" >/dev/null 2>&1 &
    child=$!
    while ! grep -q "/slow/9/x" "$LOG"; do
        kill -0 $child 2>/dev/null || break
        sleep 0.02
    done
    ok "no list of processes shows it ($command)" python3 "$T/seen.py" DROWTERCES
    ok "though it is sent" grep -q "$(printf 'ann:SECRETWORD' | python3 -c 'import base64, sys; print(base64.b64encode(sys.stdin.buffer.read()).decode())')" "$LOG"
    wait $child || :
done

cat >"$CONFIG/portals/keyed.portal" <<END
[Portal]
Name=Keyed
Home=$BASE/
Header.X-Api-Key=KEYSECRET
Cookies=true
[Edition en]
Home=$BASE/
[Section en/get]
Name=Get
Kind=feed
Url=$BASE/go/302/$OTHER/feed/z
[Section en/post]
Name=Post
Kind=list
Url=$BASE/go/307/$OTHER/feed/z
Post=q=BODYSECRET
END
fetch_one portal:keyed/en/get
has "a portal's header goes to the portal" "$LOG" KEYSECRET
ok "and to nobody else" sh -c '! grep "GET ${2#http://} " "$1" | grep -q KEYSECRET' sh "$LOG" "$OTHER"
fails "a form is not posted to another host" portal:keyed/en/post redirect
ok "nothing of it reaches that" sh -c '! grep -q "${2#http://} .*BODYSECRET" "$1"' sh "$LOG" "$OTHER"

# --- into a private network ---------------------------------------------------------------
export http_proxy="$BASE"
fetch_one "http://news.example/go/302/$OTHER/feed/y"
has "the open net does not lead into a private one" "$err" "it leads into a private network"
ok "which is not asked" sh -c '! grep -q " ${2#http://} " "$1"' sh "$LOG" "$OTHER"
fetch_one "http://news.example/go/302/http://localhost.:1/x"
has "whatever it is called" "$err" "it leads into a private network"
fetch_one "http://news.example/go/302/http://press.example/feed/y"
status_is "another host of the open net is one" 0
unset http_proxy
brings "what the user names is asked wherever it is" "$BASE/go/302/$OTHER/feed/y" ""

# --- hostile headers ----------------------------------------------------------------------
cat >"$T/clean.py" <<'END'
import sys, unicodedata
for name in sys.argv[1:]:
    text = open(name, "rb").read().decode("utf-8")
    bad = [hex(ord(c)) for c in text if c not in "\n\t" and (unicodedata.category(c) == "Cc" or c in "\u202e\u2066")]
    if bad:
        sys.exit("%s: %s" % (name, bad))
END
printf '%s/list/%s/hostile/type list\n%s/hostile/charset\n%s/hostile/location\n%s/hostile/etag\n' "$BASE" "$BASE" "$BASE" "$BASE" "$BASE" >"$CONFIG/urls"
rm -f "$STORE"*
"$crier" --verbose fetch --progress=lines >"$T/o1" 2>"$T/e1"
"$crier" fetch --all --progress=json >"$T/o2" 2>"$T/e2"
"$crier" status >"$T/o3"
"$crier" status --format=json >"$T/o4"
"$crier" list --format=json >"$T/o5"
ok "no byte of a header reaches the terminal or JSON" python3 "$T/clean.py" "$T"/o[1-5] "$T"/e[12]
has "a page's type is told" "$T/o3" "no HTML page but 'image/"
has "and in JSON" "$T/o4" '"code":"not-a-page"'
has_not "a header is not smuggled in by a validator" "$LOG" "X-Evil"
: >"$LOG"
"$crier" fetch --all --progress=none
"$crier" status >"$T/o6"
has "a page that will not be asked again stays told" "$T/o6" "no HTML page but 'image/"

finish
