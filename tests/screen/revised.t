#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An article whose text the portal changes: its row has all of its signs, who asks for the page is told that
# it has changed, and its first text can be read.
. "${srcdir:-.}/tests/lib.sh"
plan 60
portal_start
"$crier" add beiling/en/notices >/dev/null
"$crier" fetch --progress=none
get "/control/edit?path=/en/notices/205.html" >/dev/null

# --- what is said of it
play <<'END'
keys Backslash
type title:tenders
keys Enter x
wait the page was fetched
dump
keys x
wait idle
dump
keys Enter
dump
END
on 1 "that the text has changed is said, with the key that shows how" \
    "the page was fetched: its text has changed; v shows how"
has_not "and only where it has" "$T/screen.2" "its text has changed"
on 3 "the article names the key, too" "The portal has changed this text 1 time; v shows how."
"$crier" list title:tenders is:revised --format=json >"$T/row"
"$crier" show "$(sed -n 's/.*"id": *\([0-9]*\).*/\1/p' "$T/row")" >"$out"
has "a command has no keys" "$out" "The portal has changed this text 1 time."
printf '%s\n' "search title:tenders" 1 v 2 >"$T/lines"
"$crier" --plain <"$T/lines" >"$T/told"
has "who listens hears it" "$T/told" "The portal has changed this text 1 time; v shows how."
has "and the first text" "$T/told" "Text 1, 2025-10-25 00:00"
has_not "without signs" "$T/told" "[-"

# --- where one is by then
# asked N KEY…: the page gets another text; it is asked for there, and the keys lead on meanwhile
asked() {
    get "/control/edit?path=/en/notices/205.html&text=This+paragraph+was+changed+$1+times." >/dev/null
    shift
    printf 'keys Backslash\ntype before:2025-10-16\nkeys Enter %s\nwait the page was fetched\ndump\n' "$*" >"$T/asked"
    play <"$T/asked"
}
asked 2 Enter x
on 1 "the article itself has the key" "its text has changed; v shows how"
asked 3 Enter x q
on 1 "so has its row" "its text has changed; v shows how"
asked 4 x q
on 1 "elsewhere it is told by its title" "Call for tenders: replacement of street lamps: the page was fetched: its text"
has_not "without a key that does nothing there" "$T/screen.1" "shows how"
asked 5 x j
on 1 "so it is on another row" "Call for tenders: replacement of street lamps: the page was fetched: its text"
has_not "whose texts the key would show" "$T/screen.1" "shows how"
asked 6 Enter x J
on 1 "and in another article" "Call for tenders: replacement of street lamps: the page was fetched: its text"
has_not "whose key is for that" "$T/screen.1" "shows how"

# --- its row
play <<'END'
keys Backslash
type title:tenders
keys Enter
dump
size 40 12
dump
size 120 24
dump
END
on 1 "it was changed and has attachments: the row has both signs" "Δ 2025"
for n in 1 2 3; do
    ok "in each width ($n)" grep -q "Δ .* @" "$T/screen.$n"
done
play --set=ui.ascii=yes <<'END'
keys Backslash
type title:tenders
keys Enter
dump
END
ok "in ASCII" grep -q "~ 2025.* @" "$T/screen.1"

# --- its first text
play <<'END'
keys Backslash
type title:tenders
keys Enter Enter v G
dump
keys Enter
dump
keys n
dump
size 120 24
dump
END
on 1 "the first text is a row" "the first text"
on 2 "which leads to it" "Text 1, 2025-10-25 00:00"
on 2 "as it was" "bids are due at nine in the morning"
has_not "without what came later" "$T/screen.2" "+}"
on 2 "with what it had attached" "Application form"
has_not "no change is there to go to" "$T/screen.2" "n next"
on 3 "which is said" "this is the first text"
ok "it stands there once, however much room there is" test "$(grep -o "Application form <" "$T/screen.4" | wc -l)" = 1

