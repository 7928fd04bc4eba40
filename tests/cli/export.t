#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is subscribed to moves out: as other readers' files, which programs that are not ours can read.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 93
urls=$CONFIG/urls
cp "$srcdir/tests/portal/beiling.portal.in" "$CONFIG/portals/beiling.portal"
sed -i 's|@BASE@|http://127.0.0.1:9|' "$CONFIG/portals/beiling.portal"
cat >"$urls" <<'END'
http://a.example/rss?x=1&y=2 "city, big" "~A <b> \"c\""
http://b.example/list "city, big" "list"
portal:beiling/ru "region"
portal:beiling/zh/news
"query:New:is:unread title:\"two words\""
https://c.example/ "region" "~C"
END

run "$crier" export
status_is "OPML without an option" 0
cp "$out" "$T/out.opml"
python3 - "$T/out.opml" >"$T/seen" <<'END'
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
print(root.tag, root.get("version"), len(root.findall("head/title")))
for body in root.findall("body"):
    for o in body.iter("outline"):
        assert o.get("text"), tree.tostring(o)
        print(o.get("type"), o.get("text"), o.get("xmlUrl") or o.get("url"), o.get("category"), sep="|")
END
cat >"$T/expected" <<'END'
opml 2.0 1
None|city, big|None|None
rss|A <b> "c"|http://a.example/rss?x=1&y=2|city  big
rss|http://b.example/list|http://b.example/list|city  big,list
None|region|None|None
None|Beiling (demo portal)|None|region
rss|Русский: Новости города|http://127.0.0.1:9/ru/news/rss.xml|None
HTML+XPath|Русский: Объявления|http://127.0.0.1:9/ru/notices/index.html|None
rss|Beiling (demo portal): 本地要闻|http://127.0.0.1:9/zh/news/rss.xml|None
None|New|None|None
None|region|None|None
rss|C|https://c.example/|region
END
same "as any parser of XML sees it" "$T/expected" "$T/seen"
ok "with nothing to be said" test ! -s "$err"
ok "a section has the home page of its edition" test "$(grep -o 'htmlUrl="[^"]*"' "$T/out.opml" | tr '\n' ' ')" = 'htmlUrl="http://127.0.0.1:9/ru/" htmlUrl="http://127.0.0.1:9/ru/" htmlUrl="http://127.0.0.1:9/zh/" '
run "$crier" opml "$T/out.opml"
ok "six of them are feeds for everybody" test "$status:$(grep -o '"url"' "$out" | wc -l)" = 0:6
cp "$urls" "$T/before"
run "$crier" import "$T/out.opml"
status_is "it brings nothing new" 4
rm "$urls"
run "$crier" import "$T/out.opml"
status_is "but brings back all" 0
same "as it was" "$T/before" "$urls"
run "$crier" export --format=urls
same "urls are the lines" "$T/before" "$out"
printf '# a comment\nexec:foo\nhttp://d.example/ "unended\n' >>"$urls"
run "$crier" export --format=urls
same "without what is none" "$T/before" "$out"

# a list that crier reads without being told how
printf 'portal:beiling\nportal:beiling/en/notices\nportal:beiling/en/news\n' >"$urls"
run "$crier" export
status_is "sections without rules" 0
has "are told to be crier's alone" "$err" "1 section is there for crier alone, since it has neither a feed nor rules that other readers take: portal:beiling/en/notices"
has "among others" "$out" '<outline text="English: Public Notices" type="link" url="http://127.0.0.1:9/en/notices/index.html"/>'
has "and alone they are links to their pages" "$out" '<outline text="Beiling (demo portal): Public Notices" type="link" url="http://127.0.0.1:9/en/notices/index.html" crier:source="portal:beiling/en/notices"/>'
run "$crier" export --format=newsboat
has "sections that newsboat lacks" "$err" "3 sections are left out, which newsboat could not read"
has "are told beside lines" "$err" "1 line is left out, which newsboat could not read"
cp "$T/before" "$urls"

# into a file
mkdir "$T/web"
run "$crier" export --output="$T/web/my.opml"
status_is "into a file" 0
ok "the same" cmp "$T/out.opml" "$T/web/my.opml"
touch -d 2020-01-01 "$T/web/my.opml"
run "$crier" export --output="$T/web/my.opml"
ok "which stays as it is when nothing is new" test "$(stat -c %Y "$T/web/my.opml")" = "$(date -d 2020-01-01 +%s)"
echo 'http://e.example/' >>"$urls"
run "$crier" export --output="$T/web/my.opml"
has "and is replaced when something is" "$T/web/my.opml" e.example
ok "with nothing left beside it" test "$(find "$T/web" -type f | wc -l)" = 1
run "$crier" export --output="$T/nowhere/my.opml"
status_is "a folder that is not there" 74

# secrets
printf 'http://user:pa55@f.example/rss?token=s3cret&x=1 "a"\n' >"$urls"
run "$crier" export
ok "a password stays here" sh -c '! grep -qE "pa55|s3cret" "$1"' sh "$out"
has "which is said" "$err" "the secret of 1 address is left out"
has "the name goes with it" "$out" 'xmlUrl="http://user@f.example/rss?token=***&amp;x=1"'
run "$crier" export --what=sources now
status_is "nothing else is taken" 1

# those of the sections of a portal
cat >"$CONFIG/portals/town.portal" <<'END'
[Portal]
Name=Town
Home=http://town.example/
[Edition en]
Name=English
[Section en/news]
Name=News
Kind=feed
Url=http://town.example/rss?token=s3cret
[Section en/notices]
Name=Notices
Kind=feed
Url=http://user:pa55@town.example/notices.xml
[Section en/days]
Name=Days
Kind=feed
Url=http://town.example/rss.xml?page={token}
Token=//a/@href
[Section en/plain]
Name=Plain
Kind=list
Url=http://town.example/plain/
END
printf 'portal:town/en\nportal:town/en/news\n' >"$urls"
run "$crier" export
ok "no secret of a section leaves" sh -c '! grep -qE "pa55|s3cret" "$1"' sh "$out"
has "an address that is left out is told, once" "$err" "the address of 1 section is left out, since it holds a secret: portal:town/en/news"
has "one that is there without its secret, too" "$err" "the secret of 1 address is left out"
has "and one that changes" "$err" "1 section is there for crier alone, since its address changes: portal:town/en/days"
has "each for its own reason" "$err" "1 section is there for crier alone, since it has neither a feed nor rules that other readers take: portal:town/en/plain"
run "$crier" export --format=newsboat
ok "newsboat gets what it can read" test "$(cat "$out")" = http://town.example/notices.xml
has "what it does not for a secret is told" "$err" "the address of 1 section is left out, since it holds a secret: portal:town/en/news"
has "and not counted to what it could not read" "$err" "2 sections are left out, which newsboat could not read"
has_not "nor is a line that has nothing else" "$err" "line is left out"
has "nor is the secret of another forgotten" "$err" "the secret of 1 address is left out"
run "$crier" export --format=urls
ok "lines have no addresses of sections" test ! -s "$err"
rm "$CONFIG/portals/town.portal"

# articles: an Atom feed that Python's parser of XML reads, held against RFC 4287
portal_start
rm "$urls"
run "$crier" add beiling
run "$crier" fetch --full --progress=none
cat >"$T/atom.py" <<'END'
import re, sys, xml.etree.ElementTree as tree
A, X, D = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}", "{http://purl.org/atompub/tombstones/1.0}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
feed = tree.parse(sys.argv[1]).getroot()
assert feed.tag == A + "feed"
for e in [feed] + feed.findall(A + "entry"):
    for name in "id", "title", "updated":
        assert len(e.findall(A + name)) == 1, (name, tree.tostring(e))
    assert re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", e.find(A + "id").text)
    assert e.find(A + "author").find(A + "name").text
    for name in "updated", "published":
        for t in e.findall(A + name):
            assert TIME.match(t.text), t.text
ids = [e.find(A + "id").text for e in feed.findall(A + "entry")]
assert len(set(ids)) == len(ids)
for e in feed.findall(A + "entry"):
    content = e.find(A + "content")
    assert content.get("type") == "xhtml" and [c.tag for c in content] == [X + "div"], tree.tostring(e)
    assert all(c.tag.startswith(X) for c in content.iter() if c is not content)
    links = [l.get("rel") for l in e.findall(A + "link")]
    assert links.count("alternate") <= 1
    for l in e.findall(A + "link"):
        assert l.get("href").startswith("http")
    print("entry", e.get("{http://www.w3.org/XML/1998/namespace}lang"), e.find(A + "title").text, links.count("enclosure"), sep="|")
for d in feed.findall(D + "deleted-entry"):
    assert TIME.match(d.get("when"))
    assert d.get("ref") not in ids
    print("deleted")
END
run "$crier" export --format=atom all
status_is "articles as Atom" 0
cp "$out" "$T/all.atom"
run python3 "$T/atom.py" "$T/all.atom"
status_is "which is valid" 0
ok "has every article" test "$(grep -c ^entry "$out"):$(grep -c 'entry|zh' "$out")" = "$("$crier" list --limit=0 --format=tsv | wc -l):$("$crier" list --limit=0 --format=tsv lang:zh | wc -l)"
ok "and what it has attached" sh -c 'grep -q "|[1-9]$" "$1"' sh "$out"
run env CRIER_NOW=1861350400 "$crier" export --format=atom all
same "is the same at another time" "$T/all.atom" "$out"
run "$crier" parse "$T/all.atom"
ok "and read by crier itself" test "$status:$(grep -o '"content_html"' "$out" | grep -c .)" = "0:$(grep -c '<content' "$T/all.atom")"
run "$crier" export --format=atom lang:ru
has "a language is of the whole feed" "$out" 'tombstones/1.0" xml:lang="ru">'
run "$crier" export --format=atom --output="$T/none.atom" title:nowhere
status_is "nothing matched" 4
run python3 "$T/atom.py" "$T/none.atom"
status_is "is a feed all the same" 0
run "$crier" export --format=atom
status_is "a query is needed" 1
run "$crier" export --what=articles --format=opml all
status_is "OPML has no articles" 1
run "$crier" export is:nope
status_is "nor is one that is none" 1

# withdrawn, revised
id=$(python3 - "$T/all.atom" <<'END'
import sys, xml.etree.ElementTree as tree
A = "{http://www.w3.org/2005/Atom}"
for e in tree.parse(sys.argv[1]).getroot().findall(A + "entry"):
    if "Airport opens" in (e.find(A + "title").text or ""):
        print(e.find(A + "id").text)
END
)
number=$("$crier" list --format=tsv title:Airport lang:en | cut -f1 | head -n 1)
python3 - "$STORE" "$number" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE articles SET withdrawn = 1761000000 WHERE id = ?", (sys.argv[2],))
db.commit()
END
run "$crier" export --format=atom all
has "what is withdrawn is told so" "$out" "<at:deleted-entry ref=\"$id\" when=\"2025-10-20T22:40:00Z\"/>"
cp "$out" "$T/gone.atom"
run python3 "$T/atom.py" "$T/gone.atom"
has "and is no entry" "$out" deleted

# JSON Feed, JSON
run "$crier" export --format=jsonfeed lang:en
cp "$out" "$T/feed.json"
cat >"$T/feed.py" <<'END'
import json, sys
feed = json.load(open(sys.argv[1], encoding="utf-8"))
assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] and feed["language"] == "en"
for item in feed["items"]:
    assert isinstance(item["id"], str) and ("content_html" in item or "content_text" in item)
    assert all(a["url"] and a["mime_type"] for a in item["attachments"])
    assert all(a["name"] for a in item["authors"])
