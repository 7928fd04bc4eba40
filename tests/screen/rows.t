#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of the first view: each key does something on each of them or says why not; what is unsubscribed
# from is back byte for byte after u.
. "${srcdir:-.}/tests/lib.sh"
plan 49
portal_start
mkdir -p "$T/share/portals"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
cat >"$CONFIG/urls" <<'END'
# mine
portal:beiling   "water"  "~Beiling"

"query:Bridges:museum"  # kept
portal:beiling/ru/news "roads"
# the end
END
printf '%s/en/news/rss.xml' "$BASE" >>"$CONFIG/urls"
cp "$CONFIG/urls" "$T/urls"
"$crier" fetch --progress=none 2>/dev/null

# --- undoing, byte for byte
play <<'END'
keys j j j j D y
dump
END
on 1 "one section of several is unsubscribed from" "unsubscribed"
ok "the others of its line stand there for it" test "$(grep -c '^portal:beiling/' "$CONFIG/urls")" -gt 3
cp "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j j D y u
dump
END
on 1 "u brings it back" "back again"
same "the file is what it was, byte for byte" "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j D y G D y u u
dump
END
same "in several steps too, be it a query or the last line" "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j j D y u ^R u
dump
END
same "and back and forth" "$T/urls" "$CONFIG/urls"
# somebody else writes meanwhile
cp "$T/urls" "$CONFIG/urls"
play --set=ui.browser='sh -c "echo \# another hand >>'"$CONFIG"'/urls"' <<'END'
keys j j j j D y o
wait opened:
keys u
dump
END
on 1 "u brings it back where another hand has written" "back again"
has "and leaves what that wrote" "$CONFIG/urls" "# another hand"

