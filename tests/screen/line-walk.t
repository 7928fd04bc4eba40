#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What one meets who walks through --plain, and on a screen alike: leaving what is asked, articles to
# which links led, several numbers in a line, ^C, and fetches that fail, wait or are stopped.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 45
python3 "$srcdir/tests/kit/transfers.py" "$T/base" "$T/log" 2>"$T/server.log" &
other_pid=$!
while [ ! -s "$T/base" ]; do
    kill -0 "$other_pid" 2>/dev/null || { cat "$T/server.log"; echo "Bail out! the server did not start"; exit 1; }
    sleep 0.02
done
SLOW=$(cat "$T/base")
trap 'kill "$other_pid" 2>/dev/null; cleanup' EXIT
mkdir "$T/www"
python3 - "$T/www" <<'PY'
import json, sys
def feed(name, count, body, title="%s %d."):
    items = [{"id": "%s%d" % (name, n), "title": "%s %d." % (name, n), "content_html": body, "url": "@BASE@/%s%d.html" % (name, n),
              "date_published": "2025-10-%02dT08:00:00Z" % (24 - n)} for n in range(1, count + 1)]
    with open("%s/%s.json" % (sys.argv[1], name), "w") as f:
        json.dump({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}, f)
feed("Links", 3, "<p><a href='@BASE@/plan'>The plan</a> <a href='@BASE@/bare'>@BASE@/bare</a></p>")
feed("Rows", 22, "<p>One.</p>")
for name in "plan", "bare":
    with open(sys.argv[1] + "/%s.html" % name, "w") as f:
        f.write("<html><body><p>It says what is planned, and it says that at some length, so that it is a text.</p></body></html>")
    import os
    os.rename(f.name, f.name[:-5])
    with open(f.name[:-5] + ".headers", "w") as f:
        f.write("Content-Type: text/html\n")
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/Links.json" >/dev/null
"$crier" add --no-discover "$BASE/Rows.json" >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"
cp "$CONFIG/urls" "$T/urls"
terminal() {
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier" --set=fetch.auto=no --plain
    [ "$status" = 0 ] || show "$out"
}

# --- reading on where nothing is unread
"$crier" mark --read all >/dev/null 2>&1 || "$crier" mark read is:unread >/dev/null 2>&1
rm -rf "$T/fresh" && cp -r "$T/data" "$T/fresh"
said -- 3 1 i n h
has "in the information one stays" "$T/all" "no more unread articles here"
has "and comes back to the article" "$out" "Links: Links 1."
play <<'END'
keys 3 g Enter Enter i n
dump
END
on 1 "on a screen, too" "no more unread articles here"
on 1 "and sees it" "Information"

# --- leaving what is asked
said -- "add $BASE/Links.json" .
has "a full stop leaves all of what is asked" "$out" "crier: municipal news"
said -- "add $BASE/plan" .
has_not "whatever was found" "$out" "An empty line looks"
cp "$T/urls" "$CONFIG/urls"
sed -i /Rows/d "$CONFIG/urls"
said -- "add $BASE/Rows.json" 2
has "and so does the choice that says no" "$out" "nothing was done"
has "to the first view" "$out" "crier: municipal news"
play <<END
keys a
type $BASE/Rows.json
keys Enter
wait idle
keys 2
dump
END
on 1 "on a screen, too" "nothing was done"
has_not "which shows no question" "$T/screen.1" "Portal or URL"
rm "$CONFIG/urls"
said -- "add $BASE/Rows.json" 2
has "at the start, as one is told to type, that is an address" "$T/all" "A feed with 22 articles"
has "and who does not want it is asked for another" "$out" "Type part of a city"
cp "$T/urls" "$CONFIG/urls"
: >"$T/www/requests.log"
said -- "add $BASE/Links.json $BASE/Rows.json"
has "two addresses are not glued together" "$out" "these are several addresses; one is added at a time"
has_not "and not asked for" "$T/www/requests.log" Links
run "$crier" add "$BASE/Links.json  $BASE/Rows.json"
has "in the shell neither" "$err" "these are several addresses"

# --- find in a list
said -- 4 '/ Rows 3' h
has "in a list h goes back, too, where something was found" "$out" "Rows: 0 unread of 22"
has "and what ends the search is told" "$T/all" "n: next place; find and an empty line end it"
play <<'END'
keys 4 g Enter /
type Rows 3
keys Enter h
dump
END
on 1 "on a screen h says that it ended the search" "the search has ended"

