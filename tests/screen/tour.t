#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every view in three languages and sizes, as text, as styles and as looks at two depths
# of colour (GENERATE=1 rewrites them).
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
views="welcome choose sections editions beside list panes article table links search filter which help info monochrome errors"
plan 51
portal_start
# a catalogue that does not grow
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$srcdir/data/portals/words.tsv" "$T/share/portals/"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share" LOCPATH="$builddir/tests/locales"

# tour LANGUAGE LOCALE: an own home in that language
tour() {
    rm -rf "$T/data/crier" "$CONFIG/urls"
    mkdir -p "$T/data/crier"
    export LC_ALL="$2"
    case $1 in zh) word=图书馆 ;; ru) word=библиотек ;; *) word=library ;; esac
    for view in $views; do
        theme=default
        case $view in
        sections)
            "$crier" add beiling >/dev/null
            for source in 1 2 3 4 5 6; do # one after the other: numbers in the same order every time
                "$crier" fetch --progress=none $source
            done
            ;;
        errors)
            get "/control/set?path=/$1/news/rss.xml&fault=500" >/dev/null
            "$crier" fetch --all --progress=none 2>"$T/failed"
            get "/control/set?path=/$1/news/rss.xml" >/dev/null
            ;;
        monochrome) theme=monochrome ;;
        esac
        sed "s|@LANG@|$1|g; s|@WORD@|$word|g" "$srcdir/tests/screen/scripts/$view.keys" >"$T/script"
        run "$crier" --set=ui.theme=$theme --script "$T/script"
        sed -e "s|$BASE|http://127.0.0.1:PORT|g" -e "s|${BASE#http://}|127.0.0.1:PORT|g" -e "s|127.0.0.1:[0-9]\{1,4\}…|127.0.0.1:P…|g" "$out" >"$T/screen"
        [ "$status" = 0 ] || show "$err"
        picture "$1: $view" "$1-$view.txt" "$T/screen"
    done
}
tour en en_US.UTF-8
tour ru ru_RU.UTF-8
tour zh zh_CN.UTF-8
finish
