#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `crier digest`: what is new, once for each who asks, in every format; nothing is lost whatever fails.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 102
mkdir "$T/town"
serve "$T/town"

# article NAME DATE TITLE TEXT: its page and its entry of the feed, in place of a former one
article() {
    set -- "$1" "$2" "$(printf '%s' "$3" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g')" "$4"
    printf '<!DOCTYPE html><html lang="en"><head><title>%s</title></head><body><article><h1>%s</h1>\n%s</article></body></html>' "$3" "$3" "$4" >"$T/town/$1.html"
    printf '<item><guid isPermaLink="false">%s</guid><title>%s</title><link>@BASE@/%s.html</link>%s<description>%s</description></item>\n' \
        "$1" "$3" "$1" "${2:+<pubDate>$2</pubDate>}" "$3 in short, as the feed has it." >"$T/item.$1"
    { printf '<rss version="2.0"><channel><title>Beiling Town</title><language>en</language>\n'; cat "$T"/item.*; printf '</channel></rss>\n'; } >"$T/town/feed.xml"
}
sentences() {
    printf '<p>%s The council has talked about it for a long time, and all who live near the river were heard.</p><p>More is to be read at the town hall, where the plans lie open until the end of the month.</p>' "$1"
}
fetch() { "$crier" fetch --all --full --progress=none 2>"$T/fetch.err" || cat "$T/fetch.err" >&2; }
# what a digest in JSON tells: "event title" a line, and the end
told() {
    python3 -c 'import json, sys
for line in open(sys.argv[1]):
    o = json.loads(line)
    print(o["event"], o["title"] if o["event"] != "end" else "%d+%d" % (o["count"], o["older"]))' "$out" >"$T/told"
}
cursor() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True).execute("SELECT article, change FROM cursors WHERE name = ?", sys.argv[2:3]): print(*row)' "$STORE" "$1"; }

article market "Wed, 01 Oct 2025 10:00:00 GMT" "Market moves" "$(sentences 'The market moves to the square.')"
article archive "" "From the archive" "$(sentences 'The archive is open again.')"
article bridge "Fri, 24 Oct 2025 12:00:00 GMT" "Bridge opens" "$(sentences 'The bridge opens on Monday.')"

# --- a new cursor, and a new subscription ---
run "$crier" digest
status_is "without a subscription there is nothing" 4
ok "and nothing is printed" test ! -s "$out"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
run "$crier" digest --cursor=daily
status_is "a new cursor has nothing to tell" 4
ok "prints nothing" test ! -s "$out"
ok "and is there" test "$(cursor daily)" = "0 0"
fetch
run "$crier" digest --cursor=daily
status_is "what came then is told" 0
ok "the fresh article" grep -qx "• Bridge opens" "$out"
has "what the subscription brought from before is a line with a count" "$out" "+ 2 articles from before came with the subscription to "
has_not "and not listed" "$out" "Market"
has "the head says how many" "$out" "1 new article, 2 from before"
has "an article has its address" "$out" "  $BASE/bridge.html"
has "and the beginning of its text" "$out" "The bridge opens on Monday."
run "$crier" digest --cursor=daily
status_is "the second digest in a row ends with 4" 4
ok "and prints nothing" test ! -s "$out" -a ! -s "$err"

run "$crier" digest --cursor=all --start=all --format=json
told
printf '%s\n' "new From the archive" "new Bridge opens" "new Market moves" "end 3+0" >"$T/expected"
ok "--start=all lists what is from before too" test "$(sort "$T/told")" = "$(sort "$T/expected")"
run "$crier" digest --cursor=day --start=1d --format=json
told
printf '%s\n' "new Bridge opens" "end 1+2" >"$T/expected"
same "--start=WHEN" "$T/expected" "$T/told"
run "$crier" digest --format=json
told
same "without a cursor: the last day" "$T/expected" "$T/told"
CRIER_NOW=$((CRIER_NOW + 90000)) run "$crier" digest
status_is "after it there is nothing" 4
run "$crier" digest --since=2025-10-25 --format=json
told
same "--since with a day" "$T/expected" "$T/told"
CRIER_NOW=$((CRIER_NOW + 90000)) run "$crier" digest --since=2025-10-26
status_is "on which nothing came" 4
run "$crier" list --format=tsv seen:1d
ok "seen: is when an article came" test "$(wc -l <"$out")" = 3
CRIER_NOW=$((CRIER_NOW + 90000)) run "$crier" list --format=tsv seen:1d
status_is "not its date" 4