# --- what links lead to
said -- 3 1 1 ']'
has "a page that a link led to is kept, which is said" "$T/all" "fetched, and kept in: Links"
has "and called as the link where it does not say how" "$T/all" "The plan"
has "from there one goes on in the list" "$out" "Links 2."
has_not "and is at no end" "$T/all" "this is the last article"
said -- 3 1 2 h h
has "without words it is called by its file" "$out" "bare"
cp -r "$T/fresh/." "$T/data/"
"$crier" mark --unread all >/dev/null 2>&1 || :
play <<'END'
keys 3 g Enter Enter 1 Enter
wait idle
dump
keys ]
dump
keys h
dump
END
on 1 "on a screen, too" "fetched, and kept in: Links"
on 2 "one goes on" "Links 2."
on 3 "and then back to the list" "Links 3."

# --- what is typed
said -- 4 'read 3'
has "a part of several names is no beginning" "$out" "'read' may mean several actions: toggle-read"
said -- 4 's 1 3'
has "one line is for one row" "$out" "nothing was done: one number at a time; select and select-row select several rows"
said -- 4 2-4
has "also without a word" "$out" "one number at a time"
said -- 4 'run bookmark 4'
has "the row stands before what is run" "$out" "the number stands first: run 4 bookmark"
said -- 4 'run 4 bookmark'
has "as with other words" "$out" "crier.conf has no command yet"
said -- 4 'pipe 4'
has "a row that is piped" "$out" "a command can be typed on a terminal only"
said --set=plain.page=6 -- 4 '' '' b
has "the rows before are those before what was read last" "$out" "5 to 22 of 22"
has_not "and that is no beginning" "$out" "this is the beginning"
said -- 'D 3' y u
has "what was unsubscribed is named" "$T/all" "unsubscribed: Links; its articles stay"
has "and what is back again is the row on which one is" "$T/all" "3 of 4: Links"

# --- ^C
terminal "see:> " "type:half a line" "type:$(printf '\003')" "see:Q quits, and so does ^C once more" "see:> " \
    "type:2
" "see:> " "type:Q
"
status_is "^C does not end crier at once" 0
terminal "see:> " "type:/
" "see:Find" "type:$(printf '\003')" "see:nothing was done" "type:Q
"
status_is "it leaves what is asked" 0
terminal "see:> " "type:a
" "see:Subscribe" "see:> " "type:$(printf '\003')" "see:nothing was done" "see:crier: municipal news" "see:> " "type:Q
"
status_is "and a choice, after which Q quits" 0
run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:$(printf '\003')" "see:once more" "see:> " "type:$(printf '\003')" -- \
    "$crier" --set=fetch.auto=no --plain
status_is "twice it ends crier" 130
terminal "see:> " "type:add $SLOW/slow/600/x
" "see:'cancel' stops it" "type:$(printf '\003')" "see:not asked any longer" "see:> " "type:.
Q
"
status_is "it stops what runs" 0

# --- fetches
printf '%s\n' "$BASE/none.json" "$BASE/Links.json" >"$CONFIG/urls"
"$crier" fetch --progress=none >/dev/null 2>&1
rm -rf "$T/fresh" && cp -r "$T/data" "$T/fresh"
said -- 'fetch 3'
has "why the only source failed is said at once" "$out" "not found (HTTP 404); e tells what to do"
rm -rf "$T/data" && mkdir -p "$T/data/crier"
printf '%s\n' "$SLOW/feed/first" "$SLOW/slow/600/second" >"$CONFIG/urls"
terminal "see:> " "type:R
" "see:fetching 1/2" "type:cancel
" "see:stopped: 1 of 2 sources were fetched; what was stored stays; 2 new articles" "type:Q
"
status_is "what had come of a fetch that was stopped is told" 0
"$crier" fetch --all --progress=none >/dev/null 2>&1 &
fetch_pid=$!
while ! "$crier" status 2>/dev/null | grep -q second; do sleep 0.05; done
terminal "see:> " "type:R
" "see:this one follows it" "type:cancel
" "see:that one goes on" "type:Q
"
status_is "the fetch of another program is not said to be stopped" 0
ok "and goes on" kill -0 "$fetch_pid"
kill "$fetch_pid" 2>/dev/null
wait "$fetch_pid" 2>/dev/null
kill "$other_pid"
wait "$other_pid" 2>/dev/null
finish
