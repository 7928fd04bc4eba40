#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A home of newsboat with 200 feeds and its cache moves in by one command, before anything is fetched, and moves out again.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 30
urls=$CONFIG/urls
mkdir "$T/site" "$T/newsboat"
cat >"$T/make.py" <<'END'
"""make.py SITE NEWSBOAT BASE: 200 feeds of five items each, and a home of newsboat that has read some of them."""
import os, sqlite3, sys
site, home, base = sys.argv[1:]
cache = sqlite3.connect(home + "/cache.db")
cache.execute("CREATE TABLE rss_feed(rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL,"
              " lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '')")
cache.execute("CREATE TABLE rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,"
              " author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,"
              " content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),"
              " enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '',"
              " content_mime_type VARCHAR(255) NOT NULL DEFAULT '', enclosure_description VARCHAR(1024) NOT NULL DEFAULT '',"
              " enclosure_description_mime_type VARCHAR(128) NOT NULL DEFAULT '')")
lines = ['# my feeds']
for f in range(200):
    url, items = f"{base}/feed{f}.xml", []
    lines.append(url + ("", ' "district"', ' "district" "~Feed %d, own title"' % f, ' "water" "!"')[f % 4])
    for i in range(5):
        link = f"http://city{f}.example/{i}.html"
        # half of the feeds have no guid: newsboat takes link and date
        guid = f"tag:city{f},2025:{i}" if f % 2 else f"{link}0{i + 1} Oct 2025 08:00:00 GMT"
        items.append(f"<item><title>Notice {i} of {f}</title><link>{link}</link>" +
                     (f"<guid isPermaLink='false'>{guid}</guid>" if f % 2 else "") +
                     f"<pubDate>0{i + 1} Oct 2025 08:00:00 GMT</pubDate></item>")
        if i < 4:  # the last is newer than what newsboat has seen
            cache.execute("INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread, flags) VALUES(?, ?, '', ?, ?, ?, '', ?, ?)",
                          (guid, f"Notice {i} of {f}", link, url, 1759305600 + i * 86400, int(i >= 2), "s" if i == 3 and f % 10 == 0 else None))
    cache.execute("INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread) VALUES(?, 'old', '', ?, ?, 1, '', 0)",
                  (f"old{f}", f"http://city{f}.example/old.html", url))
    with open(f"{site}/feed{f}.xml", "w") as file:
        file.write("<?xml version='1.0'?><rss version='2.0'><channel><title>City %d</title>%s</channel></rss>" % (f, "".join(items)))
lines.append('"query:Unread water:unread = \\"yes\\" and tags # \\"water\\""')
with open(home + "/urls", "w") as file:
    file.write("\n".join(lines) + "\n")
cache.commit()
END
: >"$T/site/requests.log"
serve "$T/site"
python3 "$T/make.py" "$T/site" "$T/newsboat" "$BASE"
sum=$(cat "$T/newsboat/urls" "$T/newsboat/cache.db" | md5sum)

# in, by one command
run "$crier" import --dry-run "$T/newsboat"
status_is "a dry run says what would be" 0
ok "and writes nothing" test ! -e "$urls" -a ! -e "$STORE"
run "$crier" import "$T/newsboat"
status_is "a folder of newsboat moves in" 0
ok "with 200 feeds and a query" test "$(grep -c '^added: ' "$out")" = 201
has "and the marks of what is still to come" "$out" "articles marked: 0, as they were: 0, marked when they come: 620"
ok "without asking for anything" test ! -s "$T/site/requests.log"
run "$crier" import "$T/newsboat"
status_is "a second time there is nothing new" 4
run "$crier" fetch --progress=none
status_is "then it is fetched" 0
count() { "$crier" list --limit=0 --format=tsv "$@" | wc -l; }
ok "all is there" test "$(count)" = 1000
ok "what was read there is read" test "$(count is:read)" = 400
ok "those, and no others" test "$("$crier" list --limit=0 --format=tsv is:read | cut -f 6 | grep -c '^Notice [01] of')" = 400
ok "what had a flag is starred" test "$(count is:starred)" = 20
ok "the query lists what it did there" test "$(count is:unread tag:water)" = 150
run "$crier" store check
status_is "the store is sound" 0
ok "what was taken waits no more" test "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM early_marks").fetchone()[0])' "$STORE")" = 200
one=$("$crier" list --limit=1 --format=tsv is:read | cut -f 1)
run "$crier" mark unread "id:$one"
run "$crier" fetch --all --progress=none
ok "so that nothing is read again" test "$(count is:read)" = 399
run "$crier" mark read "id:$one"
CRIER_NOW=$((CRIER_NOW + 32 * 86400)) "$crier" fetch --all --progress=none >/dev/null 2>&1
ok "and what never came waits no longer than a month" test "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM early_marks").fetchone()[0])' "$STORE")" = 0
ok "newsboat's files are as they were" test "$(cat "$T/newsboat/urls" "$T/newsboat/cache.db" | md5sum)" = "$sum"

# out: the subscriptions, what was read
run "$crier" export --format=urls
status_is "the subscriptions move out" 0
sed -e '/^#/d; s/ "!"/ "hidden"/; /^"query:/d' "$T/newsboat/urls" >"$T/expected"
grep -v '^"query:' "$out" >"$T/seen"
same "as they stood in newsboat, with the tag for what it hides" "$T/expected" "$T/seen"
run "$crier" export --what=state --format=newsboat all
status_is "and what was read" 0
cp "$out" "$T/seen"
python3 - "$T/newsboat/cache.db" >"$T/expected" <<'END'
import sqlite3, sys
for guid in sorted(r[0] for r in sqlite3.connect(sys.argv[1]).execute("SELECT guid FROM rss_item WHERE unread = 0 AND guid NOT LIKE 'old%'")):
    print(guid)
END
ok "by the ids that newsboat has for it" test "$(grep -cxFf "$T/expected" "$T/seen")" = 400
has_not "and nothing else" "$T/seen" "/2.html"
run "$crier" export --format=newsboat
has "a query is told in its language" "$out" '"query:Unread water:unread = \"yes\" and tags # \"water\""'
sed -e '/^#/d' "$T/newsboat/urls" >"$T/expected"
same "and all of urls is what it was" "$T/expected" "$out"

# the same by crier's own files, into a home that has fetched nothing
run "$crier" export --what=state all
cp "$out" "$T/state"
run "$crier" export
cp "$out" "$T/opml"
mv "$urls" "$T/urls.old"
rm "$STORE"*
run "$crier" import "$T/opml"
status_is "OPML moves in" 0
run "$crier" import "$T/state"
status_is "marks move in before their articles" 0
run "$crier" import "$T/state"
status_is "once" 4
run "$crier" fetch --progress=none
ok "and are there" test "$(count is:read):$(count is:starred)" = 400:20
run "$crier" export --what=state all
sort "$T/state" >"$T/expected"
sort "$out" >"$T/seen"
same "all of them" "$T/expected" "$T/seen"
finish
