#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# TLS: whom to trust, and what is said when it is not.
. "${srcdir:-.}/tests/lib.sh"
need python3 openssl
plan 28
LOG=$T/requests
: >"$LOG"
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=authority -addext "subjectAltName=IP:127.0.0.1" \
    -keyout "$T/key.pem" -out "$T/ca.pem" >/dev/null 2>&1 || skip_all "openssl makes no certificate"
cat "$T/key.pem" "$T/ca.pem" >"$T/both.pem"
servers=
# shellcheck disable=SC2086 # words are wanted
trap 'kill $servers 2>/dev/null || :; cleanup' EXIT
for name in plain tls; do
    if [ $name = tls ]; then
        python3 "$srcdir/tests/kit/transfers.py" "$T/$name.base" "$LOG" "$T/both.pem" 2>"$T/$name.log" &
    else
        python3 "$srcdir/tests/kit/transfers.py" "$T/$name.base" "$LOG" 2>"$T/$name.log" &
    fi
    servers="$servers $!"
    while [ ! -s "$T/$name.base" ]; do
        kill -0 $! 2>/dev/null || { cat "$T/$name.log" >&2; echo "Bail out! the server did not start"; exit 1; }
        sleep 0.02
    done
done
BASE=$(cat "$T/tls.base") PLAIN=$(cat "$T/plain.base")

echo "$BASE/feed/a" >"$CONFIG/urls"
run "$crier" fetch
status_is "an unknown authority" 3
has "is told" "$err" "nobody vouches for its certificate"
run "$crier" status --format=json
has "with its code and class" "$out" '"code":"certificate-self-signed","class":"tls"'
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --all
status_is "fetch.ca-file makes it known" 0
printf '[source %s/feed/a]\nfetch.ca-file=%s\n' "$BASE" "$T/ca.pem" >"$CONFIG/crier.conf"
run "$crier" fetch --all
status_is "for one source too" 0
echo "$BASE/feed/b" >>"$CONFIG/urls"
run "$crier" fetch --all
status_is "and for that one alone" 2
rm "$CONFIG/crier.conf"
for name in c d e f; do echo "$BASE/feed/$name" >>"$CONFIG/urls"; done
"$crier" --set=fetch.ca-file="$T/ca.pem" fetch --all 2>/dev/null
run "$crier" status --format=json
ok "when the certificate expires is known by connections that are used again" test "$(grep -c '"certificate_expires":"' "$out")" = 6
printf '%s\n' "$BASE/feed/a" "$BASE/feed/b" >"$CONFIG/urls"
SSL_CERT_FILE=$T/ca.pem run "$crier" fetch --all
status_is "SSL_CERT_FILE is heeded" 0
CURL_CA_BUNDLE=$T/ca.pem run "$crier" fetch --all
status_is "CURL_CA_BUNDLE too" 0
run "$crier" --set=fetch.ca-file="$T/none.pem" fetch --all
has "a file that is not there is named" "$err" "the certificates in '$T/none.pem' cannot be read"
echo "https://localhost:${BASE##*:}/feed/a" >"$CONFIG/urls"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch
has "a certificate for another name" "$err" "its certificate is for other names: 127.0.0.1"

# an address without a scheme: http is for where nobody speaks TLS, not for where nobody can be trusted
: >"$CONFIG/urls"
run "$crier" add "${PLAIN#http://}/feed/a"
has "http where there is no TLS" "$CONFIG/urls" "$PLAIN/feed/a"
: >"$CONFIG/urls"
run "$crier" add "${BASE#https://}/feed/a"
status_is "a certificate that cannot be trusted is an answer" 3
has "which is told" "$err" "nobody vouches for its certificate"
run "$crier" --set=fetch.ca-file="$T/ca.pem" add "${BASE#https://}/status/404"
ok "so is a page that is not there" test "$status" != 0
has_not "for which http is not asked" "$err" "http://"
ok "neither is subscribed to" test ! -s "$CONFIG/urls"

host=${BASE#https://}
echo "https://ann:secret@$host/go/301/$PLAIN/feed/c" >"$CONFIG/urls"
: >"$LOG"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --progress=lines
status_is "what leads from https to http is followed" 0
has "which is said" "$err" "it led from https to http: '$PLAIN/feed/c'"
ok "without a secret" sh -c 'grep "/feed/c" "$1" | grep -qv -i -e authorization -e cookie' sh "$LOG"
: >"$LOG"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --all --progress=none
has "and never believed for good" "$LOG" "/go/301/"
echo "$PLAIN/go/301/$BASE/feed/d" >"$CONFIG/urls"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --progress=lines
status_is "the other way round" 0
: >"$LOG"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --all --progress=none
has_not "it is" "$LOG" "/go/301/"
host=${PLAIN#http://}
echo "http://ann:secret@$host/go/302/$BASE/login/e" >"$CONFIG/urls"
: >"$LOG"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch
has "another port of a host is another server" "$LOG" "/login/e"
ok "to which a login does not go" sh -c '! grep "GET .* /login/e" "$1" | grep -q Authorization' sh "$LOG"

# a portal that has both: its secrets do not go where all can read them
cat >"$CONFIG/portals/both.portal" <<END
[Portal]
Name=Both
Home=$PLAIN/
Header.X-Api-Key=KEYSECRET
[Edition en]
Home=$BASE/
[Section en/get]
Name=Get
Kind=feed
Url=$BASE/go/302/$PLAIN/feed/portal
END
echo portal:both >"$CONFIG/urls"
: >"$LOG"
run "$crier" --set=fetch.ca-file="$T/ca.pem" fetch --all --progress=none
status_is "a portal leads from https to http within itself" 0
has "its header goes by https" "$LOG" KEYSECRET
ok "and not by http" sh -c 'grep "/feed/portal |" "$1" | grep -qv KEYSECRET' sh "$LOG"
finish
