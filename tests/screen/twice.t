#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What several lines of urls bring is one head and goes from all of them; what a portal has is not subscribed to again
# by its address.
. "${srcdir:-.}/tests/lib.sh"
plan 48
portal_start
urls=$CONFIG/urls

# --- an edition and its portal
printf 'portal:beiling/en "mine"\nportal:beiling\n' >"$urls"
cp "$urls" "$T/before"
"$crier" fetch --progress=none >/dev/null
play <<'END'
size 80 30
keys / L o c a l Space N Enter D y
dump
keys u
wait Local News
dump
END
on 1 "what one unsubscribes from is of no subscription any more" "Not subscribed"
ok "in no row and no line" sh -c '! grep -q "Local News" "$1"' sh "$T/screen.1"
on 2 "and comes back" "Local News"
same "with the lines that brought it, byte for byte" "$T/before" "$urls"
"$crier" remove portal:beiling/en/news >/dev/null
run "$crier" sources
has_not "the same by a command" "$out" "portal:beiling/en/news"
has "which takes out nothing else" "$out" "portal:beiling/en/notices"
has "of both lines" "$out" "portal:beiling/ru/news"

printf 'portal:beiling/en/notices\nportal:beiling/zh/news\nportal:beiling\n' >"$urls"
play <<'END'
size 80 40
keys j j j
dump
keys Enter ]
dump
END
has "the next source is that of the next row" "$T/screen.2" "Local News"
ok "an edition has one head" test "$(grep -c "^ .*) · English" "$T/screen.1"):$(grep -c "^ .*) · 中文" "$T/screen.1")" = 1:1
ok "and is named once in the corner" sh -c 'sed 1q "$1" | grep -q "English" && ! sed 1q "$1" | grep -q "English.*English"' sh "$T/screen.1"
ok "with the name of its portal" test "$(grep -c "beiling · " "$T/screen.1")" = 0
# --- what is not subscribed to any more
echo 'portal:beiling/zh/news' >"$urls"
play <<'END'
keys G Enter
dump
keys Enter i
dump
END
on 1 "its list says what of it is unread" "Not subscribed (11 unread)"
on 2 "and information that it is not subscribed to" "not subscribed, so it is not fetched"
has_not "so that nothing is to come" "$T/screen.2" "Next fetch"
play <<'END'
keys G D y
wait articles deleted
keys u Enter
dump
END
on 1 "what was deleted of it and is back is where one is" "Not subscribed ("
"$crier" mark read all 2>/dev/null
play <<'END'
keys G Enter
dump
END
ok "or nothing, where nothing is" sh -c 'sed 1q "$1" | grep -q "Not subscribed  *1/\|Not subscribed *$"' sh "$T/screen.1"

# --- a portal that is subscribed to, by its address
# asks ADDRESS KEYS…: what is shown of an address that is pasted, and what the keys make of it
asks() {
    address=$1
    shift
    printf 'keys a\ntype %s\nkeys Enter\nwait idle\ndump\n' "$address" >"$T/asked"
    [ $# = 0 ] || printf 'keys %s\nwait idle\ndump\n' "$*" >>"$T/asked"
    play <"$T/asked"
}
echo 'portal:beiling/en' >"$urls"
"$crier" fetch --progress=none >/dev/null
asks "$BASE/en/" 1
on 1 "a home page is that of its portal" "Beiling (demo portal), English"
on 1 "which one has" "You are subscribed to it already."
on 2 "it can be looked at all the same" "A feed with 5 articles:"
on 2 "and what it has is told by its name" "You are subscribed to it already: Beiling (demo portal), English, Local"
ok "which cannot be subscribed to again" sh -c '! grep -q "Subscribe and fetch" "$1"' sh "$T/screen.2"
asks "$BASE/en/news/rss.xml"
on 1 "the address of a feed that a portal reads" "Beiling (demo portal), English, Local News"
asks "${BASE#http://}/en/notices/" 2
on 1 "that of a list, as people write it" "Beiling (demo portal), English, Public Notices"
on 2 "is left at that" "nothing was done"
same "nothing of it is in urls" "$urls" /dev/stdin <<'END'
portal:beiling/en
END
asks "$BASE/ru/" 1
on 1 "what is not subscribed to is in the catalogue" "The catalogue has this portal."
ok "and subscribed to by that" test "$(tail -n 1 "$urls")" = portal:beiling/ru
printf 'portal:beiling/en\nhttp://example.org/a.xml\n' >"$urls"
cp "$urls" "$T/before"
play <<END
paste $BASE/en/\\n$BASE/en/notices/\\nhttp://example.org/a.xml\\n
keys y
wait subscribed to
dump
END
on 1 "of several that are pasted those are no failures" "subscribed to 3 addresses"
same "and stay what they are" "$T/before" "$urls"

# --- a home page that is of no edition alone
cp "$CONFIG/portals/beiling.portal" "$T/portal"
sed -i "/^\[Portal/,/^\$/s|^Home=.*|Home=$BASE/town/|" "$CONFIG/portals/beiling.portal"
echo portal:beiling/en/news >"$urls"
asks "$BASE/town/"
on 1 "a section of one of them is not all of it" "The catalogue has this portal."
echo portal:beiling/en >"$urls"
asks "$BASE/town/"
on 1 "an edition is what somebody has chosen" "Beiling (demo portal), English"
on 1 "and had" "You are subscribed to it already."
cp "$T/portal" "$CONFIG/portals/beiling.portal"
printf 'portal:beiling/en\nhttp://example.org/a.xml\n' >"$urls"

# --- by a command: who writes scripts gets what was asked for, and is told
cp "$urls" "$T/urls"
for pair in "$BASE/en/ English" "$BASE/en/news/rss.xml English, Local News"; do
    address=${pair%% *}
    run "$crier" add "$address"
    status_is "a command takes it" 0
    has "and says whose it is" "$err" "'$address' is subscribed to already: Beiling (demo portal), ${pair#* }; its articles will be there twice"
    cp "$T/urls" "$urls"
done
echo portal:beiling/en/news >"$urls"
run "$crier" add "$BASE/en/"
status_is "a home page of which a part is subscribed to is taken" 0
has "and the feed that it announces told to be that part" "$err" "'$BASE/en/news/rss.xml' is subscribed to already: Beiling (demo portal), English, Local News; its articles will be there twice"
ok "which the catalogue need not be named for" test "$(wc -l <"$err")" = 1
ok "for there it is" test "$(tail -n 1 "$urls")" = "$BASE/en/news/rss.xml"
echo portal:beiling/en/news >"$urls"
for address in "$BASE/en/" "$BASE/en/news/rss.xml"; do
    run "$crier" add --dry-run "$address"
    status_is "who only looks" 0
    ok "is not told of articles that will be there" test ! -s "$err"
done
cp "$T/urls" "$urls"
run "$crier" add --no-discover "$BASE/en/news/rss.xml"
status_is "who does not have it looked at hears nothing" "0"
ok "of that" test ! -s "$err"
run "$crier" add "$BASE/ru/"
status_is "what is not subscribed to is" 0
has "and what the catalogue has of it is told" "$err" "the catalogue has it: 'crier add beiling/ru' subscribes to Beiling (demo portal), Русский"
finish
