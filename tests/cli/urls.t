#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The file of subscriptions: it loses nothing to those who write it at once, keeps its mode and the links to it,
# and crier can read whatever it wrote there.
. "${srcdir:-.}/tests/lib.sh"
plan 92
urls=$CONFIG/urls
add() { run "$crier" add --no-discover "$@"; }
mode() { stat -c %a "$1"; }

# many at once
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    "$crier" add --no-discover "http://city.example/$i" >/dev/null 2>&1 &
    eval "pid$i=\$!"
done
failed=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do eval "wait \$pid$i" || failed=$((failed + 1)); done
ok "twelve at once succeed, with a store that is new" test "$failed" = 0
ok "twelve at once are all there" test "$(sort -u "$urls" | grep -c city.example)" = 12
for i in 1 2 3 4 5 6; do
    "$crier" remove "http://city.example/$i" >/dev/null 2>&1 &
    eval "pid$i=\$!"
    "$crier" add --no-discover "http://town.example/$i" >/dev/null 2>&1 &
    eval "pida$i=\$!"
done
for i in 1 2 3 4 5 6; do eval "wait \$pid$i \$pida$i"; done
ok "what is removed and added at once is so" test "$(grep -c city "$urls"):$(grep -c town "$urls")" = 6:6
for i in 1 2 3 4; do
    "$crier" add --no-discover http://same.example/ >/dev/null 2>&1 &
    eval "pid$i=\$!"
done
for i in 1 2 3 4; do eval "wait \$pid$i" || :; done
ok "the same one at once is there once" test "$(grep -c same.example "$urls")" = 1
ok "nothing is left beside it" test "$(find "$CONFIG" -type f | wc -l)" = 1

