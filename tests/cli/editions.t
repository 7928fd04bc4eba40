#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An article in another language: the article, else its section, else its address; one row for all of
# its editions, and one mark.
. "${srcdir:-.}/tests/lib.sh"
plan 69
portal_start
number_of() { "$crier" list --format=tsv "title:\"$1\"" | cut -f1; }

run "$crier" add portal:beiling/en/news
run "$crier" fetch
article=$(number_of "Passenger ferry")
run "$crier" show --lang=ru "$article"
status_is "an edition that is not in the store is no article" 1
has "its address is told" "$err" "$BASE/ru/news/101.html"
run "$crier" show --lang=ja "$article"
has "nor is one that nobody names" "$err" "has no edition 'ja'"

play --set=ui.browser=true <<'END'
size 120 24
keys j j j Enter G Enter L
dump
keys L
dump
keys o
wait opened:
dump
keys L
dump
keys j o
wait opened:
dump
keys q L
dump
END
on 1 "who asks for a language of which nothing is here hears why, and what helps" \
    "Русский: you are not subscribed to this edition; o opens its page: $BASE/ru/news/101.html"
on 2 "and then of the next one" "中文: you are not subscribed to this edition; o opens its page: $BASE/zh/news/101.html"
on 3 "that key opens what was named" "opened: $BASE/zh/news/101"
on 4 "then of the first one again" "Русский: you are not subscribed"
on 5 "what is named no longer is not what the key opens" "opened: $BASE/en/news/101"
on 6 "a list names the key that subscribes to another edition" "you are subscribed to this edition alone; a subscribes to others"
printf '%s\n' 1 1 L L >"$T/lines"
"$crier" --plain <"$T/lines" >"$out" 2>&1
has "who listens hears the first" "$out" "Русский: you are not subscribed to this edition; o opens its page: $BASE/ru"
has "and the next" "$out" "中文: you are not subscribed to this edition; o opens its page: $BASE/zh"

run "$crier" add portal:beiling/ru/notices
run "$crier" fetch
run "$crier" show --lang=ru "$article"
status_is "a section of the edition stands in for it" 0
has "which is said" "$err" "is not in the store"
has "with its articles" "$out" "Объявления"
cat >"$T/script" <<END
size 80 24
keys j j j Enter G Enter
dump
keys L
dump
END
run "$crier" --script "$T/script"
has "so it does in the reader" "$out" "Русский: there is no text of this article here; this is where it would stand"

run "$crier" add portal:beiling/ru/news
run "$crier" fetch
run "$crier" show --lang=ru "$article"
has "the article itself, where it is" "$out" "Паром между Бэйлином и Сунхэ снова ходит"
ok "and nothing but it" test ! -s "$err"
run "$crier" show "$(number_of "Паром")"
has "each names the other" "$out" "Also in: English"
run "$crier" show --lang=en "$(number_of "Паром")"
has "and leads back" "$out" "Passenger ferry between Beiling and Songhe resumes"
run "$crier" show --lang=RU "$article"
has "whatever the case" "$out" "Паром"
run "$crier" show --lang=ru --format=json "$article"
has "in each format" "$out" '"language":"ru"'

# --- one row for all of them
is() { ok "$1" test "$2" = "$3"; }
rows() { "$crier" "$@" --format=tsv | wc -l; }
titles() { "$crier" "$@" --format=tsv | cut -f6; }
is "a list has a row for each edition" "$(rows list "ferry OR Паром")" 2
is "or one for all" "$(titles list --fold "ferry OR Паром")" "Passenger ferry between Beiling and Songhe resumes"
is "in the language that is wanted" "$(titles --set=ui.languages="ru en" list --fold "ferry OR Паром")" \
    "Паром между Бэйлином и Сунхэ снова ходит"
is "as far as it was found" "$(titles --set=ui.languages="ru en" list --fold ferry)" \
    "Passenger ferry between Beiling and Songhe resumes"
is "and filtered" "$(titles --set=ui.languages="ru en" list --fold "lang:en title:ferry")" \
    "Passenger ferry between Beiling and Songhe resumes"
ok "what has no counterpart keeps its row" test "$(rows list --fold)" -eq 11

# --- a command marks what it is told, the reader all editions of it
"$crier" mark unread all 2>/dev/null
"$crier" mark read "$article" 2>/dev/null
is "a command marks what it is told" "$(titles list "is:read" | wc -l)" 1
is "what is unread is found behind what is read" "$(titles --set=ui.languages=en list --fold "is:unread (ferry OR Паром)")" \
    "Паром между Бэйлином и Сунхэ снова ходит"
"$crier" mark unread "$article" 2>/dev/null
cat >"$T/script" <<END
size 100 24
keys Enter
dump
keys j j j j j j j m
dump
keys u
dump
END
run "$crier" --script "$T/script"
screens "$T/script" "$out"
has "the list says what else there is" "$T/screen.1" "resumes            ru  Local News"
has "and counts what it shows" "$T/screen.1" "1/11"
has "marks both" "$T/screen.2" "    2025-10-08 Passenger ferry"
has "and undoes both in one step" "$T/screen.3" "undone: Passenger ferry"
is "which leaves nothing" "$(titles list "is:read" | wc -l)" 0

