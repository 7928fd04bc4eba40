#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader's behaviour, through key scripts: what each key does to the screen and store.
. "${srcdir:-.}/tests/lib.sh"
plan 61
portal_start
# a catalogue that does not grow
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$T/share/portals/"
export CRIER_DATADIR="$T/share"

# play: runs the script on standard input
play() {
    cat >"$T/script"
    run "$crier" --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --script "$T/script"
}

play <<'END'
size 80 24
dump
END
has "an empty home says how to begin" "$out" "Enter, or paste the address of a news page or a feed"
has "and what the catalogue has" "$out" "Qiqihar  qiqihar · 中文 · Русский · English"
play <<'END'
size 80 24
type 齐齐
dump
keys Backspace Backspace
type бэйл
dump
keys Enter
dump
type engl
keys Enter
wait idle
dump
keys j j Enter
dump
END
status_is "a portal is added and fetched from inside" 0
has "a name in any language finds it" "$out" "Portal or URL: 齐齐"
has "which narrows the catalogue down" "$out" "Portal or URL: бэйл"
has "its editions are offered" "$out" "Beiling (demo portal), every edition"
has "the result is said" "$out" "11 new articles"
has "the list has its articles" "$out" "Old railway station becomes the museum"
has "urls has the line" "$CONFIG/urls" "portal:beiling/en"