# mode, links
rm "$urls"
(umask 022 && add http://city.example/)
ok "a new one is its user's alone" test "$(mode "$urls")" = 600
ok "and so is a new store" test "$(mode "$STORE")" = 600
chmod 640 "$urls"
add http://city.example/2
ok "a mode is kept" test "$(mode "$urls")" = 640
mkdir "$T/dotfiles"
mv "$urls" "$T/dotfiles/urls"
ln -s ../../dotfiles/urls "$urls"
add http://city.example/3
ok "a link is kept" test -L "$urls"
ok "and what it leads to changed" grep -q city.example/3 "$T/dotfiles/urls"
"$crier" remove http://city.example/3 >/dev/null
ok "by remove too" test -L "$urls"
rm "$T/dotfiles/urls"
add http://city.example/4
ok "a link that leads to nothing yet is followed" grep -q city.example/4 "$T/dotfiles/urls"
ok "to a file of the user's alone" test "$(mode "$T/dotfiles/urls")" = 600
rm "$urls"
ln -s urls "$urls"
add http://city.example/4
status_is "a link to itself is an error" 1
ok "and left as it is" test -L "$urls"
rm "$urls"
if [ "$(id -u)" = 0 ]; then
    echo http://city.example/ >"$urls"
    chown 65534:65534 "$urls"
    add http://city.example/2
    ok "root leaves a file to its owner" test "$(stat -c %u:%g "$urls")" = 65534:65534
    rm "$urls"
else
    result 0 "root leaves a file to its owner # SKIP not root"
fi

# what is written can be read
add --title="$(printf '\377\376')" http://a.example/1
status_is "a title that is not UTF-8" 0
add --title="$(printf 'two\nlines\tand \033[31mred')" --tag="$(printf 'a\tb\nc')" http://a.example/2
status_is "one with controls" 0
add --title='~tilde "quoted" \back' http://a.example/3
add --title='!important' --tag='#1' http://a.example/4
add --tag=x --tag=x --tag=list http://a.example/5
run "$crier" sources --format=json
ok "every line is read" test "$(wc -l <"$out"):$(wc -c <"$err")" = 5:0
has "controls are gone" "$out" '"title":"two lines and [31mred"'
has "and from tags" "$out" '"tags":["a b c"]'
has "a tilde is a tilde" "$out" '"title":"~tilde \"quoted\" \\back"'
has "an exclamation mark one" "$out" '"title":"!important"'
has "a number sign one" "$out" '"tags":["#1"]'
has "a tag is there once" "$out" '"tags":["x","list"]'
run "$crier" sources --format=tsv
ok "a record is a line of five columns" sh -c '! grep -vE "^([^	]*	){4}[^	]*$" "$1"' sh "$out"
ok "no control is in the file" sh -c '! grep -qP "[\x00-\x09\x0b-\x1f]" "$1"' sh "$urls"
before=$(cat "$urls")
for bad in '~x' '!x' '' ' '; do
    add --tag="$bad" http://a.example/6
    status_is "'$bad' cannot be a tag" 1
done
add "$(printf 'http://a.example/\033[31m')"
status_is "an address with a control is refused" 1
add "$(printf 'http://a.example/6\nexec:rm -rf /')"
status_is "and one of two lines" 1
add 'http://a.example/6 "~b'
ok "one with a blank is one word" sh -c '[ "$1" = 1 ] || tail -n 1 "$2" | grep -q "^\"http://a.example/6 "' sh "$status" "$urls"
printf '%s\n' "$before" >"$urls"
add --title=Other http://a.example/3
status_is "one that is there with another title" 1
has "is told with the line to change" "$err" "with another title or other tags: change them in line 3 of '$urls'"
ok "nothing was written by all that" test "$(cat "$urls")" = "$before"
chmod -R a+rX "$T/config"
chmod 444 "$urls"
mkdir -m 777 "$T/theirs"
run as_user add --no-discover --store="$T/theirs/articles.db" http://a.example/7
status_is "what is protected is not replaced" 1
ok "nor touched" test "$(cat "$urls")" = "$before"
chmod 600 "$urls"

# as others write it
printf '\357\273\277http://b.example/1 "~One"\r\nhttp://b.example/2 "~tab\there"\r\n' >"$urls"
run "$crier" sources --format=tsv
ok "a byte order mark and CRLF" test "$(wc -l <"$out"):$(wc -c <"$err")" = 2:0
has "a tab in a title is a blank" "$out" "	tab here	"
add http://b.example/3
ok "a line is added in its manner" sh -c 'tail -n 1 "$1" | grep -q "$(printf "\r")$"' sh "$urls"
printf 'http://b.example/1' >"$urls"
add http://b.example/2
ok "a missing line end is made up for" test "$(wc -l <"$urls")" = 2
printf 'http://b.example/1\nhttp://b.example/\0002\n' >"$urls"
add http://b.example/3
status_is "a file with a NUL is not cut off there" 1
printf '\357\273\277[settings]\r\nfetch.interval=17\r\n' >"$CONFIG/crier.conf"
run "$crier" config fetch.interval
has "crier.conf may begin with the mark too" "$out" "fetch.interval=17"
rm "$CONFIG/crier.conf"

# names of portals
cp "$srcdir/tests/portal/beiling.portal.in" "$CONFIG/portals/beiling.portal"
sed -i 's|@BASE@|http://127.0.0.1:9|' "$CONFIG/portals/beiling.portal"
printf 'portal:beiling/ru\nportal:beiling/zh "zh"\nhttp://b.example/1 "~B"\n' >"$urls"
run "$crier" status --format=json portal:beiling/ru
ok "a name as it stands in urls is its sections" test "$(grep -c portal:beiling/ru/ "$out"):$(wc -l <"$out")" = 2:2
run "$crier" fetch --dry-run portal:beiling/ru portal:beiling/ru/news
ok "each once" test "$(wc -l <"$out")" = 2
run "$crier" remove portal:beiling/ru
status_is "it can be removed by it" 0
ok "which takes out its line" sh -c '[ "$(wc -l <"$1")" = 2 ] && ! grep -q beiling/ru "$1"' sh "$urls"
run "$crier" fetch --dry-run portal:beiling/ru
status_is "and is no source then" 1
cp "$urls" "$T/names"
printf 'portal:beiling/ru\nportal:beiling/zh\n' >"$urls"
for part in beiling:4 beiling/ru:2 beiling/ru/news:1; do
    run "$crier" fetch --dry-run "${part%:*}"
    ok "it need not be said to be a portal (${part%:*})" test "$(wc -l <"$out")" = "${part#*:}"
done
run "$crier" remove beiling/zh
status_is "it is removed by what it was added by" 0
ok "and no other with it" test "$(cat "$urls")" = portal:beiling/ru
printf 'portal:beiling/ru\nhttp://b.example/1 "~beiling"\n' >"$urls"
run "$crier" remove beiling
ok "but what is called so goes before" test "$status:$(cat "$urls")" = 0:portal:beiling/ru
mv "$CONFIG/portals/beiling.portal" "$T/away"
printf 'portal:beiling/ru\nhttp://b.example/1 "~beiling/ru"\n' >"$urls"
run "$crier" remove beiling/ru
ok "also where the portal has no file" test "$status:$(cat "$urls")" = 0:portal:beiling/ru
run "$crier" remove beiling/ru
ok "which is no hindrance" test "$status:$(wc -c <"$urls")" = 0:0
mv "$T/away" "$CONFIG/portals/beiling.portal"
cp "$T/names" "$urls"

# a portal takes the place of its parts
# takes NAME BEFORE AFTER ARGUMENT…: what `add` makes of the file
takes() {
    name=$1
    printf '%b' "$2" >"$urls"
    printf '%b' "$3" >"$T/expected"
    shift 3
    run "$crier" add "$@"
    same "$name" "$T/expected" "$urls"
}
takes "all of a portal takes the place of its parts" 'portal:beiling/en\nhttp://b.example/1 "~B"\nportal:beiling/zh/news\n' 'portal:beiling\nhttp://b.example/1 "~B"\n' beiling
status_is "and is subscribed to" 0
takes "so does an edition, and what is longer by a word is another" 'portal:beiling/en/notices\nportal:beiling/ru\nportal:beiling/english' 'portal:beiling/en\nportal:beiling/ru\nportal:beiling/english' beiling/en
takes "a title and tags are kept, above it" 'portal:beiling/en\nportal:beiling/ru/news "~Mine"\nportal:beiling/zh "a"\n' 'portal:beiling/ru/news "~Mine"\nportal:beiling/zh "a"\nportal:beiling\n' beiling
run "$crier" sources --format=json
ok "and stay what they are" test "$(grep -c '"Mine"' "$out"):$(grep -c '"tags":\["a"\]' "$out"):$(wc -l <"$out")" = 1:2:6
takes "a comment too" '# portal:beiling/en\nportal:beiling/en # to be learnt\n' '# portal:beiling/en\nportal:beiling/en # to be learnt\nportal:beiling\n' beiling
takes "but not what is given anew" 'portal:beiling/en "a" "~All"\r\nhttp://b.example/1\r\n' 'portal:beiling "b" "a" "~All"\r\nhttp://b.example/1\r\n' --tag=b --tag=a --title=All beiling
takes "nor what would get the title and tags of a line below it" 'portal:beiling/en/news\nportal:beiling/en "~Mine" "mine"\n' 'portal:beiling/en/news\nportal:beiling/en "~Mine" "mine"\nportal:beiling\n' beiling
takes "of a part of it as well" 'portal:beiling/en\nportal:beiling/en/news "~Mine"\nportal:beiling/ru/news\n' 'portal:beiling/en\nportal:beiling/en/news "~Mine"\nportal:beiling\n' beiling
takes "or of none, where that one stays" 'portal:beiling/en/news "~All"\nportal:beiling/en\nportal:beiling/en/news "mine"\n' 'portal:beiling/en/news "~All"\nportal:beiling/en\nportal:beiling/en/news "mine"\nportal:beiling "~All"\n' --title=All beiling
takes "what stands below its like goes" 'portal:beiling/en "~Mine"\nportal:beiling/en/news\n' 'portal:beiling/en "~Mine"\nportal:beiling\n' beiling
takes "all of it where its parts are all there" 'portal:beiling/en\nportal:beiling/zh\nportal:beiling/ru\n' 'portal:beiling\n' beiling
status_is "is more than these" 0
takes "also where each has a title or tags" 'portal:beiling/en/news "a"\nportal:beiling/en/notices "~B"\n' 'portal:beiling/en/news "a"\nportal:beiling/en/notices "~B"\nportal:beiling/en\n' beiling/en
takes "once" 'portal:beiling/en "a"\nportal:beiling\n' 'portal:beiling/en "a"\nportal:beiling\n' beiling
status_is "which is told by the status" 1
takes "and not below what has all of it" '\357\273\277portal:beiling\nportal:beiling/en/news\nportal:beiling/en/notices\n' '\357\273\277portal:beiling\nportal:beiling/en/news\nportal:beiling/en/notices\n' beiling/en
printf 'portal:beiling/en/news\nportal:beiling/en "~Mine"\nportal:beiling/zh\nportal:beiling/ru\n' >"$urls"
printf 'portal:beiling\nportal:beiling\n' >"$T/imported"
run "$crier" import "$T/imported"
ok "an import does the same" test "$(cat "$urls")" = 'portal:beiling/en/news
portal:beiling/en "~Mine"
portal:beiling'
run "$crier" import "$T/imported"
status_is "once" 4
mkdir -p "$T/system"
printf 'portal:beiling/en\n' >"$T/system/urls"
printf 'portal:beiling/zh\nportal:beiling/ru\n' >"$urls"
CRIER_SYSCONFDIR=$T/system run "$crier" add beiling
status_is "what is there for all users stays what it is" 1
printf 'portal:beiling/en\nhttp://b.example/1\n' >"$urls"
printf 'portal:beiling\nportal:beiling/zh\n' >"$T/imported"
run "$crier" import "$T/imported"
ok "the same by an import" test "$(cat "$urls")" = "portal:beiling
http://b.example/1"
printf 'http://b.example/1\nportal:beiling/en/news\nhttp://b.example/1\nportal:beiling/en/news\n' >"$urls"
"$crier" remove portal:beiling/en/news http://b.example/1 >/dev/null 2>&1
ok "what stands there twice is taken out twice" test ! -s "$urls"
cp "$T/names" "$urls"
number=$("$crier" sources --format=tsv | grep b.example | cut -f1)
"$crier" remove "$number" >/dev/null
run "$crier" fetch --dry-run "$number"
status_is "nor is its number" 1
run "$crier" remove "$number"
has "which is said to be unknown" "$err" "there is no source '$number'"

# lines that cannot be used
cat >"$urls" <<'END'
http://b.example/1
exec:~/bin/feed
"query:Unread:unread = \"yes\""
"query:Bad:is:nope"
"query:Good:is:unread title:age"
END
run "$crier" list
ok "list is silent about them" sh -c '! grep -q "line " "$1"' sh "$err"
run "$crier" status --format=json
ok "status has a line for each" test "$(grep -c '"id":null' "$out"):$(wc -l <"$out")" = 3:4
has "with its number" "$out" '"line":4'
run "$crier" status
has "and people read why" "$out" ":3: 'unread = \"yes\"' is in the query language of newsboat"
run "$crier" fetch --dry-run
status_is "fetch does the rest, and some failed" 2
has "a query that is wrong is named" "$err" ":4: query: 'is:nope' is not one of"
has_not "one that is right is not" "$err" "line 5"
run "$crier" sources extra
status_is "sources takes nothing" 1
run "$crier" keys extra
status_is "nor does keys" 1
run "$crier" status nosuch
status_is "status knows no such source" 1
finish