# --- each row, each key
cp "$T/urls" "$CONFIG/urls"
play --set=near.addresses="Lenin 24" <<'END'
keys D
dump
keys j D
dump
keys j D
dump
END
on 1 "all articles are no subscription, which is said" "this row is no subscription"
on 2 "nor are the starred" "this row is no subscription"
on 3 "what is near comes from a setting" "near.addresses"
play <<'END'
keys t j j j D
dump
END
on 1 "a tag is none" "a tag is no subscription"
play <<'END'
keys j j j D
dump
keys y
dump
END
on 1 "the head of an edition asks for all of its sections" "Unsubscribe from the 2 sections of "
on 2 "and all are gone" "unsubscribed"
ok "of that edition, and no other" sh -c 'grep -q "^portal:beiling/en/news " "$1" && ! grep -q /zh/ "$1"' sh "$CONFIG/urls"
cp "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j D y u
dump
END
on 1 "one step brings them back, by the name of all" "back again: Beiling"
same "as they were" "$T/urls" "$CONFIG/urls"
play <<'END'
keys j j j D y u D
dump
END
on 1 "one is on the edition again, not in it" "Unsubscribe from the 2 sections of "
play <<'END'
keys j j j - D y u D
dump
END
on 1 "also where it is folded" "Unsubscribe from the 2 sections of "
play <<'END'
keys j j j j D y k k k k u D
dump
END
on 1 "and of a section on that" "Unsubscribe from Beiling, of Beiling (demo portal)"
"$crier" mark unread all >/dev/null
play <<'END'
keys j j M
dump
END
on 1 "M marks what a saved query finds" "marked as read; u undoes it"
ok "and no more" test "$("$crier" list --format=tsv is:unread | wc -l)" -gt "$("$crier" list --format=tsv is:read | wc -l)"
play --set=fetch.auto=no <<'END'
keys h
dump
keys ^G
dump
keys j Enter Enter
dump
keys s
dump
keys o
dump
keys F
dump
keys i
dump
keys ]
dump
END
on 1 "the first view has none before it" "this is the first view; q quits"
on 2 "nothing runs" "no fetch is running"
on 3 "an empty list has nothing to open" "there is nothing here to open"
on 4 "nothing to mark" "there is no article here"
on 5 "no page" "there is no source here whose page could be opened"
on 6 "no filter" "this list has no filter"
on 7 "no information" "only sources have information"
on 8 "no next source" "this list is of no single source"
CRIER_NOW=1761354000
play --set=fetch.auto=no <<'END'
keys j j j r
wait new article
dump
END
CRIER_NOW=1761350400
on 1 "r on a head fetches what stands under it" "0 new articles"
ok "and no more" test "$("$crier" status --format=json | grep -c '"last_attempt":"2025-10-25T01:00:00Z"')" = 2
asked() { "$crier" status --format=json | grep -c "\"last_attempt\":\"2025-10-25T0$1:"; }
all=7 # and one that nobody is subscribed to any more
CRIER_NOW=1761357600
play --set=fetch.auto=no <<'END'
keys j r
dump
keys j j j Enter s h k k k r
wait new article
dump
END
on 1 "r on Starred has nothing to fetch where nothing is starred" "there is no source here that could be fetched"
ok "else it fetches the sources of what is starred" test "$(asked 2)" = 1
CRIER_NOW=1761361200
play --set=fetch.auto=no <<'END'
keys j j r
dump
wait new article
dump
END
on 1 "what any source may bring is asked of all, which is said" "fetching all $all sources"
on 2 "and then what has come of it" "0 new articles"
ok "so it is done" test "$(asked 3)" = "$all"
CRIER_NOW=1761368400
play --set=fetch.auto=no <<'END'
keys j j j Enter r
wait new article
dump
END
ok "the list of an edition fetches its sources" test "$(asked 5)" = 2
CRIER_NOW=1761372000
printf '3\nr\nquit\n' | "$crier" --plain >"$out" 2>&1
has "the list of a query fetches all" "$out" "fetching all $all sources"
has "and tells what came" "$out" "0 new articles"
CRIER_NOW=1761375600
printf 'j\nr\nquit\n' | "$crier" --plain >"$out" 2>&1
has_not "starred articles are not of all sources for who listens, either" "$out" "fetching all"
ok "but of theirs" test "$(asked 7)" = 1
CRIER_NOW=1761379200
play --set=fetch.auto=no <<'END'
keys j j r
wait idle
dump
END
on 1 "what was announced is gone in the end" "0 new articles"
CRIER_NOW=1761350400

# --- what a query is called
play <<'END'
keys Enter f
type is:unread title:museum
keys Enter = Enter
dump
keys q
dump
END
on 1 "a kept query is told by its name" "kept among the sections: is unread title museum"
ok "which its row has" grep -q "^  is unread title museum *[01]/[01]$" "$T/screen.2"

# --- pictures that do not come
kill "$portal_pid"
portal_pid=
mkdir "$T/site"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Lindow News</title><item><title>The bridge</title><link>@BASE@/bridge</link>
<description>&lt;p&gt;It opens.&lt;/p&gt;&lt;img src="@BASE@/bridge.png" alt="The bridge"&gt;</description></item>
</channel></rss>
END
serve "$T/site"
echo "$BASE/feed.xml" >"$CONFIG/urls"
rm -rf "$T/data"
"$crier" fetch --progress=none
play <<'END'
keys Enter Enter
dump
keys P
wait cannot be
dump
END
case $("$crier" --version) in
*"pictures: none"*) for why in 1 2 3 4; do ok "no pictures here # SKIP" true; done ;;
*)
    on 1 "P is named where an article has pictures" " P pictures "
    has_not "and no longer where they are shown" "$T/screen.2" " P pictures "
    on 2 "P says why a picture cannot be shown" "1 picture cannot be shown: not found (HTTP 404)"
    kill "$portal_pid"
    portal_pid=
    play <<'END'
keys Enter Enter P
wait cannot be
dump
END
    on 1 "and that there is no way to it" "1 picture cannot be shown: cannot connect to"
    ;;
esac
finish
