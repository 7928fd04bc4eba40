#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader's behaviour, through key scripts: what each key does to the screen and store.
. "${srcdir:-.}/tests/lib.sh"
plan 68
portal_start
# a catalogue that does not grow
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$srcdir/data/portals/words.tsv" "$T/share/portals/"
export CRIER_DATADIR="$T/share"

# play: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    cat >"$T/script"
    run "$crier" --set=list.fold-editions=no --set=read.all-editions=no --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' "$@" --script "$T/script"
    screens "$T/script" "$out"
}
# on N NAME TEXT: the Nth screen of the last play has the text

play <<'END'
size 80 24
dump
END
on 1 "an empty home says how to begin" "Enter, or paste the address of a news page or a feed"
on 1 "and what the catalogue has" "Qiqihar  qiqihar · China, Heilongjiang · 中文 · Русский · English"
play <<'END'
size 80 24
type 齐齐
dump
keys Backspace Backspace
type бэйл
dump
keys Enter
dump
keys 1
wait idle
dump
keys j j Enter
dump
END
status_is "a portal is added and fetched from inside" 0
on 1 "a name in any language finds it" "Portal or URL: 齐齐"
on 2 "which narrows the catalogue down" "Portal or URL: бэйл"
on 3 "its editions are offered" "Beiling (demo portal), every edition"
on 4 "the result is said" "11 new articles"
on 5 "the list has its articles" "Old railway station becomes the museum"
has "urls has the line" "$CONFIG/urls" "portal:beiling/en"

play <<'END'
keys a
type beiling/ru/notices
dump
END
on 1 "an edition or section can be named" "Enter subscribes to this edition or section"
play <<'END'
keys a
type ftp://x/
keys Enter
dump
END
on 1 "what cannot be added is said" "crier reads http, https and files, not 'ftp:'"
play <<'END'
size 40 12
keys a
type ftp://a.very.long.name.example/that/does/not/fit/
keys Enter e
dump
END
on 1 "and can be read whole" "  at."
# addresses of which the catalogue does not know that they are a portal's
cp "$CONFIG/portals/beiling.portal" "$T"
sed -i "s|$BASE/ru/|http://elsewhere.example/ru/|; s|$BASE/zh/|http://elsewhere.example/zh/|" "$CONFIG/portals/beiling.portal"
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
on 1 "a URL is recognised" "Enter looks at this address"
on 2 "what is behind it is shown first" "A feed with 5 articles:"
on 2 "with the titles of some" "· Старый вокзал станет музеем города"
on 3 "then it is subscribed to" "5 new articles"
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
on 1 "an address without a scheme is tried with TLS and without" "A feed with 5 articles:"

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
on 1 "the answer is for the newer one" "$BASE/ru/"

