#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the screens in three languages and sizes (GENERATE=1 rewrites them).
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 18
portal_start
# a catalogue that does not grow
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$T/share/portals/"
export CRIER_DATADIR="$T/share" LOCPATH="$builddir/tests/locales"

# tour LANGUAGE LOCALE: an own home in that language
tour() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    export LC_ALL="$2"
    for picture in welcome sections list article table search narrow help; do
        [ "$picture" = sections ] && { "$crier" add beiling >/dev/null; "$crier" fetch --progress=none; }
        script=$srcdir/tests/screen/scripts/$picture.keys
        [ -f "$script" ] || continue
        case $1-$picture in zh-help | ru-help | zh-welcome) continue ;; esac
        case $1 in zh) word=图书馆 ;; ru) word=библиотек ;; *) word=library ;; esac
        sed "s|@LANG@|$1|g; s|@WORD@|$word|g" "$script" >"$T/script"
        run "$crier" --script "$T/script"
        sed "s|$BASE|http://127.0.0.1:PORT|g" "$out" >"$T/screen"
        [ "$status" = 0 ] || show "$err"
        picture "$1: $picture" "$1-$picture.txt" "$T/screen"
    done
}
tour en en_US.UTF-8
tour ru ru_RU.UTF-8
tour zh zh_CN.UTF-8
finish
