#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What saved queries have that is unread stands in their rows; bars of lists without rows name no key of a row.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 30
python3 - "$T" <<'END'
import sys
def feed(name, title, count, word):
    items = "".join(f"<item><title>Notice {n}{word if n % 2 else ''}</title><guid>{name}{n}</guid></item>" for n in range(1, count + 1))
    open(f"{sys.argv[1]}/{name}.xml", "w").write(f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>')
feed("town", "Town", 6, " of roads")
feed("many", "Many", 1100, "")
END
{
    echo "file://$T/town.xml"
    printf '"query:%s"\n' 'About roads:roads' 'Nothing:nonsense' 'Stars:is:starred'
} >"$CONFIG/urls"
"$crier" fetch --progress=none

play <<'END'
dump
keys j j Enter Enter q q
dump
size 30 12
dump
size 200 12
dump
END
on 1 "a row says what is unread of it" "  About roads                                                               3/3"
on 1 "be it nothing" "  Nothing                                                                   0/0"
on 1 "beside the rows of sources" "  Town                                                                      6/6"
on 2 "what was read since is no longer counted" "  About roads                                                               2/3"
on 3 "in few cells, too" "  About roads               2"
on 4 "and in a pane" "  About roads                    2 │"
play <<'END'
dump
keys Home j j n
dump
END
on 2 "the next unread article may be one of a query" " of roads"
printf '%s\n' '3' 'q' >"$T/typed"
"$crier" --plain <"$T/typed" >"$T/lines" 2>&1
has "in lines it is said" "$T/lines" "About roads: "
has "with the word" "$T/lines" "Nothing: 0 unread of 0"
echo '"query:Every notice:notice"' >>"$CONFIG/urls"
echo "file://$T/many.xml" >>"$CONFIG/urls"
"$crier" fetch --progress=none
play <<'END'
dump
END
on 1 "of many it is said that they are more" "  Every notice                                                      1000+/1000+"
"$crier" --plain <"$T/typed" >"$T/lines" 2>&1
has "in lines, too" "$T/lines" "Every notice: more than 1000 unread"

"$crier" mark read notice 2>/dev/null
play <<'END'
dump
END
on 1 "what is read of many, too" "  Every notice                                                          0/1000+"
"$crier" --plain <"$T/typed" >"$T/lines" 2>&1
has "and said" "$T/lines" "Every notice: 0 unread of more than 1000"
"$crier" mark unread notice 2>/dev/null

star=$("$crier" list --format=tsv --limit=1 is:unread | cut -f1)
"$crier" mark starred "$star" 2>/dev/null
play <<'END'
dump
keys j Enter m q
dump
END
"$crier" mark unstarred "$star" 2>/dev/null
on 1 "what has a star and is unread is counted, too" "  Starred                                                                   1/1"
on 2 "until it is read" "  Starred                                                                   0/1"
"$crier" --plain <"$T/typed" >"$T/lines" 2>&1
has "and told" "$T/lines" "Starred: 0 unread of 0"

# --- bars where there is no row
bar() {
    sed -n '$p' "$T/screen.$1" >"$T/bar"
}
play <<'END'
keys A
dump
END
bar 1
has "an empty agenda is left" "$T/bar" "q close"
for word in star save open browser unread; do
    has_not "and has nothing to do with: $word" "$T/bar" "$word"
done
play <<'END'
keys j Enter
dump
END
bar 1
has_not "an empty list leads to nothing unread" "$T/bar" "unread"
has_not "and to no other language" "$T/bar" "language"
play <<'END'
keys a
type nosuchtownanywhere
dump
END
bar 1
has_not "nothing is chosen where nothing matches" "$T/bar" "choose"

# --- the way out of a filter
play <<'END'
keys Enter
dump
keys f
type zzz
keys Enter
dump
keys F q Backslash
type zzz
keys Enter
dump
END
bar 1
has_not "a list without a filter has none to take off" "$T/bar" "unfilter"
bar 2
has "one with a filter has" "$T/bar" "F unfilter"
on 2 "and where nothing matches that is said with the key" "No article matches. F shows the whole list again."
bar 3
has_not "a search has none" "$T/bar" "unfilter"
has_not "nor says it so" "$T/screen.3" "whole list"
finish
