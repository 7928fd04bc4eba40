#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A selection while rows come, go and change their order: it is of articles, not of places.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 9
mkdir "$T/files"
feed() {
    python3 - "$1" >"$T/files/feed.xml" <<'END'
import sys
items = "".join(f"<item><title>Notice {n:02} of {'roads' if n % 2 else 'water'}</title><guid>{n}</guid><pubDate>Sat, 25 Oct 2025 {n:02}:00:00 GMT</pubDate>"
                f"<description>Text.</description></item>" for n in range(1, int(sys.argv[1]) + 1))
print(f'<rss version="2.0"><channel><title>Town</title>{items}</channel></rss>')
END
}
feed 10
serve "$T/files"
"$crier" add --no-discover "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none
cp -r "$T/data" "$T/fresh"
# starred WANTED KEY…: which notices have a star after a fetch has brought others
starred() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    play --set=fetch.pages=never --set=fetch.auto=no
    "$crier" list --format=json is:starred | grep -o 'Notice [0-9]*' | sort | tr -dc '0-9\n' | tr '\n' ' ' >"$T/got"
    has "$1" "$T/got" "$2"
    printf '%s' "$2" >"$T/wanted"
    same "$1, and no others" "$T/wanted" "$T/got"
}
feed 13
starred "a range is of the articles on which it was begun" "06 07 08 " <<'END'
keys Enter 3 g V j j R
wait idle
keys s
END
starred "upwards, too" "06 07 08 " <<'END'
keys Enter 5 g V k k R
wait idle
keys s
END
starred "with single rows beside it" "01 07 08 " <<'END'
keys Enter G * 3 g V j R
wait idle
keys s
END
starred "in another order" "08 09 10 " <<'END'
keys Enter V j j S t G
keys 4 g s
END
play --set=fetch.pages=never --set=fetch.auto=no <<'END'
keys Enter 3 g V j R
wait idle
dump
END
on 1 "how many it is of" "2 selected"
finish