print(len(feed["items"]))
END
run python3 "$T/feed.py" "$T/feed.json"
ok "JSON Feed 1.1 has what it must" test "$status:$(cat "$out")" = "0:$("$crier" list --limit=0 --format=tsv lang:en -- -state:withdrawn | wc -l)"
run "$crier" parse "$T/feed.json"
status_is "and crier reads it" 0
run "$crier" export --format=json --output="$T/all.json" lang:zh
"$crier" list --limit=0 --format=tsv lang:zh | cut -f1 | while read -r n; do "$crier" show --format=json "$n"; done >"$T/expected"
same "JSON is what show prints" "$T/expected" "$T/all.json"

# a folder of feeds
run "$crier" export --split=source --output="$T/feeds" all
status_is "a feed of each source" 0
ok "as many as there are" test "$(find "$T/feeds" -name '*.atom' | wc -l)" = "$("$crier" sources --format=tsv | wc -l)"
for feed in "$T"/feeds/*.atom; do python3 "$T/atom.py" "$feed" >/dev/null || echo "$feed"; done >"$T/bad"
ok "each valid" test ! -s "$T/bad"
ok "their names are of ASCII" sh -c '! ls "$1" | grep -q "[^a-z0-9.-]"' sh "$T/feeds"
touch -d 2020-01-01 "$T"/feeds/*
run "$crier" export --split=source --output="$T/feeds" all
ok "which stay as they are while nothing is new" test "$(find "$T/feeds" -newermt 2020-01-02 -type f | wc -l)" = 0
run "$crier" export --split=portal --format=jsonfeed --output="$T/portals" all
ok "a feed of a portal" test "$(ls "$T/portals")" = beiling.json
"$crier" mark +Снег lang:ru
"$crier" mark +ice lang:en
run "$crier" export --split=tag --output="$T/tags" all
ok "a feed of each tag" test "$(cd "$T/tags" && printf '%s ' * | sed 's/[0-9a-f]\{8\}/X/')" = "X.atom ice.atom "
run "$crier" export --split=tag all
status_is "a folder must be named" 1
"$crier" mark -ice lang:en
echo '{"mine": 1}' >"$T/tags/mine.json"
echo "<feed/>" >"$T/tags/mine.atom"
run "$crier" export --split=tag --output="$T/tags" all
ok "a feed of what is gone stays" test -e "$T/tags/ice.atom"
run "$crier" export --split=tag --prune --output="$T/tags" all
ok "until it is to be pruned" test ! -e "$T/tags/ice.atom"
ok "the others are there, and what is not crier's" test "$(cd "$T/tags" && printf '%s ' * | sed 's/[0-9a-f]\{8\}/X/')" = "X.atom mine.atom mine.json "
cp "$T/portals/beiling.json" "$T/portals/other.json"
run "$crier" export --split=portal --format=jsonfeed --prune --output="$T/portals" all
ok "a copy under another name is not crier's" test "$(cd "$T/portals" && printf '%s ' *)" = "beiling.json other.json "
run "$crier" export --prune --output="$T/tags" all
status_is "only feeds of a folder are pruned" 1

# a site of pages
run "$crier" export --format=html --output="$T/site" all
status_is "a site" 0
ok "with a page of each article" test "$(find "$T/site" -name '[0-9]*.html' | wc -l)" = "$("$crier" list --limit=0 --format=tsv | wc -l)"
python3 - "$T/site" >"$T/bad" 2>&1 <<'END'
import html.parser, os, sys
folder = sys.argv[1]
VOID = {"meta", "link", "br", "hr", "img"}
class Page(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "iframe", "style", "object", "form"):
            print(self.name, "has", tag)
        for name in "href", "src":
            where = attributes.get(name)
            if where and "://" not in where and not where.startswith(("mailto:", "tel:")):
                self.links.add(where)
                if not os.path.exists(os.path.join(folder, where)):
                    print(self.name, "leads to", where)
    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            print(self.name, "closes", tag)
reached, todo = set(), ["index.html"]
while todo:
    page = Page()
    page.name, page.open, page.links = todo.pop(), [], set()
    reached.add(page.name)
    if page.name.endswith(".html"):
        page.feed(open(os.path.join(folder, page.name), encoding="utf-8").read())
        if page.open:
            print(page.name, "leaves open", page.open)
        todo += [l for l in page.links - reached if l not in todo]
for name in set(os.listdir(folder)) - reached:
    print("nothing leads to", name)
END
ok "in which all is balanced and leads to all" test ! -s "$T/bad"
touch -d 2020-01-01 "$T"/site/*
run "$crier" export --format=html --output="$T/site" all
ok "which stays as it is while nothing is new" test "$(find "$T/site" -newermt 2020-01-02 -type f | wc -l)" = 0
run "$crier" export --format=html all
status_is "its folder must be named" 1

run "$crier" export --format=html --split=source --output="$T/sites" all
status_is "a folder of sites there is not" 1

# mail
run "$crier" export --format=mbox --output="$T/mbox" all
status_is "a mailbox" 0
run "$crier" export --format=maildir --output="$T/maildir" all
status_is "a maildir" 0
cat >"$T/mail.py" <<'END'
import email.policy, mailbox, sys
def read(f):
    return email.message_from_binary_file(f, policy=email.policy.default)
box = mailbox.mbox(sys.argv[1]) if sys.argv[2] == "mbox" else mailbox.Maildir(sys.argv[1], create=False)
ids = set()
for key in box.keys():
    m = read(box.get_file(key))
    assert not m.defects and m["Subject"] and m["Date"].datetime and m["From"].addresses[0].username == "crier", m
    text, html = m.get_body(("plain",)).get_content(), m.get_body(("html",)).get_content()
    assert m["Subject"].split()[0] in text and "<img" not in html
    ids.add(m["Message-ID"])
assert len(ids) == len(box)
print(*sorted(ids), sep="\n")
END
run python3 "$T/mail.py" "$T/mbox" mbox
cp "$out" "$T/ids"
ok "of which Python reads every message" test "$status:$(wc -l <"$T/ids")" = "0:$("$crier" list --limit=0 --format=tsv | wc -l)"
run python3 "$T/mail.py" "$T/maildir" maildir
same "and the same in the folder" "$T/ids" "$out"
for message in "$T"/maildir/new/*; do mv "$message" "$T/maildir/cur/$(basename "$message"):2,S"; break; done
run "$crier" export --format=maildir --output="$T/maildir" all
ok "where none comes twice" test "$(find "$T/maildir" -type f | wc -l)" = "$(wc -l <"$T/ids")"
run "$crier" export --format=maildir all
status_is "whose folder must be named" 1
run "$crier" export --format=mbox --split=source --output="$T/boxes" all
status_is "a folder of mailboxes there is not" 1

# marks
"$crier" mark read lang:zh
"$crier" mark starred title:Airport
run "$crier" export --what=state --output="$T/state" all
status_is "marks go out" 0
"$crier" list --limit=0 --format=tsv | cut -f1,2 >"$T/before"
cp "$STORE" "$T/other.db"
python3 - "$T/other.db" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE marks SET read = 0, starred = 0")
db.execute("DELETE FROM tags")
db.commit()
END
run "$crier" --store="$T/other.db" import "$T/state"
status_is "and come into another store" 0
"$crier" --store="$T/other.db" list --limit=0 --format=tsv | cut -f1,2 >"$T/after"
same "as they were" "$T/before" "$T/after"
ok "with tags" test "$("$crier" --store="$T/other.db" list --limit=0 --format=tsv tag:ice | wc -l)" = "$("$crier" list --limit=0 --format=tsv tag:ice | wc -l)"
run "$crier" --store="$T/other.db" import "$T/state"
status_is "twice is nothing new" 4
ok "no secret is in it" sh -c '! grep -q "@" "$1"' sh "$T/state"
printf '{"id":"nowhere"}\nnone\n[1]\n' >"$T/odd"
run "$crier" import --format=state "$T/odd"
ok "what is not there is counted, what is none is told" sh -c '[ "$1" = 4 ] && grep -q "marked when they come: 0" "$2" && grep -q "2 lines hold no marks" "$3"' sh "$status" "$out" "$err"
# what is no file
mkfifo "$T/fifo"
for target in /dev/full /dev/zero "$T/fifo"; do
    run timeout 60 "$crier" export --what=articles all --format=mbox --output="$target"
    status_is "$(basename "$target") is not written" 74
    has "$(basename "$target"): which is said" "$err" "it is not a regular file"
done
finish
