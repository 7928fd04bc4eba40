#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is undone comes back without the list scrolling, where all of it was on the screen.
. "${srcdir:-.}/tests/lib.sh"
plan 32
need python3

{
    printf '<rss version="2.0"><channel><title>Town</title>'
    i=60
    while [ $i -gt 0 ]; do
        printf '<item><title>Notice %s</title><guid>%s</guid><pubDate>%s</pubDate></item>' "$i" "$i" "$(date -u -R -d "@$((1761000000 - i * 3600))")"
        i=$((i - 1))
    done
    printf '</channel></rss>'
} >"$T/town.xml"
printf '%s\n' "file://$T/town.xml" >"$CONFIG/urls"
"$crier" fetch --progress=none
# returns NAME KEYS…: the rows on the screen after the keys and u are those before them
returns() {
    name=$1
    shift
    printf 'size 80 24\nkeys Enter\nkeys j j j j j\ndump\nkeys %s\nkeys u\ndump\n' "$*" >"$T/script"
    run "$crier" --script "$T/script"
    screens "$T/script" "$out"
    head -22 "$T/screen.1" >"$T/before"
    head -22 "$T/screen.2" >"$T/after"
    same "$name" "$T/before" "$T/after"
}
returns "a row that was deleted" D
returns "three of them" V j j D
returns "and where the list has been scrolled" C-d C-d C-d D u k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k j j j j j D

# --- what came by itself is no step: u takes back what somebody did
printf 'size 80 24\nkeys Enter Enter s n u\ndump\nkeys ^R\ndump\nkeys m n u\ndump\nkeys u u\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "behind the next article, which was opened, there is the star" "$T/screen.1" "undone: Notice 1, without a star"
has "which is done again" "$T/screen.2" "redone: Notice 1, starred again"
has "and behind one more a mark that somebody set" "$T/screen.3" "undone: Notice 2, read again"
has "where nothing else was done, nothing is undone" "$T/screen.4" "nothing to undo"
run "$crier" list --format=tsv is:read
ok "and what was opened is read" test "$(wc -l <"$out")" = 3
printf '%s\n' 1 1 s '' h n u Q | "$crier" --plain --set=fetch.auto=no >"$out" 2>&1
has "so it is line by line" "$out" "undone: Notice 1, without a star"

# --- a store that cannot follow what was written into `urls`: then nothing has happened
printf '%s\n' "file://$T/town.xml" "# mine" "https://other.example/feed \"~Other\"" >"$CONFIG/urls"
"$crier" sources >/dev/null
cp "$CONFIG/urls" "$T/urls"
store=$XDG_DATA_HOME/crier/articles.db
cat >"$T/version" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
version = db.execute("PRAGMA user_version").fetchone()[0] + int(sys.argv[2])
db.execute(f"PRAGMA user_version={version}")
END
# lines STEP…: line by line in a terminal
lines() {
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier" --plain --set=fetch.auto=no
}
newer="run:python3 $T/version $store 1" older="run:python3 $T/version $store -1"
lines "see:Other" "$newer" "type:D 4
" "see:Unsubscribe from Other" "type:y
" "see:newer crier" "type:u
" "see:nothing to undo" "$older" "type:k
" "see:Town" "type:Q
"
status_is "one unsubscribes beside a newer crier" 0
has_not "which is not said to be done" "$out" "unsubscribed"
same "and the file is what it was" "$T/urls" "$CONFIG/urls"
lines "see:Other" "type:D 4
" "see:Unsubscribe from Other" "type:y
" "see:unsubscribed" "$newer" "type:u
" "see:newer crier" "$older" "type:u
" "see:back again: Other" "type:Q
"
status_is "what could not be undone is undone later" 0
same "byte for byte" "$T/urls" "$CONFIG/urls"
grep -v other "$T/urls" >"$T/without"
lines "see:Other" "type:D 4
" "see:Unsubscribe from Other" "type:y
" "see:unsubscribed" "$newer" "type:u
" "see:newer crier" "type:Q
"
has_not "what was not undone is not said to be" "$out" "back again"
same "nor is it" "$T/without" "$CONFIG/urls"
python3 "$T/version" "$store" -1

# what another program writes meanwhile stays: here while the store is waited for
cat >"$T/busy" <<'END'
import sqlite3, sys, time
store, urls, ready = sys.argv[1:]
before = open(urls).read()
db = sqlite3.connect(store, isolation_level=None)
version = db.execute("PRAGMA user_version").fetchone()[0]
db.execute("BEGIN IMMEDIATE")
db.execute(f"PRAGMA user_version={version + 1}")
open(ready, "w").write("ready")
while open(urls).read() == before:
    time.sleep(0.01)
with open(urls, "a") as file:
    file.write("https://third.example/feed\n")