# --- revised, withdrawn, returned ---
cp "$STORE" "$T/before.db" 2>/dev/null
export CRIER_NOW=$((CRIER_NOW + 7200))
article library "Fri, 24 Oct 2025 08:00:00 GMT" "Library <closed> & dark" "$(sentences 'The library is closed.')"
article bridge "Fri, 24 Oct 2025 12:00:00 GMT" "Bridge opens" "$(sentences 'The bridge opens on Tuesday.')"
rm "$T/town/archive.html"
fetch
export CRIER_NOW=$((CRIER_NOW + 3600))
fetch
run "$crier" digest --cursor=daily --peek --format=json
status_is "--peek" 0
told
printf '%s\n' "new Library <closed> & dark" "revised Bridge opens" "withdrawn From the archive" "end 3+0" >"$T/expected"
ok "new, revised and withdrawn are told" test "$(sort "$T/told")" = "$(sort "$T/expected")"
cp "$out" "$T/peeked"
cat >"$T/fields.py" <<'END'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
listed = json.loads(open(sys.argv[2]).readline())
by = {row["event"]: row for row in rows}
for row in rows[:-1]:
    assert set(listed) <= set(row), set(listed) - set(row)
new, revised, withdrawn = by["new"], by["revised"], by["withdrawn"]
assert new["previous"] is None and new["revision"] == 1, new
assert new["summary"].startswith("The library is closed."), new
assert (revised["revision"], revised["previous"]) == (2, 1), revised
assert (revised["paragraphs_added"], revised["paragraphs_removed"]) == (1, 1), revised
assert withdrawn["state"] == "withdrawn" and withdrawn["previous"] is None, withdrawn
assert "body" not in new
end = rows[-1]
assert end["event"] == "end" and end["cursor"] == "daily" and end["count"] == 3, end
assert (end["new"], end["revised"], end["withdrawn"], end["returned"], end["more"]) == (1, 1, 1, 0, 0), end
assert end["to"] > end["from"], end
END
"$crier" list --format=json --limit=1 >"$T/listed"
ok "with the fields of list, and more" python3 "$T/fields.py" "$out" "$T/listed"
run "$crier" digest --cursor=daily --format=json
same "--peek has left the cursor" "$T/peeked" "$out"
run "$crier" digest --cursor=daily --format=json
status_is "without it the cursor moves" 4
run "$crier" list --format=tsv changed:1h
ok "changed: is what was revised and withdrawn" test "$(wc -l <"$out")" = 2
run "$crier" list --format=tsv --sort=arrival
ok "--sort=arrival: the newest comes first" test "$(head -n 1 "$out" | cut -f6)" = "Library <closed> & dark"
run "$crier" list --format=tsv
ok "whatever its date" test "$(head -n 1 "$out" | cut -f6)" != "Library <closed> & dark"

export CRIER_NOW=$((CRIER_NOW + 90000))
article archive "" "From the archive" "$(sentences 'The archive is open again.')"
fetch
run "$crier" digest --cursor=daily --format=json
told
printf '%s\n' "returned From the archive" "end 1+0" >"$T/expected"
same "what is back is told" "$T/expected" "$T/told"
run "$crier" digest --cursor=day --format=json
told
ok "who was told of neither hears nothing of it" test "$(grep -c archive "$T/told")" = 0
has "but of the rest" "$T/told" "revised Bridge opens"

