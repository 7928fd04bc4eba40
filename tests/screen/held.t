#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What was chosen, asked and typed holds: a selection its articles, a sequence its keys, a refused answer its text, a
# number what it counts.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 49
mkdir -p "$T/www"
python3 - >"$T/www/feed.json" <<'END'
import json
items = [{"id": str(i), "title": "Topic %d of the day" % i, "content_text": "Nothing.",
          "date_published": "2025-10-%02dT%02d:%02d:00Z" % (20 - i // 120, 23 - i // 5 % 24, 59 - i % 5)}
         for i in range(1, 1201)]
for i in (7, 11, 600):
    items[i - 1]["title"] = "Market day %d" % i
heads = "".join("<th>column %d</th>" % i for i in range(1, 15))
cells = "".join("<td>value %d</td>" % i for i in range(1, 15))
items.append({"id": "t", "title": "Timetable", "date_published": "2025-10-22T10:00:00Z", "content_html":
              "<table><tr>%s</tr><tr>%s</tr></table><p>Below it.</p>" % (heads, cells)})
items.append({"id": "p", "title": "Listing", "date_published": "2025-10-21T10:00:00Z", "content_html":
              "<p>Above it.</p><pre>%s END</pre>" % ("0123456789" * 12)})
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": items}))
END
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none

# look WIDTH: what the lines of a script show at last; the script is on stdin
look() {
    { echo "size $1 24"; cat; echo dump; } >"$T/script"
    run "$crier" --set=fetch.auto=no --script "$T/script"
    [ "$status" = 0 ] || show "$err"
}
hasnt() { # NAME TEXT
    if grep -qF -- "$2" "$out"; then sed 's/^/# /' "$out"; ok "$1" false; else ok "$1" true; fi
}

# a selection
look 80 <<'END'
keys Enter g j V j j
keys f
type market
keys Enter
END
has "what a filter leaves out stays selected" "$out" "3 selected, 1/3"
look 80 <<'END'
keys Enter g j V j j f
type market
keys Enter F
END
has "and nothing comes to it without the filter" "$out" "3 selected"
look 80 <<'END'
keys Enter g j V j j f
type market
keys Enter F m
END
has "those are marked" "$out" "3 articles marked as read"
"$crier" mark --quiet +unread all >/dev/null 2>&1 || :
look 80 <<'END'
keys Enter g j V j j S t
END
has "another order keeps it" "$out" "3 selected"
look 80 <<'END'
keys Enter g j V j j H
END
has "so does what is hidden" "$out" "3 selected"

# sequences
look 80 <<'END'
keys S u
END
has "a sequence of another view is taken whole" "$out" "Su does nothing here"
look 80 <<'END'
keys y t
END
has "with its second key" "$out" "yt does nothing here"
hasnt "which is not obeyed" "nothing has a tag"
look 80 <<'END'
keys A S t
END
has "in the agenda, too" "$out" "St does nothing here"
look 80 <<'END'
keys S Esc t
END
has "Esc ends it" "$out" "nothing has a tag yet"

# the order of a search
look 80 <<'END'
keys Backslash
type day
keys Enter S d
END
has "a search can be put in the order of dates" "$out" "the newest first"
has "which its title says" "$out" "by date"
look 80 <<'END'
keys Backslash
type day
keys Enter S d S r
END
has "and again in that of what fits best" "$out" "what fits best first"
hasnt "which is what it is without" "by date"
look 80 <<'END'
keys Enter S r
END
has "other lists have none" "$out" "only what a search found can be sorted by how well it fits"

# numbers
look 80 <<'END'
keys Backslash
type topic
keys Enter
END
has "what was found is counted when the question is left" "$out" "1/1197"
has "all of it" "$out" "(1197 found)"
look 80 <<'END'
keys Enter f
type topic
keys Enter
END
has "what a filter found, too" "$out" "1/1197"
look 80 <<'END'
keys Enter /
type market
keys Enter n n
END
has "the last of few matches has its number" "$out" "3/3"
look 80 <<'END'
keys Enter /
type topic
keys Enter N
END
has "and the last of many" "$out" "1197/1197"
look 80 <<'END'
keys Backslash
type topic
keys Enter G /
type topic
keys Enter
END
has "of those that are read one by one at least its own is told" "$out" "1197/1"

# commands
look 80 <<'END'
type :se ui.theme=dark
keys Enter
END
has "a beginning of two commands is told with both" "$out" "several actions begin with 'se': search, set"
has "and stays to be finished" "$out" ":se ui.theme=dark"
look 80 <<'END'
type :s
keys Enter
END
has "a shorter one with all" "$out" "several actions begin with 's': sync, search, set"
look 80 <<'END'
type :set
keys Enter
END
has "the example is of the screen" "$out" "as in: set read.measure"

# many at once
look 80 <<'END'
keys Enter M
END
has "before many articles are marked is asked" "$out" "Mark 1199 articles as read? (y/n)"
look 80 <<'END'
keys Enter M n
END
hasnt "no is no" "marked as read"
look 80 <<'END'
keys M y u
END
has "what was marked by yes is undone as so many" "$out" "undone: 1199 changes"
look 80 <<'END'
keys Enter f
type market
keys Enter M
END
has "a few are marked at once" "$out" "3 articles marked as read"
look 80 <<'END'
keys M y
END
has "yes is yes" "$out" "1196 articles marked as read; u undoes it"

# tables
look 60 <<'END'
keys Enter g Enter . . .
END
has "what is shifted are columns" "$out" "column 3 │ column 4"
hasnt "whole ones" "olumn 2"
has "the title stays" "$out" "Timetable"
has "and the text" "$out" "Below it."
look 60 <<'END'
keys Enter g Enter 1 0 0 . 1 0 0 .
END
has "up to where the last one is seen" "$out" "column 14"
has "with as many as there is room for" "$out" "column 11"
look 60 <<'END'
keys Enter g j Enter . 1 0 0 .
END
has "lines that stay as they are, too" "$out" "END"
has "beside what stays" "$out" "Above it."

# answers
look 80 <<'END'
keys Enter t
type water; drop
keys Enter
END
has "a refused tag says why" "$out" "a tag is one word"
has "and stays" "$out" "Tag (- takes away): water; drop"
look 80 <<'END'
keys Backslash
type (water OR
keys Enter
END
has "so does a search" "$out" "Search all: (water OR"
has "with its reason" "$out" "a term is missing"
look 80 <<'END'
keys Enter f
type (water OR
keys Enter
END
has "and a filter" "$out" "Filter: (water OR"
look 80 <<'END'
keys Backslash
type (topic OR
keys Enter
type  market)
keys Enter
END
has "whose end can be typed then" "$out" "(1200 found)"
look 80 <<'END'
keys Enter f
type topic -is:starred since:300d
keys Enter =
END
has "the name that is proposed can be one" "$out" "Keep this query as: topic -is starred since 300d"
look 80 <<'END'
keys Enter f
type topic
keys Enter = ^U
type My: query
keys Enter
END
has "a colon that is dropped is told" "$out" "kept among the sections: My query (a name has no colon)"

# tags of articles
look 80 <<'END'
keys G Enter g t
type water
keys Enter
END
has "a row shows its tags" "$out" "#water"
look 80 <<'END'
keys t
END
has "they have rows of their own by tag" "$out" "Articles tagged water"
look 80 <<'END'
keys t /
type tagged water
keys Enter Enter
END
has "which list them" "$out" "(1 found)"
finish
