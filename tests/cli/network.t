#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How sources are asked, by host, tag and source: headers, cookies, certificates, logins; and whom none of it is told.
. "${srcdir:-.}/tests/lib.sh"
need python3 openssl
plan 87
LOG=$T/requests
CONF=$CONFIG/crier.conf
LOGINS=$CONFIG/credentials
S=$T/servers
mkdir "$S"
: >"$LOG"
authority() { # NAME SUBJECT
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$2" -addext "subjectAltName=IP:127.0.0.1,DNS:localhost" \
        -addext basicConstraints=critical,CA:TRUE -keyout "$S/$1.key" -out "$S/$1.crt" >/dev/null 2>&1 &&
        cat "$S/$1.key" "$S/$1.crt" >"$S/$1.pem"
}
{ authority server town && authority me reader; } || skip_all "openssl makes no certificate"
cp "$S/server.pem" "$S/asks-client.pem"
cp "$S/me.crt" "$S/clients.crt"
servers=
# shellcheck disable=SC2086 # words are wanted
trap 'kill $servers 2>/dev/null || :; cleanup' EXIT
wait_for() { # FILE PID
    while [ ! -s "$1" ]; do
        kill -0 "$2" 2>/dev/null || { cat "$T"/*.log >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
}
python3 "$srcdir/tests/kit/transfers.py" "$T/plain.base" "$LOG" 2>"$T/plain.log" &
servers=$!
wait_for "$T/plain.base" $!
python3 "$srcdir/tests/kit/transfers.py" "$T/tls.base" "$LOG" "$S/server.pem" 2>"$T/tls.log" &
servers="$servers $!"
wait_for "$T/tls.base" $!
python3 "$srcdir/tests/kit/certificates.py" "$S/ports" "$T/clients" asks-client 2>"$T/clients.log" &
servers="$servers $!"
wait_for "$S/ports" $!
PLAIN=$(cat "$T/plain.base") TLS=$(cat "$T/tls.base")
PORT=${PLAIN##*:} TPORT=${TLS##*:} CPORT=$(sed -n 's/^asks-client //p' "$S/ports")
OTHER=http://localhost:$PORT

subscribe() { # URL…
    rm -f "$STORE"
    : >"$LOG"
    printf '%s\n' "$@" >"$CONFIG/urls"
}
conf() { printf '%s\n' "$@" >"$CONF"; }
fetch() { run timeout 60 "$crier" --set=fetch.ca-file="$S/server.crt" fetch --all --progress=lines; }
told() { # NAME PATH TEXT
    ok "$1" sh -c 'grep -F " $2 |" "$1" | grep -qF "$3"' sh "$LOG" "$2" "$3"
}
not_told() {
    ok "$1" sh -c 'grep -qF "$2 |" "$1" && ! grep -F " $2 |" "$1" | grep -qF "$3"' sh "$LOG" "$2" "$3"
}

# --- by host ---
printf '%s/feed/a "city"\nhttps://a.b.town.example/feed "city"\nhttps://town.example/feed\n' "$PLAIN" >"$CONFIG/urls"
conf '[settings]' 'fetch.interval=1' '[host *.town.example]' 'fetch.interval=2' 'fetch.depth=2' '[host *.b.town.example]' \
    'fetch.depth=3' '[host A.B.Town.Example]' 'fetch.timeout=4' '[section city]' 'fetch.stall=5'
run "$crier" config --check
status_is "what cannot be set for one source is refused in a group" 2
conf '[settings]' 'fetch.interval=1' '[host *.town.example]' 'fetch.interval=2' 'fetch.depth=2' '[host *.b.town.example]' \
    'fetch.depth=3' '[host A.B.Town.Example]' 'fetch.timeout=4' 'fetch.interval=3' '[section city]' 'fetch.timeout=5'
run "$crier" config --source=https://a.b.town.example/feed
has "a host itself comes before those that it is below" "$out" "fetch.interval=3	# crier.conf:10"
has "of these the nearest" "$out" "fetch.depth=3	# crier.conf:7"
has "a tag before a host" "$out" "fetch.timeout=5	# crier.conf:12"
run "$crier" config --source=https://town.example/feed fetch.interval
has "*.NAME is not NAME" "$out" "fetch.interval=1	# crier.conf:2"
run "$crier" config --host=a.b.town.example fetch.interval
has "a host can be asked for" "$out" "fetch.interval=3	# crier.conf:10"
run "$crier" config --host=Stadt.Example fetch.header.X-One=two fetch.interval=7
status_is "and set" 0
has "in a group of its own" "$CONF" "[host stadt.example]"
run "$crier" config --host=stadt.example fetch.header.X-One
has "a header's value is not shown" "$out" "fetch.header.X-One=***	# crier.conf:15"
run "$crier" config
has_not "nor in the list" "$out" two
run "$crier" config --host='no host' fetch.interval=1
status_is "what is no host is refused" 1
run "$crier" config --host=a.example --tag=b fetch.interval=1
status_is "as are two at once" 1
run "$crier" config --check
status_is "a group of no source's host is found" 2
has "with its line" "$err" "crier.conf:14: [host stadt.example] is of nothing"
run "$crier" config --host=stadt.example --unset=fetch.header.X-One
status_is "a header is taken out" 0

# --- headers ---
for wrong in Host=x Content-Length=1 Transfer-Encoding=chunked Connection=close 'A B=1' =1; do
    run "$crier" config "fetch.header.$wrong"
    status_is "fetch.header.$wrong is refused" 1
done
run "$crier" config "fetch.header.X-A=one
X-B: two"
status_is "so is a value of two lines" 1
conf "[host 127.0.0.1]" 'fetch.header.X-Key=KEYSECRET' 'fetch.header.Accept=text/plain' "[source $PLAIN/feed/b]" 'fetch.header.x-key='
subscribe "$PLAIN/feed/a" "$PLAIN/feed/b" "$OTHER/feed/c" "$PLAIN/go/302/$OTHER/feed/d" "$PLAIN/go/302/$PLAIN/feed/e"
fetch
status_is "all are fetched" 0
told "a header goes to its host" /feed/a KEYSECRET
told "in place of crier's own of that name" /feed/a "Accept: text/plain"
not_told "not where it is taken out" /feed/b KEYSECRET
not_told "nor to another host" /feed/c KEYSECRET
not_told "nor to where a redirect leads" /feed/d KEYSECRET
told "but to the host itself" /feed/e KEYSECRET
has_not "the store has it not" "$STORE" KEYSECRET
conf "[source $PLAIN/list/$OTHER/page/x]" 'fetch.header.X-Key=KEYSECRET'
subscribe "$PLAIN/list/$OTHER/page/x list"
fetch
not_told "pages on another host do not get it" "/page/x?1" KEYSECRET
conf "[host 127.0.0.1]" 'fetch.header.X-Key=KEYSECRET' 'fetch.cookies=cookies.txt'
printf '127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tJARSECRET\n' >"$CONFIG/cookies.txt"
subscribe "$TLS/feed/t" "$TLS/go/302/$PLAIN/feed/u"
fetch
status_is "from https to http" 0
told "https has header and cookie" /feed/t JARSECRET
not_told "a redirect to http has no header" /feed/u KEYSECRET
not_told "and no cookie" /feed/u JARSECRET

# what the command line is told, nobody else sees
conf
subscribe "$PLAIN/slow/20/z"
"$crier" --set=fetch.header.X-Key=ARGSECRET --set=fetch.proxy="http://me:PROXYSECRET@127.0.0.1:$PORT" fetch >/dev/null 2>&1 &
pid=$!
while ! grep -q /slow/ "$LOG"; do sleep 0.02; done
told "the header is sent" "$PLAIN/slow/20/z" ARGSECRET
ok "no argument shows it" sh -c '! cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\0" "\n" | grep -v grep | grep -q "X-Key=ARG[S]"'
ok "nor a proxy's password" sh -c '! cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\0" "\n" | grep -q "PROXY[S]"'
ok "nor an environment" sh -c '! cat /proc/[0-9]*/environ 2>/dev/null | tr "\0" "\n" | grep -q "ARG[S]"'
wait $pid

# --- cookies ---
conf '[settings]' 'fetch.cookies=no'
subscribe "$PLAIN/cookie"
fetch
status_is "without cookies their portal leads in a circle" 3
conf
subscribe "$PLAIN/cookie"
fetch
status_is "a session has some" 0
printf '# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tone\tJARSECRET\n#HttpOnly_127.0.0.1\tFALSE\t/feed\tFALSE\t0\ttwo\tHTTPONLY\nlocalhost\tFALSE\t/\tFALSE\t0\tthree\tFOREIGN\n127.0.0.1\tFALSE\t/\tFALSE\t1\told\tEXPIRED\nnothing\n' \
    >"$CONFIG/cookies.txt"
cp "$CONFIG/cookies.txt" "$T/cookies.before"
conf "[host 127.0.0.1]" 'fetch.cookies=cookies.txt'
subscribe "$PLAIN/feed/a" "$PLAIN/go/302/$OTHER/feed/b" "$OTHER/feed/c" "$PLAIN/cookie"
fetch
status_is "a file has some" 0
told "its host gets them" /feed/a "one=JARSECRET"
told "those of HttpOnly too" /feed/a "two=HTTPONLY"
not_told "but not those that are over" /feed/a EXPIRED
not_told "nor those of others" /feed/a FOREIGN
not_told "another host gets none" /feed/b JARSECRET
not_told "not even its own" /feed/b FOREIGN
not_told "where the setting is not for it" /feed/c FOREIGN
conf "[source $PLAIN/list/https://127.0.0.1:$TPORT/page/x]" 'fetch.cookies=cookies.txt'
subscribe "$PLAIN/list/https://127.0.0.1:$TPORT/page/x list"
fetch
told "a list has them" "/list/https://127.0.0.1:$TPORT/page/x" JARSECRET
not_told "but no page on another port" "/page/x?1" JARSECRET
conf "[host 127.0.0.1]" 'fetch.cookies=cookies.txt'
subscribe "$PLAIN/feed/a" "$OTHER/feed/c"
same "the file is never written" "$T/cookies.before" "$CONFIG/cookies.txt"
conf "[host 127.0.0.1]" 'fetch.cookies=none.txt'
subscribe "$PLAIN/feed/a"
fetch
has "a file that is not there is named" "$err" "the cookies in '$CONFIG/none.txt' cannot be read"
ok "and nothing asked" test ! -s "$LOG"
run "$crier" config --check
status_is "a check finds it" 2
has "with the place" "$err" "crier.conf:2: fetch.cookies: '$CONFIG/none.txt' cannot be read"

# --- client certificates ---
subscribe "https://127.0.0.1:$CPORT/feed"
conf
fetch
status_is "a server that wants a certificate" 3
conf '[host 127.0.0.1]' "fetch.client-cert=$S/me.pem"
fetch
status_is "gets it" 0
conf '[host 127.0.0.1]' "fetch.client-cert=$S/me.crt" "fetch.client-key=$S/me.key"
fetch
status_is "also where the key is apart" 0
conf '[host localhost]' "fetch.client-cert=$S/me.pem"
fetch
status_is "not for another host" 3
conf '[settings]' "fetch.client-cert=$S/me.pem"
subscribe "$PLAIN/go/302/https://127.0.0.1:$CPORT/feed"
fetch
status_is "nor where a redirect to another port leads" 3
conf '[settings]' "fetch.client-cert=~/none.pem"
subscribe "https://127.0.0.1:$CPORT/feed"
fetch
has "one that is not there is named" "$err" "the client certificate in '$T/none.pem' cannot be used"

# --- logins ---
conf
logins() {
    printf '%s\n' "$@" >"$LOGINS"
    chmod 600 "$LOGINS"
}
logins '# mine' "machine 127.0.0.1:$TPORT" '  login "ann" password "se\cret" # of the town'
subscribe "$TLS/login/a" "$PLAIN/login/b" "$TLS/go/302/$PLAIN/login/c"
fetch
status_is "a login for a host and a port" 2
told "is sent" /login/a "Authorization: Basic YW5uOnNlY3JldA=="
not_told "not to another port" /login/b Authorization
not_told "nor where a redirect leads" /login/c Authorization
subscribe "$TLS/login/a" "$TLS/go/302/https://localhost:$TPORT/login/d"
fetch
not_told "nor to another host" /login/d Authorization
logins "machine 127.0.0.1:$PORT login ann password secret"
subscribe "$PLAIN/login/b"
fetch
status_is "http is safe within this machine" 0
logins "machine town.example login ann password secret"
subscribe "http://town.example/login/e"
conf '[settings]' "fetch.proxy=$PLAIN"
fetch
not_told "and nowhere else" http://town.example/login/e Authorization
logins "machine http://town.example login ann password secret"
fetch
told "unless the line says so" http://town.example/login/e Authorization
conf
logins "machine 127.0.0.1:$PORT login ann password WRONGSECRET"
subscribe "$PLAIN/login/f"
fetch
has "a login that is refused is told" "$err" "it refuses the login (HTTP 401)"
run "$crier" status --format=json
has "with its code and class" "$out" '"code":"login-refused","class":"auth"'
subscribe "http://ann:secret@${PLAIN#http://}/login/g"
fetch
status_is "that of an address comes first" 0
rm -f "$CONFIG/urls"
logins "machine 127.0.0.1:$PORT login ann password secret"
run "$crier" add "$PLAIN/login/h"
status_is "add has it too" 0
has_not "and writes it nowhere" "$CONFIG/urls" secret
for mode in 640 604; do
    chmod $mode "$LOGINS"
    fetch
    status_is "mode $mode is refused" 1
done
has "with what to do" "$err" "chmod 600"
run "$crier" config --check
status_is "a check says so too" 2
refused() { # TEXT WORDS
    logins "$1"
    fetch
    has "'$1'" "$err" "$2"
    has_not "without what stands there" "$err" SECRET
}
refused 'default login a password SECRET' "'default' would tell a login to every host"
refused 'machine a.example login a password my SECRET' ":1: 'machine', 'login' or 'password' should stand here"
refused 'machine a.example password SECRET' ":1: a machine has a login"
refused 'machine a.example login a password "SECRET' "a quotation mark is missing"
finish