# --- a query, groups, bodies, a limit ---
article tram "Fri, 24 Oct 2025 12:00:00 GMT" "Tram stops" "$(sentences 'The tram stops running.')"
article ferry "Fri, 24 Oct 2025 12:00:00 GMT" "Ferry runs" "$(sentences 'The ferry runs again.')"
article plain "Fri, 24 Oct 2025 12:00:00 GMT" "Plain" "$(sentences 'From here on it is plain.')"
fetch
run "$crier" digest --cursor=daily --peek --query=nothing-of-the-sort
status_is "a query that nothing matches" 4
run "$crier" digest --cursor=tram --start=1h --query=tram --format=json
told
printf '%s\n' "new Tram stops" "end 1+0" >"$T/expected"
same "a query is asked first" "$T/expected" "$T/told"
run "$crier" digest --cursor=tram --format=json
status_is "the cursor has moved past the rest" 4
run "$crier" mark deleted title:ferry
run "$crier" digest --cursor=daily --peek --format=json
told
has_not "what is deleted is not told" "$T/told" "Ferry"
run "$crier" mark undeleted title:ferry
run "$crier" digest --cursor=daily --limit=2 --format=json
ok "--limit: two" grep -q '"count":2,.*"more":1' "$out"
told
cp "$T/told" "$T/first"
run "$crier" digest --cursor=daily --limit=2 --format=json
told
cat "$T/first" "$T/told" | grep -v "^end" | sort >"$T/both"
printf '%s\n' "new Ferry runs" "new Plain" "new Tram stops" >"$T/expected"
same "the next digest goes on behind them" "$T/expected" "$T/both"
run "$crier" digest --cursor=daily
status_is "until all is told" 4

run "$crier" digest --since=1h --body=none
has_not "--body=none: no text" "$out" "The tram"
run "$crier" digest --since=1h --body=full
has "--body=full: all of it" "$out" "where the plans lie open"
run "$crier" digest --since=1h --body=full --format=json
ok "in JSON too" grep -q '"body":"The tram stops running.*end of the month' "$out"
for group in source portal section; do
    run "$crier" digest --since=1h --group=$group
    ok "--group=$group" grep -qx "Beiling Town" "$out"
done
run "$crier" digest --since=3d --group=day
ok "--group=day" test "$(grep -cE '^2025-10-2[0-9]$' "$out")" = 2
run "$crier" digest --since=1h --group=none
ok "--group=none" test "$(grep -cx "Beiling Town" "$out")" = 0

# --- formats ---
run "$crier" digest --since=3d --format=markdown
ok "Markdown: groups, titles that are links, escaped" sh -c 'grep -qx "## Beiling Town" "$1" && grep -qF "### [Library \\<closed\\> \\& dark](" "$1"' sh "$out"
run "$crier" digest --since=3d --format=html
ok "HTML: a whole document, escaped" sh -c 'head -n 1 "$1" | grep -q "^<!DOCTYPE html>" && tail -n 1 "$1" | grep -q "</html>" && grep -q "<h2>Beiling Town</h2>" "$1" && grep -q "Library &lt;closed&gt; &amp; dark" "$1"' sh "$out"
cat >"$T/balanced.py" <<'END'
import html.parser, sys
class Parser(html.parser.HTMLParser):
    open = []
    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br", "img", "hr"): self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
parser = Parser()
parser.feed(sys.stdin.read())
parser.close()
assert not parser.open, parser.open
END
ok "its elements end" sh -c 'python3 "$1" <"$2"' sh "$T/balanced.py" "$out"

# a text with all that may go wrong in a mail
article hard "Fri, 24 Oct 2025 12:00:00 GMT" "Мост и 桥" "<p>From the council: this line begins as a new message does. $(sentences 'A long one.' | sed 's/<[^>]*>/ /g')</p><p>.</p><p>Городской совет решил построить мост через реку, 市议会决定在河上修建一座桥，并于明年秋季通车，据悉该桥将禁止货车通行。</p><p><img src='$BASE/p.png' alt='The plan'></p>"
fetch
cat >"$T/mail.py" <<'END'
import email, email.policy, sys
from email.utils import parsedate_to_datetime
data = open(sys.argv[1], "rb").read()
assert all(len(line) <= 998 for line in data.split(b"\n"))
assert data.isascii()
assert b"\n.\n" not in data and b"\nFrom " not in data
m = email.message_from_bytes(data, policy=email.policy.default)
def check(part):
    assert not part.defects, part.defects
    for name, value in part.items():
        assert not value.defects, (name, value.defects)
    for one in part.iter_parts() if part.is_multipart() else []:
        check(one)
check(m)
assert m.get_content_type() == "multipart/alternative"
text, html = m.get_body(("plain",)), m.get_body(("html",))
assert text["Content-Type"].params["format"] == "flowed" and text["Content-Type"].params["delsp"] == "yes"
assert m["Auto-Submitted"] == "auto-generated" and m["MIME-Version"] == "1.0"
lines = []
going = False
for line in text.get_content().split("\n"):
    line = line[1:] if line.startswith(" ") else line
    if going: lines[-1] += line
    else: lines.append(line)
    going = lines[-1].endswith(" ")
    if going: lines[-1] = lines[-1][:-1]
