#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What portals may send, on the screen: titles without end, piles of marks, control sequences, a
# paragraph of 5 MB, a table of 5000 columns, on terminals down to one cell.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 12
python3 - "$T" <<'PY' &
import http.server, json, os, sys
folder = sys.argv[1]
titles = ["T" * 10000, "图" * 10000, "a" + "́" * 5000 + "b", "\x1b]0;owned\x07\x1b[2J\x1b[31mred", "x‮evil‏ ⁦end",
          "\u009b31mC1 \u009d0;t\u009c", "👨‍👩‍👧‍👦" * 300, "\t\r\n".join("tab"), "Paragraph", "Table"]
rows = "".join("<td>%d</td>" % n for n in range(5000))
bodies = ["text"] * 8 + ["<p>" + "слово 图书馆 word " * 210000 + "</p>", "<table><tr>%s</tr><tr>%s</tr></table>" % (rows.replace("td>", "th>"), rows)]
items = []
for n, (title, body) in enumerate(zip(titles, bodies)):
    items.append({"id": str(n), "title": title, "content_html": body, "url": "http://127.0.0.1/%d" % n, "date_published": "2025-10-%02dT08:00:00Z" % (n + 1)})
feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Hostile \x1b[31m", "items": items}).encode()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/feed+json")
        self.send_header("Content-Length", str(len(feed)))
        self.end_headers()
        self.wfile.write(feed)
    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(folder + "/port.new", "w") as f:
    f.write(str(server.server_port))
os.rename(folder + "/port.new", folder + "/port")
server.serve_forever()
PY
portal_pid=$!
while [ ! -s "$T/port" ]; do sleep 0.02; done
"$crier" add --no-discover "http://127.0.0.1:$(cat "$T/port")/feed.json" >/dev/null
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
