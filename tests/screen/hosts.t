#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Hosts of links as people see them: in Unicode where nothing can be taken for another, written out
# where the words of a link name another one, with their end where there is no room for all.
. "${srcdir:-.}/tests/lib.sh"
need python3
need_nls
plan 36
mkdir "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Town", "items": [{"id": "1", "title": "Links",
"url": "http://xn--80a1acny.xn--p1ai/1", "date_published": "2025-10-02T08:00:00Z", "content_html":
"<p>To <a href='http://evil.example/login'>www.bank.example</a>, and <a href='http://news.town.example/'>town.example.com</a>.</p><p><a href='http://news.bank.example/'>http://bank.example/</a> is its own, <a href='http://gov.example@evil.example/a'>http://gov.example/</a> is not; <a href='http://xn--e1afmkfd.xn--p1ai/'>http://пример.рф/</a> is.</p><p><a href='http://xn--80ak6aa92e.com/'>apple</a> <a href='http://почта.рф/п'>post</a> <a href='http://中国政府。中国/'>国</a> <a href='http://2130706433/'>number</a> <a href='https://www.bank.example.with-a-name-that-goes-on-and-on-and-on.and-on-beyond-all-edges.evil.example:8443/x'>long</a> <a href='mailto:a@bank.example'>mail@town.example</a> <a href='http://town.example/a.pdf'>bank.pdf</a></p><p>See http://www.раураӏ.com/ for more.</p>"}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
run "$crier" fetch --progress=none
status_is "the article is stored" 0

run "$crier" show 1
for text in "www.bank.example[1: evil.example]" "town.example.com[2:" "http://bank.example/[3]" \
    "http://gov.example/[4: evil.example]" "http://пример.рф/[5]" "[1] http://evil.example/login" "http://***@evil.example/a" \
    "http://xn--80ak6aa92e.com/" "[13: www.xn--80aa0cbo65f.com]" "[13] http://www.xn--80aa0cbo65f.com/" "http://почта.рф/п" "http://中国政府.中国/" "http://127.0.0.1/"; do
    has "show says $text" "$out" "$text"
done
run "$crier" show --links=inline 1
has "inline too" "$out" "post <http://почта.рф/п>"
has_not "but not twice" "$out" "<http://пример.рф/>"
run "$crier" show --links=none 1
has "without links, too, whose they are" "$out" "www.bank.example[evil.example]"
run "$crier" show --format=json 1
has "machines have them as they are" "$out" '"link":"http://xn--80a1acny.xn--p1ai/1"'
run "$crier" show --format=markdown 1
has "text for people has the other form, what it leads to has not" "$out" "[http://почта.рф/1](http://xn--80a1acny.xn--p1ai/1)"
if command -v localedef >/dev/null 2>&1 && sh "$srcdir/tests/make-locales" "$builddir/tests/locales"; then
    LOCPATH="$builddir/tests/locales" LC_ALL=ru_RU.KOI8-R run "$crier" show 1
    has "a charset that lacks a name shows it in ASCII" "$out" "http://xn--fiqs8sirgfmh.xn--fiqs8s/"
    iconv -f KOI8-R -t UTF-8 "$out" >"$T/koi8"
    has "and one that has it does not" "$T/koi8" "http://почта.рф/"
else
    ok "KOI8-R # SKIP there is no localedef" true
    ok "KOI8-R # SKIP there is no localedef" true
fi

for width in 80 40; do
    printf 'size %d 34\nkeys Enter Enter\ndump\nkeys G Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab\ndump\nkeys U\ndump\n' $width >"$T/script"
    run "$crier" --script="$T/script"
    cat "$out" >>"$T/picture.en"
    LANGUAGE=ru run "$crier" --script="$T/script"
    cat "$out" >>"$T/picture.ru"
    LANGUAGE=zh_CN run "$crier" --script="$T/script"
    cat "$out" >>"$T/picture.zh"
done
for language in en ru zh; do
    sed "s|:${BASE##*:}|:PORT|g" "$T/picture.$language" >"$T/picture"
    picture "the reader in $language" $language-hosts.txt "$T/picture"
done

# a number before Tab is that of a link
printf 'size 80 34\nkeys Enter Enter 5 Tab\ndump\nkeys 2 S-Tab\ndump\nkeys 9 9 Tab\ndump\n' >"$T/script"
run "$crier" --script="$T/script"
screens "$T/script" "$out"
number=0
for shown in "[5] http://пример.рф/" "[2] http://news.town.example/" "there is no link 99"; do
    number=$((number + 1))
    sed -n 33p "$T/screen.$number" >"$T/bar"
    has "a number before Tab: $shown" "$T/bar" "$shown"
done
# what has no use for an address of mail is not given it
printf 'size 80 34\nkeys Enter Enter 1 1 Enter\ndump\n' >"$T/script"
run env -u DISPLAY -u WAYLAND_DISPLAY "$crier" --set=ui.browser="w3m %u" --script "$T/script"
has "a browser of the terminal gets no address of mail" "$out" "no program is known that takes mailto:a@bank.example"

# beside long words of a link its host stays whole, and on a narrow screen its end
cat >"$T/www/long.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Long", "items": [{"id": "1", "title": "Long", "content_html":
"<p><a href='https://accounts.bank.example.login.evil.example/a/path'>the announcement of the mayor about the works in the northern and southern districts</a> <a href='http://town.example/a/way/that/leads/far'>short</a> <a href='http://127.0.0.1/first'>the first page</a></p>"}]}
END
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir -p "$T/data/crier"
"$crier" add --no-discover "$BASE/long.json" >/dev/null
"$crier" fetch --progress=none
cat >"$T/script" <<'END'
size 80 24
keys Enter Enter U
dump
size 40 12
keys Esc U
dump
size 20 12
keys Esc U
dump
END
run "$crier" --script "$T/script"
screens "$T/script" "$out"
on 1 "the words of a link give way to its host" "[1] the announcement of the mayo…  accounts.bank.example.login.evil.example…"
on 1 "beside few words all is shown" "[2] short  http://town.example/a/way/that/leads/far"
on 2 "a narrow screen shows the end of a host" "[1] the ann…  ...login.evil.example…"
on 2 "behind few words, too" "[2] short  http://town.example/a/wa…"
on 2 "nothing is cut in front of what fits" "[3] the first page  127.0.0.1/first"
on 3 "a very narrow one that end" "[1]…  ...ample…"
has_not "and no host is cut twice" "$out" "...127"
run "$crier" --set=ui.ascii=yes --script "$T/script"
screens "$T/script" "$out"
on 1 "so it is in ASCII" "  accounts.bank.example.login.evil.example~"
finish
