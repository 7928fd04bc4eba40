#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One store that many accounts read: without a trace beside it, while it is written, and with marks of each reader's own.
. "${srcdir:-.}/tests/lib.sh"
[ "$(id -u)" = 0 ] || skip_all "only root can be several users"
need setpriv sqlite3
plan 66
portal_start
is() { ok "$1" test "$2" = "$3"; }
chmod 755 "$T" "$T/config" "$CONFIG"
# a build tree in the home of root is nothing for others
if ! setpriv --reuid 23456 --clear-groups test -x "$crier"; then
    mkdir -m 755 "$T/programs" "$T/programs/data"
    for program in crier crier-worker crier-transfer crier-parser crier-sync; do cp "$builddir/$program" "$T/programs/"; done
    cp -r "$srcdir/data/portals" "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/programs/data/"
    crier=$T/programs/crier CRIER_DATADIR=$T/programs/data
    export CRIER_DATADIR
fi
shared=$T/srv
store=$shared/articles.db
# the account that fetches, as sysusers.d and tmpfiles.d make it, and two that read
mkdir "$shared" && : >"$store" && chmod 755 "$shared" && chmod 644 "$store" && chown -R 12345:12345 "$shared"
for reader in ida omar; do mkdir "$T/$reader" && chmod 700 "$T/$reader"; done
chown 23456 "$T/ida" && chown 23457 "$T/omar"
writer() { setpriv --reuid 12345 --regid 12345 --clear-groups "$crier" --store="$store" "$@"; }
reads() { # HOME USER COMMAND…
    home=$T/$1 user=$2
    shift 2
    env HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" setpriv --reuid "$user" --regid 100 --clear-groups \
        "$crier" --store="$store" "$@"
}
ida() { reads ida 23456 "$@"; }
omar() { reads omar 23457 "$@"; }
count() { ida list --limit=0 --format=tsv "$@" | wc -l; }

echo "$BASE/en/news/rss.xml" >"$CONFIG/urls"
umask 022
writer fetch --progress=none >"$out" 2>&1
echo "$BASE/ru/news/rss.xml" >>"$CONFIG/urls"
writer fetch --progress=none >"$out" 2>&1
beside() { find "$shared" -type f ! -name '*.lock' | sort; }
beside >"$T/beside"
is "the writer leaves a store that others can read" "$(stat -c %a "$store")" 644
run ida list --format=tsv
status_is "which another account reads" 0
ok "without a word" test ! -s "$err"
beside >"$T/beside.now"
same "and without leaving anything beside it" "$T/beside" "$T/beside.now"
is "nothing of it is the reader's" "$(find "$shared" ! -user 12345 | wc -l)" 0
all=$(count)

# marks
run ida mark read "id:1..3"
status_is "a reader marks" 0
run ida mark starred id:2
run ida mark +park id:3
run ida mark deleted id:4
is "what is read is not unread" "$(count is:unread)" $((all - 4))
is "a star" "$(count is:starred)" 1
is "a tag" "$(count tag:park)" 1
is "what is deleted is in no list" "$(count)" $((all - 1))
is "but in that of what is deleted" "$(count is:deleted)" 1
is "read" "$(count is:read)" 3
is "marks are in a file of the reader's" "$(stat -c '%a %u' "$T/ida/data/crier/marks.db")" "600 23456"
is "another has none of them" "$(omar list --limit=0 --format=tsv is:unread | wc -l)" "$all"
is "nor has the store" "$(sqlite3 "$store" 'SELECT count(*) FROM marks')" 0
# sums NAME: of all sources
sums() { "$1" sources --format=json | python3 -c 'import json, sys; s = [json.loads(l) for l in sys.stdin]; print(sum(x["unread"] for x in s), sum(x["total"] for x in s))'; }
is "counters are the reader's" "$(sums ida)" "$((all - 4)) $((all - 1))"
is "and another's are his" "$(sums omar)" "$all $all"
languages=$(ida list --limit=0 --format=json is:unread | python3 -c 'import json, sys; print(sum(json.loads(l)["language"] == "ru" for l in sys.stdin))')
is "by language too" "$(count lang:ru is:unread)" "$languages"
ida mark unread "id:1..3" && ida mark unstarred id:2 && ida mark -- -park id:3 && ida mark undeleted id:4
is "marks are taken back" "$(sums ida)" "$all $all"
is "all of them" "$(count 'is:starred OR tag:park')" 0

# while the writer writes
ida mark read "id:1..3"
(for i in 1 2 3 4 5 6 7 8; do writer fetch --all --full --progress=none; done >"$T/fetches" 2>&1) &
fetches=$!
bad=0
for i in $(seq 40); do
    ida list --limit=3 --format=tsv >/dev/null 2>>"$T/words" || bad=$((bad + 1))
    ida mark +seen "id:$((i % 5 + 1))" 2>>"$T/words" || bad=$((bad + 1))
done
wait $fetches
is "readers are never turned away by a writer" $bad 0
ok "nor is anything said to them" test ! -s "$T/words"
is "nothing of it is the reader's after that" "$(find "$shared" ! -user 12345 | wc -l)" 0
is "all marks are kept" "$(count tag:seen)" 5

