#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the texts that an article had and of what changed between them, in three languages and
# four widths (GENERATE=1 rewrites them); how Chinese ones are said.
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 22
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
export LC_ALL=en_US.UTF-8

# --- from one change to the next, whether or not the screen scrolls
# at N NAME PLACE LINE: as the Nth, the status says which change it is, and that line is marked as its first
at() {
    on "$1" "$2" " $3 "
    grep '^ *▌' "$T/screen.$1" | head -n 1 >"$out"
    has "and it is marked" "$out" "▌$4"
}
walk() {
    {
        echo "size $1
keys Backslash
type lang:en is:revised
keys Enter v j Enter
dump"
        for key in n n n p p p; do printf 'keys %s\ndump\n' $key; done
    } >"$T/walk"
    play <"$T/walk"
}
walk "80 40"
at 1 "all on one screen: it opens on the first change" 1/3 "Hours: 8:00–[-12:00-]"
at 2 "then comes the second one" 2/3 "Households: [-2105-]"
at 3 "and the third" 3/3 "Let the water run"
has_not "which is said to be the last when there is no other" "$T/screen.3" "last change"
on 4 "and not before" "this is the last change"
at 5 "back" 2/3 "Households: [-2105-]"
has_not "which is not the first" "$T/screen.6" "first change"
on 7 "until one stands on it" "this is the first change"
walk "40 24"
for n in 1 2 3; do sed -n 's/.* \([1-3]\/3\) .*/\1/p' "$T/screen.$n"; done | tr '\n' ' ' >"$out"
has "a screen that ends with the last two goes to each of them" "$out" "1/3 2/3 3/3"
walk "29 40"
at 1 "where there is no margin, there is one for the mark" 1/3 "Hours: 8:00"

# --- said line by line, in signs of one width
export LC_ALL=zh_CN.UTF-8
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

# --- a change that is higher than the screen, far from the others
export LC_ALL=en_US.UTF-8
tall() {
    python3 - "$T/tall.xml" "$1" <<'END'
import sys
staying = ["<p>Paragraph %d stays as it was, whatever becomes of others.</p>" % i for i in range(30)]
words = " ".join("word%d" % i for i in range(150))
text = "".join(["<p>First %s.</p>" % sys.argv[2]] + staying + ["<p>Long %s %s</p>" % (sys.argv[2], words)] + staying)
open(sys.argv[1], "w").write(
    '<rss version="2.0"><channel><title>Tall</title><language>en</language><item><title>Bylaw</title>'
    '<guid>1</guid><description><![CDATA[%s]]></description></item></channel></rss>' % text)
END
    fetch
}
echo "file://$T/tall.xml" >"$CONFIG/urls"
tall one
tall two
opened='size 40 14
keys Backslash
type title:bylaw
keys Enter v Enter n'
play <<END
$opened j j j j j j j j
dump
size 40 13
dump
END
sed -n 2p "$T/screen.1" >"$T/top"
sed -n 2p "$T/screen.2" >"$out"
has "who reads on in it stays there when the screen has less lines" "$out" "$(cat "$T/top")"
{
    printf '%s 4 5 j\nsize 70 14\n' "$opened"
    for i in $(seq 70); do printf 'keys k\ndump\n'; done
} | play
for n in $(seq 70); do
    ! grep -q ' [12]/2 ' "$T/screen.$n" || grep -q '▌' "$T/screen.$n" || echo "$n"
done >"$out"
ok "who has gone elsewhere before it was widened is at no change that is not in sight" test ! -s "$out"
finish
