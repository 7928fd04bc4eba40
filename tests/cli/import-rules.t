#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rules for pages without a feed move in from FreshRSS as portal files, read the page, and move out again.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 33
urls=$CONFIG/urls
count() { find "$CONFIG/portals" -name '*.portal' | wc -l; }
mkdir "$T/site"
cat >"$T/site/board.html" <<'END'
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Board</title></head><body>
<nav><a href="/a">About</a> <a href="/b">Contact</a></nav>
<div class="item"><h4>Bridge over the Ola closes</h4><a class="more" href="bridge.html">read</a>
<i>Published 03.04.2025</i><p>From Monday on.</p></div>
<div class="item"><h4>Water rates for May</h4><a class="more" href="water.html">read</a>
<i>Published 02.04.2025</i><p>As decided.</p></div>
</body></html>
END
cat >"$T/site/board.json" <<'END'
{"data": {"items": [{"name": "Bus 7 goes by night", "at": {"href": "bus.html"}, "day": "05/04/2025"}]}}
END
serve "$T/site"
cat >"$T/rules.opml" <<END
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><head><title>FreshRSS</title></head><body>
<outline text="Ola">
<outline text="Board of Ola" type="HTML+XPath" xmlUrl="$BASE/board.html" htmlUrl="$BASE/"
 frss:xPathItem="//div[@class='item']" frss:xPathItemTitle="descendant::h4" frss:xPathItemUri="descendant::a[@class='more']/@href"
 frss:xPathItemTimestamp="substring-after(descendant::i, 'Published ')" frss:xPathItemTimeFormat="!d.m.Y"
 frss:xPathItemContent="descendant::p" frss:xPathItemAuthor="'the board'" frss:cssFullContent="main"/>
<outline text="Buses" type="JSON+DotNotation" xmlUrl="$BASE/board.json"
 frss:jsonItem="\$.data.items" frss:jsonItemTitle="name" frss:jsonItemUri="at.href" frss:jsonItemTimestamp="day" frss:jsonItemTimeFormat="d/m/Y"/>
</outline>
<outline text="Broken" type="HTML+XPath" xmlUrl="$BASE/broken.html" frss:xPathItem="//div[" frss:xPathItemTitle="a"/>
<outline text="Odd" type="HTML+XPath" xmlUrl="$BASE/odd.html" frss:xPathItem="//li" frss:xPathItemTitle="php:function('x', .)"/>
<outline text="None" type="HTML+XPath" xmlUrl="$BASE/none.html" frss:xPathItemTitle="a"/>
<outline text="XML" type="XML+XPath" xmlUrl="$BASE/x.xml" frss:xPathItem="//item"/>
<outline text="Plain" type="rss" xmlUrl="$BASE/plain.xml"/>
</body></opml>
END

run "$crier" import --dry-run "$T/rules.opml"
status_is "a dry run says what would be" 2
ok "and writes nothing" test ! -e "$urls" -a "$(count)" = 0
cp "$out" "$T/dry"
run "$crier" import "$T/rules.opml"
status_is "some are refused" 2
same "as the dry run had it" "$T/dry" "$out"
cat >"$T/expected" <<END
added: $BASE/board.html, by the portal file 'imported-127.0.0.1.portal'
added: $BASE/board.json, by the portal file 'imported-127.0.0.1-2.portal'
END
head -n 2 "$out" >"$T/seen"
same "rules become portal files" "$T/expected" "$T/seen"
has "an XPath that is none is refused by its name" "$out" "refused: $BASE/broken.html: xPathItem: //div[: "
has "so is a function that only PHP has" "$out" "refused: $BASE/odd.html: xPathItemTitle: php:function('x', .): there is no function 'php:function'"
has "rules need one for the items" "$out" "refused: $BASE/none.html: xPathItem is missing"
has "other types are named" "$out" "refused: $BASE/x.xml: its type is 'XML+XPath'"
cat >"$T/expected" <<END
portal:imported-127.0.0.1 "Ola" "~Board of Ola"
portal:imported-127.0.0.1-2 "Ola" "~Buses"
$BASE/plain.xml "~Plain"
END
same "the lines name them" "$T/expected" "$urls"
ok "they are their user's alone" test "$(stat -c %a "$CONFIG/portals/imported-127.0.0.1.portal")" = 600
has "a format of dates is translated" "$CONFIG/portals/imported-127.0.0.1.portal" "Date.Format=%d.%m.%Y"
for n in '' -2; do
    run "$crier" portal show "imported-127.0.0.1$n"
    status_is "crier reads the file$n" 0
