#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Certificates that are refused, each for its own reason, and the ways in which none is to be taken.
. "${srcdir:-.}/tests/lib.sh"
need python3 openssl
plan 77
python3 -c 'import ssl; ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)' 2>/dev/null || skip_all "python3 has no ssl"
S=$T/servers
LOG=$T/requests
mkdir "$S"
: >"$LOG"

# an authority, and what it signed
cat >"$S/ca.conf" <<END
[ca]
default_ca=own
[own]
database=$S/index
new_certs_dir=$S
serial=$S/serial
certificate=$S/ca.pem
private_key=$S/ca.key
default_md=sha256
policy=any
unique_subject=no
[any]
commonName=supplied
END
: >"$S/index"
echo 01 >"$S/serial"
authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$1" -addext basicConstraints=critical,CA:TRUE \
        -keyout "$S/$1.key" -out "$S/$1.pem" >/dev/null 2>&1
}
# NAME KEY NAMES FROM UNTIL [OPTION…]
certify() {
    name=$1 key=$2 begin=$4 end=$5
    printf 'subjectAltName=%s\n' "$3" >"$S/ext"
    shift 5
    openssl req -new -key "$S/$key" -subj /CN=server -out "$S/csr" 2>/dev/null
    openssl ca -batch -notext -config "$S/ca.conf" -in "$S/csr" -extfile "$S/ext" -startdate "$begin" -enddate "$end" \
        "$@" -out "$S/crt" 2>"$S/log" && cat "$S/$key" "$S/crt" >"$S/$name.pem"
}
if ! { authority ca && authority stranger && openssl genrsa -out "$S/key" 2048 2>/dev/null &&
    openssl genrsa -out "$S/short" 1024 2>/dev/null; }; then
    skip_all "openssl makes no certificate"
fi
own=IP:127.0.0.1 from=20200101000000Z until=20491231000000Z
certify good key "$own" $from $until || skip_all "openssl makes no certificate: $(tail -n 1 "$S/log")"
certify expired key "$own" $from 20210203040506Z
certify early key "$own" 20400102030405Z $until
certify name key "DNS:www.town.example,DNS:*.hill.example" $from $until
certify address key IP:127.0.0.2 $from $until
certify short short "$own" $from $until
certify sha1 key "$own" $from $until -md sha1
certify unknown key "$own" $from $until -cert "$S/stranger.pem" -keyfile "$S/stranger.key"
certify wild key "DNS:*.town.localhost,DNS:xn--80a1acny.localhost" $from $until
certify changing key "$own" $from $until
openssl req -x509 -key "$S/key" -days 3650 -subj /CN=self -addext subjectAltName="$own" -out "$S/crt" 2>/dev/null
cat "$S/key" "$S/crt" >"$S/self.pem"
cp "$S/good.pem" "$S/good-old.pem"

python3 "$srcdir/tests/kit/certificates.py" "$S/ports" "$LOG" \
    good expired early name address short sha1 unknown wild changing self good-old good-plain 2>"$T/server.log" &
portal_pid=$!
while [ ! -s "$S/ports" ]; do
    kill -0 $portal_pid 2>/dev/null || { cat "$T/server.log" >&2; echo "Bail out! the server did not start"; exit 1; }
    sleep 0.02
done
port() { sed -n "s/^$1 //p" "$S/ports"; }
at() { echo "https://127.0.0.1:$(port "$1")/feed"; }
# a trust of our own: the system's is not asked
crier_fetch() { run "$crier" --set=fetch.ca-file="$S/ca.pem" fetch --all; }

at good >"$CONFIG/urls"
crier_fetch
status_is "a good certificate" 0
run "$crier" status --format=json
has "until when it holds is kept" "$out" '"certificate_expires":"2049-12-31T00:00:00Z"'
run "$crier" status --format=prometheus
ok "and told to monitors" grep -q '^crier_source_certificate_expires_seconds{.*} 2524521600$' "$out"
run "$crier" status
has_not "as long as it holds nobody is warned" "$out" "expires"
run "$crier" status --format=nagios
has "nor Nagios" "$out" "CRIER OK"
export CRIER_NOW=2523225600 # 15 days before
run "$crier" status
has_not "fifteen days before neither" "$out" "expires"
CRIER_NOW=2523398400 # 13 days before
run "$crier" status
has "13 days before it is a warning" "$out" "warning: the certificate of its server expires 2049-12-31T00:00:00Z"
run "$crier" status --format=nagios
status_is "of Nagios too" 1
has "which names the source" "$out" "certificates of 1 expire soon: Town |"
CRIER_NOW=1761350400
at good | sed 's|/feed$|/go/302/|' | tr -d '\n' >"$CONFIG/urls"
at good >>"$CONFIG/urls"
rm -f "$STORE"
crier_fetch
run "$crier" status --format=json
has "through a redirect too" "$out" '"certificate_expires":"2049-12-31T00:00:00Z"'
echo "http://127.0.0.1:$(port good-plain)/feed" >"$CONFIG/urls"
crier_fetch
run "$crier" status --format=json
has "http has none" "$out" '"certificate_expires":null'
at good >"$CONFIG/urls"
crier_fetch
cp "$S/expired.pem" "$S/good.pem"
crier_fetch
status_is "it expires" 3
run "$crier" status --format=json
ok "what is known of it stays, or is made true" grep -q '"certificate_expires":"20[24]' "$out"
run "$crier" status --format=nagios
status_is "which is critical" 2
cp "$S/good-old.pem" "$S/good.pem"
crier_fetch
status_is "and mended" 0

