#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the linear mode says is so: why nothing is there, what can be done, in which state a row is; and it
# is said in words that are heard as they are meant.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 54
mkdir "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
 {"id": "1", "title": "Water", "url": "@BASE@/water.html", "date_published": "2025-10-20T08:00:00Z",
  "content_html": "<p>The <a href='@BASE@/one.html'>pipes</a> are old.</p>"},
 {"id": "2", "title": "Roads", "url": "@BASE@/roads.html", "date_published": "2025-10-19T08:00:00Z",
  "content_html": "<p>Roads are closed.</p>"},
 {"id": "3", "title": "Fair", "url": "@BASE@/fair.html", "date_published": "2025-10-18T08:00:00Z",
  "content_html": "<p>The fair is on.</p><hr><p>Seen <a href='@BASE@/map.html'>there</a>.</p><p><img src='@BASE@/a.png' alt='A bridge'></p>"},
 {"id": "4", "title": "Bare", "date_published": "2025-10-17T08:00:00Z"}]}
END
sed 's/"items".*/"items": []}/; /^ /d' "$T/www/feed.json" >"$T/www/empty.json"
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
printf '%s/empty.json "quiet" "~Nothing"\n%s/gone.json "other" "~Gone"\n' "$BASE" "$BASE" >>"$CONFIG/urls"
"$crier" fetch --progress=none 2>/dev/null
cp -r "$T/data" "$T/fresh"

# --- why nothing is there
for query in '(' 'is:nonsense' 'since:zz' 'zz:('; do
    said -- "search $query"
    has_not "a wrong query opens no list, which would tell things of the store: $query" "$out" "Search"
done
has "but what is wrong with it" "$out" "error: query: "
said -- 1 M H 'f roads'
has "what matches is read, where that is hidden" "$out" "Everything here is read. H shows it again."
said -- 2 H
has "who has starred nothing has not read everything" "$out" "No article has a star yet."
said -- 1 s M h 2 H
has "but all that is starred" "$out" "Everything here is read."
said -- t 5
has_not "that others failed is no reason" "$out" "failed"
has "what was fetched and is empty is looked at again" "$out" "r looks whether there are new ones"
said -- 3 4
has "what has no page of its own is not to be fetched" "$out" "This article has no text, and no page of its own."
has_not "nor opened" "$out" "in the browser"
said -- 3 4 copy-text
has "nor is there a text to be copied" "$out" "this article has no text"
said -- 3 1 'o 7'
has "a link that is not there is not the page" "$out" "there is no link 7"
said -- 3 1 'o 1'
has "one that is there opens" "$out" "/one.html"

# --- tags
said -- 3 1 't roads' b
has "an article tells its tags" "$out" "Tags: roads"
ok "and is read once" sh -c '[ "$(grep -c Tags: "$1")" = 1 ]' sh "$out"
said -- 3 1 't roads' 't more' i
has "the information about it too" "$out" "Tags: more, roads"
said -- 3 1 't roads' 't -roads' b
has_not "which may be none" "$out" "Tags"
said -- 3 't roads' k
has "so does its row" "$out" "1 of 4: Water, 2025-10-20 08:00, unread, tagged roads"
said -- 3 't roads' 't more' h 3
has "with all of them, behind the rest" "$out" "1. Water, 2025-10-20 08:00, unread, tagged more, roads"
has_not "what has none does not speak of any" "$out" "2. Roads, 2025-10-19 08:00, unread, tagged"
printf 'size 80 24\nkeys j j Enter j Enter t\ntype roads\nkeys Enter\ndump\nkeys u\ndump\n' >"$T/script"
rm -rf "$T/data" "$T/.local"
cp -r "$T/fresh" "$T/data"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "so it does on the screen, at once" "$T/screen.1" "Tags: roads"

# --- choosing
said -- a 'nonsense place'
has "what nothing has is said" "$out" "nonsense place: No portal of the catalogue has this name"
has "and how to go on" "$out" "an asterisk shows all again, a full stop leaves"
said -- 3 1 U zzz ''
has "also to an empty line" "$out" "a full stop leaves"
said -- a 'nonsense place' '*'
has "an asterisk shows all" "$out" "1 to 20 of"
has_not "which are narrowed down no more" "$out" "narrowed down"
said -- a kingston
has "what a choice was narrowed down by is said" "$out" "narrowed down by: kingston"
said -- a 'http://[bad'
has "what was meant as an address is said to be none" "$out" "This is no address that can be looked at."
printf 'size 80 24\nkeys a\ntype http://[bad\ndump\nkeys Enter\ndump\n' >"$T/script"
rm -rf "$T/data" "$T/.local"
cp -r "$T/fresh" "$T/data"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "so it is on the screen" "$T/screen.1" "This is no address that can be looked at."
has_not "which is no name of a portal" "$T/screen.2" "No portal of the catalogue"
printf 'size 80 24\nkeys :\ntype add %s/feed.json\nkeys Enter Enter\nwait idle\nkeys 9\ndump\nkeys z\ndump\nkeys j\ndump\n' "$BASE" >"$T/script"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "a number that a menu has not is told there, too" "$T/screen.1" "there is no number 9 here; the last one is 1"
has "so is a key" "$T/screen.2" "z does nothing here; F1 shows the keys"
has_not "one that moves is none" "$T/screen.3" "does nothing"
said -- "add $BASE/feed.json" .
has_not "a full stop leaves all that was asked" "$out" "An empty line looks at this address"
said -- 3 1 U zzz
has "so it is among links" "$out" "zzz: Nothing matches."

# --- groups
said -- t
has "a tag is called one" "$out" "tag quiet: "
has "what stands under it says so" "$out" "Nothing, tagged quiet: "
has_not "what has none is under no tag" "$out" "tagged without"
said -- t 'k' 6 h fold
has "what is folded is said" "$out" "folded: quiet"
has "by its row, too" "$out" "tag quiet: 0 unread of 0, folded"

# --- signs
said --set=ui.dates=relative -- 3
has "how long ago something was is words" "$out" "1. Water, "
has "with all letters" "$out" " days ago, unread"
said -- 3 3
has "a rule is a word" "$out" "separator"
has "a picture has its place among the links" "$out" "[2] $BASE/a.png"
said -- 3 3 U
has "the number of a row is that of a link" "$out" "1. there, $BASE/map.html"
has_not "which is said once" "$out" "[1]"
said -- 'search water'
has "parts of a title are told apart by words" "$out" "Search, water (1 found): 1 to 1 of 1"
said -- 3 1 h 1 U . b i h
has "so is the title of an article" "$out" "Notices: Water"
said -- "add $BASE/feed.json"
has "what was found is read without points" "$out" "
Water"

# --- once
said -- 'search (' D
has "what cannot be removed is told" "$out" "this row is no subscription"
said -- 3 h D y u
sed -n '/^> back again: /,$p' "$T/all" >"$out"
has "what is back is told with the number of rows" "$out" " of 5: "
sed -i 's/ "~Gone"//' "$CONFIG/urls"
"$crier" fetch --progress=none 2>/dev/null
rm -rf "$T/fresh"
cp -r "$T/data" "$T/fresh"
said -- 5
ok "an address is told once" test "$(grep -c '^http.*gone.json' "$out")" = 1
finish
