#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a person reads is sorted as the locale sorts: portals to choose from, countries before their
# portals, and tags.
. "${srcdir:-.}/tests/lib.sh"
need localedef
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 11
export LOCPATH="$builddir/tests/locales"
mkdir "$T/share"
export CRIER_DATADIR="$T/share"
mkdir "$T/share/portals"
cp "$srcdir/data/portals/words.tsv" "$T/share/portals/"

# portal ID NAME [COUNTRY]
portal() {
    {
        printf '[Portal]\nName=%s\nHome=http://%s.example/\n' "$2" "$1"
        [ -z "${3:-}" ] || printf 'Country=%s\n' "$3"
        printf '[Edition de]\nName=Deutsch\n[Section de/news]\nName=News\nUrl=http://%s.example/feed.xml\nKind=feed\n' "$1"
    } >"$CONFIG/portals/$1.portal"
}
# sorted LOCALE WORD…: the words begin lines of what is dumped in this order
sorted() {
    LC_ALL=$1 run "$crier" --script "$T/script"
    shift
    printf '%s\n' "$@" >"$T/expected"
    sed -n 's/^[│ ]*\([^ ]*\).*/\1/p' "$out" | grep -Fx -f "$T/expected" >"$T/shown"
    cmp -s "$T/expected" "$T/shown" || { sed 's/^/# /' "$out"; false; }
}

printf 'size 80 24\ndump\n' >"$T/script"
# their ids, by which they are kept, are the other way round
portal z1 Oranienburg
portal y2 Österstadt
portal x3 Pirna
portal w4 Zwickau
ok "portals in German" sorted de_DE.UTF-8 Oranienburg Österstadt Pirna Zwickau
ok "and in none" sorted C.UTF-8 Oranienburg Pirna Zwickau Österstadt
rm "$CONFIG"/portals/*.portal
portal z1 Аксай
portal y2 Елец
portal x3 Ёлкино
portal w4 Жуков
ok "portals in Russian" sorted ru_RU.UTF-8 Аксай Елец Ёлкино Жуков
ok "and in none" sorted C.UTF-8 Ёлкино Аксай Елец Жуков
rm "$CONFIG"/portals/*.portal
portal z1 Wien AT
portal y2 Aarhus DK
portal x3 Bergen NO
ok "their countries come first, in English" sorted C.UTF-8 Wien Aarhus Bergen
has "and are said" "$out" "Austria"
ok "in German by their German names" sorted de_DE.UTF-8 Aarhus Bergen Wien
portal w4 Berlin DE
ok "one's own before them" sorted de_DE.UTF-8 Berlin Aarhus Bergen Wien
export LANGUAGE=de
ok "also where LANGUAGE says no country" sorted de_DE.UTF-8 Berlin Aarhus Bergen Wien
unset LANGUAGE
rm "$CONFIG"/portals/*.portal
printf 'http://city.example/%s.xml "%s" "~news"\n' 1 Zebra 2 Ärger 3 Bus 4 öl 5 Park >"$CONFIG/urls"
printf 'size 80 40\nkeys t\ndump\n' >"$T/script"
ok "tags in German" sorted de_DE.UTF-8 Ärger Bus öl Park Zebra
printf 'http://city.example/%s.xml "%s" "~news"\n' 1 Жук 2 Ёж 3 Дом 4 Если >"$CONFIG/urls"
ok "tags in Russian" sorted ru_RU.UTF-8 Дом Ёж Если Жук
finish
