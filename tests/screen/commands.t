#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The line that `:` opens, links that are chosen from a list, and what the reader answers to keys that lead nowhere.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 31
mkdir -p "$T/www"
cat >"$T/www/feed.json" <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": [
{"id": "1", "title": "First notice", "url": "@BASE@/1.html", "date_published": "2025-10-20T08:00:00Z",
 "content_html": "<p>See <a href='@BASE@/2.html'>the second notice</a> and <a href='http://elsewhere.example/'>another city</a>.</p>"},
{"id": "2", "title": "Second notice", "url": "@BASE@/2.html", "date_published": "2025-10-19T08:00:00Z", "content_html": "<p>It is short.</p>"},
{"id": "3", "title": "Third notice", "url": "@BASE@/3.html", "date_published": "2025-10-18T08:00:00Z", "content_html": "<p>It is short too.</p>"}]}
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cp -r "$T/data" "$T/fresh"

# shows NAME TEXT: a script on standard input, in a home as it was after the fetch; TEXT is on its last screen
shows() {
    rm -rf "$T/data"
    cp -r "$T/fresh" "$T/data"
    {
        echo "size 80 24"
        cat
        echo "dump"
    } >"$T/script"
    run "$crier" --set=ui.browser='sh -c "echo %u >'"$T"'/opened"' --script "$T/script"
    tail -n 24 "$out" >"$T/screen"
    [ "$status" = 0 ] || show "$err"
    has "$1" "$T/screen" "$2"
}
# line NAME LINE TEXT: the same for a line that is typed in the list
line() {
    shows "$1" "$3" <<END
keys Enter :
type $2
keys Enter
END
}

line "a number goes to that article" "3" "3/3"
line "an action has a number too" "first 2" "2/3"
line "an action goes by its beginning" "las" "3/3"
line "or by a part that is in no other" "-all-" "there is no action '-all-'"
line "several beginnings are not chosen from" "toggle" "several actions begin with 'toggle': toggle-read, toggle-star"
line "an unknown action is said to be none" "fly" "there is no action 'fly'; ? helps"
line "an action of another view too" "next-link" "'next-link' does nothing here; it acts in: an article"
line "a setting is told" "set ui.theme" "ui.theme=default ("
line "one that was set says how long it stays" "set ui.dates=relative" "ui.dates=relative until crier ends; write it into crier.conf"
line "an unknown one is said to be none" "set ui.colour=red" "there is no setting 'ui.colour'"
line "a value that it cannot have is refused" "set ui.hyperlinks=perhaps" "perhaps"
line "what an action would ask for follows it" "filter Third" "1/1"
line "a number behind an action is its row" "toggle-star 2" "2/3"
line "what an action cannot take is refused" "delete 2; open" "only a number can stand behind 'delete'"
line "an action that takes nothing says so" "mark-all-read x" "nothing can stand behind 'mark-all-read' here"
shows "the values of a setting are offered" ":set ui.hyperlinks=" <<'END'
keys :
type set ui.hyperl
keys Tab Tab
END
shows "so are the terms of queries" "Filter: (Third OR -has:attachment" <<'END'
keys Enter f
type (Third OR -has:a
keys Tab
END
shows "and the fields" "Search all: is:unread" <<'END'
keys Enter Backslash
type is
keys Tab Tab
END
shows "an empty line does nothing" "1/3" <<'END'
keys Enter : Enter
END
shows "^C does not end the reader" "press Q to quit" <<'END'
keys Enter ^C
END

# --- links of an article, from their list
shows "the list of links is narrowed by typing" "another city" <<'END'
keys Enter Enter U
type city
END
ok "to what was typed" test "$(grep -c "second notice" "$T/screen")" = 0
shows "Enter reads what is in the store" "It is short." <<'END'
keys Enter Enter U
type second
keys Enter
END
rm -f "$T/opened"
shows "another page opens outside" "First notice" <<'END'
keys Enter Enter U
type elsewhere
keys Enter
END
tries=0
while [ ! -s "$T/opened" ] && [ $tries -lt 1500 ]; do sleep 0.02; tries=$((tries + 1)); done
has "in the browser" "$T/opened" "http://elsewhere.example/"
shows "without a link in focus Enter says how one gets there" "Tab moves to a link" <<'END'
keys Enter Enter Enter
END
shows "a wrong number of a link opens nothing" "First notice" <<'END'
keys Enter Enter 9 Enter
END
# --- the menu
for menu in "zh_CN 日程" "ru календарь" "en agenda"; do
    # shellcheck disable=SC2086
    set -- $menu
    printf '%s\n' menu "$2" 1 | LANGUAGE=$1 "$crier" --plain >"$out" 2>&1
    printf '%s\n' agenda | LANGUAGE=$1 "$crier" --plain >"$T/agenda" 2>&1
    tail -n 3 "$out" >"$T/opened"
    tail -n 3 "$T/agenda" >"$T/wanted"
    same "it finds a view by its name ($1)" "$T/wanted" "$T/opened"
done

# --- what a fetch has brought
sed -i 's/It is short too/It has grown/' "$T/www/feed.json"
touch -d '1 hour' "$T/www/feed.json"
printf 'size 80 24\nkeys R\nwait idle\ndump\n' >"$T/script"
run "$crier" --set=fetch.pages=never --script "$T/script"
has "where all of it was there before, how one gets at what was revised" "$out" '0 new articles, 1 revised; \ is:revised lists what was revised'
finish
