#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How texts were obtained is kept, told, and written as WARC 1.1, which a reader that is not ours takes; no secret is in it.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 29
urls=$CONFIG/urls
cat >"$T/server.py" <<'END'
"""server.py PORT_FILE LOG: a feed and its pages, with cookies, a login and packed bodies; notes what it was asked with."""
import gzip, http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        base = "http://127.0.0.1:%d" % self.server.server_port
        with open(sys.argv[2], "a") as log:
            log.write(self.path + "\n" + str(self.headers) + "\n")
        if self.path.startswith("/list"):
            body = f"<html><body><ul><li><a href='{base}/1.html'>Bridge closes</a> 2025-10-02</li><li><a href='{base}/2.html'>Water off</a> 2025-10-03</li></ul></body></html>"
        elif self.path.startswith("/feed"):
            body = f"<rss version='2.0'><channel><title>Ola</title><item><title>Fair</title><link>{base}/3.html</link><guid>x3</guid><pubDate>Wed, 01 Oct 2025 08:00:00 GMT</pubDate></item></channel></rss>"
        elif self.path.endswith(".pdf"):
            body = "%PDF-1.4 not much"
        else:
            body = f"<html><head><meta charset='utf-8'><title>T</title></head><body><div class='text'><h1>A notice of the city of Ola</h1><p>The bridge over the river is closed from Monday on, until the work is done. День {self.path}.</p><p><a href='{base}/plan.pdf'>Plan</a></p></div></body></html>"
        data = gzip.compress(body.encode(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if "feed" in self.path else "application/pdf" if "pdf" in self.path else "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Set-Cookie", "sid=hush-cookie; Path=/")
        self.send_header("X-Session-Token", "hush-session")
        self.send_header("X-Node", "city-7")
        self.send_header("Link", f"<{base}/next?token=hush-link>; rel=next")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
END
cat >"$T/read.py" <<'END'
"""read.py WARC: its records by the standard, whose lengths and digests must be right."""
import base64, hashlib, re, sys
data, seen, ids = open(sys.argv[1], "rb").read(), [], set()
while data:
    head, data = data.split(b"\r\n\r\n", 1)
    lines = head.split(b"\r\n")
    assert lines[0] == b"WARC/1.1", lines[0]
    fields = dict(line.decode().split(": ", 1) for line in lines[1:])
    block, data = data[:int(fields["Content-Length"])], data[int(fields["Content-Length"]):]
    assert data[:4] == b"\r\n\r\n", data[:20]
    data = data[4:]
    digest = lambda b: "sha256:" + base64.b32encode(hashlib.sha256(b).digest()).decode()
    assert fields["WARC-Block-Digest"] == digest(block)
    assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", fields["WARC-Record-ID"]) and fields["WARC-Record-ID"] not in ids
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", fields["WARC-Date"])
    ids.add(fields["WARC-Record-ID"])
    kind = fields["WARC-Type"]
    if kind in ("response", "request"):
        top, body = block.split(b"\r\n\r\n", 1)
        http = [line.split(b": ", 1) for line in top.split(b"\r\n")[1:]]
        first = top.split(b"\r\n")[0]
        assert re.fullmatch(rb"HTTP/1\.1 200 .*" if kind == "response" else rb"(GET|POST) /\S* HTTP/1\.1", first), first
        if kind == "response":
            assert fields["WARC-Payload-Digest"] == digest(body)
            assert [int(v) for n, v in http if n.lower() == b"content-length"] == [len(body)]
            assert not [n for n, _ in http if n.lower() in (b"content-encoding", b"transfer-encoding")]
        else:
            assert fields["WARC-Concurrent-To"] in ids
    seen.append(kind + " " + re.sub(r"http://127\.0\.0\.1:\d+", "", fields.get("WARC-Target-URI", "")))
print("\n".join(seen))
END
python3 "$T/server.py" "$T/port" "$T/asked" &
portal_pid=$!
while [ ! -s "$T/port" ]; do sleep 0.02; done
PORT=$(cat "$T/port")
cat >"$CONFIG/portals/ola.portal" <<END
[Portal]
Name=Ola
Home=http://127.0.0.1:$PORT/
Header.X-Api-Key=hush-key
Header.Cookie=own=hush-own
Cookies=true

[Edition en]
Name=English

[Section en/news]
Name=News
Url=http://127.0.0.1:$PORT/list
Rows=//li
END
printf 'portal:ola\nhttp://me:hush-login@127.0.0.1:%s/feed?token=hush-token "feed"\n' "$PORT" >"$urls"
run "$crier" fetch --full --progress=none --set=fetch.attachments=always
status_is "a city is fetched" 0
for secret in hush-key hush-own hush-cookie hush-token; do
    has "$secret was told to the server, or by it" "$T/asked" "$secret"
done
has "the login too" "$T/asked" "Authorization: Basic"

# what is told
number=$("$crier" list --format=tsv title:bridge | cut -f 1)
run "$crier" show --evidence "$number"
status_is "how a text was obtained is told" 0
cp "$out" "$T/told"
for line in "> GET /1.html HTTP/1.1" "> Host: 127.0.0.1:$PORT" "> User-Agent: crier/" "< HTTP/1.0 200 OK" "< X-Node: city-7" "< Content-Encoding: gzip" "token=***"; do
    has "$line" "$T/told" "$line"
done
run "$crier" show --evidence --format=json "$number"
python3 - "$out" >"$T/seen" <<'END'
import json, re, sys
o = json.load(open(sys.argv[1]))
print(o["texts"][0]["origin"], len(o["texts"][0]["sha256"]), o["page"]["intact"], o["page"]["fetched"], len(o["page"]["sha256"]), o["page"]["request"][0],
      o["source"]["intact"], [f["bytes"] for f in o["files"]], [len(f["sha256"]) for f in o["files"]])
END
echo "page 64 True 2025-10-25T00:00:00Z 64 GET /1.html HTTP/1.1 True [17] [64]" >"$T/expected"
same "and as JSON" "$T/expected" "$T/seen"
run "$crier" show --evidence --format=html "$number"
status_is "in no other form" 1

# WARC
run "$crier" export --what=articles --format=warc --output="$T/all.warc" all
status_is "evidence is written" 0
run python3 "$T/read.py" "$T/all.warc"
status_is "and read by the standard" 0
sort "$out" >"$T/seen"
cat >"$T/expected" <<'END'
request /1.html
request /2.html
request /3.html
request /feed?token=***
request /list
resource /plan.pdf
response /1.html
response /2.html
response /3.html
response /feed?token=***
response /list
warcinfo 
END
same "all of it, once" "$T/expected" "$T/seen"
cat "$T/all.warc" "$T/told" >"$T/everything"
"$crier" show --evidence --format=json 1 2 3 >>"$T/everything"
has_not "no secret is in any of it" "$T/everything" hush
ok "nor a cookie or a login" sh -c '! grep -aqi "^[<> ]*\(set-\)\?cookie:\|authorization:" "$1"' sh "$T/everything"
"$crier" export --format=warc all >"$T/again.warc"
ok "the same articles are the same bytes" cmp "$T/all.warc" "$T/again.warc"
run sh -c '"$1" export --format=warc all >/dev/full' sh "$crier"
status_is "what cannot be written is told" 74
run "$crier" export --format=warc --output="$T/none/x.warc" all
status_is "also of a file" 74
ok "of which nothing stays" test -z "$(find "$T" -name '*.warc.*')"
run "$crier" reprocess all
status_is "it is read again as before" 0
run "$crier" store check
status_is "and sound" 0

# what was stored before headers were kept
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE pages SET evidence = NULL, sha256 = NULL WHERE url LIKE ?", ("%/1.html",))
db.execute("UPDATE pages SET sha256 = ? WHERE url LIKE ?", ("0" * 64, "%/2.html"))
db.commit()' "$STORE"
"$crier" export --format=warc --output="$T/old.warc" all
run python3 "$T/read.py" "$T/old.warc"
has "is a resource" "$out" "resource /1.html"
run "$crier" show --evidence "$("$crier" list --format=tsv title:water | cut -f 1)"
has "bytes that are others are told" "$out" "(the stored bytes are others)"
finish
