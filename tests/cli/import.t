#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Subscriptions of other readers move in: what is new, what is there, and what is refused and why; all of it or nothing.
. "${srcdir:-.}/tests/lib.sh"
plan 76
urls=$CONFIG/urls
cp "$srcdir/tests/portal/beiling.portal.in" "$CONFIG/portals/beiling.portal"
sed -i 's|@BASE@|http://127.0.0.1:9|' "$CONFIG/portals/beiling.portal"

# OPML
cat >"$T/city.opml" <<'END'
<?xml version="1.0" encoding="windows-1251"?>
<opml version="2.0"><head><title>x</title></head><body>
<outline text="City"><outline text="News" xmlUrl="http://city.example/rss" category="/Snow,Rain"/>
<outline text="Rules" type="HTML+XPath" xmlUrl="http://city.example/list"/></outline>
<outline text="again" xmlUrl="https://city.example/rss?utm_source=x"/>
<outline text="more" type="include" url="http://city.example/more.opml"/>
<outline text="file" xmlUrl="file:///etc/passwd"/>
</body></opml>
END
run "$crier" import --dry-run "$T/city.opml"
status_is "a dry run says what would be" 2
ok "and writes nothing" test ! -e "$urls" -a ! -e "$STORE"
cp "$out" "$T/dry"
run "$crier" import --tag=moved "$T/city.opml"
status_is "some are refused" 2
same "a line an outline, as the dry run had them" "$T/dry" "$out"
cat >"$T/expected" <<'END'
added: http://city.example/rss
refused: http://city.example/list: xPathItem is missing
present: https://city.example/rss?utm_source=x
refused: http://city.example/more.opml: it includes another list, which is not asked for
refused: file:///etc/passwd: it is a file of this machine, which only 'crier add' subscribes to
END
same "with its reason" "$T/expected" "$out"
printf '%s\n' 'http://city.example/rss "City" "Snow" "Rain" "moved" "~News"' >"$T/expected"
same "folders, categories and --tag are tags, a name the title" "$T/expected" "$urls"
run "$crier" sources --format=tsv
has "and the store knows it" "$out" "	News	"
run "$crier" import "$T/city.opml"
status_is "what is refused counts more than what is new" 2
sed -i '/Rules/d; /include/d; /file:/d; s|category=|></outline><outline y=|' "$T/city.opml"
run "$crier" import "$T/city.opml"
status_is "nothing new is 4" 4
same "and leaves the file" "$T/expected" "$urls"

# an outline that leads nowhere
printf '<opml version="2.0"><body><outline text="no url" type="rss"/><outline text="Empty folder"/></body></opml>' >"$T/nowhere.opml"
run "$crier" import "$T/nowhere.opml"
status_is "an outline without an address is refused" 2
has "by its title" "$out" "refused: no url: it has no address (xmlUrl)"
ok "a folder is no outline" test "$(wc -l <"$out")" = 1

# newsboat, through a pipe
cat >"$T/newsboat" <<'END'
# my feeds
http://a.example/rss "city" "~Own title" "!"
http://a.example/atom.xml
"query:Fresh:unread = \"yes\" and age < 3"
"query:Deep:author =~ \"x\""
"query:Bad:is:nope"
exec:~/bin/feed
"filter:~/bin/f:http://a.example/x"
portal:beiling/ru "city"
portal:nowhere
END
run sh -c '"$1" import --format=newsboat - <"$2"' sh "$crier" "$T/newsboat"
status_is "newsboat's urls come through a pipe" 2
has "a query is translated" "$out" "added: query:Fresh:is:unread since:3d"
has "or refused with its part that cannot be said" "$out" "cannot say 'author =~ \"x\"'"
has "one that is none is refused" "$out" "'is:nope' is not one of"
has "a command is refused" "$out" "refused: exec:~/bin/feed: it would run a command"
has "a filter too" "$out" "refused: filter:~/bin/f:http://a.example/x: it would run a command"
has "a portal of the catalogue is taken" "$out" "added: portal:beiling/ru"
has "one that is not there is named" "$out" "there is no portal file 'nowhere.portal'"
has "tags and titles come" "$urls" 'http://a.example/rss "city" "hidden" "~Own title"'
run "$crier" status --format=json
ok "every line can be read" test "$(grep -c '"id":null' "$out")" = 0
run "$crier" list
status_is "and listed" 4

printf 'http://127.0.0.1:9/ru/news/rss.xml\n' | "$crier" import - >"$T/seen"
has "a feed that a section of it has is there" "$T/seen" "present: http://127.0.0.1:9/ru/news/rss.xml"

# sfeed
cat >"$T/sfeedrc" <<'END'
feeds() {
	feed 'City' 'http://sfeed.example/rss' 'http://sfeed.example' 'koi8-r'
	feed 'Odd' "$HOME/rss"
}
END
run "$crier" import "$T/sfeedrc"
status_is "sfeedrc is known by its look" 2
has "its feeds come" "$urls" 'http://sfeed.example/rss "~City"'
has "what a shell would say is refused" "$out" "refused: \$HOME/rss: only a shell knows what this stands for"