# --- star and tags of any edition are those of the one row
other=$(number_of "Паром")
"$crier" mark starred "$other" 2>/dev/null
"$crier" mark +boat "$other" 2>/dev/null
play <<'END'
size 100 24
keys Enter j j j j j j j
dump
keys t
type boat
keys Enter
dump
keys s
dump
keys u
dump
keys t
type -boat
keys Enter
dump
keys u t
type river
keys Enter
dump
keys q j j Enter
dump
END
on 1 "a star of another edition is seen" "●★  2025-10-08 Passenger ferry"
on 1 "and its tags" "#boat ru"
on 2 "which it has already" "tagged already: boat"
on 3 "the star is taken away from whichever has it" "●   2025-10-08 Passenger ferry"
on 3 "and that is said" "1 star taken away"
on 4 "in one step" "●★  2025-10-08 Passenger ferry"
on 5 "so is a tag" "tag taken away: boat"
has_not "from all" "$T/screen.5" "#boat"
on 6 "another one is that of the row" "#river #boat ru"
is "in the edition that is shown" "$("$crier" list --format=json "tag:river" | grep -c "\"id\":$article,")" 1
is "and the old one where it was" "$("$crier" list --format=json "tag:boat" | grep -c "\"id\":$other,")" 1
has_not "in the list of an edition each has its own" "$T/screen.7" "★"
play <<'END'
size 100 24
keys Enter j j j j j j j Enter
dump
keys s
dump
keys u
dump
END
on 1 "the article that is opened from there has the star, too" "★ Local News › Passenger ferry"
on 1 "and the tags" "Tags: river, boat"
ok "s takes it away" sh -c '! grep -q "★ Local" "$1"' sh "$T/screen.2"
on 3 "and it comes back" "★ Local News › Passenger ferry"
on 1 "the head says whose it is" "Also in: Русский ★"
ok "until it is taken away" sh -c 'grep -q "Also in: Русский *\$" "$1"' sh "$T/screen.2"
on 3 "and again" "Also in: Русский ★"
play <<'END'
size 100 24
keys j j Enter G Enter
dump
END
has_not "in the list of an edition the article has no star of another" "$T/screen.1" "★ Local"
on 1 "but says which has it" "Also in: Русский ★"
printf '%s\n' 3 5 >"$T/lines"
"$crier" --plain <"$T/lines" >"$out" 2>&1
has "who listens hears it in words" "$out" "Also in: Русский (starred)"
"$crier" mark deleted "$other" 2>/dev/null
play <<'END'
size 100 24
keys Enter j j j j j j j
dump
keys s s
dump
END
ok "a star of what was deleted is not seen" sh -c '! grep "Passenger ferry" "$1" | grep -q "★"' sh "$T/screen.1"
ok "nor is it once one was given and taken away" sh -c '! grep "Passenger ferry" "$1" | grep -q "★"' sh "$T/screen.2"
"$crier" mark undeleted "id:$other is:deleted" 2>/dev/null
is "with the one that is seen" "$("$crier" list --format=json is:starred | grep -c "\"id\":$other,")" 1
"$crier" mark unstarred "$other" 2>/dev/null
is "nothing is left" "$(titles list is:starred | wc -l)" 0
"$crier" mark -boat "$other" 2>/dev/null
"$crier" mark -river "$article" 2>/dev/null
"$crier" mark unread all 2>/dev/null

# --- an edition that comes later
"$crier" mark read "$article" 2>/dev/null
"$crier" add portal:beiling/zh/news
run "$crier" fetch
is "a translation that comes later is read" "$(titles list "is:read lang:zh")" "北岭至松河客运渡轮恢复通航"
is "and stands with the others" "$(titles list --fold "is:read")" "Passenger ferry between Beiling and Songhe resumes"
"$crier" store check >"$out" 2>&1
status_is "the counters are right" 0
# what is deleted is no edition any more
"$crier" mark deleted "$article" 2>/dev/null
is "another stands for what is deleted" "$(titles list --fold "is:read")" "北岭至松河客运渡轮恢复通航"
"$crier" store purge >/dev/null 2>&1
"$crier" store check >"$out" 2>&1
is "and for what is purged" "$(titles --set=ui.languages="en zh" list --fold "is:read")" "北岭至松河客运渡轮恢复通航"

# --- the feed of somebody else, which links to an article of the portal
rm -rf "$T/data/crier" "$CONFIG/urls"
mkdir "$T/feeds"
cat >"$T/feeds/letter.atom" <<END
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Letter of Songhe</title><id>urn:letter</id>
<updated>2025-10-20T09:00:00Z</updated>
<entry><title>Seen in Beiling</title><id>urn:letter:1</id><updated>2025-10-20T09:00:00Z</updated><link href="$BASE/en/news/104.html"/></entry></feed>
END
"$crier" add --no-discover "file://$T/feeds/letter.atom" >/dev/null
"$crier" --set=fetch.pages=always fetch --progress=none
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
printf '1\n' | "$crier" --plain 2>&1 | grep "Seen in Beiling" >"$out"
has "is a row" "$out" "Seen in Beiling"
has_not "which is none of its editions" "$out" "also in"
title=$("$crier" list --format=tsv "lang:en" | grep "/en/news/104.html" | cut -f6 | grep -v "Seen in Beiling")
ok "both are rows of a folded list" test "$("$crier" list --fold --limit=0 --format=tsv | cut -f6 | grep -cxF -e "$title" -e "Seen in Beiling")" = 2
is "that of the portal for all of its languages" "$("$crier" list --fold --limit=0 --format=tsv | grep -c "/news/104.html")" 2
finish