play <<END
keys a
type $BASE/ru/
keys Enter Esc Enter f
wait idle
type lang:ru
dump
END
status_is "an answer that comes while one types elsewhere does not interrupt" 0
on 1 "it is told" "Filter: lang:ru"
mv "$T/beiling.portal" "$CONFIG/portals"
play <<'END'
keys Enter j n
wait all
dump
keys q
dump
END
on 1 "opening shows the article" "Beiling Daily"
on 2 "and goes back to the list" "2/16"
ok "in the store" test "$("$crier" list --format=tsv is:read | wc -l)" = 1
play <<'END'
keys Enter j m
keys u
dump
END
on 1 "undo takes a mark back" "undone: "
ok "in the store too" test "$("$crier" list --format=tsv is:read | wc -l)" = 1
play <<'END'
keys Enter s q j Enter
dump
END
on 1 "a star is kept" "★"
play <<'END'
keys Enter M
dump
keys u
END
on 1 "everything is marked as read" "articles marked as read; u undoes it"
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
on 1 "a filter narrows the list" "1/1"
on 1 "and is shown" "All articles › lang:ru вокзал"
on 2 "taking it away shows all" "1/16"
on 3 "a wrong query is explained" "is not one of unread"
play <<'END'
keys Backslash
type street lamps
keys Enter
dump
END
on 1 "search goes through everything" "Call for tenders"
play <<'END'
keys Backslash
type tenders
keys Enter Enter Tab
dump
keys o
END
on 1 "Tab focuses a link" "/files/tender.pdf"
tries=0
while [ ! -s "$T/opened" ] && [ $tries -lt 1500 ]; do sleep 0.02; tries=$((tries + 1)); done
has "o opens it, by argv" "$T/opened" "/files/tender.pdf"
play <<'END'
keys Enter j Enter /
type the
keys Enter
styles
END
on 1 "a search in the text is highlighted" "MMM"
play <<'END'
keys Enter G Enter ]
dump
END
on 1 "the last article says that it is the last" "this is the last article"
play <<'END'
keys G e
dump
keys q ?
dump
keys Space Space Space Space
dump
END
on 1 "errors are a page" "Nothing is wrong."
on 2 "help begins with where one comes from" "In the first view"
on 3 "and more below" "Queries"
play --set='near.addresses=Zhongshan Street, 5; Riverside Road' <<'END'
dump
keys j j Enter
dump
END
on 1 "what concerns one's own address has a row" "Near you"
on 2 "of notices that name the street" "Planned interruption of the water supply"
play <<'END'
keys j j j i
dump
END
on 1 "information tells the charset" "Charset"
play <<'END'
keys ж
dump
keys j
dump
END
on 1 "a key without a binding says so" "does nothing here; ? shows the keys"
has_not "until the next key" "$T/screen.2" "does nothing here; ? shows the keys"
get "/control/set?path=/en/news/rss.xml&fault=500" >/dev/null
play <<'END'
keys R
wait failed
dump
keys e
dump
END
on 1 "a failing source shows in the list" "✗"
on 2 "and why, in the errors" "HTTP 500"
play <<'END'
keys G D
dump
size 30 16
dump
size 12 6
dump
size 80 24
keys y
dump
END
on 1 "unsubscribing asks first" "Unsubscribe from"
on 2 "a narrow window takes two lines for it" "Unsubscribe from"
on 2 "whose end says which keys answer" "(y/n)"
on 3 "a tiny one has these at least" "(y/n)"
on 4 "and keeps the articles" "unsubscribed; its articles stay"
mv "$CONFIG/urls" "$T/urls"
play <<'END'
dump
END
on 1 "without a subscription what is stored can be read" "All articles"
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
# killed NAME: the reader's worker is killed while it does as standard input says
killed() {
    cat >"$T/killed"
    "$crier" --script "$T/killed" >"$T/killed.out" 2>&1 &
    reader=$!
    tries=0
    worker=
    until [ -n "$worker" ] && kill -KILL "$worker" 2>/dev/null; do
        # a child of the reader's starter
        worker=$(awk -v reader="$reader" '{ parent[$1] = $4; name[$1] = $2 }
            END { for (p in parent) if (name[p] == "(crier-worker)" && parent[parent[p]] == reader) { print p; exit } }' /proc/[0-9]*/stat 2>/dev/null)
        tries=$((tries + 1))
        [ $tries -lt 500 ] || break
        sleep 0.02
    done
    status=0
    wait "$reader" || status=$?
    status_is "$1" 0
}
killed "a worker that was killed is told of" <<'END'
keys R
wait was ended by signal 9; R starts it again
END
killed "without a key where that does something else" <<'END'
keys R a
wait was ended by signal 9; what it had stored is kept
END
get "/control/set?path=/en/news/rss.xml" >/dev/null
play <<'END'
keys R
wait idle
dump
END
on 1 "and can be started again" "new article"

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
on 1 "a portal file that is wrong is told" "wrong.portal:2: unknown key"
rm "$T/share/portals/wrong.portal"
play <<'END'
size 60 12
keys Down Up
dump
keys Enter
dump
keys 2
wait idle
dump
END
has "a portal is chosen from the catalogue" "$CONFIG/urls" "portal:beiling"
on 3 "and fetched" "33 new articles"
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
on 1 "a search in Traditional finds Simplified" "市图书馆延长开放时间至晚上十点"
ok "what was searched for is set off in the article" grep -q "MMMMMM" "$T/screen.2"
ok "a search in the text folds too" sh -c '! grep -q "not found" "$1"' sh "$T/screen.3"
finish
