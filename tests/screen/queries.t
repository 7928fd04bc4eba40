#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Queries as they are typed: what is wrong with one is said at once; and what is fetched of saved ones.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 33
mkdir "$T/files"
python3 - "$T/files" <<'END'
import sys
items = "".join(f"<item><title>Notice {n}</title><guid>{n}</guid><description>Text.</description></item>" for n in range(1, 4))
open(f"{sys.argv[1]}/feed.xml", "w").write(f'<rss version="2.0"><channel><title>Town</title>{items}</channel></rss>')
END
serve "$T/files"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none

play <<'END'
keys Enter f
type is:unraed
dump
keys Backspace Backspace Backspace Backspace
type read
dump
keys ^U
type (notice
dump
keys Esc
dump
keys e
dump
keys q f
type since:tomorow
keys Enter
dump
END
on 1 "a filter that is wrong says so while it is typed" "'is:unraed'"
on 1 "the prompt is still there" "Filter: is:unraed"
on 1 "and the list as it was" "Notice 3"
on 2 "what is right takes that away" "Filter: is:unread"
ok "all of it" sh -c '! grep -q unraed "$1"' - "$T/screen.2"
on 3 "a parenthesis that is open says so" "a ')' is missing"
ok "who leaves it is told nothing more" sh -c '! grep -q missing "$1"' - "$T/screen.4"
on 5 "and it is none of the errors" "Nothing is wrong."
on 6 "Enter says it as before" "'tomorow' is neither"
on 6 "and it stays to be changed" "Filter: "
play <<'END'
keys Backslash
type is:unraed
dump
keys ^U
type notice
dump
keys ^U
type lang:
dump
keys ^G
dump
END
on 1 "a search says it too" "'is:unraed'"
on 1 "while it is typed" "Search all: is:unraed"
ok "until it is right" sh -c '! grep -q unraed "$1"' - "$T/screen.2"
on 3 "whatever is wrong" "lang"
has_not "and when it is left" "$T/screen.4" "lang"
play <<'END'
size 30 24
keys Enter f
type is:unraed
dump
size 20 3
dump
END
on 1 "on a narrow screen, too" "is:unraed"
on 2 "and where there is no room for words nothing breaks" "is:unraed"

# --- r on a saved query: what it names, where that can be known
for feed in two:en three:ru; do
    sed "s/Town/Feed/; s/<item>/<language>${feed#*:}<\\/language><item>/" "$T/files/feed.xml" >"$T/files/${feed%:*}.xml"
    "$crier" add --no-discover "$BASE/${feed%:*}.xml" >/dev/null
done
"$crier" --set=fetch.pages=never fetch --progress=none
# fetched QUERY WANTED: which sources r fetches on the row of a saved query, and in its list
fetched() {
    grep -v '^"query:' "$CONFIG/urls" >"$T/urls"
    { cat "$T/urls"; echo "\"query:Saved:$1\""; } >"$CONFIG/urls"
    for in in "" Enter; do
        : >"$T/files/requests.log"
        play --set=fetch.pages=never --set=fetch.auto=no --set=ui.layout=1 <<END
keys / S a v e d Enter $in r
wait idle
dump
END
        sort -u "$T/files/requests.log" | tr '\n' ' ' >"$T/got"
        printf '%s' "$2" >"$T/wanted"
        same "$1 ${in:-in the first view}" "$T/wanted" "$T/got"
    done
}
fetched "source:2" "/two.xml "
fetched "source:2 notice is:unread" "/two.xml "
fetched "(source:2 OR source:3) -source:3" "/two.xml "
fetched "lang:ru" "/feed.xml /three.xml "
fetched "-(source:2 notice)" "/feed.xml /three.xml /two.xml "
fetched "source:2 OR notice" "/feed.xml /three.xml /two.xml "
fetched "source:99" ""
on 1 "where there is none, that is said" "there is no source here that could be fetched"
play --set=fetch.pages=never --set=fetch.auto=no --set=ui.layout=1 <<'END'
keys Enter f
type source:2
keys Enter r
dump
wait idle
END
on 1 "a filter is a query, too" "fetching"
finish
