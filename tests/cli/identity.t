#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No article is lost or doubled: what tells entries apart, and what does not.
. "${srcdir:-.}/tests/lib.sh"
plan 40
mkdir -p "$T/site"
serve "$T/site"

# rss FILE: its lines "guid|link|title|text|date" as a feed; an empty field is left out
rss() {
    awk -F'|' '
    function tag(name, value) { if (value != "") printf "<%s>%s</%s>", name, value, name }
    BEGIN { print "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title><link>http://a.example/</link>" }
    { printf "<item>"; tag("guid", $1); tag("link", $2); tag("title", $3); tag("description", $4); tag("pubDate", $5); print "</item>" }
    END { print "</channel></rss>" }' >"$T/site/feed.xml"
}
fetch() {
    CRIER_NOW=$((CRIER_NOW + 4000)) "$crier" --set=fetch.pages=never fetch --all --progress=none
}
fresh() {
    rm -f "$STORE"*
    echo "$BASE/feed.xml" >"$CONFIG/urls"
}
count_is() {
    "$crier" list --limit=0 --format=tsv >"$T/list"
    ok "$1" sh -c 'test "$(wc -l <"$1")" = "$2" || { cat "$1"; exit 1; }' sh "$T/list" "$2"
}
unrevised() {
    "$crier" list --limit=0 --format=tsv >"$T/list"
    ok "$1" sh -c '! cut -f2 "$1" | grep R' sh "$T/list"
}

# --- one key for several entries --------------------------------------------------------------
fresh
rss <<'END'
N/A|http://a.example/1|One|first text
N/A|http://a.example/2|Two|second text
N/A|http://a.example/3|Three|third text
END
fetch
count_is "an id that three entries share is none" 3
"$crier" status >"$T/status"
has "which is remarked" "$T/status" "entries share an identifier"
fetch
fetch
count_is "no more of them come" 3
unrevised "nor revisions"
rss <<'END'
N/A|http://a.example/4|Four|fourth text
END
fetch
count_is "alone in a later document it is none either" 4
fresh
rss <<'END'
|http://a.example/|One|a
|http://a.example/|Two|b
|http://a.example/|Three|c
END
fetch
fetch
count_is "one link for all" 3
unrevised "is no revision"
fresh
rss <<'END'
||Notice|a
||Notice|b
||Notice|c
END
fetch
fetch
count_is "one title for all, and nothing else" 3
fresh
rss <<'END'
7|http://a.example/|Weather|a
7|http://a.example/|Roads|b
END
fetch
fetch
count_is "one id and link, two titles" 2
fresh
rss <<'END'
1|http://a.example/log#a|One|x
2|http://a.example/log#b|Two|y
|http://a.example/log#c|Three|z
END
fetch
count_is "links that differ behind #" 3
fresh
rss <<'END'
|http://a.example/#/news/101|One|x
|http://a.example/#/news/102|Two|y
END
fetch
count_is "routes of an application" 2
rss <<'END'
|http://a.example/#/news/103|Three|y
END
fetch
count_is "one at a time too" 3
fresh
rss <<'END'
|http://a.example/x?utm_source=1|One|x
|http://a.example/x?utm_source=2|Two|y
END
fetch
count_is "noise that tells links apart is none" 2
fresh
rss <<'END'
1|http://a.example/1|One|x
1|http://a.example/1|One|x
END
fetch
count_is "an entry that is there twice is one" 1
fresh
cat >"$T/site/feed.xml" <<'END'
<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
<entry><id>urn:a</id><title>New title</title><updated>2025-10-02T00:00:00Z</updated><content>new text</content></entry>
<entry><id>urn:a</id><title>Old title</title><updated>2025-10-01T00:00:00Z</updated><content>old text</content></entry>
<entry><id>urn:b</id><title>Old b</title><updated>2025-10-01T00:00:00Z</updated><content>old text</content></entry>
<entry><id>urn:b</id><title>New b</title><updated>2025-10-02T00:00:00Z</updated><content>new text</content></entry>
</feed>
END
fetch
fetch
count_is "versions of an Atom entry are one" 2
ok "the newest" sh -c 'cut -f6 "$1" | sort | tr "\n" "," | grep -q "^New b,New title,"' sh "$T/list"
unrevised "and no revision"
fresh
printf '%s' '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"0","url":"http://a.example/1","title":"One","content_text":"a"},{"id":"0","url":"http://a.example/2","title":"Two","content_text":"b"}]}' >"$T/site/feed.json"
echo "$BASE/feed.json" >"$CONFIG/urls"
fetch
fetch
count_is "JSON Feed shares ids too" 2

mkdir -p "$T/site"
cat >"$T/site/list.html" <<'END'
<html><body><ul>
<li><a href="list.html?sid=101">The council met on Monday</a> 2025-10-01</li>
<li><a href="list.html?sid=102">The bridge is closed until May</a> 2025-10-02</li>
<li><a href="list.html?sid=103">Water will be cut on Friday</a> 2025-10-03</li>
<li><a href="list.html?sid=104">A tender for school meals</a> 2025-10-04</li>
</ul></body></html>
END
rm -f "$STORE"*
echo "$BASE/list.html list" >"$CONFIG/urls"
fetch
count_is "stories that are told by a number called sid" 4

