#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two cities that call a section the same: whose it is stands before it, on the screen, in lines and in commands.
. "${srcdir:-.}/tests/lib.sh"
plan 26
portal_start
sed "s/^Name=Beiling.*/Name=Songjiang/; /^Name\\[.*]=/d; s/127\\.0\\.0\\.1/localhost/g" "$CONFIG/portals/beiling.portal" >"$CONFIG/portals/other.portal"
sed -i "s/^Name=Beiling.*/Name=Beiling/; s/^Name\\[ru]=.*/Name[ru]=Бэйлин/" "$CONFIG/portals/beiling.portal"
"$crier" add portal:beiling/en >/dev/null
"$crier" fetch --progress=none
run "$crier" list
has_not "a name that is there once stands alone" "$out" "Beiling: "
"$crier" add portal:other/en >/dev/null
"$crier" fetch --progress=none

# --- commands
run "$crier" list
has "a list says whose section it is" "$out" "Songjia…: Local News"
has "of the other, too" "$out" "Beiling: Local"
run "$crier" status
has "so does the status" "$out" "Songjiang, English: Local News"
has "and of the other" "$out" "Beiling, English: Local News"
run "$crier" sources
has "and the subscriptions" "$out" "Songjiang, English: Public Notices"
run "$crier" sources --format=tsv
has "columns for programs stay as they are" "$out" "	Local News	"
run "$crier" list --format=json source:Songjiang
status_is "a portal is found by its name" 0
has "with its own articles" "$out" '"portal":"other"'
has_not "and no others" "$out" '"portal":"beiling"'
has "whose source is called as ever" "$out" '"section":"Local News"'
run "$crier" list --format=json 'source:"Songjiang: Local News"'
has "a source is found by the name that tells it apart" "$out" '"section":"Local News"'
has_not "and no other one" "$out" '"section":"Public Notices"'
has_not "nor one of another portal" "$out" '"portal":"beiling"'
run "$crier" status "songjiang: local news"
status_is "which names it in arguments, too" 0
run "$crier" status Songjiang
ok "and a portal by its name is all of its sections" sh -c '[ "$(grep -c "English: " "$1")" = 2 ]' sh "$out"
run "$crier" status "Local News"
status_is "what both are called is no name of one" 1
if sh "$srcdir/tests/make-locales" "$builddir/tests/locales"; then
    run env LC_ALL=ru_RU.UTF-8 LANGUAGE=ru LOCPATH="$builddir/tests/locales" "$crier" list source:бэйлин
    status_is "a name in the reader's language finds it, too" 0
else
    result 0 "a name in the reader's language # SKIP localedef cannot make the locales"
fi

# --- the screen
shown() {
    run "$crier" --set=ui.layout=1 --set=fetch.auto=no --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
printf 'size 120 24\nkeys Enter\ndump\nkeys Enter\ndump\nkeys i\ndump\n' >"$T/script"
shown
on 1 "rows of a list say whose they are" "Songji…: Local"
on 1 "of both" "Beiling: Local"
ok "the bar above an article says it, and the line below its title" sh -c '[ "$(grep -cE "(Songjiang|Beiling): (Local News|Public)" "$1")" -ge 2 ]' sh "$T/screen.2"
ok "and the page of the source" grep -qE '(Songjiang|Beiling): (Local News|Public)' "$T/screen.3"
printf 'size 80 24\nkeys Enter\ndump\n' >"$T/script"
shown
on 1 "in few cells there is something of both names" "Songj"
printf 'size 80 24\nkeys Enter f\ntype source:Song\nkeys Tab\ndump\n' >"$T/script"
shown
on 1 "completion offers the portal" 'source:Songjiang'

# --- feeds
mkdir -p "$T/site"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Local News</title><link>@BASE@/</link><item><title>A feed of the same name</title><guid>a</guid><description>One.</description></item></channel></rss>
END
first=$portal_pid
serve "$T/site"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none "$BASE/feed.xml"
run "$crier" status "$BASE/feed.xml"
has "a feed is told apart by its host" "$out" "${BASE#http://}: Local News"
run "$crier" list "source:\"${BASE#http://}: Local News\""
has "and found so" "$out" "A feed of the same name"
kill "$first"
finish