# a writer that is killed
echo portal:beiling >>"$CONFIG/urls"
(CRIER_TEST_KILL_AT=20 && export CRIER_TEST_KILL_AT && writer fetch --all --full --progress=none) >"$out" 2>&1
is "a fetch is killed" $? 70
ok "with what it wrote in the journal" test -s "$store-wal"
run ida list --format=tsv
status_is "after which the store is read" 0
ok "without a word again" test ! -s "$err"
is "and nothing is the reader's" "$(find "$shared" ! -user 12345 | wc -l)" 0

# digests
run ida digest --cursor=mine --start=all --format=json
status_is "a reader has digests of his own" 0
run ida digest --cursor=mine --format=json
status_is "and is told nothing twice" 4
run omar digest --cursor=mine --start=all --format=json
status_is "what another was told is told to him" 0
is "the store has no cursor" "$(sqlite3 "$store" 'SELECT count(*) FROM cursors')" 0

# the screen
printf 'size 80 24\nkeys Enter Enter s\ndump\n' >"$T/script"
chmod 644 "$T/script"
ida mark unread all
run ida --script "$T/script"
status_is "the reader opens" 0
# the article has two editions, which are one
ok "and says nothing of what cannot be written" sh -c '! grep -q "cannot be written" "$1"' sh "$out"
is "what is read there is the reader's" "$(count is:read) $(count 'is:read is:starred')" "2 1"
ida mark unread all
ida mark unstarred all

# the store comes back from an older copy, and numbers are given out anew
ida mark starred id:2
title=$(ida list --format=json id:2 | python3 -c 'import json, sys; print(json.load(sys.stdin)["title"])')
setpriv --reuid 12345 --regid 12345 --clear-groups sqlite3 "$store" "PRAGMA wal_checkpoint(TRUNCATE)" >"$out"
rm -f "$store"*
: >"$store" && chown 12345:12345 "$store"
echo "$BASE/ru/news/rss.xml" >"$CONFIG/urls"
writer fetch --progress=none >"$out" 2>&1
echo "$BASE/en/news/rss.xml" >>"$CONFIG/urls"
writer fetch --progress=none >"$out" 2>&1
is "a star follows its article to another number" "$(ida list --format=json is:starred | python3 -c 'import json, sys; print(json.load(sys.stdin)["title"])')" "$title"
ok "which is another one" test "$(ida list --format=tsv is:starred | cut -f1)" != 2
is "and the counters the store" "$(sums ida)" "$(ida list --limit=0 --format=tsv is:unread | wc -l) $(count)"
run ida digest --cursor=mine --format=json
status_is "what may not have been told is told" 0
writer mark deleted "id:1..2" && writer store purge >"$out" 2>&1
is "counters follow what the writer ends" "$(sums ida)" "$(count is:unread) $(count)"

# settings
run ida --set=store.marks=shared mark read id:5
status_is "shared marks cannot be kept by who cannot write" 74
run omar --set=store.marks=own mark read id:5
status_is "own ones can" 0
run reads ida 23456 fetch --progress=none
status_is "a reader fetches nothing" 74
run "$crier" --store="$store" mark starred id:6
is "root's marks on another's store are root's" "$(sqlite3 "$store" 'SELECT count(*) FROM marks WHERE starred')" 0
is "and his subscriptions stay his" "$(sqlite3 "$store" 'SELECT count(*) FROM sources WHERE active')" 2
is "nothing is left beside it" "$(find "$shared" ! -user 12345 | wc -l)" 0

# a home that cannot be written
mkdir "$T/nobody" && chmod 755 "$T/nobody"
run reads nobody 23458 list --format=tsv
status_is "who has no home reads" 0
ok "without a word, too" test ! -s "$err"
run reads nobody 23458 mark read id:5
status_is "and has no marks" 74

# a group that writes together, in a folder that hands on its group and in one that does not
member() { # USER COMMAND…
    user=$1
    shift
    env XDG_DATA_HOME="$T/nowhere" setpriv --reuid "$user" --regid 100 --groups 4711 "$crier" --store="$store" "$@"
}
umask 077
for mode in 2775 775; do
    group=$T/group.$mode
    mkdir "$group" && chown 12345:4711 "$group" && chmod "$mode" "$group"
    store=$group/articles.db
    : >"$store" && chown 12345:4711 "$store" && chmod 664 "$store"
    member 12345 fetch --progress=none >"$out" 2>&1
    rm -f "$store"-wal "$store"-shm
    run member 23456 list --format=tsv
    status_is "$mode: a member reads" 0
    run member 12345 mark read id:1
    status_is "$mode: after whom the owner writes" 0
    run member 23456 mark starred id:1
    status_is "$mode: a member writes" 0
    run member 12345 fetch --all --progress=none
    status_is "$mode: after whom the owner fetches" 0
    run member 23456 fetch --all --progress=none
    status_is "$mode: and the member" 0
    rm -f "$store"-wal "$store"-shm
    run member 23456 --set=store.marks=own list --format=tsv
    status_is "$mode: a member only reads" 0
    run member 12345 digest --cursor=all --start=all
    status_is "$mode: after whom the owner writes, too" 0
    run member 12345 store check
    status_is "$mode: into one store" 0
done
finish
