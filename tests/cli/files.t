#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of this machine as sources, which only their user can name, and addresses that are none.
. "${srcdir:-.}/tests/lib.sh"
plan 37
mkdir "$T/site" "$T/own"
cd "$T/own" || exit 1
feed() {
    printf '<rss version="2.0"><channel><title>Harbour</title>%s</channel></rss>' "$(for n; do
        printf '<item><guid>%s</guid><title>Notice %s</title></item>' "$n" "$n"
    done)"
}
feed 1 >feed.xml
cat >"list of news.html" <<'END'
<html><head><title>Harbour</title></head><body><ul>
<li><a href="@BASE@/3.html">The harbour office moves to Quay Lane</a> <span>2025-10-03</span></li>
<li><a href="@BASE@/2.html">The ferry resumes with four crossings a day</a> <span>2025-10-02</span></li>
</ul></body></html>
END
feed 8 9 >"$T/secret.xml"
page() { printf '<html><head>%s</head><body>%s</body></html>' "$2" "$3" >"$T/site/$1"; }
page to-file.html "<link rel='alternate' type='application/rss+xml' href='file://$T/secret.xml'>" "<p><a href='file://$T/secret.xml'>RSS</a></p>"
page refresh.html "<meta http-equiv='refresh' content='0; url=file://$T/secret.xml'>" ''
page moved.html '' ''
printf 'Location: file://%s/secret.xml\n' "$T" >"$T/site/moved.html.headers"
printf '<rss version="2.0"><channel><title>Links</title><item><title>A link</title><link>file://%s/secret.xml</link></item></channel></rss>' "$T" >"$T/site/links.xml"
serve "$T/site"
sed -i "s|@BASE@|$BASE|" "list of news.html"

# files
run "$crier" add feed.xml
status_is "a file in this folder" 0
has "is a source by its whole path" "$CONFIG/urls" "file://$T/own/feed.xml"
run "$crier" add "file://$T/own/feed.xml"
status_is "its URL is the same source" 1
has "which is said" "$err" "is subscribed to already"
run "$crier" add --title=Page "./list of news.html"
status_is "a page by its list" 0
has "as a URL" "$CONFIG/urls" "file://$T/own/list%20of%20news.html \"list\""
run "$crier" fetch --progress=lines
status_is "both are fetched" 0
run "$crier" list --format=tsv
ok "with their entries" test "$(wc -l <"$out")" = 3
run "$crier" fetch --all --progress=lines
has "what has not changed is not read again" "$err" "Harbour: unchanged"
feed 1 2 >feed.xml
run "$crier" fetch --all --progress=lines
has "what has changed is" "$err" "Harbour: 1 new article"
rm feed.xml
mkfifo feed.xml
run "$crier" fetch --all --progress=lines
status_is "a pipe in its place holds up nothing" 2
has "and is an error" "$err" "the file cannot be read"
rm feed.xml
run "$crier" fetch --all --progress=lines
has "so is nothing in its place" "$err" "the file cannot be read: No such file"
run "$crier" status --format=json
has "with a code" "$out" '"file"'
feed 1 2 >feed.xml
run "$crier" fetch --all --progress=lines
status_is "it comes back" 0
run "$crier" fetch --all --set=fetch.max-size=1 --progress=lines
head -c 1500000 /dev/zero >feed.xml
run "$crier" fetch --all --set=fetch.max-size=1 --progress=lines
has "one that is too large is not taken" "$err" "larger than 1 MiB"

# nobody else names a file
: >"$CONFIG/urls"
for page in to-file moved refresh; do
    run "$crier" add "$BASE/$page.html"
    ok "$page does not lead to a file" test "$status" != 0
done
ok "nothing was subscribed to" test ! -s "$CONFIG/urls"
printf '%s\n' "$BASE/moved.html" "$BASE/refresh.html" "$BASE/links.xml" >"$CONFIG/urls"
run "$crier" fetch --all --full --progress=lines
run "$crier" search Notice
has_not "nor is a file fetched" "$out" "Notice 8"
run "$crier" list --format=json 'title:"A link"'
has_not "or linked to" "$out" "secret.xml"

# what is no address
: >"$CONFIG/urls"
says() {
    run "$crier" add "$2"
    ok "'$1' is wrong use, and said to be: $3" sh -c 'test "$1" = 1 && grep -qF -- "$2" "$3"' sh "$status" "$3" "$err"
}
says "a path to nothing" ./none.xml "cannot read '$T/own/none.xml': No such file"
says "a URL of no file" file:///none.xml "cannot read '/none.xml'"
says "a folder" "$T/own" "is no file"
says "a device" /dev/zero "is no file"
says "a file elsewhere" file://other.example/x "names no file of this machine"
says "nothing" "" "the address is empty"
says "blanks" "  " "the address is empty"
says "another scheme" ftp://example.org/ "not 'ftp:'"
says "a command" "exec:cat x" "not 'exec:'"
says "mail" mailto:ann@example.org "not 'mailto:'"
says "no host" "http://" "there is no host in 'http://'"
says "controls" "$(printf 'http://example.org/\033[31m')" "control character"
says "a name" "No Such Town" "nor a portal of the catalogue"
ok "nothing of it was subscribed to" test ! -s "$CONFIG/urls"
run "$crier" add --no-discover feed:example.org/x
has "without a look an address is written as it is meant" "$CONFIG/urls" "https://example.org/x"
finish
