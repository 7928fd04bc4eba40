#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `crier sync` with a server that is as strict as real ones (tests/kit/greader.py): subscriptions and marks, both ways, of
# two machines; what is wrong with a server, and what it may do at any moment.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 71

. "${srcdir:-.}/tests/kit/greader.sh"

# --- nothing without a server, a login, or the right one
server
machine tram a.xml
: >"$CONFIG/crier.conf"
do_ tram sync
status_is "no server is named" 1
printf '[settings]\nsync.server=%s/\n' "$BASE" >"$CONFIG/crier.conf"
: >"$CONFIG/credentials"
do_ tram sync
status_is "no login is there" 1
has "the line that is missing is said" "$err" "machine http://127.0.0.1"
printf 'machine %s login reader password wrong\n' "$BASE" >"$CONFIG/credentials"
do_ tram sync --format=json
status_is "the login is wrong" 3
has "by a code" "$out" '"code":"sync-login"'
has "with advice" "$err" "password of its own for the API"
machine tram a.xml
printf 'machine http://127.0.0.1:1 login reader password secret\n' >>"$CONFIG/credentials"
do_ tram sync --server="http://127.0.0.1:1/"
status_is "nobody is there" 3
python3 "$srcdir/tests/kit/serve.py" "$T" "$T/other" &
other=$!
while [ ! -s "$T/other" ]; do sleep 0.02; done
printf 'machine http://127.0.0.1:%s login reader password secret\n' "$(cat "$T/other")" >>"$CONFIG/credentials"
do_ tram sync --server="http://127.0.0.1:$(cat "$T/other")/" --format=json
kill $other
status_is "a server without the API" 3
ok "is one by a code" grep -qE 'sync-no-api|sync-refused|"http"' "$out"

# --- subscriptions: asked before any is added
machine tram a.xml bad.xml
mkdir -p "$CONFIG/portals"
cat >"$CONFIG/portals/town.portal" <<END
[Portal]
Name=Town
Home=$BASE/

[Edition en]
Name=English

[Section en/notices]
Name=Notices
Url=$BASE/feeds/list.html
Rows=//li
END
echo portal:town >>"$CONFIG/urls"
fetch tram
do_ tram sync
status_is "with nobody to answer nothing is added" 0
has "what is only here is said" "$out" "only here: $BASE/feeds/a.xml"
has "what no server can fetch is said" "$out" "1 source stays here"
is "nothing was added there" "" "$(control log)"
do_ tram sync --yes --dry-run
is "nor is it by a dry run" "" "$(control log)"
control 'subscribe?feed=b&folder=Phone' >/dev/null
do_ tram sync --yes
status_is "with --yes it is" 0
has "there" "$out" "added on the server: $BASE/feeds/a.xml"
has "and here" "$out" "added here: $BASE/feeds/b.xml"
has "with its folder as a tag" "$CONFIG/urls" "$BASE/feeds/b.xml \"Phone\""
is "which is all that was told" "subscribe feed//feeds/a.xml " "$(control log)"
fetch tram
do_ tram sync
has "all is in step" "$out" "the same on both sides"

# --- marks
on tram "$crier" mark read 'title:"a 1" OR title:"b 2"'
on tram "$crier" mark starred 'title:"b 2"'
control 'read?feed=a&n=3&value=1' >/dev/null
control 'star?feed=b&n=4&value=1' >/dev/null
do_ tram sync --dry-run
has "a dry run counts them" "$out" "would be marked on the server: 2 read, 1 starred"
do_ tram sync --format=json
status_is "marks go both ways" 0
has "counted" "$out" '"sent":{"read":2,"unread":0,"starred":1,"unstarred":0},"received":{"read":1,"unread":0,"starred":1,"unstarred":0}'
has "nothing waits" "$out" '"waiting":0'
is "what is read here" "a 1 a 3 b 2 " "$(titles tram -is:unread)"
is "what is starred here" "b 2 b 4 " "$(titles tram is:starred)"
is "one there" "b 2 read starred" "$(there b 2)"
on tram "$crier" mark unread 'title:"a 3"'
on tram "$crier" mark unstarred 'title:"b 4"'
do_ tram sync
is "and back" "a 3 unread -" "$(there a 3)"
is "likewise stars" "b 4 unread -" "$(there b 4)"
control 'forget?feed=a&n=0' >/dev/null
do_ tram sync
ok "what the server forgets is not read for that" [ "$(titles tram 'is:unread title:"a 0"')" = "a 0 " ]