db.execute("COMMIT")
END
cp "$T/urls" "$CONFIG/urls"
"$crier" sources >/dev/null
lines "see:Other" "run:python3 '$T/busy' '$store' '$CONFIG/urls' '$T/ready' </dev/null >/dev/null 2>&1 & while [ ! -s '$T/ready' ]; do sleep 0.01; done" "type:D 4
" "see:Unsubscribe from Other" "type:y
" "see:newer crier" "type:Q
"
status_is "one unsubscribes while others write" 0
ok "what they wrote is there" grep -q third.example "$CONFIG/urls"
ok "and what was not unsubscribed from, too" grep -q '^https://other.example/feed "~Other"' "$CONFIG/urls"
python3 "$T/version" "$store" -1

# what others wrote between the two stays, and each line comes back as it was, where it was
cp "$srcdir/tests/portal/beiling.portal.in" "$CONFIG/portals/beiling.portal"
sed -i 's|@BASE@|http://127.0.0.1:9|' "$CONFIG/portals/beiling.portal"
printf '%s\n' "# mine" 'portal:beiling/en/news "mine" # the first' "file://$T/town.xml" 'portal:beiling/en "~Whole" # to be learnt' "# the end" >"$CONFIG/urls"
cp "$CONFIG/urls" "$T/urls"
{ echo "https://first.example/"; cat "$T/urls"; echo "https://third.example/feed"; } >"$T/expected"
# What another program does with the file, whatever it is.
cat >"$T/others" <<'END'
import sys
text = open(sys.argv[1]).read()
assert "mine\"" not in text and "to be learnt" not in text, text
open(sys.argv[1], "w").write("https://first.example/\n" + text + "https://third.example/feed\n")
END
lines "see:Local News" "type:D 4
" "see:Unsubscribe from" "type:y
" "see:unsubscribed" "run:python3 '$T/others' '$CONFIG/urls'" "type:u
" "see:back again" "run:cp '$CONFIG/urls' '$T/undone'" "type:^R
" "see:removed again" "run:cp '$CONFIG/urls' '$T/redone'" "type:u
" "see:back again" "type:Q
"
status_is "one unsubscribes, others write, it is undone" 0
same "each line is there as it was, and theirs" "$T/expected" "$T/undone"
has_not "what is done again is gone from both" "$T/redone" "beiling/en/news"
has "theirs are not" "$T/redone" "third.example"
same "nor when it is undone again" "$T/expected" "$CONFIG/urls"

# --- what others did with the rest of a line stays done
# beside NAME ROW CHANGE: what is in `urls` once one has unsubscribed from a row of $T/urls, another program has made a
# change there, and that is undone; $T/expected is wanted
beside() {
    cp "$T/urls" "$CONFIG/urls"
    lines "see:Beiling" "type:D $2
" "see:Unsubscribe from" "type:y
" "see:unsubscribed" "run:cd '$CONFIG' && $3" "type:u
" "see:back again" "type:Q
"
    same "$1" "$T/expected" "$CONFIG/urls"
}
echo 'portal:beiling/zh "town" # both' >"$T/urls"
printf '%s\n' 'portal:beiling/zh/news "town"' 'portal:beiling/zh/notices "~Mine"' >"$T/expected"
beside "a section comes back beside another that has got a title" 4 "echo 'portal:beiling/zh/notices \"~Mine\"' >urls"
echo 'portal:beiling/zh/news "town"' >"$T/expected"
beside "and without one that others unsubscribed from" 4 ": >urls"
printf '%s\n' 'portal:beiling/zh/notices "town"' 'portal:beiling/zh/news "~Own" own' >"$T/expected"
beside "of an edition what is subscribed to again stays as it is" 3 "echo 'portal:beiling/zh/news \"~Own\" own' >urls"
printf '%s\n' '#---' 'https://first.example/' '#---' 'portal:beiling/zh "town" # both' '#---' 'https://last.example/' >"$T/urls"
sed 's/$/\r/' "$T/urls" >"$T/expected"
beside "lines come back where they stood when an editor has ended all by CRLF" 5 "sed -i 's/\$/\r/' urls"
grep -v first "$T/urls" >"$T/expected"
beside "and where equal ones stand above and below" 5 "sed -i /first/d urls"
printf '%s\n' 'portal:beiling/zh "town" # both' 'https://last.example/' >"$T/urls"
{ printf '\357\273\277' && cat "$T/urls"; } >"$T/expected"
beside "a byte order mark stays in front of all" 4 "sed -i '1s/^/\xef\xbb\xbf/' urls"
printf '%s\n' '"query:Mine:is:unread"' "portal:beiling/zh" >"$T/urls"
cp "$T/urls" "$CONFIG/urls"
lines "see:Mine" "type:D 3
" "see:saved query" "type:y
" "see:removed" "run:cp '$T/urls' '$CONFIG/urls'" "type:u
" "see:subscribed to already" "type:Q
"
status_is "a saved query that others have put back is said to be there" 0
same "and is there once" "$T/urls" "$CONFIG/urls"
finish