done
has "JSON has its paths" "$CONFIG/portals/imported-127.0.0.1-2.portal" "Rows=data.items"

# they read their pages
run "$crier" entries --url="$BASE/board.html" --portal="$CONFIG/portals/imported-127.0.0.1.portal" "$T/site/board.html"
status_is "the page is read by the file" 0
python3 - "$out" "$BASE" >"$T/seen" <<'END'
import json, sys
for e in json.load(open(sys.argv[1]))["entries"]:
    print(e["title"], e["link"].replace(sys.argv[2], ""), e["published"], e["summary"], sep="|")
END
cat >"$T/expected" <<'END'
Bridge over the Ola closes|/bridge.html|2025-04-03|From Monday on.
Water rates for May|/water.html|2025-04-02|As decided.
END
same "as the rules say" "$T/expected" "$T/seen"
run "$crier" fetch --progress=none
run "$crier" list --format=tsv
cut -f 3,4,6 "$out" >"$T/seen"
printf '2025-04-05\t\tBus 7 goes by night\n2025-04-03\t\tBridge over the Ola closes\n2025-04-02\t\tWater rates for May\n' >"$T/expected"
same "and fetched, with no language that nobody has said" "$T/expected" "$T/seen"

# again, and out
cp "$urls" "$T/before"
run "$crier" import "$T/rules.opml"
has "the second time it is there" "$out" "present: $BASE/board.html"
ok "and nothing is written" test "$(count)" = 2
same "nor in urls" "$T/before" "$urls"
run "$crier" export
status_is "they move out" 0
cp "$out" "$T/out.opml"
python3 - "$T/out.opml" "$BASE" >"$T/seen" <<'END'
import sys, xml.etree.ElementTree as tree
frss = "{https://freshrss.org/opml}"
for o in tree.parse(sys.argv[1]).getroot().iter("outline"):
    if o.get("xmlUrl"):
        print(o.get("type"), o.get("xmlUrl").replace(sys.argv[2], ""), *[o.get(frss + n) for n in
              ("xPathItem", "xPathItemUri", "xPathItemTimeFormat", "jsonItem", "jsonItemTimeFormat")], sep="|")
END
cat >"$T/expected" <<'END'
HTML+XPath|/board.html|//div[@class='item']|descendant::a[@class='more']/@href|d.m.Y|None|None
JSON+DotNotation|/board.json|None|None|None|data.items|d/m/Y
rss|/plain.xml|None|None|None|None|None
END
same "as FreshRSS writes them" "$T/expected" "$T/seen"
mkdir "$T/old"
mv "$CONFIG/portals"/* "$T/old"
rm "$urls" "$STORE"*
run "$crier" import "$T/out.opml"
status_is "into another home" 0
same "whose lines are the same" "$T/before" "$urls"
grep -v '^Name\|^$' "$T/old/imported-127.0.0.1.portal" >"$T/expected"
grep -v '^Name\|^$' "$CONFIG/portals/imported-127.0.0.1.portal" >"$T/seen"
same "and whose rules" "$T/expected" "$T/seen"
run "$crier" import "$T/out.opml"
status_is "which a second time are there" 4

# all or nothing
rm -r "$CONFIG/portals" "$urls"
: >"$CONFIG/portals"
run "$crier" import "$T/rules.opml"
status_is "where portal files cannot be" 1
ok "no line is written" test ! -s "$urls"
rm "$CONFIG/portals"
mkdir "$CONFIG/portals"
ln -s nowhere/urls "$urls"
run "$crier" import "$T/rules.opml"
ok "where urls cannot be written" test "$status" != 0
ok "no portal file stays" test "$(count)" = 0
rm "$urls"

# other rules of the same page are another list
run "$crier" import "$T/rules.opml"
ok "a file a page" test "$(count)" = 2
sed -i "s|//div\[@class='item'\]|//h4|" "$T/rules.opml"
run "$crier" import "$T/rules.opml"
has "and a new one for new rules" "$out" "added: $BASE/board.html, by the portal file 'imported-127.0.0.1-3.portal'"
finish
