#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Clusters of which a terminal and curses may think that they are wider or narrower than they are
# (emoji of several characters, flags, keycaps): nothing beside them is where it should not be.
. "${srcdir:-.}/tests/lib.sh"
need tmux
plan 11

mkdir "$T/files"
python3 - "$T/files/feed.xml" <<'END'
import sys
titles = ["👨‍👩‍👧‍👦 Family day 🏳️‍🌈 flags", "Flags 🇩🇪🇫🇷 of friends 🏳️‍🌈🏳️‍🌈 in towns", "Hands 👍🏽 up", "Number 1️⃣ of all", "Heart ❤️ of the town", "❤️👨‍👩‍👧‍👦🇩🇪",
          "A family that is long enough to reach the right side 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦"]
items = "".join(f"<item><title>{t}</title><guid>{i}</guid><description>{t}</description></item>" for i, t in enumerate(titles))
items += "".join(f"<item><title>Notice number {n} about streets</title><guid>n{n}</guid></item>" for n in range(93))
open(sys.argv[1], "w", encoding="utf-8").write(f'<rss version="2.0"><channel><title>Town</title><link>http://town.example/</link>{items}</channel></rss>')
END
serve "$T/files"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
. "$srcdir/tests/kit/tmux.sh"
in_tmux "$crier --set=ui.layout=1"
# as_painted_anew NAME: the screen is what it is when all of it is written again
as_painted_anew() {
    tm capture-pane -p >"$T/was"
    tm send-keys C-l
    tm send-keys :
    wait_for "^ *:" -G || :
    tm send-keys Escape
    n=0
    while tm capture-pane -p | grep -q "^ *:" && [ $n -lt 1500 ]; do
        n=$((n + 1))
        sleep 0.02
    done
    tm capture-pane -p >"$T/is"
    same "$1: as painted anew" "$T/was" "$T/is"
}
# rows: what stands at the right side of the rows stands where it should, by tmux's widths
rows() {
    tm capture-pane -p >"$T/is"
    ok "$1: sources begin in one column" python3 - "$T/is" <<'END'
import sys, unicodedata
def width(text):
    cells, joined = 0, False
    for c in text:
        zero = unicodedata.combining(c) or unicodedata.category(c) in ("Me", "Mn", "Cf") or joined or "\U0001f3fb" <= c <= "\U0001f3ff"
        cells += 0 if zero else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        joined = c == "\u200d"
    return cells
columns = {width(line[:line.rindex("Town")]) for line in open(sys.argv[1], encoding="utf-8") if "Town " in line + " " and line.startswith("●")}
if len(columns) > 1:
    print(columns)
sys.exit(len(columns) > 1)
END
}
wait_for "All articles" || :
tm send-keys Enter
wait_for "/100$" -G || :
rows "a list"
as_painted_anew "a list"
filter() {
    tm send-keys f
    tm send-keys -l "$1"
    tm send-keys Enter
    wait_for "$2" -G || :
    rows "$1"
    as_painted_anew "$1"
    tm send-keys F
    wait_for "/100$" -G || :
}
filter family "[0-9]/2$"
filter notice "Notice number 15"
filter flags "[0-9]/2$"
tm send-keys g Enter
wait_for "Family day" || :
as_painted_anew "an article"
tm send-keys n
wait_for "of friends" || :
as_painted_anew "the next one"
tm send-keys h
wait_for "/100$" -G || :
as_painted_anew "the list again"
finish