# --- one entry under several keys -------------------------------------------------------------
fresh
rss <<'END'
http://a.example/?p=1|http://a.example/1|One|x
http://a.example/?p=2|http://a.example/2|Two|y
END
fetch
"$crier" mark read all 2>/dev/null || "$crier" mark read source:1
rss <<'END'
https://a.example/?p=1|https://a.example/1|One|x
https://a.example/?p=2|https://a.example/2|Two|y
END
fetch
count_is "a portal that moves to https" 2
ok "and they stay read" sh -c '! cut -f2 "$1" | grep U' sh "$T/list"
fresh
rss <<'END'
|http://a.example/1|One|x
|http://a.example/2|Two|y
END
fetch
rss <<'END'
g1|http://a.example/1|One|x
g2|http://a.example/2|Two, mended|y
END
fetch
count_is "ids where none were" 2
fetch
count_is "they are known then" 2
rss <<'END'
|http://a.example/1|One|x
|http://a.example/2|Two, mended|y
END
fetch
count_is "and gone again" 2
fresh
for n in 1 2 3; do
    printf '%s-a|http://a.example/1|One|x|Wed, 01 Oct 2025 10:00:00 GMT\n%s-b|http://a.example/2|Two|y|Wed, 01 Oct 2025 11:00:00 GMT\n' $n $n | rss
    fetch
done
count_is "an id that is another at each fetch" 2
unrevised "is no revision"
fresh
rss <<'END'
17|http://a.example/1|One|x
END
fetch
rss <<'END'
tag:a.example,2025:17|http://a.example/1|One|x
END
fetch
count_is "an id in another form" 1

# --- different entries that are alike ---------------------------------------------------------
fresh
rss <<'END'
1|http://a.example/|Bulletin|x|Wed, 01 Oct 2025 10:00:00 GMT
2|http://a.example/|Bulletin|y|Wed, 01 Oct 2025 10:00:00 GMT
END
fetch
count_is "two of one link, title and day" 2
rss <<'END'
3|http://a.example/|Bulletin|z|Wed, 01 Oct 2025 10:00:00 GMT
1|http://a.example/|Bulletin|x|Wed, 01 Oct 2025 10:00:00 GMT
2|http://a.example/|Bulletin|y|Wed, 01 Oct 2025 10:00:00 GMT
END
fetch
count_is "and a third" 3
unrevised "none is taken for another"
fresh
rss <<'END'
1|http://a.example/today|Weather|x|Wed, 01 Oct 2025 10:00:00 GMT
END
fetch
rss <<'END'
2|http://a.example/today|Weather|y|Thu, 02 Oct 2025 10:00:00 GMT
END
fetch
count_is "the same page on another day is another article" 2
fresh
rss <<'END'
1|http://a.example/1|One|x
END
fetch
rss <<'END'
1|http://a.example/one|One, renamed|x
END
fetch
count_is "an id outlives link and title" 1

# --- what is no change ------------------------------------------------------------------------
changes() {
    fresh
    printf '1|http://a.example/1|One|%s\n' "$2" | rss
    fetch
    printf '1|http://a.example/1|One|%s\n' "$3" | rss
    fetch
    "$crier" list --limit=0 --format=tsv >"$T/list"
    ok "$1" sh -c 'cut -f2 "$1" | grep -q R; test $? = "$2"' sh "$T/list" "$4"
}
changes "a counter is no change" "&lt;p&gt;Text.&lt;/p&gt;&lt;p&gt;Views: 101&lt;/p&gt;" "&lt;p&gt;Text.&lt;/p&gt;&lt;p&gt;Views: 1 102&lt;/p&gt;" 1
changes "in Russian" "Мост открыт. 101 просмотр" "Мост открыт. 2,3 тыс. просмотров" 1
changes "in Chinese" "大桥通车。浏览次数：101" "大桥通车。浏览次数：99" 1
changes "nor is the time since" "The bridge is open. 5 minutes ago" "The bridge is open. 3 hours ago" 1
changes "nor the signature of a link" "&lt;a href='http://a.example/f.pdf?id=1&amp;amp;token=aaa'&gt;plan&lt;/a&gt;" "&lt;a href='http://a.example/f.pdf?id=1&amp;amp;token=bbb'&gt;plan&lt;/a&gt;" 1
changes "another file is one" "&lt;a href='http://a.example/f.pdf?id=1'&gt;plan&lt;/a&gt;" "&lt;a href='http://a.example/f.pdf?id=2'&gt;plan&lt;/a&gt;" 0
changes "and so is a price" "The fee is 100 roubles. Views: 5" "The fee is 120 roubles. Views: 6" 0
changes "a number with a unit that is no counter" "Closed for 3 days" "Closed for 5 days" 0
finish
