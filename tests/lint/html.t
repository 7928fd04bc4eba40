#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual as HTML (make html): well formed, each link leads somewhere, all languages are there, and text browsers show it.
. "${srcdir:-.}/tests/lib.sh"
need python3 mandoc make
plan 13
cd "$builddir" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL || :
run make -s html
status_is "make html" 0
[ "$status" = 0 ] || show "$err"
# shellcheck disable=SC2046 # words are wanted
ok "mandoc has no warnings" sh -c '! mandoc -T lint -W warning "$@" | grep .' sh $(for page in crier-server.7 crier-tutorial.7 crier-faq.7; do if [ -f "man/$page" ]; then echo "man/$page"; else echo "$srcdir/man/$page"; fi; done)
for page in crier.1 crier.conf.5 crier-server.7 crier-tutorial.7 crier-faq.7; do
    ok "$page in three languages" test -s "html/$page.html" -a -s "html/$page.ru.html" -a -s "html/$page.zh_CN.html"
done
cat >"$T/links.py" <<'P'
"""Pages are well formed, ids are there once, and links lead to a file and an id that exist."""
import glob, html.parser, os, sys, xml.dom.minidom
class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(open(path, encoding="utf-8").read())
    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id": self.ids.append(value)
            if name == "href": self.links.append(value)
pages = {os.path.basename(path): Page(path) for path in glob.glob("html/*.html")}
wrong = [] if len(pages) > 20 else ["there are few pages"]
for name, page in pages.items():
    xml.dom.minidom.parse("html/" + name)
    wrong += [f"{name}: id {one} twice" for one in set(page.ids) if page.ids.count(one) > 1]
    for link in page.links:
        file, _, at = link.partition("#")
        if file == "manual.css":
            continue
        if (file or name) not in pages:
            wrong.append(f"{name}: {link}")
        elif at and at not in pages[file or name].ids:
            wrong.append(f"{name}: {link}")
for name in pages:
    if not name.startswith("index") and not any(name in page.links for other, page in pages.items() if other != name):
        wrong.append(f"nothing leads to {name}")
print("\n".join(wrong))
sys.exit(bool(wrong))
P
ok "well formed, and each link leads somewhere" python3 "$T/links.py"
ok "pages lead to each other in their language" grep -q 'href="crier.conf.5.ru.html"' html/crier-tutorial.7.ru.html
ok "what is not crier's stays text" sh -c 'grep -q "<b>tmux</b>(1)" html/crier-tutorial.7.html && ! grep -q "href=.tmux" html/crier-tutorial.7.html'
if command -v xmllint >/dev/null 2>&1; then
    # its HTML parser knows no elements that are newer than it
    ok "xmllint has nothing to say" sh -c '! xmllint --html --noout html/*.html 2>&1 | grep error | grep -vE "Tag (section|nav) invalid"'
else
    result 0 "xmllint has nothing to say # SKIP xmllint is not installed"
fi
browser=
for name in w3m lynx; do
    command -v "$name" >/dev/null 2>&1 && browser=$name && break
done
if [ -n "$browser" ]; then
    "$browser" -dump html/crier-tutorial.7.html >"$T/text" 2>/dev/null
    has "$browser shows it" "$T/text" "opens the next unread article"
else
    result 0 "a text browser shows it # SKIP neither w3m nor lynx is installed"
fi
make -s install-html htmldir=/doc/html DESTDIR="$T/root" >"$T/log" 2>&1 || show "$T/log"
ok "make install-html" test -s "$T/root/doc/html/index.html" -a -s "$T/root/doc/html/manual.css" -a -s "$T/root/doc/html/crier.1.zh_CN.html"
finish