# --- another machine, and a week without a network
machine sofa
do_ sofa sync --yes
fetch sofa
do_ sofa sync
is "a second machine has what was read on the first" "a 1 b 2 " "$(titles sofa -is:unread)"
is "and its subscriptions" 2 "$(on sofa "$crier" sources --format=tsv | grep -c .)"
for day in 1 2 3 4 5 6 7; do
    now=$((1761350400 + day * 86400)) on sofa "$crier" mark read "title:\"b $((day % 6))\"" 2>/dev/null
    now=$((1761350400 + day * 86400)) on tram "$crier" mark read "title:\"a $((day % 5 + 1))\"" 2>/dev/null
    now=$((1761350400 + day * 86400)) on tram "$crier" sync >/dev/null 2>&1
done
on sofa "$crier" mark unread 'title:"a 1"'
do_ sofa sync
do_ tram sync
is "after a week the two have the same" "$(titles tram 'is:unread -portal:town')" "$(titles sofa 'is:unread -portal:town')"
is "which is what was not read, or made unread last" "a 0 a 1 " "$(titles tram 'is:unread -portal:town')"
do_ sofa sync
has "and nothing is left to say" "$out" "the same on both sides"

# --- changed and changed back, while it changed there too: nothing is lost
on tram "$crier" mark read 'title:"a 1"'
on tram "$crier" mark unread 'title:"a 1"'
control 'read?feed=a&n=1&value=1' >/dev/null
do_ tram sync
is "unread was said last, and holds" "a 1 unread -" "$(there a 1)"
on tram "$crier" mark starred 'title:"b 5"'
on tram "$crier" mark unstarred 'title:"b 5"'
control 'star?feed=b&n=5&value=1' >/dev/null
do_ tram sync
is "a star of the server stays" "b 2 b 5 " "$(titles tram is:starred)"

# --- folders
control 'folder?feed=b&folder=Evening' >/dev/null
do_ tram sync --dry-run # which forgets nothing of that
do_ tram sync
has "a folder that changed there is a tag here" "$T/tram/config/crier/urls" "b.xml \"Evening\""
sed -i 's/"Evening"/"Morning"/' "$T/tram/config/crier/urls"
do_ tram sync
is "and the other way" "feed b Morning" "$(control state | grep '^feed b')"

# --- a portal without feeds, by the feed that is published of it
printf 'sync.feeds=%s/feeds\n' "$BASE" >>"$T/tram/config/crier/crier.conf"
do_ tram sync
has "a portal is offered as its feed" "$out" "only here: $BASE/feeds/town.atom"
do_ tram sync --yes
has "which is added there" "$out" "added on the server: $BASE/feeds/town.atom"
ok "and stands for its lists" sh -c '! grep -q "stays here" "$1"' sh "$out"
on tram "$crier" mark read 'portal:town title:"number 3 of"'
control 'star?feed=town&n=4&value=1' >/dev/null
do_ tram sync
is "marks of its articles go there" "town 2 read -" "$(there town 2)"
is "and come from there" 1 "$(on tram "$crier" list --format=tsv 'portal:town is:starred' | grep -c 'number 5 ')"
do_ tram sync --yes
has "and that was all" "$out" "the same on both sides"
is "nothing is added here for it" 0 "$(grep -c town.atom "$T/tram/config/crier/urls")"
sed -i '/portal:town/d' "$T/tram/config/crier/urls"
do_ tram sync --yes
has "without the portal it is one that was removed" "$out" "removed here, still on the server (--prune): $BASE/feeds/town.atom"
do_ tram sync --yes --prune
is "and goes" "" "$(control state | grep town)"
printf 'sync.feeds=nowhere\n' >>"$T/tram/config/crier/crier.conf"
do_ tram sync
status_is "feeds are published at an address of the web" 1
sed -i '/sync.feeds/d' "$T/tram/config/crier/crier.conf"

