#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The agenda's rows: what is done to one is done to its article, as in every list.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 48
mkdir "$T/town"
serve "$T/town"
export CRIER_NOW=1747740000 # 20 May 2025
rows() {
    python3 - "$@" >"$T/town/feed.xml" <<'END'
import sys
texts = {"Water": "22 мая 2025 года с 9:00 до 17:00 в домах по улице Садовой будет отключена холодная вода.",
         "Grants": "Applications must be submitted by June 15, 2025.",
         "Parking": "The rules take effect on July 1, 2025.",
         "Market": "The market begins on May 21, 2025.",
         "News": "Nothing is due."}
print('<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Beiling</title>')
for title in sys.argv[1:]:
    print(f'<item><guid isPermaLink="false">{title}</guid><title>{title}</title><link>@BASE@/{title}.html</link>'
          f'<pubDate>Tue, 20 May 2025 08:00:00 GMT</pubDate><dc:language>{"ru" if title == "Water" else "en"}</dc:language><description>{texts[title]}</description></item>')
print('</channel></rss>')
END
}
rows Water Grants Parking News
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cp -r "$T/data" "$T/fresh"
printf '#!/bin/sh\ncat >%s/got; echo piped\n' "$T" >"$T/take"
chmod +x "$T/take"
printf '[command take]\nexec=%s/take\ninput=text\n[command bookmark]\nexec=%s/take\ninput=text\n' "$T" "$T" >"$CONFIG/crier.conf"

# play: a script on standard input in a home as it was after the fetch
play() {
    rm -rf "$T/data"
    cp -r "$T/fresh" "$T/data"
    { echo "size 80 16"; cat; } >"$T/script"
    run "$crier" --set=fetch.pages=never --set=ui.browser="sh -c 'echo %u >$T/opened'" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
    screens "$T/script" "$out"
}
# row N TEXT: the screen N has a line that matches
row() {
    grep -qE -- "$3" "$T/screen.$2" || show "$T/screen.$2"
    ok "$1" grep -qE -- "$3" "$T/screen.$2"
}
# found QUERY: how many articles a query finds
found() {
    "$crier" list "$1" | wc -l
}

# --- marks, and undo
play <<'END'
keys A
dump
keys j s
dump
keys u
dump
keys ^R
dump
END
row "an unread article is seen to be" 1 "^● 2025-05-22.*Water"
row "a star is seen in its row" 2 "^●★.* 17:00 .*Water"
row "and in each of the article" 2 "^●★2025-05-22 .*Water"
ok "it is a star of the article" test "$(found is:starred)" = 1
has "undo takes it away" "$T/screen.3" "undone: Water"
row "from the row, too" 3 "^● .*Water"
row "redo gives it again" 4 "^●★.*Water"
play <<'END'
keys A G m
dump
keys M
dump
keys u
dump
END
row "m marks as read" 1 "^  2025-07-01.*Parking"
has "M marks all that have rows" "$T/screen.2" "2 articles marked as read"
ok "and nothing else" test "$(found is:unread)" = 3
row "it is undone" 3 "^● .*Water"
play <<'END'
keys A M M
dump
END
has "what is read is told" "$T/screen.1" "nothing here was unread"
play <<'END'
keys A j j D
dump
keys u
dump
END
has "D deletes" "$T/screen.1" "1 article deleted; u undoes it"
ok "its row is gone" sh -c '! grep -q Grants "$1"' - "$T/screen.1"
row "the next row comes to stand there" 1 "^● 2025-07-01.*Parking"
row "undo brings it back" 2 "Grants"
play <<'END'
keys A j j t
type due
keys Enter
dump
END
has "t tags" "$T/screen.1" "1 article tagged due"
ok "the article" test "$(found tag:due)" = 1

# --- what else is done to an article
play <<'END'
keys A j j o
wait opened:
dump
keys y t
dump
keys y y
dump
keys y b
dump
keys | |
dump
keys B
wait bookmark: piped
dump
keys !
type take
keys Enter
wait take: piped
dump
keys w
type x
dump
keys Esc i
dump
keys q v
dump
keys q C
dump
keys x
wait idle
dump
END
ok "o opens its page" grep -q "Grants.html" "$T/opened"
has "yt copies its title" "$T/screen.2" "copied: Grants"
has "yy its address" "$T/screen.3" "Grants.html"
has "yb its text" "$T/screen.4" "copied: the text"
has "|| pipes it" "$T/screen.5" "a command can be typed on a terminal only"
has "B bookmarks it" "$T/screen.6" "bookmark: piped"
has "a command gets it" "$T/got" "Applications must be submitted"
has "and says so" "$T/screen.7" "take: piped"
has "w saves it" "$T/screen.8" "Save as (.txt .md .html): Grants.txtx"
has "i tells where it comes from" "$T/screen.9" "First seen"
has "v shows its changes" "$T/screen.10" "Grants"
has "C what is related" "$T/screen.11" "nothing is related to it"
has_not "x fetches its page" "$T/screen.12" "does nothing here"

# --- the rest of a list
play <<'END'
keys A n
dump
keys J
dump
keys J
dump
keys J
dump
keys K
dump
keys q n n
dump
keys q N
dump
END
row "n opens what is unread" 1 "Water"
row "J goes to the next article, of which there are rows" 2 "Grants"
row "and on" 3 "Parking"
has "to the last" "$T/screen.4" "this is the last article"
row "K back" 5 "Grants"
has "n tells that nothing is unread" "$T/screen.6" "no more unread articles here"
play <<'END'
keys A S d
dump
keys f
dump
keys / G r a n t Enter
dump
END
has "what only lists can is refused" "$T/screen.2" "f does nothing here"
has "from the first key on" "$T/screen.1" "d does nothing here"
row "it is searched" 3 "1/1"
play <<'END'
keys A ?
dump
END
has "the help is of the agenda" "$T/screen.1" "In the agenda"

# --- keys that were bound for lists are those of the agenda
printf '[keys list]\ns=none\nZ=toggle-star\n' >>"$CONFIG/crier.conf"
play <<'END'
keys A j Z
dump
END
row "keys of lists are its keys" 1 "^●★.*Water"

# --- the cursor stays on its row when others come above it
rows Water Grants Parking News Market
play <<'END'
keys A j j j
keys R
wait idle
dump
END
row "what comes above moves nothing" 1 "5/5"

# --- in lines
plain() {
    rm -rf "$T/data"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set=fetch.pages=never --plain >"$out" 2>&1
}
plain A "toggle-star 3" undo "delete 4" "open 1"
has "a row is named by its number" "$out" "starred: Grants"
has "its marks are undone" "$out" "undone: Grants, without a star"
has "each by its own" "$out" "deleted: Parking"
has "and it is opened" "$out" "/Water.html"
plain A "toggle-star 3" "toggle-star 1" undo undo delete
has "a key acts on the row whose article was undone" "$out" "deleted: Grants"
finish
