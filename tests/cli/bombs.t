#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is built to cost: it is read or refused with a reason, within bounds, and costs no other source.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 49
seconds=6 memory=300 # CPU, which a slow machine needs more of; MiB resident
grep -qE "^SAN_CFLAGS = .*fsanitize" "$builddir/Makefile" && seconds=120 memory=6000

# bomb NAME MEGABYTES STATUS WHAT: reading it ends with this status, and within the bounds
bomb() {
    python3 "$srcdir/tests/kit/bombs.py" "$1" "$2" >"$T/bomb"
    command=$(python3 "$srcdir/tests/kit/bombs.py" list | sed -n "s/^$1 //p")
    case $command in parse) set -- "$@" "" ;; *) set -- "$@" --url=http://town.example/n/1.html ;; esac
    # shellcheck disable=SC2086 # a command is several words
    run python3 "$srcdir/tests/kit/within.py" "$seconds" "$memory" "$crier" $command ${5:+"$5"} "$T/bomb"
    status_is "$4" "$3"
}

bomb lines 4 0 "100 000 dated lines in one paragraph are an article"
bomb dates 4 0 "so are as many dates"
bomb numbers 4 0 "and numbers that might be of telephones"
bomb titles 4 2 "600 000 titles within one another are none"
has "as the page is cut" "$out" "the page has more than 240000 elements"
bomb areas 4 2 "nor are as many fields"
has "for the same reason" "$out" "the page has more than 240000 elements"
bomb title 4 0 "a title of 4 MB is one"
ok "and is cut" test "$(wc -c <"$out")" -lt 20000
bomb headings 2 2 "headings within headings are no article"
bomb comments 4 0 "an article with 500 000 comments is one"
bomb scripts 4 0 "with as many scripts, too"
bomb ends 4 0 "and with what is not open but closed"
bomb tables-open 2 0 "with tables that are never closed"
bomb closed-by-others 2 0 "or with elements that others close"
bomb slashes 4 0 "or not even that"
bomb plain 9 0 "9 MB of plain text are one"
has "of which not all is read" "$out" "the text is longer than 8 MiB"
bomb pictures 3 0 "100 000 pictures are one"
has "of which not all are taken" "$out" "more than 8000 pictures"
bomb links-open 2 2 "items that nobody ends are none"
bomb rows 4 0 "50 000 rows are a list"
has "of which not all is taken" "$out" "the first 2000 of"
bomb tables 2 0 "tables of one row are one"
bomb classes 4 2 "no list are elements with 400 classes each"
bomb namespaces 6 2 "a feed with a name for each element is refused"
has "for that" "$out" "it has too many different names"
bomb items 4 0 "one of 80 000 items is read"
bomb enclosures 4 0 "and one with 400 files for each"

# rules ROWS KEY STATUS WHAT: the entries of the page that is there, by a portal file with these rows and this key
rules() {
    printf '%s\n' '[Portal]' Name=Town Home=http://town.example/ '[Edition en]' Name=English \
        '[Section en/news]' Name=News Url=http://town.example/ "Rows=$1" Title=. Link=@href "$2" >"$T/rules.portal"
    run python3 "$srcdir/tests/kit/within.py" "$seconds" "$memory" "$crier" entries --url=http://town.example/ \
        --portal="$T/rules.portal" --section=en/news "$T/bomb"
    status_is "$4" "$3"
}
# items NUMBER: a page of so many
items() {
    awk -v n="$1" 'BEGIN { while (n--) printf "<li><a href=/%d>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! %d</a></li>", n, n }' >"$T/bomb"
}
items 60000
rules "//li//a[../..//a]" "" 0 "a rule that joins all nodes with all others gives up"
has "and says so" "$out" "the rules took more than 3 s of this page"
items 20
rules //li//a 'Title.Capture=^(a+)+$' 0 "so does one that tries each way to match"
has "and says so" "$out" "backtracking limit"
awk 'BEGIN { printf "[Portal]\nName=T\nHome=http://a.example/\n[Edition en]\nName=E\n[Section en/a]\nName=A\nUrl=http://a.example/\nRows=//a"
    for (i = 0; i < 100000; i++) printf "[a"; for (i = 0; i < 100000; i++) printf "]"; print "\nTitle=.\nLink=@href" }' >"$T/deep.portal"
run "$crier" portal check --offline "$T/deep.portal"
status_is "an XPath that is 100 000 deep is wrong" 2
awk 'BEGIN { for (i = 0; i < 100000; i++) print "http://a.example/" i }' >"$CONFIG/urls"
run python3 "$srcdir/tests/kit/within.py" "$seconds" "$memory" "$crier" sources
ok "100 000 subscriptions are read" test "$status" != 99
: >"$CONFIG/urls"

python3 "$srcdir/tests/kit/bombs.py" serve "$T/port" 2>"$T/server.log" &
portal_pid=$!
while [ ! -s "$T/port" ]; do
    kill -0 "$portal_pid" 2>/dev/null || { cat "$T/server.log" >&2; echo "Bail out! the server did not start"; exit 1; }
    sleep 0.02
done
BASE=http://127.0.0.1:$(cat "$T/port")

# attack PATH STATUS WHAT: fetched beside an honest source, which is stored
attack() {
    printf '%s\n' "$BASE$1" "$BASE/honest.xml" >"$CONFIG/urls"
    rm -f "$STORE"*
    run python3 "$srcdir/tests/kit/within.py" "$seconds" "$memory" "$crier" --set=fetch.deadline="$deadline" --set=fetch.depth=5 fetch --all --progress=none
    code=$status
    run "$crier" list --limit=0 --format=tsv
    stored=$(grep -c "of the town" "$out")
    ok "$3" test "$code" = "$2" -a "$stored" -ge 2
    run "$crier" status
}
deadline=120
attack /twice 2 "compressed twice"
has "it is refused" "$out" "larger than 20 MiB"
attack /itself.xml 0 "an index of sitemaps that names itself"
has "is not followed" "$out" "names another index"
attack "/page/0.html list" 0 "a list without an end"
run "$crier" list --limit=0 --format=tsv
ok "is read to its depth" test "$(grep -c "A title of the town\|A notice of the town" "$out")" -le 120
attack /go/0 2 "redirects without an end"
has "are too many" "$out" "more than 10 redirects"
attack "/refresh/0 list" 2 "so are pages that replace themselves"
attack /headers 2 "a million headers"
attack /cookies 2 "as many cookies as nobody needs"
attack /links 0 "more links in headers than are looked at"
deadline=2
attack /drip 2 "what comes by the byte"
has "is not waited for" "$out" "not done after 2 s"
finish
