#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sections by tag, folded and without what is read; finding with its place; and what the next session still knows.
. "${srcdir:-.}/tests/lib.sh"
plan 39
need python3
mkdir -p "$T/site"
feed() { # NAME TITLE ITEM…
    file=$1 title=$2
    shift 2
    {
        printf '<rss version="2.0"><channel><title>%s</title>' "$title"
        for item; do
            printf '<item><title>%s</title><link>@BASE@/%s/%s</link><description>&lt;p&gt;A bridge.&lt;/p&gt;&lt;p&gt;No more.&lt;/p&gt;&lt;p&gt;Another bridge.&lt;/p&gt;&lt;p&gt;The last Bridge&lt;/p&gt;</description></item>' "$item" "$file" "$(echo "$item" | tr ' ' -)"
        done
        printf '</channel></rss>'
    } >"$T/site/$file.xml"
}
feed mains "Water mains" "Mains burst" "Mains mended" "Apples"
feed river "River levels" "River high"
feed buses "Buses" "Bus late"
serve "$T/site"
"$crier" add --tag=water "$BASE/mains.xml" >/dev/null
"$crier" add --tag=water --tag=works "$BASE/river.xml" >/dev/null
"$crier" add "$BASE/buses.xml" >/dev/null
"$crier" fetch --progress=none
STATE=$T/.local/state/crier
unset XDG_STATE_HOME
cd "$T" || exit 1

script() {
    { echo "size 80 24"; cat; } >"$T/script"
    run "$crier" --script "$T/script"
    [ "$status" = 0 ] || show "$err"
}
# count N TEXT: lines of the output that hold it
count() {
    test "$(grep -cF -- "$2" "$out")" = "$1"
}
reader() {
    run python3 "$srcdir/tests/kit/terminal.py" "$@" -- "$crier"
}

# --- sections
script <<'END'
keys t
dump
END
has "a tag is a group" "$out" "  water"
ok "of which each source of several is part" count 2 "River levels"
has "what has none stands behind" "$out" "without a tag"
script <<'END'
keys t j j Enter
dump
END
has "a group is a list of its sources" "$out" "River high"
ok "and of no others" sh -c '! grep -q "Bus late" "$1"' sh "$out"
script <<'END'
keys t j j M
wait 4 articles
keys H
dump
END
ok "a tag's articles are marked as read with one key" count 0 "River levels"
has "and what is unread stays" "$out" "Buses"
script <<'END'
keys u t j j j -
dump
END
ok "a group is folded from within" count 0 "Water mains"
ok "the others are not" count 1 "River levels"
has "it shows that it is" "$out" "▸ water"
has "and what it holds" "$out" "0/4"
script <<'END'
keys t j j - -
dump
END
has "and unfolded" "$out" "Water mains"
script <<'END'
keys - 
dump
END
has "what is no group cannot be folded" "$out" "only groups of sources can be folded"

# --- finding
script <<'END'
keys Enter /
type mains
dump
keys Enter
dump
keys n
dump
keys n
dump
keys N
dump
END
screens "$T/script" "$out"
has "the matches are counted while one types" "$T/screen.1" "/2"
has "and afterwards" "$T/screen.2" "1/2"
has "the next" "$T/screen.3" "2/2"
has "after the last comes the first" "$T/screen.4" "1/2, from the beginning again"
has "and before it the last" "$T/screen.5" "2/2, from the end again"
script <<'END'
keys Enter /
type Apples
keys Enter n
dump
END
has "one that is alone" "$out" "1/1, there is no other"
script <<'END'
keys Enter /
type Zebra
dump
END
has "what is not there is said while one types" "$out" "not found"
script <<'END'
size 80 30
keys Enter Enter /
type bridge
keys Enter
dump
keys n n
dump
END
screens "$T/script" "$out"
has "matches at the end of a text are counted, too" "$T/screen.1" "1/3"
has "and gone through though nothing scrolls" "$T/screen.2" "3/3"

# --- the next session
clear=$(printf '\025') # what is refused stays where one types
reader "see:unread" "type:t" "see:by tag" "type:jj-" "see:▸" "type:g
" "see:River" "type:St" "see:by title" "type:q" "see:unread" "type::find" "type:
" "see:Find" "type:river
" "see:/" "type::set fetch.proxy=http://ann:secret@127.0.0.1:1" "type:
" "see:--set" "type:${clear}set fetch.proxy=ann:secret@127.0.0.1:1" "type:
" "type:${clear}set fetch.header.Cookie secret" "type:
" "see:no setting" "type:${clear}quit
"
status_is "a session ends" 0
ok "what it leaves is for the user alone" sh -c 'test "$(stat -c %a "$1/reader" "$1/history" | sort -u)" = 600' sh "$STATE"
has "it has what was typed" "$STATE/history" "find	river"
ok "but no secret" sh -c '! grep -q secret "$1"' sh "$STATE/history"
reader "see:▸ water" "type:
" "see:by title" "type:q" "see:unread" "type:/" "see:Find" "type:$(printf '\033OA')" "see:river" "type:$(printf '\033')" "type:Q"
status_is "the next one stands by tag, sorted, and knows what was found" 0
reader "see:unread" size:120x24 "see:│" "type:z" "see:3 panes" "type:zz" "see:by the width" "type:Q"
status_is "panes go by the width again after their last number" 0
has "which is kept, too" "$STATE/reader" "layout=0"
printf '[settings]\nlist.sort=source\n' >"$CONFIG/crier.conf"
reader "see:water" "type:
" "see:by source" "type:Q"
status_is "what crier.conf states comes first" 0
printf '[settings]\nui.history=0\n' >"$CONFIG/crier.conf"
rm -rf "$STATE"
reader "see:unread" "type:t/" "see:Find" "type:river
" "see:/" "type:Q"
ok "ui.history=0 keeps nothing" test ! -e "$STATE/reader" -a ! -e "$STATE/history"
rm -f "$CONFIG/crier.conf"
mkdir -p "$STATE"
printf 'find\tok\nfind\t\033]52;c;QQ==\007\nnonsense\n\377\n' >"$STATE/history"
printf 'layout=99999999999\nfolded=\001\n' >"$STATE/reader"
reader "see:unread" "type:/" "see:Find" "type:$(printf '\033OA')" "type:
" "see:not found" "type:Q"
status_is "files that are damaged stop nobody" 0

# --- names that are mistyped
script <<'END'
type :quti
keys Enter
dump
keys Esc
type :set ui.them=dark
keys Enter
dump
keys Esc
type :set ui.
keys Tab
dump
END
has "an action" "$out" "there is no action 'quti'; did you mean 'quit'?"
has "a setting" "$out" "there is no setting 'ui.them'; did you mean 'ui.theme'?"
ok "choices that have no room are told of" sh -c 'grep -qE ">$" "$1"' sh "$out"
script <<'END'
type :set ui.keymap=news
keys Tab Enter
type :help
keys Enter
dump
END
has "values are completed" "$out" "Help"
"$crier" mark +wet-feet title:Apples >/dev/null
"$crier" mark +orchard title:Apples >/dev/null
script <<'END'
keys Enter f
type tag:or
keys Tab
dump
END
has "tags that articles have are completed in queries" "$out" "Filter: tag:orchard"
script <<'END'
keys Enter f
type -tag:we
keys Tab
dump
END
has "where they are excluded, too" "$out" 'Filter: -tag:wet-feet'
script <<'END'
keys Enter t
type -we
keys Tab
dump
END
has "and where tags are given or taken away" "$out" "Tag (- takes away): -wet-feet"
finish
