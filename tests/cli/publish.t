#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A folder of feeds for a web server: packed beside each, a page in three languages that lists them, and what is unchanged
# keeps its bytes and its time; handed out by nginx as crier-server(7) has it, where there is one.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 34
portal_start
printf '%s/en/news/rss.xml\nportal:beiling\n' "$BASE" >"$CONFIG/urls"
"$crier" fetch --progress=none
feeds=$T/www
export_() { run "$crier" export --split=portal --output="$feeds" "$@"; }
# state: names, times to the nanosecond, bytes
state() { (cd "$1" && for file in *; do printf '%s ' "$(stat -c '%n %y %s' "$file")" && cksum <"$file"; done); }
# in_step: what is packed is of what lies beside it, with its time
in_step() {
    for file in "$feeds"/*.gz; do
        gzip -dc "$file" | cmp -s - "${file%.gz}" || return 1
        [ "$(stat -c %y "$file")" = "$(stat -c %y "${file%.gz}")" ] || return 1
    done
}

export_ --index --gzip all
status_is "feeds, packed, and a page" 0
ok "are these files" test "$(cd "$feeds" && printf '%s ' *)" = "beiling.atom beiling.atom.gz index.html index.html.gz index.ru.html index.ru.html.gz index.zh.html index.zh.html.gz "
ok "what is packed is the same, of the same time" in_step
state "$feeds" >"$T/before"
touch -d 2020-01-01 "$feeds"/*
state "$feeds" >"$T/old"
export_ --index --gzip all
state "$feeds" >"$T/after"
same "nothing is touched while nothing is new" "$T/old" "$T/after"
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" >/dev/null 2>&1
LOCPATH="$builddir/tests/locales" LC_ALL=ru_RU.UTF-8 CRIER_NOW=$((${CRIER_NOW:-1761350400} + 86400)) run "$crier" export --split=portal --output="$feeds" --index --gzip all
state "$feeds" >"$T/after"
same "nor a day later, in another locale" "$T/old" "$T/after"
rm -rf "$T/again"
run "$crier" export --split=portal --output="$T/again" --index --gzip all
ok "what is packed anew is the same" cmp -s "$feeds/beiling.atom.gz" "$T/again/beiling.atom.gz"

"$crier" mark +ferrytag portal:beiling
export_ --index --gzip all
ok "what is new is packed anew" in_step
ok "and told" grep -q ferrytag "$feeds/beiling.atom"
ok "and the rest is not" test "$(find "$feeds" -newermt 2020-01-02 -type f | grep -vc beiling.atom)" = 0
touch "$feeds/beiling.atom.gz"
export_ --index --gzip all
ok "what was packed at another time is packed again" in_step
"$crier" mark -ferrytag portal:beiling
export_ all
ok "also if nobody says that it is to be" in_step
export_ --gzip --index --prune lang:xx
status_is "no article" 4
ok "and the feed is there" test -e "$feeds/beiling.atom"
cp "$CONFIG/urls" "$T/urls"
"$crier" remove portal:beiling >/dev/null 2>&1
"$crier" mark deleted all
export_ --gzip --index --prune all
ok "a feed that is pruned goes with what is packed" test "$(find "$feeds" -name '*atom*' | wc -l)" = 0
cp "$T/urls" "$CONFIG/urls"
"$crier" mark undeleted is:deleted
export_ --gzip --index all

# the page
python3 - "$feeds" >"$T/pages" 2>&1 <<'P'
import html.parser, os, sys
folder = sys.argv[1]
for name, language in (("index.html", "en"), ("index.ru.html", "ru"), ("index.zh.html", "zh")):
    class Page(html.parser.HTMLParser):
        stack, links, language, text = [], [], None, []
        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            if tag == "html":
                self.language = attrs["lang"]
            if tag == "a":
                self.links.append(attrs["href"])
            if tag not in ("meta",):
                self.stack.append(tag)
        def handle_endtag(self, tag):
            assert self.stack.pop() == tag, (name, tag)
        def handle_data(self, data):
            self.text.append(data)
    page = Page()
    page.feed(open(os.path.join(folder, name), encoding="utf-8").read())
    assert not page.stack and page.language == language, name
    assert "beiling.atom" in page.links, page.links
    for link in page.links:
        assert "://" in link or os.path.exists(os.path.join(folder, link)), link
    assert "en, ru, zh" in " ".join(page.text), page.text
P
ok "each language has a page, whose links lead somewhere" test ! -s "$T/pages"
show "$T/pages"
echo "<p>Ours</p>" >"$feeds/index.ru.html"
export_ --index all
status_is "a page that somebody else wrote" 74
ok "stays" test "$(cat "$feeds/index.ru.html")" = "<p>Ours</p>"
rm "$feeds/index.ru.html"
export_ --index --gzip all
status_is "until it is taken away" 0
for option in --index --gzip; do
    run "$crier" export --format=atom $option --output="$T/one.atom" all
    status_is "$option is for a folder of feeds" 1
done

# as nginx hands it out, by what the manual says
if ! command -v nginx >/dev/null 2>&1 || ! command -v curl >/dev/null 2>&1; then
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do result 0 "nginx # SKIP nginx or curl is not installed"; done
    finish
    exit
fi
mkdir -p "$T/examples" "$T/nginx"
snippet=$(python3 "$srcdir/tests/kit/examples.py" examples "$T/examples" "$srcdir/man/crier-server.7.in" | grep 'nginx' | cut -d' ' -f1)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$T/nginx/nginx.conf" <<END
daemon off;
master_process off;
pid $T/nginx/pid;
error_log $T/nginx/error;
events { }
http {
    access_log off;
    types { text/html html; application/atom+xml atom; }
    client_body_temp_path $T/nginx/body;
    proxy_temp_path $T/nginx/proxy;
    fastcgi_temp_path $T/nginx/fastcgi;
    uwsgi_temp_path $T/nginx/uwsgi;
    scgi_temp_path $T/nginx/scgi;
$(sed "s#listen 80;#listen 127.0.0.1:$port;#; /listen \[/d; s#/srv/www/feeds#$feeds#" "$snippet")
}
END
nginx -e "$T/nginx/error" -c "$T/nginx/nginx.conf" &
nginx=$!
web=http://127.0.0.1:$port
tries=0
until curl -fso /dev/null "$web/index.html" || [ $((tries += 1)) -gt 100 ]; do kill -0 $nginx || break; done
code() { curl -so "$T/body" -D "$T/head" -w '%{http_code}' "$@"; }
is() { ok "$1" test "$2" = "$3"; }
is "a feed" 200 "$(code "$web/beiling.atom")"
ok "is what lies there" cmp -s "$T/body" "$feeds/beiling.atom"
has "with its type" "$T/head" "application/atom+xml"
tag=$(sed -n 's/^ETag: *//p' "$T/head" | tr -d '\r')
since=$(sed -n 's/^Last-Modified: *//p' "$T/head" | tr -d '\r')
is "the same tag is answered by nothing new" 304 "$(code -H "If-None-Match: $tag" "$web/beiling.atom")"
is "and so is the same time" 304 "$(code -z "$since" "$web/beiling.atom")"
export_ --index --gzip all
is "after another export, too" 304 "$(code -H "If-None-Match: $tag" "$web/beiling.atom")"
is "packed, for who takes that" 200 "$(code -H 'Accept-Encoding: gzip' "$web/beiling.atom")"
ok "it is what lies there packed" cmp -s "$T/body" "$feeds/beiling.atom.gz"
tag=$(sed -n 's/^ETag: *//p' "$T/head" | tr -d '\r')
is "which has a tag as well" 304 "$(code -H 'Accept-Encoding: gzip' -H "If-None-Match: $tag" "$web/beiling.atom")"
"$crier" mark +ferrytag portal:beiling
export_ --index --gzip all
is "a feed that is new is handed out" 200 "$(code -H 'Accept-Encoding: gzip' -H "If-None-Match: $tag" "$web/beiling.atom")"
for language in 'de, en;q=0.5:en' 'ru-RU,ru;q=0.9,en:ru' 'zh-CN:zh'; do
    curl -s -H "Accept-Language: ${language%:*}" "$web/" >"$T/page"
    has "the page for ${language%:*}" "$T/page" "<html lang=\"${language##*:}\">"
done
"$crier" add "$web/beiling.atom" --title=Again >/dev/null 2>&1
"$crier" fetch --all --progress=none 2>/dev/null
ok "crier reads the feed" test "$("$crier" list --limit=0 --format=tsv "source:Again" | wc -l)" -gt 5
kill $nginx
finish
