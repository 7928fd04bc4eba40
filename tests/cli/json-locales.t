#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The JSON of every command is the same bytes in every language, whoever fetched and whoever asks.
. "${srcdir:-.}/tests/lib.sh"
need localedef
need_nls
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 7
portal_start
mkdir -p "$T/pages"
printf '<html><body><p>x</p></body></html>' >"$T/pages/none.html"
printf 'no feed at all' >"$T/pages/none.xml"
printf '{"version": "https://jsonfeed.org/version/1.1", "items": [' >"$T/pages/cut.json"
printf '' >"$T/pages/empty.xml"
cat >"$T/pages/untitled.xml" <<'END'
<rss version="2.0"><channel><title>Untitled</title><item><guid>1</guid></item><item><guid>2</guid><pubDate>soon</pubDate></item></channel></rss>
END
printf '<opml' >"$T/pages/bad.opml"
export LOCPATH="$builddir/tests/locales"

# all: what machines read, on standard output; the last part as the store has it
ask() {
    "$crier" sources --format=json
    "$crier" sources --format=tsv
    "$crier" status --format=json
    "$crier" list --limit=0 --format=json
    "$crier" list --limit=0 --sort=source --format=tsv
    "$crier" search --format=json the
    for number in $("$crier" list --limit=0 --format=tsv | cut -f1 | sort -n); do
        "$crier" show --format=json "$number"
    done 2>/dev/null
}
fetch_all() {
    rm -f "$STORE"*
    {
        echo portal:beiling
        for fault in 404 500 html empty random no-entries future xml-broken wrong-charset redirect-loop; do echo "$BASE/fault/$fault"; done
        echo "$BASE/en/notices/index.html list"
        echo "$BASE/en/news/rss.xml \"a title\""
        echo "http://127.0.0.1:1/refused"
    } >"$CONFIG/urls"
    "$crier" fetch --progress=json 2>/dev/null | grep -v '"progress"'
    "$crier" fetch --all --dry-run
    for command in extract entries; do
        "$crier" $command "$T/pages/none.html"
        "$crier" $command "$T/pages/empty.xml"
    done
    for file in none.xml cut.json empty.xml untitled.xml none.html; do "$crier" parse "$T/pages/$file"; done
    "$crier" opml "$T/pages/bad.opml"
    "$crier" opml "$T/pages/empty.xml"
}
# events of one fetch come in any order
sorted() {
    sed 's/"done":[0-9]*,"total":[0-9]*//; s/"id":[0-9]*,"url"/"url"/' | sort
}
for locale in C ru_RU.UTF-8 zh_CN.UTF-8; do
    LC_ALL=$locale fetch_all 2>/dev/null | sorted >"$T/fetched.$locale"
    for reader in C ru_RU.UTF-8 zh_CN.UTF-8; do
        LC_ALL=$reader ask | sed 's/"id":[0-9]*,//; s/^[0-9]*\t//; s/"source":[0-9]*,//; s/"article":[0-9]*/"article":N/g' | sort >"$T/asked.$locale.$reader"
    done
done
ok "there is something to compare" sh -c 'test "$(wc -l <"$1")" -gt 40 && grep -q "\"code\":\"not-found\"" "$2"' sh "$T/asked.C.C" "$T/fetched.C"
for locale in ru_RU.UTF-8 zh_CN.UTF-8; do
    same "what is said while fetching ($locale)" "$T/fetched.C" "$T/fetched.$locale"
    same "what was fetched by whoever speaks that" "$T/asked.C.C" "$T/asked.$locale.C"
    same "and what is asked so" "$T/asked.C.C" "$T/asked.ru_RU.UTF-8.$locale"
done
finish
