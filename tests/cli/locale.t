#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Languages and charsets: what people read follows the locale, what machines read does not.
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 22
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
"$crier" list --format=tsv >"$T/tsv"
"$crier" list --format=json >"$T/json"
export LOCPATH="$builddir/tests/locales"

LC_ALL=ru_RU.UTF-8 run "$crier" --help
has "the help is Russian" "$out" "городские новости в вашем терминале"
LC_ALL=zh_CN.UTF-8 run "$crier" show 0
has "an error is Chinese" "$err" "不是文章编号"
LC_ALL=de_DE.UTF-8 run "$crier" --help
has "it is German" "$out" "Befehle:"
LC_ALL=zh_HK.UTF-8 run "$crier" --help
has "Hong Kong reads what Taiwan does" "$out" "指令"
LC_ALL=zh_SG.UTF-8 run "$crier" --help
has "Singapore what the mainland does" "$out" "命令："
LC_ALL=zh_HK.UTF-8 LANGUAGE=ru run "$crier" --help
has "unless LANGUAGE says otherwise" "$out" "городские новости"
LC_ALL=ru_RU.UTF-8 "$crier" list --format=tsv >"$T/tsv.ru"
same "TSV is never translated" "$T/tsv" "$T/tsv.ru"
LC_ALL=zh_CN.UTF-8 "$crier" list --format=json >"$T/json.zh"
same "nor JSON" "$T/json" "$T/json.zh"

printf '<html><body><p>nothing</p></body></html>' >"$T/page.html"
"$crier" extract "$T/page.html" >"$T/error" || :
LC_ALL=ru_RU.UTF-8 "$crier" extract "$T/page.html" >"$T/error.ru" || :
same "nor the reason why a page has no text" "$T/error" "$T/error.ru"
: >"$T/empty"
"$crier" parse "$T/empty" >"$T/error" || :
LC_ALL=zh_CN.UTF-8 "$crier" parse "$T/empty" >"$T/error.zh" || :
same "or why there is no feed" "$T/error" "$T/error.zh"

LC_ALL=ru_RU.KOI8-R "$crier" list title:музеем | iconv -f KOI8-R -t UTF-8 >"$T/koi8"
has "text for people is in the locale's charset" "$T/koi8" "Старый вокзал станет музеем города"
LC_ALL=ru_RU.KOI8-R "$crier" list lang:zh >"$T/koi8"
ok "what it lacks becomes a question mark" grep -q '??' "$T/koi8"
LC_ALL=zh_CN.GB18030 "$crier" list title:渡轮 | iconv -f GB18030 -t UTF-8 >"$T/gb"
has "GB18030 goes out as GB18030" "$T/gb" "北岭至松河客运渡轮恢复通航"
LC_ALL=ru_RU.KOI8-R "$crier" list --format=tsv >"$T/tsv.koi8"
same "machine output stays UTF-8" "$T/tsv" "$T/tsv.koi8"
word=$(printf 'музеем' | iconv -f UTF-8 -t KOI8-R)
LC_ALL=ru_RU.KOI8-R run "$crier" list --format=tsv "$word"
ok "arguments are read in the locale's charset" test "$(wc -l <"$out")" = 1

# what libraries say, which is in no language of ours
mkdir "$T/broken"
echo '<rss version="2.0"><channel><title>A</title><foo:bar/><item><title>B</title></item></channel></rss>' >"$T/broken/feed.xml"
echo '{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": "1" "title": 3}]}' >"$T/broken/feed.json"
printf '%s' '{"version": "https://jsonfeed.org/version/1.1", "title": "x' >"$T/broken/cut.json"
for name in feed.xml feed.json cut.json; do "$crier" add --no-discover "file://$T/broken/$name" >/dev/null; done
"$crier" fetch --progress=none 2>/dev/null || :
LC_ALL=ru_RU.UTF-8 sh -c 'echo e | "$1" --plain' sh "$crier" >"$out" 2>&1
has "what libxml2 says is Russian" "$out" "префикс foo элемента bar не объявлен"
has "what jansson says, too, and where" "$out" "строка 1: нет «}» около «\"title\"»"
has "at an end as well" "$out" "данные обрываются около"
echo e | "$crier" --plain >"$out" 2>&1
has "and stays what it is in English" "$out" "line 1: '}' expected near '\"title\"'"
LC_ALL=de_DE.UTF-8 run "$crier" status
has "a number is written as its country does" "$out" ", 0,3 Artikel am Tag"
LC_ALL=de_DE.UTF-8 run "$crier" store info
ok "and a size is" grep -q "Datei: [0-9]*,[0-9].KiB" "$out"
unset LOCPATH
LC_ALL=C run "$crier" list title:渡轮
has "a C locale counts as UTF-8" "$out" "北岭至松河客运渡轮恢复通航"
finish