# what a portal has by an address of its own: taken, and said
B=http://127.0.0.1:9
cp "$urls" "$T/whole"
printf 'portal:beiling/en\n' >"$urls"
cat >"$T/home.opml" <<END
<opml version="2.0"><body><outline text="E" xmlUrl="$B/en/"/><outline text="N" xmlUrl="$B/ru/notices/index.html"/>
<outline text="other" xmlUrl="http://other.example/"/></body></opml>
END
cat >"$T/warned" <<END
crier: warning: '$B/en/' is subscribed to already: Beiling (demo portal), English; its articles will be there twice
crier: warning: the catalogue has '$B/ru/notices/index.html': 'crier add beiling/ru/notices' subscribes to Beiling (demo portal), Русский, Объявления
END
run "$crier" import --dry-run "$T/home.opml"
same "what a portal has is said by a dry run" "$T/warned" "$err"
run "$crier" import "$T/home.opml"
status_is "what a portal has is taken" 0
has "as a script asked for it" "$urls" "$B/en/"
same "and said, once a line" "$T/warned" "$err"
run "$crier" import "$T/home.opml"
ok "what is there is not said again" test "$status" = 4 -a ! -s "$err"
run "$crier" export
cp "$out" "$T/own.opml"
rm "$urls"
run "$crier" import "$T/own.opml"
ok "nor what crier has exported of itself" test "$status" = 0 -a ! -s "$err"
printf 'portal:beiling/en\n' >"$urls"
run "$crier" import "$T/own.opml"
has "but what of that is here by another name" "$err" "'$B/en/' is subscribed to already: Beiling (demo portal), English"
ok "alone" test "$(wc -l <"$err")" = 1
printf '%s\nportal:beiling/ru\n' "$B/ru/" >"$T/list"
rm "$urls"
run "$crier" import "$T/list"
has "a portal of the same list counts" "$err" "'$B/ru/' is subscribed to already: Beiling (demo portal), Русский"
run "$crier" import --format=newsboat - <<END
$B/zh/notices/index.html
END
has "newsboat's lines too" "$err" "'crier add beiling/zh/notices' subscribes to Beiling (demo portal), 中文, 通知公告"
cat >"$T/rules.opml" <<END
<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><body>
<outline text="N" type="HTML+XPath" xmlUrl="$B/en/notices/index.html" frss:xPathItem="//tr"/></body></opml>
END
echo portal:beiling/en/notices >"$urls"
run "$crier" import "$T/rules.opml"
has "and rules for a page" "$err" "'$B/en/notices/index.html' is subscribed to already: Beiling (demo portal), English, Public Notices"

# all or nothing, and what it may cost
rm "$CONFIG"/portals/imported-*
mv "$T/whole" "$urls"
cp "$urls" "$T/before"
: >"$T/empty"
run "$crier" import "$T/empty"
status_is "an empty file has nothing new" 4
printf 'http://x.example/\0http://y.example/\n' >"$T/nul"
run "$crier" import "$T/nul"
status_is "a file with a NUL is none" 1
has "and is named" "$err" "'$T/nul' is no text file"
printf '{"format": "crier-marks"}\n\0{}\n' >"$T/nul"
run "$crier" import --format=state "$T/nul"
ok "with marks neither" test "$status:$(grep -c "'$T/nul' is no text file" "$err")" = 1:1
run "$crier" import "$T/nowhere"
status_is "nor is one that is not there" 1
printf '<html></html>' >"$T/page"
run "$crier" import "$T/page"
status_is "nor a page" 1
has "which is named, too" "$err" "'$T/page': "
has "which is said" "$err" "the document is not OPML"
python3 -c 'print("<opml><body>" + "<outline text=\"f\">" * 100 + "<outline xmlUrl=\"http://deep.example/\"/>" + "</outline>" * 100 + "</body></opml>")' >"$T/deep"
run "$crier" import "$T/deep"
has "folders without end are cut" "$err" "': folders that lie deeper in each other than 64"
python3 -c 'print("\n".join("http://many.example/%d" % i for i in range(20001)))' >"$T/many"
run "$crier" import "$T/many"
status_is "too many are wrong use" 1
python3 -c 'print("http://x.example/\n" + "# %s\n" % ("x" * 70) * 250000)' >"$T/large"
run "$crier" import "$T/large"
status_is "a file too large too" 1
same "none of which wrote a line" "$T/before" "$urls"
printf 'http://city.example/rss\nhttp://new.example/\n' >"$T/more"
run "$crier" import "$T/more"
status_is "what is new is added beside what is there" 0
cat "$T/before" - >"$T/expected" <<'END'
http://new.example/
END
same "behind all that was there" "$T/expected" "$urls"
ok "for its user alone" test "$(stat -c %a "$urls")" = 600
for i in 1 2 3 4; do
    printf 'http://race.example/%s\nhttp://race.example/all\n' "$i" | "$crier" import - >/dev/null 2>&1 &
    eval "pid$i=\$!"
