#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the linear mode says of each view is understood without signs, places on a screen and what
# stands around it: tables, languages, dates, changes, marks.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 52
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# said LINE…: all that is said
said() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set=ui.browser=true --set="ui.languages=en ru" --plain >"$out" 2>&1
}

# --- two editions
said 1 6 E
has "of two editions, tables are records" "$out" "Street: Station Street and School Street"
has "the other language is named before its records" "$out" "Русский: table: День: 16 октября"
has "and before its paragraphs" "$out" "Русский: Когда воду дадут"
has_not "by no signs" "$out" "| "

# --- the agenda
# agenda OPTION LINE…: what is said in the agenda
agenda() {
    option=$1
    shift
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' A "$@" | "$crier" --set="$option" --plain >"$out" 2>&1
}
agenda "ui.languages=ru zh"
has "what editions of an article say of a day is one row" "$out" "Agenda: 1 to 4 of 4"
has "in the language that is wanted most" "$out" "Deadline: Старый вокзал станет музеем города"
has "the others are named" "$out" "computed from the text, unread, also in: 中文, English. До конца"
has_not "and not listed" "$out" "老火车站改建为城市博物馆"
agenda "ui.languages=ru zh" 3 L L
has "L leads to them" "$out" "老火车站改建为城市博物馆"
agenda "ui.languages=en"
has "another reader has another edition" "$out" "Deadline: Old railway station becomes the museum of the city"
has_not "and that alone" "$out" "Старый вокзал"
agenda "list.fold-editions=no"
has "who wants all of them has them" "$out" "Agenda: 1 to 12 of 12"
has_not "without a word of others" "$out" "also in"
play --set="ui.languages=ru" <<'END'
keys A
dump
END
ok "the screen has one row, too" sh -c 'grep -q "Старый вокзал" "$1" && ! grep -q "Old railway" "$1"' - "$T/screen.1"
"$crier" --set="ui.languages=ru" agenda >"$out" 2>&1
ok "for programs there are all" test "$(grep -cE "Старый вокзал|Old railway|老火车站" "$out")" = 3
# its editions say the same of the same days
set_by() {
    "$crier" agenda --from=2025-09-01 --format=json "lang:$1" 2>/dev/null |
        python3 -c 'import json, sys
for line in sys.stdin:
    o = json.loads(line)
    print(o["date"], o["role"])' | sort
}
for language in en ru zh; do set_by $language >"$T/set.$language"; done
ok "Russian sets the dates that English does" diff "$T/set.en" "$T/set.ru"
ok "and Chinese does" diff "$T/set.en" "$T/set.zh"

# --- what is computed and changed; tables
kill "$portal_pid"
mkdir "$T/www"
write_feed() {
    python3 - "$1" >"$T/www/feed.json" <<'PY'
import json, sys
second = sys.argv[1] == "2"
text = "".join("<p>Paragraph %d stays as it is.</p>" % n for n in range(3))
items = [("New building line", "<p>Objections can be filed within 30 days after publication.</p>"),
         ("Office hours", "<table><tr><th>Office</th><th>Mon</th><th>Tue</th><th>Wed</th></tr><tr><td>Tax</td><td colspan=2>closed</td>"
          "<td>8-12</td></tr><tr><td>Passports</td><td>9-10</td><td>10-11</td><td>11-12</td></tr></table><p>Call <del>112</del> 110 first.</p>"),
         ("Rules", "<p>%s first paragraph.</p>%s%s<p>In between.</p><p>The end%s.</p>" %
          ("New" if second else "Old", text, "" if second else "<p>This one goes.</p>", " and more" if second else ""))]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
    {"id": str(n), "title": title, "content_html": body, "url": "http://notices.example/%d" % n,
     "date_published": "2025-10-%02dT08:00:00Z" % (20 - n)} for n, (title, body) in enumerate(items)]}))
PY
}
write_feed 1
serve "$T/www"
rm -rf "$T/data" "$T/state" "$CONFIG/urls"
mkdir "$T/data"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" fetch --progress=none
write_feed 2
CRIER_NOW=$((CRIER_NOW + 7200)) "$crier" fetch --all --full --progress=none
rm -rf "$T/fresh"
cp -r "$T/data" "$T/fresh"

said A
has "a date that was computed is said to be, with the sentence" "$out" "New building line, Notices, computed from the text, unread. Objections can be filed within 30 days"

# --- pages
said 1 3 i
has "of an article it is told how often its text changed" "$out" "Text changed: 1 time"
has "and that the state is the source's" "$out" "State of the source: in order"
said 1 3 v
has "a text is told to be of the feed" "$out" ", from the feed"
said 1 1 i '?'
has "the help of a page is told" "$out" "On a page"
said e '?'
has "so is that of the errors" "$out" "On a page"

# --- tables in articles
said 1 2
has "a cell of several columns is told for all of them" "$out" "Mon, Tue: closed"
has "one of one column for that" "$out" "Tue: 10-11"

# --- marks
said 1 2 h m u j D u 't town' u '*' '*'
has "what is marked is named" "$out" "marked as unread: Office hours; u undoes it"
has "and how it is when that is undone" "$out" "undone: Office hours, read again"
has "what is deleted is named" "$out" "deleted: Rules; u undoes it"
has "and the row on which one is then is said" "$out" "2 of 2: Office hours"
has_not "but not all rows again" "$out" ": 1 to 2 of 2"
has "so it is when it is back" "$out" "undone: Rules, there again"
has_not "nor are those said again" "$out" ": 3 to 3 of 3"
has "what is tagged is named" "$out" "tagged town: Rules"
has "the tag can be undone" "$out" "undone: Rules, without the tag"
has "what is selected is named" "$out" "> selected: Rules"
has "and what is so no longer" "$out" "no longer selected: Rules"

# --- unread first
said 1 Su 1 '' h
has "where unread articles come first, reading goes on with the next one" "$out" "Mon, Tue: closed"
has "and one is back at the one behind that" "$out" "1 of 3: Rules, 2025-10-18 08:00, Notices, unread, changed"
said 1 Su 1 n n n
has "n leads through all of them" "$out" "Rules"
has "until none is left" "$out" "no more unread articles here"
printf 'keys Enter S u Enter n\ndump\n' >"$T/script"
rm -rf "$T/data" "$T/state"
cp -r "$T/fresh" "$T/data"
run "$crier" --script "$T/script"
has "so it does on the screen" "$out" "Notices › Office hours"

# --- changes
said 1 3 v 1 n n p p
has "of what changed the texts are named" "$out" "now: Text 2, 2025-10-25 02:00"
has "how much a text changed is said without signs" "$out" "paragraphs: 2 new, 3 gone"
has "what became something else is told by its words" "$out" "changed: struck out: Old, end, inserted: New, end, first paragraph."
has "also where something was added to it" "$out" "changed: The end inserted: and more, end."
has_not "not by brackets" "$out" "{+"
has "n tells the next change, with its place" "$out" "change 2 of 3: removed: This one goes."
has "and p the one before" "$out" "> change 1 of 3: changed: struck out: Old, end, inserted: New, end"

# --- finding
said 1 1 'find nowhere' n
has "what is not found is not looked for by n" "$out" "Mon, Tue: closed"
said 1 1 'find filed' n
has "what is found is told how it is ended" "$out" "n: next place; find and an empty line end it"
said 1 1 'find filed' find '' n
has "an empty line ends it" "$out" "the search has ended"
has "and n leads on to articles" "$out" "Mon, Tue: closed"
finish