flat = "\n".join(lines)
assert "From the council: this line begins" in flat, flat
assert "решил построить мост через реку, 市议会决定在河上修建一座桥，并于明年秋季通车，据悉该桥将禁止货车通行。" in flat, flat
page = html.get_content()
assert "市议会决定在河上修建一座桥" in page
import re
assert not re.search(r"<(img|link|script|iframe|style)", page), page
assert "p.png" in page and "The plan" in page
expected = dict(arg.split("=", 1) for arg in sys.argv[2:])
for name, value in expected.items():
    assert m[name] == value, (name, m[name])
print(m["Message-ID"])
END
subject="Новости Бэйлина: всё, что изменилось за день, и ещё немного 北岭新闻"
run "$crier" digest --since=1h --body=full --format=mail --to=anna@town.example --to="Пётр Иванов <petr@town.example>" --from="Town, News <news@town.example>" --subject="$subject"
status_is "mail" 0
ok "is read without a defect by another program" python3 "$T/mail.py" "$out" "Subject=$subject" "To=anna@town.example, Пётр Иванов <petr@town.example>" "From=\"Town, News\" <news@town.example>" "Date=Sun, 26 Oct 2025 04:00:00 +0000"
cp "$out" "$T/mail.first"
run "$crier" digest --since=1h --body=full --format=mail --to=anna@town.example --to="Пётр Иванов <petr@town.example>" --from="Town, News <news@town.example>" --subject="$subject"
same "the same content is the same mail" "$T/mail.first" "$out"
run "$crier" digest --cursor=tram --peek --body=full --format=mail
id=$(python3 "$T/mail.py" "$out")
ok "without an address it comes from who runs it" grep -q "^From: crier <.*>$" "$out"
ok "a cursor is a list of mails" grep -q "^List-Id: <tram.digest.crier\." "$out"
ok "its subject says whose" python3 -c 'import email, email.policy, sys
assert email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)["Subject"].startswith("tram: 1 new article")' "$out"
article hard "Fri, 24 Oct 2025 12:00:00 GMT" "Мост и 桥" "<p>From the council: this line begins as a new message does. Another text.</p><p>Городской совет решил построить мост через реку, 市议会决定在河上修建一座桥，并于明年秋季通车，据悉该桥将禁止货车通行。</p><p><img src='$BASE/p.png' alt='The plan'></p>"
fetch
run "$crier" digest --cursor=tram --peek --body=full --format=mail
ok "another content is another message" test "$(python3 "$T/mail.py" "$out")" != "$id" -a -n "$id"
for locale in ru_RU.KOI8-R zh_CN.GB18030; do
    LC_ALL=$locale run "$crier" digest --cursor=tram --peek --body=full --format=mail
    ok "in a locale of another charset it is no worse ($locale)" python3 "$T/mail.py" "$out"
done

# --- wrong use ---
wrong() {
    name=$1
    shift
    run "$crier" digest "$@"
    ok "wrong: $name" test "$status" = 1 -a ! -s "$out" -a -s "$err"
}
newline='a
b'
wrong "--since with --cursor" --since=1d --cursor=x
wrong "--since" --since=yesterday-ish
has "says why" "$err" "crier: --since: 'yesterday-ish' is neither a date as 2026, 2026-11 or 2026-11-27, nor yesterday, today or tomorrow, nor a time as 12h, 3d, 2w, 5m (months), 1y"
wrong "--since, empty" --since=
wrong "--start without --cursor" --start=all
wrong "--start" --cursor=x --start=soon
wrong "a cursor that is no name" --cursor=A
wrong "a path" --cursor=../x
wrong "an empty name" --cursor=
wrong "a long name" --cursor="$(printf '%065d' 0)"
wrong "an argument" --since=1d tram
wrong "a query" --query='is:nope'
wrong "a group" --group=colour
wrong "a format" --format=rtf
wrong "a body" --body=some
wrong "a limit" --limit=-1
wrong "--to without a mail" --to=a@town.example
wrong "an address" --format=mail --to=nobody@
wrong "a line break in an address" --format=mail --to="$newline@town.example"
wrong "in a sender" --format=mail --from="$newline <a@town.example>"
wrong "in a subject" --format=mail --subject="$newline"
run "$crier" --store="$T/misspelt.db" digest --cursor=x
ok "wrong: a store that is not there" test "$status" = 1 -a ! -e "$T/misspelt.db"
ok "none of them has made a cursor" test -z "$(cursor x)"

