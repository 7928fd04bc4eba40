#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A page with several feeds in the reader: each can be looked at, one or all of them subscribed to.
. "${srcdir:-.}/tests/lib.sh"
plan 25
mkdir "$T/site" "$T/share"
export CRIER_DATADIR="$T/share"
feed() {
    printf '<rss version="2.0"><channel><title>%s</title><item><title>The bridge is open</title><guid>%s</guid></item></channel></rss>' "$1" "$2" >"$T/site/$2.xml"
}
feed City council
feed City news
feed "Roads department" roads
feed "What readers say" comments
link() { printf '<link rel="alternate" type="application/rss+xml" title="%s" href="%s.xml">' "$1" "$2"; }
{ link "Comments" comments; link Council council; link News news; link Roads roads; } >"$T/site/several.html"
serve "$T/site"

# play: runs the script on standard input; $T/screen.1, .2 … are what it dumps
play() {
    cat >"$T/script"
    run "$crier" --script "$T/script"
    screens "$T/script" "$out"
}

play <<END
size 80 24
type $BASE/several.html
keys Enter
wait idle
dump
keys Down Enter
wait idle
dump
keys Esc
dump
END
on 1 "the best is shown" "A feed with 1 article:"
on 1 "the page's others are said" "The page has other feeds too."
on 1 "by their names" " News  $BASE/news.xml"
on 1 "those of comments as such" " Comments  comments"
on 1 "and all together" " Subscribe to all 4 feeds"
on 2 "another one is looked at first" "$BASE/news.xml"
on 2 "and subscribed to from there" "1 Subscribe and fetch"
on 3 "one can go back" " Subscribe to all 4 feeds"
ok "nothing was subscribed to" test ! -s "$CONFIG/urls"
play <<END
size 80 24
type $BASE/several.html
keys Enter
wait idle
keys Down Down Down Down Enter
wait new articles
dump
END
ok "all of them are subscribed to" test "$(wc -l <"$CONFIG/urls")" = 4
has "those that share a title by their names" "$CONFIG/urls" "$BASE/council.xml \"~Council\""
has "the others as they are" "$CONFIG/urls" "$BASE/roads.xml"
on 1 "and fetched" "4 new articles"
play <<END
size 80 24
keys a
type ftp://example.org/
keys Enter
dump
END
on 1 "what is no address is said" "crier reads http, https and files, not 'ftp:'"

# titles of seven lines leave room for all that can be chosen
{
    printf '<rss version="2.0"><channel><title>Long</title>'
    for n in 1 2 3 4 5; do
        printf '<item><title>Notice %s' $n
        for word in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36; do printf ' of the council %s' $word; done
        printf '</title><guid>%s</guid></item>' $n
    done
    printf '</channel></rss>'
} >"$T/site/long.xml"
{ link Long long; link Council council; link News news; link Roads roads; } >"$T/site/wordy.html"
play <<END
size 80 24
keys a
type $BASE/wordy.html
keys Enter
wait Found
dump
END
on 1 "long titles have a line each" "Notice 5 of the council 1 "
on 1 "which is cut" "…"
on 1 "and all choices are seen" "1 Subscribe and fetch"
on 1 "to the last" "Do not subscribe"

# portals whose names begin with what is typed come before those that have it somewhere
mkdir -p "$CONFIG/portals"
for pair in "a:New Harbour" "b:Harwood"; do
    sed "s|@BASE@|$BASE|g; s|^Name=.*|Name=${pair#*:}|; /^Name\\[/d" "$srcdir/tests/portal/beiling.portal.in" >"$CONFIG/portals/${pair%:*}.portal"
done
play <<END
size 80 24
keys a
type har
dump
END
ok "names that begin so are first" sh -c 'grep -n "Harwood\|New Harbour" "$1" | head -n 1 | grep -q Harwood' sh "$T/screen.1"

# people misspell: what is nearest is shown, unless it is an address or too short to be told
play <<END
size 80 24
keys a
type harwod
dump
keys ^U
type new harbuor
dump
keys ^U
type harwod.example
dump
keys ^U
type hrw
dump
END
on 1 "what is misspelt is found" "Harwood"
ok "and nothing else" sh -c '! grep -q "New Harbour" "$1"' sh "$T/screen.1"
on 2 "letters that changed their places, too" "New Harbour"
ok "an address is none of them" sh -c '! grep -q "Harwood" "$1"' sh "$T/screen.3"
ok "nor are three letters" sh -c '! grep -q "Harwood" "$1"' sh "$T/screen.4"
printf 'a\nharwod\n.\nQ\n' | "$crier" --plain >"$out" 2>&1
has "which is said to who listens" "$out" "nothing is called 'harwod'; near it is what follows"
finish
