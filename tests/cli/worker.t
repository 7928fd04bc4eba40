#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the reader asks of the worker (one article, one file), and how programs answer a wrong use.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 60
worker=$(dirname "$crier")/crier-worker
mkdir -p "$T/site"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Board</title><link>@BASE@/</link>
<item><title>Quay closed</title><link>@BASE@/1.html</link><description>From Monday.</description></item></channel></rss>
END
cat >"$T/site/2.html" <<'END'
<html><head><title>Ferry resumes</title></head><body><article><h1>Ferry resumes</h1>
<p>The ferry across the river resumes on Thursday, with four crossings a day, the harbour office says.</p>
<p>Tickets are sold on board, in the harbour office, and at the kiosk beside the quay.</p></article></body></html>
END
printf 'a plan\000of the quay' >"$T/site/plan.pdf"
serve "$T/site"

# --- one article
run "$worker" article
status_is "an article needs a source and an address" 1
run "$worker" article 1 ftp://a.example/
has "of the web" "$err" "'ftp://a.example/' is not an http or https URL"
run "$worker" article 1 "$BASE/2.html"
status_is "and a store" 1
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
run "$worker" article 1 "$BASE/2.html"
status_is "a page becomes an article" 0
has "whose number is printed" "$out" '{"article": 2, "changed": true}'
run "$crier" show 2
has "it has the page's title" "$out" "Ferry resumes"
has "and text" "$out" "Tickets are sold on board"
run "$worker" article 9 "$BASE/2.html"
status_is "an unknown source is an error" 1
run "$worker" article 1 "$BASE/none.html"
status_is "so is a page that is not there" 3
has "which is said" "$err" "HTTP 404"
ok "and stores nothing" test "$("$crier" list --format=tsv | wc -l)" = 2

# --- one file
run "$worker" download "$BASE/plan.pdf"
status_is "a download needs a name for the file" 1
run "$worker" download file:///etc/passwd "$T/passwd"
ok "and an address of the web" test "$status" = 1 -a ! -e "$T/passwd"
run "$worker" download "$BASE/plan.pdf" "$T/plan.pdf"
status_is "a file is fetched" 0
same "byte for byte" "$T/site/plan.pdf" "$T/plan.pdf"
has "its length is printed" "$out" "{\"file\":\"$T/plan.pdf\",\"bytes\":18}"
echo mine >"$T/mine"
run "$worker" download "$BASE/plan.pdf" "$T/mine"
ok "a file that is there is not written over" test "$status:$(cat "$T/mine")" = 2:mine
has "which is said" "$err" "cannot write '$T/mine': File exists"
run "$worker" download "$BASE/plan.pdf" "$T/no/such/folder"
status_is "nor is a folder made" 2
run "$worker" download "$BASE/none.pdf" "$T/none.pdf"
ok "what is not there leaves no file" test "$status" = 3 -a ! -e "$T/none.pdf"
printf '[settings]\nnosuch=1\n' >"$CONFIG/crier.conf"
run "$worker" download "$BASE/plan.pdf" "$T/again.pdf"
ok "a wrong crier.conf stops it" test "$status" = 1 -a ! -e "$T/again.pdf"
run "$worker" article 1 "$BASE/2.html"
status_is "and an article too" 1
rm "$CONFIG/crier.conf"

run "$worker" discover
status_is "what is behind no address is not asked" 1

name=
# --- wrong use: wrong STATUS TEXT COMMAND…
wrong() {
    expected=$1 text=$2
    shift 2
    name=${name:-$*}
    run "$crier" "$@"
    if [ "$status" = "$expected" ] && grep -qF -- "$text" "$err"; then
        result 0 "$name"
    else
        result 1 "$name"
        echo "# status $status, expected $expected; on standard error:"
        show "$err"
    fi
    name=
}
wrong 1 "takes list, show ID, check FILE, check --all or new URL" portal
wrong 1 "takes list, show ID, check FILE, check --all or new URL" portal check
wrong 1 "crier reads http, https and files, not 'ftp:'" portal new ftp://a.example/
wrong 1 "cannot read" portal check /nowhere.portal
wrong 1 "nosuch" portal show nosuch
wrong 1 "takes one file" extract
wrong 1 "is not one of json, text, markdown, html" extract --format=pdf /dev/null
wrong 1 "cannot read '/nowhere'" extract /nowhere
wrong 1 "cannot read '$T/site'" parse "$T/site"
wrong 1 "cannot read" extract --portal=/nowhere.portal /dev/null
wrong 1 "there is no section 'a/b' (EDITION/SECTION) in the portal file" entries --section=a/b /dev/null
wrong 1 "a state and a query are needed" mark read
wrong 1 "is not one of read, unread" mark seen is:unread
wrong 1 "is not one of read, unread" mark + is:unread
wrong 4 "nothing matched" mark read nosuchword
wrong 1 "which source is missing" remove
wrong 1 "nosuch" remove nosuch
wrong 1 "nosuch" status nosuch
wrong 1 "is not one of table, json" status --format=xml
wrong 1 "is not one of table, tsv, json" sources --format=xml
wrong 1 "is not one of" list --format=xml
wrong 1 "is not one of" show --format=pdf 1
wrong 1 "nosuch" config nosuch
wrong 1 "crier: " fetch --progress=loud
wrong 1 "there is no option '--nosuch'" list --nosuch
wrong 1 "nosuch" nosuch

# --- crier.conf: conf TEXT LINES…
conf() {
    name="crier.conf: $1"
    # shellcheck disable=SC2059 # the lines are a format
    printf "$2" >"$CONFIG/crier.conf"
    wrong 1 "$1" list
}
conf ":1: this stands before the first [group]" 'ui.theme=dark\n'
conf ":1: a group is written as [name]" '[settings\n'
conf ":2: expected key=value" '[settings]\nui.theme\n'
conf ":3: key 'ui.theme' stands in line 2 already" '[settings]\nui.theme=dark\nui.theme=dark\n'
conf ":2: group 'settings' stands in line 1 already" '[settings]\n[settings]\n'
conf "the file is not UTF-8" '[settings]\n# \377\n'
conf "there is a NUL byte in it" '[settings]\n\000\n'
conf ":2: " '[settings]\nfetch.interval=often\n'
conf ":2: " '[settings]\nui.hyperlinks=perhaps\n'
rm "$CONFIG/crier.conf"
mkdir "$CONFIG/crier.conf"
wrong 1 "cannot read '$CONFIG/crier.conf'" list
rmdir "$CONFIG/crier.conf"
printf '\357\273\277[settings]\r\nui.theme=dark\r\n' >"$CONFIG/crier.conf"
run "$crier" config ui.theme
has "a byte order mark and line ends of Windows are none of them" "$out" "dark"
finish
