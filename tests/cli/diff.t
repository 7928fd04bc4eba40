#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `crier diff`: what a portal has changed in its articles, in three languages and every format.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 58
portal_start
fetch() {
    CRIER_NOW=$((CRIER_NOW + 7200))
    export CRIER_NOW
    "$crier" fetch --all --full --progress=none 2>"$T/fetch.err" || cat "$T/fetch.err" >&2
}
number() { "$crier" list --limit=0 --format=tsv | awk -F '\t' -v link="$1" 'index($7, link) { print $1 }'; }
sql() { python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for row in db.execute(sys.argv[2]): print(*row)
db.commit()' "$STORE" "$1"; }
revisions() { sql "SELECT revisions FROM articles WHERE id = $1"; }
# said TEXT: standard output is that text
said() { printf '%s\n' "$1" | diff - "$out" >"$T/said.diff" || { sed 's/^/# /' "$T/said.diff"; return 1; }; }

for edition in zh ru en; do "$crier" add "beiling/$edition/notices" >/dev/null; done
fetch
# a store of its own that is fetched now and after what is old is not asked for again any more
late() { XDG_DATA_HOME="${2:-$T/late}" CRIER_NOW=$((CRIER_NOW + $1 * 86400 + ${3:-0} * 60)) "$crier" fetch --all --progress=none; }
late 0
en=$(number /en/notices/204.html) ru=$(number /ru/notices/204.html) zh=$(number /zh/notices/204.html)

# --- nothing ---
run "$crier" diff "$en"
status_is "of an article that never changed there is nothing" 4
ok "and nothing is printed" test ! -s "$out" -a ! -s "$err"
run "$crier" diff 4711
status_is "an unknown article" 1
run "$crier" diff "$en" --to=2
status_is "an unknown revision" 1
has "is named" "$err" "article $en has no revision 2"
run "$crier" diff "$en" --to=1
status_is "before the first one there is none" 1
run "$crier" diff "$en" --from=1 --to=1
status_is "a text is what it is" 4
for wrong in "" "$en $ru" "x" "--from=-1 $en" "--format=html $en"; do
    # shellcheck disable=SC2086
    run "$crier" diff $wrong
    status_is "wrong use: diff $wrong" 1
done

# --- cells, words, clusters ---
get "/control/revise?path=/en/notices/204.html" >/dev/null
fetch
run "$crier" diff "$en"
status_is "what changed" 0
ok "in English: cells under their heads, words between marks" said 'Day: 16 October
Hours: 8:00–[-12:00-]{+14:00+}
Street: Zhongshan Street
Households: 1240

…

Day: 18 October
Hours: 8:00–17:00
Street: Station Street and School Street
Households: [-2105-]{+2310+}

Let the water run for [-a while-]{+ten minutes+} before you drink it again.'
run "$crier" diff "$ru"
has "in Russian" "$out" "слейте её [-недолго-]{+в течение десяти минут+}, прежде чем пить."
has "with the heads of the columns" "$out" "Квартир: [-2105-]{+2310+}"
run "$crier" diff "$zh"
has "in Chinese, by characters" "$out" "恢复供水后请先放水[-片刻-]{+十分钟+}再饮用。"
run "$crier" diff --format=stat "$zh"
ok "stat is one line" said "blocks +3 −3, words +5 −4"
LC_ALL=C.UTF-8 run "$crier" diff --format=unified "$en"
ok "unified is what diff -u prints" said "--- $en revision 1	2025-10-25T02:00:00Z
+++ $en revision 2	2025-10-25T04:00:00Z
@@ -6,7 +6,7 @@
 Street
 Households
 Day: 16 October
-Hours: 8:00–12:00
+Hours: 8:00–14:00
 Street: Zhongshan Street
 Households: 1240
 Day: 17 October
@@ -16,5 +16,5 @@
 Day: 18 October
 Hours: 8:00–17:00
 Street: Station Street and School Street
-Households: 2105
-Let the water run for a while before you drink it again.
+Households: 2310
+Let the water run for ten minutes before you drink it again."

# --- title and text, JSON ---
late 21 "$T/held" 120 # as late as it is after the next fetch
get "/control/revise?path=/en/notices/204.html" >/dev/null
fetch
ok "title and text that changed together are one revision" test "$(revisions "$en")" = 3
late 20
late_en=$(XDG_DATA_HOME="$T/late" number /en/notices/204.html) # sources may have come in another order
XDG_DATA_HOME="$T/late" run "$crier" diff "$late_en"
has "a list with another title has an old page asked for again" "$out" "[-Because of repairs-]{+In the streets below+}"
has "with the title" "$out" "Title: [-Planned interruption -]{+Interruption +}of the water supply{+ postponed+}"
get /control/log >"$T/log.before"
late 21
get /control/log >"$T/log.after"
ok "once" test "$(grep -c notices/204.html "$T/log.before")" = "$(grep -c notices/204.html "$T/log.after")"
# whose page was asked for just before: it is wanted until it answers
held_en=$(XDG_DATA_HOME="$T/held" number /en/notices/204.html)
asked() { get /control/log | grep -c 'en/notices/204.html' || :; }
held() { late 21 "$T/held" "$1"; }
held_diff() { XDG_DATA_HOME="${1:-$T/held}" run "$crier" diff "$held_en"; }
before=$(asked)
held 10
held 50
ok "the page of an article that has another title is left alone for an hour" test "$(asked)" = "$before"
held_diff
ok "though the title is known" said "Title: [-Planned interruption -]{+Interruption +}of the water supply{+ postponed+}"
XDG_DATA_HOME="$T/held" run "$crier" diff --format=json "$held_en"
ok "and that only it is another" python3 -c 'import json, sys
o = json.load(open(sys.argv[1]))
assert (o["old"]["origin"], o["new"]["origin"]) == ("page", "title"), o' "$out"
XDG_DATA_HOME="$T/held" run "$crier" show --evidence "$held_en"
has "it is not said to be from the page" "$out" "  text 2: as before, below another title from the list or feed, seen "
printf '%s\n' "search postponed" 1 v | XDG_DATA_HOME="$T/held" "$crier" --plain >"$out" 2>&1
has "nor in the reader" "$out" "words: 2 new, 2 gone, only the title, from the list or feed"
has "as the text is" "$out" "the first text, from the article's page"
cp -r "$T/held" "$T/former"
for statement in "DROP INDEX rechecks_wanted" "ALTER TABLE rechecks DROP COLUMN wanted" "ALTER TABLE rechecks DROP COLUMN source" "PRAGMA user_version=31"; do
    STORE="$T/former/crier/articles.db" sql "$statement"
done
get "/control/set?path=/en/notices/204.html&fault=reset" >/dev/null
held 80
held_diff
has_not "a page that fails" "$out" "In the streets below"
get "/control/set?path=/en/notices/204.html&fault=429" >/dev/null
held 150
get "/control/set?path=/en/notices/204.html&fault=403" >/dev/null
held 300
get "/control/set?path=/en/notices/204.html" >/dev/null
held 600
held 700
held_diff
has "is asked for until it answers" "$out" "[-Because of repairs-]{+In the streets below+}"
late 21 "$T/former" 600
held_diff "$T/former"
has "also where a former version forgot that it was wanted" "$out" "[-Because of repairs-]{+In the streets below+}"
before=$(asked)
held 900
held 9000
ok "and then no more" test "$(asked)" = "$before"
run "$crier" diff "$en"
has "the title is a line with its label" "$out" "Title: [-Planned interruption -]{+Interruption +}of the water supply{+ postponed+}"
run "$crier" diff --format=json --from=1 "$en"
cat >"$T/check.py" <<'END'
import json, sys
o = json.load(open(sys.argv[1]))
assert (o["from"], o["to"]) == (1, 3), o
assert o["old"] == {"revision": 1, "seen": "2025-10-25T02:00:00Z", "origin": "page", "reread": None}, o["old"]
for hunk in o["hunks"]:
    assert hunk["kind"] in ("equal", "insert", "delete", "replace"), hunk
    assert hunk["part"] in ("title", "published", "updated", "attachment", "text", "cell", "link"), hunk
    if hunk["kind"] in ("equal", "replace"):
        assert len(hunk["old"]) == len(hunk["new"]), hunk
    if hunk["kind"] == "replace":
        for side, other in (("old", "insert"), ("new", "delete")):
            text = "".join(w["text"] for w in hunk["words"] if w["kind"] != other)
            assert [text] == hunk[side], hunk
old = [line for hunk in o["hunks"] for line in hunk["old"]]
assert old[0] == "Planned interruption of the water supply", old
assert "2105" in old and "2310" not in old, old
changed = [h["label"] for h in o["hunks"] if h["kind"] == "replace" and h["part"] == "cell"]
assert changed == ["Hours", "Households"], changed
assert 10 < o["percent"] < 60, o["percent"]
END
ok "JSON has both texts whole, with labels and words" python3 "$T/check.py" "$out"
run "$crier" diff --from=3 --to=1 "$en"
has "backwards" "$out" "Title: [-Interruption -]{+Planned interruption +}of the water supply[- postponed-]"
run "$crier" list --format=tsv is:revised
ok "is:revised" test "$(wc -l <"$out")" = 3
run "$crier" list --format=tsv changed:1h
ok "changed:" test "$(wc -l <"$out")" = 3
has "with the letter R" "$out" "	UR	"

# --- no revisions ---
get /control/furniture >/dev/null
fetch
get /control/furniture >/dev/null
fetch
ok "a counter that comes and counts is no revision" test "$(revisions "$en") $(revisions "$ru") $(revisions "$zh")" = "3 3 3"
"$crier" reprocess "id:$en" >/dev/null
ok "nor is another reading" test "$(revisions "$en")" = 3
run "$crier" diff --format=json "$en"
has "which is told" "$out" '"reread":"2025-10-25T'

# --- a rule that ignores ---
printf 'Ignore=^This paragraph was .*\n' >>"$CONFIG/portals/beiling.portal"
get "/control/edit?path=/en/notices/206.html" >/dev/null
flu=$(number /en/notices/206.html)
fetch
ok "the rule ignores nothing else" test "$(revisions "$flu")" = 2
get "/control/edit?path=/en/notices/206.html&text=This+paragraph+was+touched+again." >/dev/null
fetch
ok "what a portal file ignores is no revision" test "$(revisions "$flu")" = 2
get "/control/edit?path=/en/notices/206.html&text=The+vaccination+ends." >/dev/null
fetch
ok "what it does not, is" test "$(revisions "$flu")" = 3

# --- unread again ---
unread() { "$crier" list --limit=0 --format=tsv "is:unread" | cut -f 1 | tr '\n' ' '; }
"$crier" mark read all
"$crier" config store.unread-again=5 >/dev/null
get "/control/edit?path=/en/notices/206.html&text=The+vaccination+ends,+and+all+is+said+anew." >/dev/null
get "/control/edit?path=/en/notices/205.html&text=The+procurement+centre+of+the+city+calls+for+tenders+for+the+replacement+of+street+lamps;+bids+are+due+at+ten+in+the+morning+on+the+fifth+of+November." >/dev/null
fetch
ok "what changed much is unread again, what changed little is not" test "$(unread)" = "$flu "
ok "though both are revised" test "$("$crier" list --format=tsv changed:1h | wc -l)" = 2
"$crier" mark read all
"$crier" config store.unread-again=0 >/dev/null
get "/control/edit?path=/en/notices/206.html&text=Once+more." >/dev/null
fetch
ok "nothing is, where nobody wants it" test -z "$(unread)"

# --- withdrawn ---
get "/control/set?path=/ru/notices/204.html&fault=404" >/dev/null
fetch
fetch
run "$crier" diff "$ru"
status_is "a withdrawn article" 0
has "is its last text against nothing" "$out" "Title: [-Отключение воды переносится-]"
has_not "all of it" "$out" "{+"
run "$crier" diff --format=json "$ru"
has "nothing is null" "$out" '"to":null'
run "$crier" diff --format=unified "$ru"
has "and /dev/null" "$out" "+++ /dev/null"
run "$crier" diff --from=1 --to=2 "$ru"
has "its revisions are there" "$out" "Квартир: [-2105-]{+2310+}"

# --- on a terminal ---
cat >"$T/terminal.py" <<'END'
import os, pty, sys
pid, fd = pty.fork()
if not pid:
    os.execvp(sys.argv[1], sys.argv[1:])
out = b""
try:
    while True:
        part = os.read(fd, 4096)
        if not part:
            break
        out += part
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(out)
END
TERM=xterm-256color python3 "$T/terminal.py" "$crier" diff --from=2 --to=3 "$en" >"$out"
has "on a terminal it is struck out and underlined" "$out" "$(printf 'Title: \033[9mPlanned interruption \033[29m\033[4mInterruption \033[24mof the')"
TERM=linux python3 "$T/terminal.py" "$crier" diff --from=2 --to=3 "$en" >"$out"
has "where the terminal cannot strike out, between marks" "$out" "Title: [-Planned interruption -]{+Interruption +}of the"

# --- a store of before ---
sql "UPDATE documents SET heading = NULL, attachments = NULL, published = NULL" >/dev/null
run "$crier" diff --from=2 --to=3 "$en"
has_not "what was not kept is not compared" "$out" "Title:"
has "the text is" "$out" "[-Because of repairs-]"
finish