# --- marks that lie beside a store
printf 'store.marks=own\n' >>"$T/tram/config/crier/crier.conf"
do_ tram sync
status_is "marks that are kept apart are not synced" 1
has "which is said, and what to do" "$err" "store.marks = shared"
sed -i '/store.marks/d' "$T/tram/config/crier/crier.conf"

# --- what was taken away
control 'unsubscribe?feed=a' >/dev/null
do_ tram sync --yes
has "is taken away here by --prune alone" "$out" "removed on the server, still here (--prune): $BASE/feeds/a.xml"
is "so it stays" 1 "$(grep -c a.xml "$T/tram/config/crier/urls")"
do_ tram sync --prune
is "and by an answer alone" 1 "$(grep -c a.xml "$T/tram/config/crier/urls")"
do_ tram sync --prune --yes
is "with both it goes" 0 "$(grep -c a.xml "$T/tram/config/crier/urls")"
on tram "$crier" remove "$BASE/feeds/b.xml" 2>/dev/null
do_ tram sync --yes
has "the other way, too" "$out" "removed here, still on the server (--prune): $BASE/feeds/b.xml"
do_ tram sync --prune --yes
is "it goes" "" "$(control state)"

# --- what servers do
control reset >/dev/null
machine tram a.xml b.xml
rm -rf "$T/tram/data"
fetch tram
do_ tram sync --yes
on tram "$crier" mark read 'title:"a 1"'
control expire >/dev/null
do_ tram sync
status_is "a token that has ended is asked for anew" 0
on tram "$crier" mark read 'title:"a 2"'
control 'fail?path=edit-tag&status=400&times=1' >/dev/null
do_ tram sync
status_is "a mark that is refused" 2
has "waits" "$out" "1 mark was refused"
do_ tram sync
has "for the next sync" "$out" "marked on the server: 1 read"
on tram "$crier" mark starred 'title:"a 2"'
control 'lose?path=edit-tag&times=9' >/dev/null
do_ tram sync
status_is "an answer that never came" 3
control 'lose?path=edit-tag&times=0' >/dev/null
on tram "$crier" mark unstarred 'title:"a 2"'
do_ tram sync
is "does not hide what was marked since" "a 2 read -" "$(there a 2)"
control 'fail?path=stream/items/ids&status=503&times=1' >/dev/null
do_ tram sync
status_is "a list that does not come" 3
is "marks nothing" "a 1 a 2 " "$(titles tram -is:unread)"

# --- many, in parts; and Miniflux
control reset >/dev/null
control 'many?feed=a&n=700' >/dev/null
rm -rf "$T/tram/data"
machine tram a.xml
fetch tram
do_ tram sync --yes
on tram "$crier" mark starred 'all' 2>/dev/null
on tram "$crier" mark read 'all' 2>/dev/null
do_ tram sync
has "700 marks go in parts" "$out" "marked on the server: 700 read, 700 starred"
is "a feed that is read is read as one" "all feed/7" "$(control log | grep all)"
is "all have come" 700 "$(control state | grep -c 'read starred')"

server --kind=miniflux --page=4
rm -rf "$T/tram/data"
machine tram a.xml b.xml
fetch tram
do_ tram sync --yes
on tram "$crier" mark starred 'title:"a 1"'
on tram "$crier" mark read 'title:b'
control 'read?feed=a&n=0&value=1' >/dev/null
do_ tram sync
status_is "as Miniflux does it" 0
is "marks go there" "a 1 unread starred" "$(there a 1)"
is "and come from there" "a 0 b 0 b 1 b 2 b 3 b 4 b 5 " "$(titles tram -is:unread)"
finish