# --- what is not written is told again ---
article tower "Fri, 24 Oct 2025 12:00:00 GMT" "Tower falls" "$(sentences 'The tower falls.')"
fetch
before=$(cursor daily)
"$crier" digest --cursor=daily >/dev/full 2>"$err"
status=$?
status_is "a full disk" 74
ok "leaves the cursor" test "$(cursor daily)" = "$before"
"$crier" digest --cursor=daily >&- 2>"$err"
status=$?
status_is "a closed stream" 74
python3 -c 'import os, subprocess, sys
r, w = os.pipe()
os.close(r)
subprocess.run(sys.argv[1:], stdout=w, restore_signals=False)' "$crier" digest --cursor=daily 2>"$err"
ok "and so do these, and a reader of a pipe that went" test "$(cursor daily)" = "$before" -a ! -s "$err"
cat >"$T/killed.py" <<'END'
import os, signal, sqlite3, subprocess, sys
# a writer keeps the cursor from moving; all is printed by then
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
digest = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE)
sys.stdout.buffer.write(digest.stdout.read())
sys.stdout.flush()
if os.environ.get("SECOND"):
    second = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    other = subprocess.run([*sys.argv[2:4], "--cursor=other-name", "--peek", "--start=all"], stdout=subprocess.PIPE)
    print(second.returncode, second.stdout.decode(), other.returncode, file=sys.stderr)
digest.send_signal(signal.SIGKILL)
digest.wait()
store.execute("ROLLBACK")
END
SECOND=1 run timeout 60 python3 "$T/killed.py" "$STORE" "$crier" digest --cursor=daily
has "a digest that is killed between output and move has told" "$out" "Tower falls"
ok "a second one of the same name is not begun meanwhile; another is" grep -qx "75  0" "$err"
ok "the cursor has not moved" test "$(cursor daily)" = "$before"
cp "$out" "$T/killed"
run "$crier" digest --cursor=daily
same "and the next tells the same" "$T/killed" "$out"
run "$crier" digest --cursor=daily
status_is "once" 4

# --- the store's care ---
article last "Fri, 24 Oct 2025 12:00:00 GMT" "Last" "$(sentences 'The last one.')"
fetch
place=$(cursor daily)
"$crier" store backup "$T/copy.db" >/dev/null
"$crier" store rebuild >/dev/null && "$crier" store compact >/dev/null
ok "rebuild and compact keep cursors" test "$(cursor daily)" = "$place"
"$crier" digest --cursor=daily >/dev/null
"$crier" store restore "$T/copy.db" >/dev/null
ok "a restored store has its own" test "$(cursor daily)" = "$place"
run "$crier" digest --cursor=daily --format=json
told
ok "and what came after is told again" grep -qx "new Last" "$T/told"
"$crier" mark deleted title:last && "$crier" mark deleted title:bridge && "$crier" store purge >/dev/null
run "$crier" digest --cursor=all --format=json
told
ok "what is purged is not told" test "$(grep -c -e Last -e Bridge "$T/told")" = 0
run "$crier" store check
status_is "the store is sound" 0
python3 - "$STORE" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE cursors SET article = article + 1000 WHERE name = 'daily'")
db.commit()
END
run "$crier" store check
status_is "a cursor ahead of what there is" 2
has "is found" "$err" "cursor daily: ahead of what there is"
"$crier" store rebuild >/dev/null
run "$crier" store check
status_is "and mended" 0

# --- a store that cannot be written ---
cp "$STORE" "$T/ro.db"
mkdir "$T/ro" && mv "$T/ro.db" "$T/ro/a.db" && chmod -R a+rX "$T" && chmod 555 "$T/ro" && chmod 444 "$T/ro/a.db"
run as_user --store="$T/ro/a.db" digest --since=9d
status_is "--since reads it" 0
run as_user --store="$T/ro/a.db" digest --cursor=daily
ok "--cursor is refused before a byte is printed" test "$status" = 74 -a ! -s "$out"
finish
