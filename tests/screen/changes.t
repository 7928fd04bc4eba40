#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the texts that an article had and of what changed between them, in three languages and
# four widths (GENERATE=1 rewrites them); how Chinese ones are said.
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 5
portal_start
export LOCPATH="$builddir/tests/locales"
fetch() {
    CRIER_NOW=$((CRIER_NOW + 7200))
    export CRIER_NOW
    "$crier" fetch --all --full --progress=none
}

for edition in en ru zh; do "$crier" add "beiling/$edition/notices" >/dev/null; done
fetch
get "/control/revise?path=/en/notices/204.html" >/dev/null
fetch
get "/control/revise?path=/en/notices/204.html" >/dev/null
fetch
for edition in en ru zh; do get "/control/set?path=/$edition/notices/206.html&fault=410" >/dev/null; done
fetch

# changes LANGUAGE LOCALE
changes() {
    export LC_ALL="$2"
    sed "s|@LANG@|$1|g" "$srcdir/tests/screen/scripts/changes.keys" >"$T/script"
    run "$crier" --script "$T/script"
    sed -e "s|$BASE|http://127.0.0.1:PORT|g" -e "s|127.0.0.1:[0-9]\{1,4\}…|127.0.0.1:P…|g" "$out" >"$T/screen"
    [ "$status" = 0 ] || show "$err"
    picture "$1: changes" "$1-changes.txt" "$T/screen"
}
changes en en_US.UTF-8
changes ru ru_RU.UTF-8
changes zh zh_CN.UTF-8

# --- said line by line, in signs of one width
paragraph() {
    printf '<rss version="2.0"><channel><title>通知</title><language>zh</language><item><title>集合</title><guid>1</guid><description>&lt;p&gt;%s&lt;/p&gt;</description></item></channel></rss>' "$1" >"$T/zh.xml"
    fetch
}
echo "file://$T/zh.xml" >"$CONFIG/urls"
paragraph "定于本月三日，在人民广场集合，请市民准时参加活动。"
paragraph "定于本月五号，在人民公园集合，请市民准时参加活动。"
printf '%s\n' 1 1 v 1 Q | "$crier" --plain --set=fetch.auto=no >"$out" 2>&1
has "what is inserted follows what is struck out without a blank behind a wide comma" "$out" "完，已插入："
has_not "and no comma stands before another" "$out" "，，"
finish
