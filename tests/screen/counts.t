#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Digits before a key: how often, which row or link, or that they say nothing to it.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 71
mkdir "$T/files"
python3 - "$T/files" <<'END'
import sys
for feed in range(1, 6):
    items = "".join(f"<item><title>Notice {feed}{n} of {'roads' if n % 2 else 'water'}</title><guid>{feed}-{n}</guid><link>http://town.example/{feed}{n}</link>"
                    f"<pubDate>Sat, 25 Oct 2025 0{9 - n}:00:00 GMT</pubDate><description>Text {feed}{n} of it. On November {n}, 2025 the hearing takes place.</description></item>" for n in range(1, 7))
    open(f"{sys.argv[1]}/{feed}.xml", "w").write(f'<rss version="2.0"><channel><title>Feed {feed}</title><language>en</language>{items}</channel></rss>')
END
serve "$T/files"
for feed in 1 2 3 4 5; do
    "$crier" add --no-discover "$BASE/$feed.xml" >/dev/null
    "$crier" --set=fetch.pages=never fetch --progress=none $feed
done
cp -r "$T/data" "$T/fresh"

# after NAME TEXT KEY…: what the last of them leaves on the screen, in a home as it was
after() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    name=$1
    text=$2
    shift 2
    printf 'keys %s\ndump\n' "$*" >"$T/keys"
    play --set=ui.layout=1 <"$T/keys"
    on 1 "$name" "$text"
}
unread() {
    "$crier" list is:unread | wc -l
}

# --- sources and articles
after "sources are gone over" "Feed 4" "3 j Enter 2 J"
after "back, too" "Feed 1" "6 j Enter 4 K"
after "as far as there are some" "Feed 5" "3 j Enter 9 ]"
after "which is told where there is none" "this is the last source" "6 j Enter 2 J"
after "rows of sections" "Text 31 of it" "2 j 2 J Enter Enter"
after "articles are gone over" "Notice 14 of water" "2 j Enter Enter 3 J"
ok "and not read on the way" test "$(unread)" = 28
after "back" "Notice 12 of water" "2 j Enter 5 Enter 3 K"
after "as far as there are some" "Notice 16 of water" "2 j Enter Enter 9 J"
after "the end is told" "this is the last article" "2 j Enter Enter 9 J 2 J"

# --- what is unread
after "the third that is unread" "Notice 13 of roads" "2 j Enter 3 n"
ok "and it alone is read" test "$(unread)" = 29
after "from an article" "Notice 13 of roads" "2 j Enter n 2 n"
after "what is read is passed over" "Notice 15 of roads" "2 j Enter 2 g m m g 3 n"
after "into the next source" "Notice 21 of roads" "2 j Enter 7 n"
after "back in a list" "2/6" "2 j Enter G 4 N"
after "back from an article" "Notice 12 of water" "2 j Enter 5 Enter 3 N"
after "of the agenda" "Notice 11 of roads" "A n"
after "and several" "Notice 31 of roads" "A 3 n"
after "articles of the agenda" "Notice 41 of roads" "A Enter 3 J"

# --- what was searched for
after "the third match" "3/3" "2 j Enter / r o a d s Enter 2 n"
after "the one before" "1/3" "2 j Enter / r o a d s Enter 2 n 2 N"
after "round the end" "2/3, from the beginning again" "2 j Enter / r o a d s Enter 4 n"
after "of one there is no other" "there is no other" "2 j Enter / 1 2 Enter 3 n"

# --- rows and links
after "a row" "Notice 13 of roads" "2 j Enter 3 Enter"
after "down" "4/6" "2 j Enter 3 j"
after "to a place" "4/6" "2 j Enter 4 G"

# --- who takes no number says so, and does nothing
for key in s m D t o V M H f F = i v C w x ! B @ u r R Y E a e; do
    after "'$key' of a list" "nothing was done: $key takes no number" "2 j Enter 2 $key"
done
ok "whatever a number stood before, nothing was done" test "$(unread)" = 30
after "keys of a sequence" "nothing was done: yt takes no number" "2 j Enter 2 y t"
after "of a pipe" "nothing was done: || takes no number" "2 j Enter 2 | |"
after "a name among keys is set off, as in the help" "y<Space> does nothing here" "2 j Enter y Space"
after "in sections, too" "nothing was done: q takes no number" "3 q"
after "n leads nowhere from there" "nothing was done: n takes no number" "3 n"
after "on pages" "nothing was done: n takes no number" "? 3 n"
after "in articles" "nothing was done: s takes no number" "2 j Enter Enter 2 s"
after "Esc takes the number back" "1/6" "2 j Enter 3 Esc j k"
after "^G too" "2/6" "2 j Enter 3 ^G j"
printf '[keys list]\n,s=toggle-star; down\n' >"$CONFIG/crier.conf"
after "a macro" "nothing was done: ,s takes no number" "2 j Enter 2 , s"
rm "$CONFIG/crier.conf"

# --- by their names, and in lines
after "by its name" "Notice 13 of roads" "2 j Enter Enter : n e x t Space 2 Enter"
after "where it does nothing with it" "nothing can stand behind 'next-unread' here" ": n e x t - u n r e a d Space 2 Enter"
plain() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --plain >"$out" 2>&1
}
plain 3 "next 2"
has "lines have it, too" "$out" "Feed 3"
plain 3 1 "next 3"
has "of articles" "$out" "Text 14 of it"
plain 3 "next-unread 3"
has "of what is unread" "$out" "Text 13 of it"
plain "?" "find fetch" "n 2"
has "of what is found" "$out" "3 of "
plain 3 "3J"
has "and where a number stands is told" "$out" "a number stands behind what it is for"
finish