refused() { # NAME CODE WORDS
    at "$1" >"$CONFIG/urls"
    rm -f "$STORE"
    crier_fetch
    status_is "$1 fails" 3
    has "$1 is told" "$err" "$3"
    run "$crier" status --format=json
    has "$1 has its code" "$out" "\"code\":\"$2\",\"class\":\"tls\""
    has_not "$1 is asked for nothing" "$LOG" "$1 "
}
refused expired certificate-expired "its certificate has expired"
refused early certificate-not-yet-valid "its certificate is not valid yet"
refused name certificate-name "its certificate is for other names"
refused address certificate-name "its certificate is for other names"
refused self certificate-self-signed "nobody vouches for its certificate: it is signed by itself"
refused unknown certificate-authority "the authority that signed its certificate is unknown here"
refused sha1 certificate-weak "its certificate is so weak that it could be forged"
refused good-old tls-version "it speaks no TLS that is safe"
printf 'size 80 20\nkeys e\ndump\n' >"$T/script"
run "$crier" --script="$T/script"
has "what can be done is said" "$out" "The server's operator can mend it"
if ldd "$builddir"/crier-* 2>/dev/null | grep -q libcurl-gnutls; then
    ok "a short key # SKIP GnuTLS takes 1024 bits" true
    ok "the names # SKIP GnuTLS does not tell them" true
else
    at short >"$CONFIG/urls"
    crier_fetch
    has "a short key is weak" "$err" "its certificate is so weak that it could be forged"
    at name >"$CONFIG/urls"
    crier_fetch
    has "the names are told" "$err" "for other names: www.town.example, *.hill.example"
fi

# names
echo "https://news.town.localhost:$(port wild)/feed" >"$CONFIG/urls"
crier_fetch
status_is "a wildcard is for each name below" 0
echo "https://a.news.town.localhost:$(port wild)/feed" >"$CONFIG/urls"
crier_fetch
has "and for one label" "$err" "its certificate is for other names"
: >"$CONFIG/urls"
run "$crier" --set=fetch.ca-file="$S/ca.pem" add --no-discover "https://почта.localhost:$(port wild)/feed"
has "a name in Unicode is kept in ASCII" "$CONFIG/urls" "https://xn--80a1acny.localhost:"
crier_fetch
status_is "in which its certificate has it" 0

# nothing turns it off by accident
: >"$S/empty"
at good >"$CONFIG/urls"
for file in /dev/null "$S/empty" "$S/key" "$S"; do
    run "$crier" --set=fetch.ca-file="$file" fetch --all
    status_is "fetch.ca-file=${file##*/} trusts nobody" 3
    SSL_CERT_FILE=$file SSL_CERT_DIR=$S/none run "$crier" fetch --all
    status_is "SSL_CERT_FILE=${file##*/} neither" 3
done
run env SSL_CERT_FILE=/dev/null SSL_CERT_DIR="$S/none" "$crier" fetch --all
has_not "its file is named without libcurl's words" "$err" "error setting"
run env SSL_CERT_FILE="" SSL_CERT_DIR="" CURL_CA_BUNDLE="" "$crier" --set=fetch.ca-file= fetch --all
has "no file is the system's" "$err" "the authority that signed its certificate is unknown here"
run env SSL_CERT_FILE="$S/ca.pem" "$crier" --set=fetch.ca-file="$S/stranger.pem" fetch --all
status_is "fetch.ca-file stands instead of all others" 3
mkdir "$S/folder"
cp "$S/ca.pem" "$S/folder/$(openssl x509 -hash -noout -in "$S/ca.pem").0"
run env SSL_CERT_DIR="$S/folder" "$crier" fetch --all
status_is "a folder of the environment is trusted" 0
run env SSL_CERT_DIR="$S/folder" "$crier" --set=fetch.ca-file="$S/stranger.pem" fetch --all
status_is "but not where fetch.ca-file is set" 3

# redirects, and a certificate that changes
echo "https://127.0.0.1:$(port good)/go/301/$(at expired)" >"$CONFIG/urls"
crier_fetch
has "a move to a bad certificate is told" "$err" "its certificate has expired"
: >"$LOG"
crier_fetch
has "and not remembered" "$LOG" "good /go/301/"
echo "https://127.0.0.1:$(port good)/go/302/http://127.0.0.1:$(port good-plain)/feed" >"$CONFIG/urls"
crier_fetch
status_is "https may lead to http" 0
run "$crier" status --format=json
has "which is remarked" "$out" '"code":"insecure"'
echo "http://127.0.0.1:$(port good-plain)/go/302/$(at self)" >"$CONFIG/urls"
crier_fetch
has "http leads to https, whose certificate counts" "$err" "it is signed by itself"
at changing >"$CONFIG/urls"
crier_fetch
status_is "a certificate is good" 0
cp "$S/expired.pem" "$S/changing.pem"
: >"$LOG"
crier_fetch
has "and bad the next time" "$err" "its certificate has expired"
has_not "when nothing is asked for" "$LOG" "changing "
run "$crier" list
has "what it brought stays" "$out" "Fair on Friday"
cp "$S/good.pem" "$S/changing.pem"
crier_fetch
status_is "and good again" 0
finish
