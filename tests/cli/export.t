#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is subscribed to moves out: as other readers' files, which programs that are not ours can read.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 18
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
link|Beiling (demo portal)|http://127.0.0.1:9/en/|region
link|Beiling (demo portal)|http://127.0.0.1:9/en/|None
None|New|None|None
None|region|None|None
rss|C|https://c.example/|region
END
same "as any parser of XML sees it" "$T/expected" "$T/seen"
run "$crier" opml "$T/out.opml"
ok "three of them are feeds for everybody" test "$status:$(grep -o '"url"' "$out" | wc -l)" = 0:3
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
run "$crier" export now
status_is "nothing else is taken" 1
finish
