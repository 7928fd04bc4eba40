#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures of an article in cells: nothing is asked for before the key, what came is kept, the
# key hides it again and that is remembered, and who wants none reads their words.
. "${srcdir:-.}/tests/lib.sh"
grep -q "^#define WITH_PICTURES 1" "$builddir/config.h" || skip_all "built without pictures"
plan 26
portal_start
"$crier" add "$BASE/en/news/rss.xml" >/dev/null
"$crier" --set=fetch.pages=always fetch --progress=none
cp -r "$T/data" "$T/fresh"

# play WIDTH OPTION…: in the article with a picture, of which the left half is bright
play() {
    width=$1
    shift
    { printf 'size %s 30\nkeys Enter /\ntype Bird watching\nkeys Enter Enter\n' "$width"; cat; } >"$T/script"
    run "$crier" "$@" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
asked() {
    get /control/log >"$T/log"
    [ "$(grep -c "cranes.png" "$T/log")" = "$1" ]
}
words="[picture: Cranes above the wetland]"

play 80 <<'END'
dump
END
has "a picture is said by its words" "$T/screen.1" "$words"
ok "nothing was asked for" asked 0

play 80 <<'END'
keys P
wait P hides
dump
keys P
dump
keys P
wait ██
dump
END
has "the key shows it" "$T/screen.1" "██████"
has "above its words" "$T/screen.1" "$words"
has "and says how it goes away" "$T/screen.1" "P hides the pictures again"
ok "it was asked for once" asked 1
has_not "the key hides it" "$T/screen.2" "██"
has "its words stay" "$T/screen.2" "$words"
has "and the key is named" "$T/screen.2" "pictures are hidden; P shows them again"
has "the key shows it again" "$T/screen.3" "██████"
ok "out of the store" asked 1
grep "██" "$T/screen.1" | sed "s,[^█],,g" | sort | uniq -c >"$T/shape"
has "its left half alone is bright, in proportion" "$T/shape" "16 ████████████████████████████████"

play 40 --set=ui.pictures=yes <<'END'
wait ██
dump
END
has "a setting shows it at once, in 40 columns" "$T/screen.1" "█████"
ok "and asks for nothing" asked 1
ok "no line is wider than the screen" sh -c '! grep -E "^.{41}" "$1"' sh "$T/screen.1"

play 80 --set=ui.pictures=yes --set=ui.ascii=yes <<'END'
wait idle
dump
END
has_not "in ASCII" "$T/screen.1" "█"
has "it stands there as well" "$T/screen.1" "$words"

# another store knows no picture: with fetch.pictures=opened it is asked for by itself
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play 80 --set=ui.pictures=yes <<'END'
wait idle
dump
END
has_not "pictures that are shown are not fetched" "$T/screen.1" "██"
ok "by opening an article" asked 1
play 80 --set=ui.pictures=yes --set=fetch.pictures=opened <<'END'
wait ██
dump
END
has "unless one says so" "$T/screen.1" "██"
ok "then they are" asked 2

# what is none, or does not come
get "/control/set?path=/files/cranes.png&fault=404" >/dev/null
rm -rf "$T/data"
cp -r "$T/fresh" "$T/data"
play 80 <<'END'
keys P
wait cannot be shown
dump
END
has "what does not come is said" "$T/screen.1" "1 picture cannot be shown"
has "and its words stay" "$T/screen.1" "$words"

printf 'Enter\n' | "$crier" --plain >"$T/plain" 2>&1 || :
has_not "the linear mode shows none" "$T/plain" "█"
"$crier" list --format=tsv "Bird watching" >"$T/list"
run "$crier" show "$(cut -f1 "$T/list" | head -n 1)"
has "nor does show" "$out" "Cranes above the wetland"
"$crier" --version >"$T/version"
has "what is built in is told" "$T/version" "pictures: PNG JPEG"
finish
