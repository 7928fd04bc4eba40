#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of what a portal has withdrawn and brought back (tests/portal/story.py): in lists, above
# the article and in its timeline, in three languages (GENERATE=1 rewrites them).
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 3
portal_start
cp "$T/story.portal" "$CONFIG/portals/"
export LOCPATH="$builddir/tests/locales"
# towards STEP…: the town after each, and what is fetched then
towards() {
    for step; do
        get "/control/story?step=$step" >/dev/null
        CRIER_NOW=$((CRIER_NOW + 7200))
        export CRIER_NOW
        "$crier" fetch --all --full --progress=none 2>"$T/fetch.err"
    done
}

# one after the other, so that all have their numbers by their order
for edition in en ru zh; do
    "$crier" add "story/$edition/notices" >/dev/null
    "$crier" fetch "story/$edition/notices" --progress=none 2>/dev/null
done
towards 0 1 2 2 3

# withdrawn LANGUAGE LOCALE
withdrawn() {
    export LC_ALL="$2"
    sed "s|@LANG@|$1|g" "$srcdir/tests/screen/scripts/withdrawn.keys" >"$T/script"
    run "$crier" --script "$T/script"
    sed -e "s|$BASE|http://127.0.0.1:PORT|g" -e "s|127.0.0.1:[0-9]\{1,4\}…|127.0.0.1:P…|g" "$out" >"$T/screen"
    [ "$status" = 0 ] || show "$err"
    picture "$1: withdrawn" "$1-withdrawn.txt" "$T/screen"
}
withdrawn en en_US.UTF-8
withdrawn ru ru_RU.UTF-8
withdrawn zh zh_CN.UTF-8
finish