done
for i in 1 2 3 4; do eval "wait \$pid$i" || :; done
ok "several at once lose nothing and repeat nothing" test "$(grep -c race.example "$urls"):$(sort -u "$urls" | grep -c race)" = 5:5

# wrong use
run "$crier" import
status_is "a file is needed" 1
run "$crier" import "$T/more" "$T/more"
status_is "one" 1
run "$crier" import --format=nosuch "$T/more"
status_is "a format is one of them" 1
run "$crier" import --format=opml "$T/more"
status_is "and what it is" 1
cp "$urls" "$T/before"
python3 -c 'print("\n".join("http://feed%d.example/rss \"t%d\"" % (i, i % 7) for i in range(200)))' >"$T/two-hundred"
run "$crier" import "$T/two-hundred"
ok "two hundred move in at once" test "$status:$(grep -c ^added: "$out")" = 0:200
has_not "nothing of what came was an error" "$err" error

# newsboat's cache: by guid, then by link; only of what is here
portal_start
rm "$urls" "$STORE"*
echo "$BASE/ru/news/rss.xml" >"$T/newsboat"
run "$crier" import "$T/newsboat"
run "$crier" fetch --progress=none
python3 - "$T/cache.db" "$STORE" "$BASE/ru/news/rss.xml" <<'END'
import sqlite3, sys
cache, store, url = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2]), sys.argv[3]
cache.execute("PRAGMA journal_mode=WAL")
cache.execute("CREATE TABLE rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64), title VARCHAR(1024),"
              " author VARCHAR(1024), url VARCHAR(1024), feedurl VARCHAR(1024), pubDate INTEGER, content VARCHAR(65535),"
              " unread INTEGER(1), enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), enqueued INTEGER(1),"
              " flags VARCHAR(52), deleted INTEGER(1))")
rows = store.execute("SELECT key, link FROM articles ORDER BY id LIMIT 4").fetchall()
items = [(rows[0][0][2:], "http://elsewhere.example/", url, 0, None), ("not its id", rows[1][1], "http://moved.example/", 1, "s"),
         (rows[2][0][2:], rows[2][1], url, 1, None), (rows[3][0][2:], rows[3][1], url, 0, "ab"),
         ("gone", "http://gone.example/", url, 0, None), (None, None, None, 0, None), ("x" * 10000, "\x1b]", b"\xff\0", 0, 7)]
cache.executemany("INSERT INTO rss_item(guid, url, feedurl, unread, flags) VALUES(?, ?, ?, ?, ?)", items)
cache.commit()
cache.execute("PRAGMA wal_checkpoint(TRUNCATE)")
END
ok "this feed's articles have ids" test "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM articles WHERE key LIKE ?", ("i:%",)).fetchone()[0])' "$STORE")" -ge 4
sum=$(md5sum <"$T/cache.db")
run "$crier" import --dry-run --newsboat-cache="$T/cache.db" "$T/newsboat"
has "a dry run counts" "$out" "articles marked: 3, as they were: 0, marked when they come: 2"
ok "and marks nothing" test "$("$crier" list --limit=0 --format=tsv is:read | wc -l)" = 0
run "$crier" import --newsboat-cache="$T/cache.db" "$T/newsboat"
status_is "the cache is new, the feeds are not" 0
ok "what was read is read" test "$("$crier" list --format=tsv is:read | wc -l)" = 2
ok "what had a flag is starred" test "$("$crier" list --format=tsv is:starred | wc -l)" = 2
ok "what was not is as it was" test "$("$crier" list --limit=0 --format=tsv is:unread | wc -l)" = "$(($("$crier" list --limit=0 --format=tsv | wc -l) - 2))"
run "$crier" import --newsboat-cache="$T/cache.db" "$T/newsboat"
status_is "twice is nothing new" 4
ok "the cache is as it was" test "$(md5sum <"$T/cache.db")" = "$sum"
for odd in "$T/newsboat" "$STORE" /dev/null; do
    run "$crier" import --newsboat-cache="$odd" "$T/newsboat"
    ok "$(basename "$odd") is no cache" sh -c '[ "$1" = 1 ] && grep -q "no[t]* .*cache of newsboat" "$2"' sh "$status" "$err"
done
head -c 9000 "$T/cache.db" >"$T/cut.db"
run "$crier" import --newsboat-cache="$T/cut.db" "$T/newsboat"
status_is "nor is a part of one" 1
printf '<opml version="2.0"><head><title>x</title></head><body></body></opml>\n' >"$T/none.opml"
run "$crier" import "$T/none.opml"
status_is "a list of nothing brings nothing" 4
has "which is said" "$err" "there are no subscriptions in '$T/none.opml'"
finish
