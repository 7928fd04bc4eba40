#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What portals may send, on the screen: titles without end, piles of marks, control sequences, a
# paragraph of 5 MB, a table of 5000 columns, on terminals down to one cell.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 12
mkdir "$T/www"
python3 - >"$T/www/feed.json" <<'PY'
import json
titles = ["T" * 10000, "图" * 10000, "a" + "\u0301" * 5000 + "b", "\x1b]0;owned\x07\x1b[2J\x1b[31mred", "x\u202eevil\u200f \u2066end",
          "\u009b31mC1 \u009d0;t\u009c", "👨\u200d👩\u200d👧\u200d👦" * 300, "tab\tb\r\n", "Paragraph", "Table"]
cells = "".join("<td>%d</td>" % n for n in range(5000))
bodies = ["text"] * 8 + ["<p>" + "слово 图书馆 word " * 210000 + "</p>", "<table><tr>%s</tr><tr>%s</tr></table>" % (cells.replace("td>", "th>"), cells)]
items = [{"id": str(n), "title": title, "content_html": body, "url": "@BASE@/%d" % n, "date_published": "2025-10-%02dT08:00:00Z" % (n + 1)}
         for n, (title, body) in enumerate(zip(titles, bodies))]
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Hostile \x1b[31m", "items": items}))
PY
serve "$T/www"
"$crier" add --no-discover "$BASE/feed.json" >/dev/null
run "$crier" fetch --progress=none
status_is "hostile articles are stored" 0
ok "all of them" test "$("$crier" list --format=tsv | wc -l)" = 10

# clean FILE: no control character but line feeds, no bidi control, nothing of C1
clean() {
    python3 - "$1" <<'PY'
import sys, unicodedata
text = open(sys.argv[1], encoding="utf-8").read()
bad = sorted({hex(ord(c)) for c in text if (unicodedata.category(c) == "Cc" and c != "\n") or c in "‪‫‬‭‮⁦⁧⁨⁩‎‏"})
sys.exit("control characters: " + " ".join(bad) if bad else 0)
PY
}

for size in "1 1" "2 2" "40 10" "80 24" "200 60"; do
    {
        echo "size $size"
        echo "dump"
        echo "keys Enter"
        echo "dump"
        for n in 1 2 3 4 5 6 7 8 9 10; do
            printf 'keys g %s Enter\ndump\nkeys G Space b . . , <\ndump\nkeys q\n' "$n"
        done
        echo "keys / "
        echo "type 图"
        echo "keys Enter"
        echo "dump"
    } | sed 's/g 10 Enter/g 1 0 Enter/' >"$T/script"
    rm -rf "$T/used"
    cp -r "$T/data" "$T/used"
    run timeout 120 env XDG_DATA_HOME="$T/used" "$crier" --script "$T/script"
    status_is "every article opens at $size" 0
    ok "and no control character is shown" clean "$out"
done
finish
