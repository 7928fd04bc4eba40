#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Attachments that a feed names and the article's page does not, and the other way round: each stays as long as one of both names
# it, and that crier asked for the page is no change of the portal.
. "${srcdir:-.}/tests/lib.sh"
plan 16
WWW=$T/www
mkdir "$WWW"
# feed ENCLOSURE…: the feed, whose only article names these
feed() {
    {
        printf '<rss version="2.0"><channel><title>Town</title><item><title>Council on the air</title>'
        printf '<link>@BASE@/1.html</link><guid>1</guid><pubDate>Fri, 24 Oct 2025 10:00:00 GMT</pubDate>'
        for name; do printf '<enclosure url="@BASE@/%s" type="audio/mpeg" length="12345"/>' "$name"; done
        printf '<description>The session of the council was recorded, and can be listened to.</description></item></channel></rss>'
    } >"$WWW/feed.xml"
}
# page DOCUMENT…: the article's page, which has these
page() {
    {
        printf '<html lang="en"><head><title>Council on the air</title></head><body><h1>Council on the air</h1><article>'
        printf '<p>The session of the council was recorded, and can be listened to by all who could not come on that day.</p>'
        printf '<p>The next one is about the budget of the town, and about the bridge that is closed since spring.</p>'
        for name; do printf '<p><a href="/%s">%s</a></p>' "$name" "$name"; done
        printf '</article></body></html>'
    } >"$WWW/1.html"
}
feed sound.mp3
page minutes.pdf
serve "$WWW"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" config fetch.attachments=never
# asked SQL: the first column of what the store answers, in one line
asked() { python3 -c 'import sqlite3, sys; print(" ".join(str(r[0]) for r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])))' "$STORE" "$1"; }
# the article's attachments, the page's before the feed's; how many texts it had
named() { asked "SELECT replace(url, '$BASE/', '') FROM attachments ORDER BY position"; }
texts() { asked "SELECT revisions FROM articles"; }
is() { ok "$1" test "$2" = "$3"; }

"$crier" fetch --progress=none
is "the feed's" "$(named)" sound.mp3
run "$builddir/crier-worker" article 1 "$BASE/1.html"
status_is "the page is asked for" 0
is "both" "$(named)" "minutes.pdf sound.mp3"
run "$crier" fetch --all --progress=json
has "the next fetch" "$out" '"revised":0'
is "finds the same" "$(named)" "minutes.pdf sound.mp3"
is "and one text" "$(texts)" 1
"$crier" fetch --all --full --progress=none
is "so does one with the page" "$(named):$(texts)" "minutes.pdf sound.mp3:1"
"$crier" reprocess all >/dev/null
is "and reading both again" "$(named):$(texts)" "minutes.pdf sound.mp3:1"

page
"$crier" fetch --all --full --progress=none
is "what the page has no more goes" "$(named):$(texts)" sound.mp3:2
feed other.mp3
"$crier" fetch --all --progress=none
is "and what the feed has no more" "$(named):$(texts)" other.mp3:3
page other.mp3
"$crier" fetch --all --full --progress=none
is "what both name is one" "$(named):$(texts)" other.mp3:4
page
"$crier" fetch --all --full --progress=none
is "and stays for one of them" "$(named):$(texts)" other.mp3:5

# a store of before: it does not know who names what, and has lost what the feed named
page minutes.pdf
"$crier" fetch --all --full --progress=none
is "a page with a document again" "$(named):$(texts)" "minutes.pdf other.mp3:6"
python3 - "$STORE" <<'END_OF_PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.executescript("DELETE FROM attachments WHERE url LIKE '%.mp3'; UPDATE attachments SET named = 0, position = 1;"
                 "UPDATE articles SET attachments = 1;"
                 "UPDATE documents SET attachments = substr(attachments, 1, instr(attachments, char(10))) WHERE revision = 6;")
END_OF_PYTHON
is "as it was" "$(named)" minutes.pdf
"$crier" fetch --all --progress=none
is "what was lost comes back" "$(named)" "minutes.pdf other.mp3"
is "and is no change of the portal's" "$(texts)" 6
finish
