#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that break the process that reads them: it is that page alone that is lost, said so, and nothing stays behind.
. "${srcdir:-.}/tests/lib.sh"
need python3
grep -qE "^SAN_CFLAGS = .*fsanitize" "$builddir/Makefile" && skip_all "a sanitizer takes more memory than a helper may"
plan 39
export TMPDIR="$T/tmp" CRIER_TEST_PARSE_SECONDS=1
mkdir "$TMPDIR" "$T/www"
# what a page says that has these words in it, a helper does
bad() { export CRIER_TEST_PARSE="$T"; }
good() { unset CRIER_TEST_PARSE; }

# feed NAME TITLE [LINK [REST]]: a feed of one entry
feed() {
    printf '<rss version="2.0"><channel><title>%s</title><item><title>%s</title><link>%s</link>%s</item></channel></rss>' \
        "$1" "$2" "${3:-http://a.example/$1}" "${4:-}" >"$T/www/$1.xml"
}
# page NAME TEXT: a page with an article
page() {
    printf '<html><head><title>%s</title></head><body><article><h1>%s</h1>' "$1" "Notice of $1" >"$T/www/$1.html"
    for part in one two three; do
        printf '<p>%s: the council has decided in its meeting that the bridge over the river is repaired, part %s.</p>' "$2" "$part"
    done >>"$T/www/$1.html"
    printf '</article></body></html>' >>"$T/www/$1.html"
}
# running: the processes that were started with this home, but for this shell and its server
running() {
    for process in /proc/[0-9]*; do
        case $(cat "$process/comm" 2>/dev/null) in
        crier*) tr '\0' '\n' <"$process/environ" 2>/dev/null | grep -qx "HOME=$T" && echo "${process#/proc/}" ;;
        esac
    done
}
# none_left: no process of a fetch within five seconds
none_left() {
    tries=0
    while [ -n "$(running)" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 250 ] || return 1
        sleep 0.02
    done
}
# helper NAME: the process of that name, once there is one that has been given a page
helper() {
    tries=0
    while [ "$tries" -lt 500 ]; do
        for process in $(running); do
            [ "$(cat "/proc/$process/comm" 2>/dev/null)" = "$1" ] && grep -q "pause" "/proc/$process/wchan" 2>/dev/null && { echo "$process"; return; }
            [ "$(cat "/proc/$process/comm" 2>/dev/null)" = "$1" ] && [ "$(cut -d' ' -f1 "/proc/$process/syscall" 2>/dev/null)" = 34 ] && { echo "$process"; return; }
        done
        tries=$((tries + 1))
        sleep 0.02
    done
}
anew() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    for url; do
        echo "$BASE/$url"
    done >"$CONFIG/urls"
}
titles() { "$crier" list --format=tsv 2>/dev/null | cut -f6; }

for fault in crash exit loop memory garbage; do
    feed "$fault" "crier-test:$fault"
done
feed sound "The bridge is open"
serve "$T/www"

# --- five sources break it, the sixth is stored ----------------------------------------------------
bad
anew crash.xml exit.xml loop.xml memory.xml garbage.xml sound.xml
run "$crier" fetch --all --progress=none
status_is "a fetch in which five sources break their helper" 2
ok "the other is stored" test "$(titles)" = "The bridge is open"
run "$crier" status
has "a crash is told" "$out" "the process that read it crashed (signal 11)"
has "and an end before the answer" "$out" "the process that read it crashed (status 0)"
has "and a loop" "$out" "reading it took more than 1 s"
has "and too much memory" "$out" "reading it took too much memory"
has "and an answer that is none" "$out" "what its reader gave back is not valid"
ok "no process is left" none_left
good
run "$crier" fetch --all --progress=none
status_is "the next fetch tries again" 0
run "$crier" store check
status_is "and the store is sound" 0

# --- an article's page -----------------------------------------------------------------------------
printf '<rss version="2.0"><channel><title>Town</title>' >"$T/www/town.xml"
for n in 1 2 3 4 5 6; do
    page "n$n" "crier-test:crash"
    printf '<item><title>News %s</title><link>@BASE@/n%s.html</link></item>' "$n" "$n" >>"$T/www/town.xml"
