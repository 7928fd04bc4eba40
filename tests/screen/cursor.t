#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the cursor of a list stands after rows were deleted and are back, after filters and what is hidden, and where counts lead in lines.
. "${srcdir:-.}/tests/lib.sh"
plan 37

{
    printf '<rss version="2.0"><channel><title>Town</title>'
    for n in 1 2 3 4 5 6 7 8 9; do
        printf '<item><title>Notice %s</title><guid>%s</guid><pubDate>%s</pubDate><description>One.\n\nTwo.</description></item>' \
            "$n" "$n" "$(date -u -R -d "2025-10-20 $((20 - n)):00")"
    done
    printf '<item><title>Museum</title><guid>m</guid><pubDate>%s</pubDate></item>' "$(date -u -R -d '2025-10-20 01:00')"
    printf '</channel></rss>'
} >"$T/town.xml"
printf '%s\n' "file://$T/town.xml" >"$CONFIG/urls"
"$crier" fetch --progress=none
cp "$STORE" "$T/store"

# stands NAME PLACE TITLE KEYS…: after the keys in the list of all articles the cursor stands there, on that article
stands() {
    name=$1 place=$2 title=$3
    shift 3
    rm -f "$STORE"-* "$T/state/crier/"*
    cp "$T/store" "$STORE"
    printf 'size 80 24\nkeys Enter\n%s\ndump\nkeys Enter\ndump\n' "$*" >"$T/script"
    run "$crier" --script "$T/script"
    sed -n 23p "$out" >"$T/bar"
    sed -n 26p "$out" >"$T/opened"
    if grep -q " $place\$" "$T/bar" && grep -q "$title" "$T/opened"; then
        result 0 "$name"
    else
        result 1 "$name"
        echo "# not at $place on $title:"
        show "$T/bar"
        show "$out"
    fi
}

# deleting
stands "behind a row that was deleted" 3/9 "Notice 4" "keys j j D"
stands "before the last one" 9/9 "Notice 9" "keys G D"
stands "behind an open range" 1/7 "Notice 4" "keys V j j D"
stands "behind one that was ended" 1/7 "Notice 4" "keys V j j V D"
stands "and one that was made upwards" 2/7 "Notice 5" "keys j j j V k k V D"
stands "the cursor stays where it was beside selected rows" 1/8 "Notice 3" "keys * * D"
stands "behind single rows that lie together" 2/7 "Notice 5" "keys j * * * k D"
stands "at the end before what was deleted" 7/7 "Notice 7" "keys G k k V j j V D"
# and back
stands "a row that is back" 3/10 "Notice 3" "keys j j D u"
stands "the first of an open range" 1/10 "Notice 1" "keys V j j D u"
stands "of an ended one" 1/10 "Notice 1" "keys V j j V D u"
stands "of one that was made upwards" 2/10 "Notice 2" "keys j j j V k k V D G u"
stands "of single rows, in whatever order they were selected" 2/10 "Notice 2" "keys 6 g * 2 g * 4 g * G D g u"
stands "and deleted again and back once more" 1/10 "Notice 1" "keys V j j V D u ^R u"


# what is counted as selected is what is marked
# counts NAME SELECTED MARKED KEYS…: so many are said to be selected, and so many articles are then starred
counts() {
    name=$1 selected=$2 starred=$3
    shift 3
    rm -f "$STORE"-* "$T/state/crier/"*
    cp "$T/store" "$STORE"
    printf 'size 80 24\nkeys Enter\nkeys %s\ndump\nkeys s\ndump\n' "$*" >"$T/script"
    run "$crier" --script "$T/script"
    screens "$T/script" "$out"
    sed -n 23p "$T/screen.1" >"$T/bar"
    if grep -q " $selected\$" "$T/bar" && grep -q "$starred" "$T/screen.2"; then
        result 0 "$name"
    else
        result 1 "$name"
        echo "# not '$selected' and '$starred':"
        show "$T/bar"
        show "$T/screen.2"
    fi
}
counts "a range" "3 selected, 3/10" "3 articles starred" V j j
counts "a row taken out of an open range" "2 selected, 4/10" "2 articles starred" V j j '*'
counts "and taken in again" "3 selected, 4/10" "3 articles starred" V j j '*' k '*'
counts "a row that was selected before a range over it" "2 selected, 2/10" "2 articles starred" '*' k V j
counts "a range made upwards over such" "4 selected, 2/10" "4 articles starred" '*' '*' '*' V k k
counts "a range that shrinks off one" "3 selected, 2/10" "3 articles starred" j j '*' g V j j j k k
counts "a range after an ended one over it" "4 selected, 4/10" "4 articles starred" V j j V g V j j j

# filters
stands "a filter that is cleared leaves the article" 10/10 "Museum" "keys f
type museum
keys Enter F"
stands "one that is given up goes back to where it began" 4/10 "Notice 4" "keys j j j f
type museum
keys Esc"
stands "one that is emptied too" 4/10 "Notice 4" "keys j j j f
type museum
keys Backspace Backspace Backspace Backspace Backspace Backspace Enter"
# sorting
stands "another order leaves the article" 5/10 "Notice 4" "keys j j j S t"
stands "and so does the one of before" 4/10 "Notice 4" "keys j j j S t S d"
stands "at the beginning it is the other order's first" 1/10 "Museum" "keys S t"
stands "what is selected, too" 5/10 "Notice 4" "keys j j V j S t"
# what is read
stands "hiding what is read goes to the next that is not" 3/8 "Notice 5" "keys j j m m k H"
stands "or to the last one" 8/8 "Notice 8" "keys 9 g m m G H"
stands "what is not read stays under the cursor" 4/9 "Notice 5" "keys j j m j H"
stands "and what is shown again" 5/10 "Notice 5" "keys j j m j H H"

# lines
said() {
    name=$1 expected=$2
    shift 2
    rm -f "$STORE"-*
    cp "$T/store" "$STORE"
    printf '1\n1\n' >"$T/lines"
    for line; do echo "$line"; done >>"$T/lines"
    "$crier" --plain <"$T/lines" >"$out" 2>&1
    tail -n 2 "$out" | head -n 1 >"$T/said"
    if grep -q "$expected" "$T/said"; then
        result 0 "$name"
    else
        result 1 "$name"
        show "$out"
    fi
}
said "a count behind j goes on by so many lines" "Two" g "j 3"
said "and behind k back" "Notice 1" "k 9"
said "further than there are to the last" "Two" g "j 99"
said "at which one is told so" "end of the text" g "j 99" "j 2"
said "a number behind g is that of a line" "One" "g 3"
finish
