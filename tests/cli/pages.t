#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# parse, opml, extract and entries: one file in, JSON out; and the saved pages beside the
# repository where they are present ($CRIER_CORPORA, else ../shared/seeds).
. "${srcdir:-.}/tests/lib.sh"
need python3
seeds=${CRIER_CORPORA:-$srcdir/../shared}/seeds/pages
plan 17

field() {
    python3 -c 'import json, sys; print(eval("d" + sys.argv[1], {"d": json.load(open(sys.argv[2]))}))' "$1" "$out"
}

printf '<rss version="2.0"><channel><title>T</title><item><title>I</title></item></channel></rss>' >"$T/feed.xml"
run "$crier" parse "$T/feed.xml"
ok "a feed" test "$(field '["items"][0]["title"]')" = I
run "$crier" parse - <"$T/feed.xml"
status_is "from standard input" 0
: >"$T/empty"
run "$crier" parse "$T/empty"
status_is "an empty file" 2
ok "is reported as JSON" test "$(field '["error"]["code"]')" = empty
run "$crier" parse "$T/nowhere"
status_is "a missing file" 1
has "is named" "$err" "cannot read '$T/nowhere'"
printf '<opml><body><outline text="a" xmlUrl="http://x.example/"/></body></opml>' >"$T/list.opml"
run "$crier" opml "$T/list.opml"
ok "an OPML file" test "$(field '["feeds"][0]["url"]')" = http://x.example/
printf '<html><body><p>nothing</p></body></html>' >"$T/page.html"
run "$crier" extract "$T/page.html"
status_is "a page without an article" 2
printf '<html><body><div id=app></div><script src=x></script></body></html>' >"$T/app.html"
run "$crier" entries "$T/app.html"
status_is "a page without a list" 2
ok "says why" test "$(field '["error"]["code"]')" = filled-by-script
printf '<html><body><ul><li><a href="/1">A title that is long enough</a> 2025-06-01</li><li><a href="/2">Another title, long enough</a> 2025-06-02</li></ul></body></html>' >"$T/list.html"
run "$crier" entries --url=http://x.example/ "$T/list.html"
ok "a list" test "$(field '["entries"][1]["link"]')" = http://x.example/2
run "$crier" entries "$T/list.html"
ok "without its address, with links as they are written" test "$(field '["entries"][1]["link"]')" = /2
printf '<html><body><main><h1>Notice</h1><p><a href="/n.pdf">Notice (PDF)</a></p></main></body></html>' >"$T/notice.html"
run "$crier" extract --url=http://x.example/ "$T/notice.html"
status_is "a page that has but a document" 0
ok "names it" test "$(field '["attachments"][0]["url"]')" = http://x.example/n.pdf
ok "and has no text" test "$(field '["method"]')" = none
run "$crier" extract --format=xml "$T/list.html"
status_is "an unknown format" 1

if [ -d "$seeds" ]; then
    ok "the saved pages come out whole" python3 - "$crier" "$seeds" <<'PY'
import glob, json, subprocess, sys
bad = 0
for path in sorted(glob.glob(sys.argv[2] + "/*.html")):
    truth = json.load(open(path[:-5] + ".truth.json"))
    got = json.loads(subprocess.run([sys.argv[1], "extract", "--url=" + truth["url"], path], stdout=subprocess.PIPE).stdout)
    checks = {"title": truth["title"], "section": truth["section"], "source": truth["source"], "published": truth["date"]}
    for key, value in checks.items():
        if got[key] != value:
            print(path, key, repr(got[key]), "instead of", repr(value)); bad = 1
    if got["body"].split("\n\n") != truth["body"]:
        print(path, "body", got["body"]); bad = 1
    if {e["language"]: e["url"] for e in got["editions"]} != truth["editions"]:
        print(path, "editions", got["editions"]); bad = 1
sys.exit(bad)
PY
else
    echo "ok 17 - the saved pages come out whole # SKIP no corpora beside the repository"
    tests_done=17
fi
finish