done
printf '</channel></rss>' >>"$T/www/town.xml"
bad
anew town.xml
run "$crier" --set=fetch.pages=always fetch --all --progress=json
status_is "pages that break it are warnings of their source" 0
ok "whose entries are stored" test "$(titles | wc -l)" = 6
tried=$(grep -o '"code":"reader-crashed"' "$out" | wc -l) left=$(grep -o '"code":"not-tried"' "$out" | wc -l)
ok "three of them are tried, and one that was begun meanwhile" test "$tried" -ge 3 -a "$tried" -le 4
ok "and the others are not" test $((tried + left)) = 6
good
run "$crier" --set=fetch.pages=always fetch --all --progress=none
run "$crier" search "council" --format=tsv
ok "the next fetch gets their text" test "$(wc -l <"$out")" = 6

# --- reading again ---------------------------------------------------------------------------------
bad
run "$crier" reprocess source:town
has "reading again says what broke" "$err" "the process that read it crashed (signal 11)"
run "$crier" search "council" --format=tsv
ok "and keeps the text that is stored" test "$(wc -l <"$out")" = 6
ok "no process is left of it" none_left

# --- a page that somebody wants now ----------------------------------------------------------------
page now "crier-test:memory"
run "$builddir/crier-worker" article "$BASE/town.xml" "$BASE/now.html"
status_is "a page that breaks it is not stored" 2
has "and why is said" "$err" "reading it took too much memory"
good
run "$builddir/crier-worker" article "$BASE/town.xml" "$BASE/now.html"
status_is "else it is" 0

# --- attachments -----------------------------------------------------------------------------------
printf 'crier-test:crash,2\n' >"$T/www/table.csv"
printf 'name,place\nbridge,river\n' >"$T/www/plain.csv"
feed files "Tables" "" '<enclosure url="@BASE@/table.csv" type="text/csv" length="1"/><enclosure url="@BASE@/plain.csv" type="text/csv" length="1"/>'
bad
anew files.xml
run "$crier" --set=fetch.attachments=always fetch --all --progress=json
status_is "an attachment that breaks it is a warning" 0
has "which says so" "$out" "the process that read it crashed (signal 11)"
run "$crier" show 1
has "the other is read" "$out" "river"
ok "no process is left of these" none_left
ok "nor a folder" test -z "$(ls -A "$TMPDIR")"
good
run "$crier" reprocess source:files
run "$crier" show 1
has "its bytes were kept, and are read later" "$out" "crier-test"

# --- helpers that somebody ends ----------------------------------------------------------------------
feed slow "crier-test:sleep"
bad
anew slow.xml sound.xml
"$crier" fetch --all --progress=none >"$out" 2>"$err" &
pid=$!
victim=$(helper crier-parse)
ok "a helper is at work" test -n "$victim"
[ -z "$victim" ] || kill -KILL "$victim"
status=0
wait "$pid" || status=$?
status_is "killed, it costs its source" 2
ok "and no other" test "$(titles)" = "The bridge is open"
run "$crier" status
has "and it is told" "$out" "the process that read it crashed (signal 9)"
ok "no process is left of that" none_left

anew slow.xml
"$crier" fetch --all --progress=none >"$out" 2>"$err" &
pid=$!
ok "another is at work" test -n "$(helper crier-parse)"
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
status_is "a fetch that is ended does not wait for it" 143
ok "and leaves no process behind" none_left
ok "nor a problem" sh -c '! "$1" status | grep -q "the process that read it"' sh "$crier"

"$crier" fetch --all --progress=none >"$out" 2>"$err" &
pid=$!
ok "once more one is at work" test -n "$(helper crier-parse)"
for process in $(running); do
    [ "$(cat "/proc/$process/comm" 2>/dev/null)" != crier-worker ] || kill -KILL "$process"
done
wait "$pid" 2>/dev/null || :
ok "when the worker is killed, its helpers end" none_left
run "$crier" store check
status_is "and the store is sound then" 0
finish