play <<'END'
keys a
type beiling/ru/notices
dump
END
has "an edition or section can be named" "$out" "Enter subscribes to this edition or section"
play <<'END'
keys a
type ftp://x/
keys Enter
dump
END
has "what cannot be added is said" "$out" "is neither an http or https URL"
play <<'END'
size 40 12
keys a
type ftp://a.very.long.name.example/that/does/not/fit/
keys Enter e
dump
END
has "and can be read whole" "$out" "catalogue"
play <<END
keys a
type $BASE/ru/
dump
keys Enter
wait idle
dump
keys Enter
wait idle
dump
END
has "a URL is recognised" "$out" "Enter looks at this address"
has "what is behind it is shown first" "$out" "A feed with 5 articles:"
has "with the titles of some" "$out" "· Старый вокзал станет музеем города"
has "then it is subscribed to" "$out" "5 new articles"
play <<END
keys a
type ${BASE#http://}/zh/news/
keys Enter
wait HTTP 404
keys ^U
type ${BASE#http://}/zh/
keys Enter
wait idle
dump
END
has "an address without a scheme is tried with TLS and without" "$out" "A feed with 5 articles:"

play <<END
keys a
type $BASE/fault/stall
keys Enter ^U
type $BASE/ru/
keys Enter
wait A feed with 5 articles:
dump
END
status_is "a newer address takes the place of one that has not answered" 0
has "the answer is for the newer one" "$out" "$BASE/ru/"

play <<END
keys a
type $BASE/ru/
keys Enter Esc Enter f
wait idle
type lang:ru
dump
END
status_is "an answer that comes while one types elsewhere does not interrupt" 0
has "it is told" "$out" "Filter: lang:ru"
play <<'END'
keys Enter n Enter
wait all
dump
keys q
dump
END
has "opening shows the article" "$out" "Beiling Daily"
has "and goes back to the list" "$out" "2/16"
ok "in the store" test "$("$crier" list --format=tsv is:read | wc -l)" = 1
play <<'END'
keys Enter j m
keys u
dump
END
has "undo takes a mark back" "$out" "undone: 1 change"
ok "in the store too" test "$("$crier" list --format=tsv is:read | wc -l)" = 1
play <<'END'
keys Enter s q j Enter
dump
END
has "a star is kept" "$out" "★"
play <<'END'
keys Enter M
dump
keys u
END
has "everything is marked as read" "$out" "articles marked as read; u undoes it"
ok "and all of it undone" test "$("$crier" list --format=tsv is:read | wc -l)" = 1

play <<'END'
keys Enter f
type lang:ru вокзал
keys Enter
dump
keys F
dump
keys f
type is:odd
keys Enter
dump
END
has "a filter narrows the list" "$out" "1/1"
has "and is shown" "$out" "All articles › lang:ru вокзал"
has "taking it away shows all" "$out" "1/16"
has "a wrong query is explained" "$out" "is not one of unread"
play <<'END'
keys Backslash
type street lamps
keys Enter
dump
END
has "search goes through everything" "$out" "Call for tenders"
play <<'END'
keys Backslash
type tenders
keys Enter Enter Tab
dump
keys o
END
has "Tab focuses a link" "$out" "/files/tender.pdf"
tries=0
while [ ! -s "$T/opened" ] && [ $tries -lt 1500 ]; do sleep 0.02; tries=$((tries + 1)); done
has "o opens it, by argv" "$T/opened" "/files/tender.pdf"
play <<'END'
keys Enter j Enter /
type the
keys Enter
styles
END
has "a search in the text is highlighted" "$out" "MMM"
play <<'END'
keys Enter G Enter ]
dump
END
has "the last article says that it is the last" "$out" "this is the last article"
play <<'END'
keys G e
dump
keys q ?
dump
keys Space Space Space
dump
END
has "errors are a page" "$out" "Nothing is wrong."
has "help shows the keys" "$out" "one line down"
has "and more below" "$out" "Queries"
play <<'END'
keys j j j i
dump
END
has "information tells the charset" "$out" "Charset"
play <<'END'
keys ж
dump
END
has "a key without a binding says so" "$out" "nothing is bound to"
get "/control/set?path=/en/news/rss.xml&fault=500" >/dev/null
play <<'END'
keys R
wait failed
dump
keys e
dump
END
has "a failing source shows in the list" "$out" "✗"
has "and why, in the errors" "$out" "HTTP 500"
play <<'END'
keys G D
dump
type y
keys Enter
dump
END
has "unsubscribing asks first" "$out" "Unsubscribe from"
has "and keeps the articles" "$out" "unsubscribed; its articles stay"
mv "$CONFIG/urls" "$T/urls"
play <<'END'
dump
END
has "without a subscription what is stored can be read" "$out" "All articles"
mv "$T/urls" "$CONFIG/urls"
rm -f "$STORE"* "$CONFIG/urls"
get "/control/set?path=/en/news/rss.xml" >/dev/null
"$crier" add beiling/en >/dev/null
"$crier" sources >/dev/null
printf 'keys Enter\nwait Old railway station\n' >"$T/live"
"$crier" --script "$T/live" >"$T/live.out" 2>&1 &
reader=$!
"$crier" fetch --progress=none
status=0
wait "$reader" || status=$?
status_is "what another program fetches shows up in the open reader" 0

# a mark that meets another writer waits, and is written when that is done
rm -f "$T/opened"
python3 - "$STORE" "$T/held" "$T/opened" <<'PY' &
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
open(sys.argv[2], "w").close()
end = time.time() + 60  # the reader may have failed before it came so far
while not os.path.exists(sys.argv[3]) and time.time() < end:
    time.sleep(0.01)
db.execute("ROLLBACK")
PY
holder=$!
while [ ! -e "$T/held" ]; do sleep 0.01; done
play <<'END'
keys Enter m
keys o
wait idle
END
wait "$holder"
status_is "a mark waits for another writer" 0
ok "and is written in the end" test "$("$crier" list --format=tsv is:read | wc -l)" = 1
# a worker that is killed is told of, and can be started again
get "/control/set?path=/en/news/rss.xml&fault=stall" >/dev/null
printf 'keys R\nwait was ended by signal 9; R starts it again\n' >"$T/killed"
"$crier" --script "$T/killed" >"$T/killed.out" 2>&1 &
reader=$!
tries=0
worker=
until [ -n "$worker" ] && kill -KILL "$worker" 2>/dev/null; do
    worker=$(awk -v parent="$reader" '$4 == parent && $2 == "(crier-worker)" { print $1; exit }' /proc/[0-9]*/stat 2>/dev/null)
    tries=$((tries + 1))
    [ $tries -lt 500 ] || break
    sleep 0.02
done
status=0
wait "$reader" || status=$?
status_is "a worker that was killed is told of" 0
get "/control/set?path=/en/news/rss.xml" >/dev/null
play <<'END'
keys R
wait idle
dump
END
has "and can be started again" "$out" "new article"

for size in "1 1" "2 2" "5 3" "20 4" "40 6" "300 2"; do
    printf 'size %s\ndump\nkeys Enter\ndump\nkeys Enter\ndump\nkeys ? j G q q q\n' "$size"
done >"$T/sizes"
run "$crier" --script "$T/sizes"
status_is "every size of the terminal works" 0
rm -rf "$T/data/crier" "$CONFIG/urls"
printf '[Portal]\nColour=red\n' >"$T/share/portals/wrong.portal"
play <<'END'
keys Esc e
dump
END
has "a portal file that is wrong is told" "$out" "wrong.portal: line 2: unknown key"
rm "$T/share/portals/wrong.portal"
play <<'END'
size 60 12
keys Down Up
dump
keys Enter
dump
type every
keys Enter
wait idle
dump
END
has "a portal is chosen from the catalogue" "$CONFIG/urls" "portal:beiling"
has "and fetched" "$out" "33 new articles"
ok "then the welcome is gone" test "$(grep -c "Nothing is subscribed to" "$out")" = 1
play <<'END'
size 80 24
keys Backslash
type 圖書館
keys Enter
dump
keys Enter
styles
keys /
type 開放
keys Enter
dump
END
has "a search in Traditional finds Simplified" "$out" "市图书馆延长开放时间至晚上十点"
ok "what was searched for is set off in the article" grep -q "MMMMMM" "$out"
ok "a search in the text folds too" sh -c '! grep -q "not found" "$1"' sh "$out"
finish