# --- the help of each of these views has what its keys do there
play <<'END'
size 80 60
keys Backslash
type title:tenders
keys Enter Enter v ?
dump
keys q Enter ?
dump
keys q F10
dump
keys Esc q G Enter ?
dump
keys q q q q e ?
dump
END
on 1 "Enter opens a text" "Enter l Right"
on 2 "and opens nothing there" "In the texts that an article had"
has_not "which its help knows" "$T/screen.2" "Enter l Right"
has_not "and its menu" "$T/screen.3" "Enter open"
on 2 "changes are gone through" "to the next change"
has_not "which is nothing that is done to an article" "$T/screen.2" "Articles"
on 4 "of the first text" "In the texts that an article had"
has_not "there is no change to go to" "$T/screen.4" "to the next change"
on 5 "a page" "On a page"
has_not "of no source has no keys for one" "$T/screen.5" "fetch this source"

# --- a year later, in few cells
CRIER_NOW=1795579200
export CRIER_NOW
play --set=fetch.auto=no <<'END'
size 40 12
keys Backslash
type title:tenders
keys Enter
dump
size 29 12
dump
size 40 12
keys Enter v
dump
END
on 1 "a day of another year has its day where there is some room" "Δ 2025-10-15 Call"
on 2 "and its month in less" "Δ 2025-10 Call"
on 3 "so have texts of another year" "1  2025-10-25   the first text"
play --set=fetch.auto=no --set=ui.dates=local <<'END'
size 40 12
keys Backslash
type title:tenders
keys Enter
dump
END
on 1 "as people write it, too" "Δ 15 Oct 2025 Call"
CRIER_NOW=1761350400
play --set=fetch.auto=no --set=ui.dates=local <<'END'
size 40 12
keys Backslash
type title:tenders
keys Enter
dump
keys Enter v
dump
END
on 1 "where all is of this year that takes fewer cells" "Δ 15 Oct   Call"
on 2 "as texts have their hour then" "1  10-25 00:00  the first text"

# --- what has no room behind a title
"$crier" add beiling/ru/notices >/dev/null
"$crier" add beiling/zh/notices >/dev/null
"$crier" fetch --progress=none
play --set=fetch.auto=no <<'END'
keys Backslash
type title:tenders
keys Enter
size 40 12
dump
size 14 12
dump
size 10 12
dump
END
on 1 "signs and editions stand behind a title" "@ +2"
on 2 "in few cells the title goes before signs" "Δ Call…  +2"
has_not "which are left out" "$T/screen.2" "@"
on 3 "and in fewer before editions" "Δ Call…"
has_not "which are, too" "$T/screen.3" "+2"

# --- the dates that it sets
# due N: the page says that bids are due on that day of November
due() {
    get "/control/edit?path=/en/notices/205.html&text=Bids+must+be+submitted+by+November+$1,+2025." >/dev/null
}
due 20
printf 'keys Backslash\ntype title:tenders\nkeys Enter x\nwait the page was fetched\n' | play
"$crier" fetch --all --progress=none
due 25
play <<'END'
keys A j j
dump
keys x
wait the page was fetched
dump
END
on 1 "the agenda has its day" "2025-11-20"
on 2 "the page that is asked for there puts it off at once" "2025-11-25"
has_not "and the former day is gone" "$T/screen.2" "11-20"

# --- the page of an item whose text was the feed's
"$crier" add --no-discover "$BASE/en/news/rss.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
play --set=fetch.pages=never <<'END'
keys Backslash
type title:"City library to stay open"
keys Enter Enter
dump
keys x
wait the page was fetched
dump
keys x
wait idle
dump
END
has_not "it has a few words of the feed" "$T/screen.1" "Seats can be booked online"
on 2 "what became of the text is said" "the page was fetched: its text is there now"
on 2 "and is so" "Seats can be booked online"
has_not "once: the second time nothing becomes of it" "$T/screen.3" "its text is there"

# --- digests of attachments are for who compares files
attachments() {
    CRIER_NOW=$((CRIER_NOW + 86400))
    export CRIER_NOW
    "$crier" --set=fetch.attachments=always fetch --all --full --progress=none
}
attachments
get "/control/edit?path=/en/notices/205.html&text=Once+more." >/dev/null
attachments
play <<'END'
keys Backslash
type title:tenders
keys Enter v Enter
dump
END
on 1 "an attachment that stayed is named" "Attachment: "
has_not "without its digest" "$T/screen.1" sha256
printf '%s\n' "search title:tenders" 1 v 1 >"$T/lines"
"$crier" --plain <"$T/lines" >"$T/told"
has "who listens hears what changed" "$T/told" "Once more."
has_not "without digests, too" "$T/told" sha256
finish
