#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies and answers that are built to cost whoever reads them.

    bombs.py list                   the bodies, a line each: NAME COMMAND
    bombs.py NAME MEGABYTES         one of them
    bombs.py serve PORT_FILE        a server of what does not end, on 127.0.0.1; the port when it listens

    /honest.xml           a feed of two entries
    /twice                gzip within gzip of 64 MB of zeros
    /itself.xml           an index of sitemaps that names itself
    /page/N.html          a list of twenty, and a way on to the next page
    /go/N                 a redirect to the next one
    /refresh/N            a page that is replaced by the next one
    /headers              a feed behind a million of headers
    /cookies              a feed behind 100 000 cookies
    /links                a feed with 4000 links in its headers
    /drip                 a byte now and then, for ever
"""
import gzip
import http.server
import os
import re
import sys
import time

ARTICLE = ("<html><head><title>A notice of the town</title></head><body><h1>A notice of the town</h1><p>2025-10-20</p><div>"
           "<p>" + "This is the text of the notice, long enough to count as an article for the rule. " * 6 + "</p>")
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'

# name -> (command, what stands before, what is repeated, with @ for its number, what stands behind)
BODIES = {
    "lines": ("extract", ARTICLE, "2025-10-10 A title that is long enough @<br>", ""),
    "dates": ("extract", ARTICLE, "<time datetime=2025-10-10T10:00:00Z>2025-10-10</time>", ""),
    "numbers": ("extract", ARTICLE + "<p>", "1234567 ", ""),
    "titles": ("extract", "", "<title>", ""),
    "areas": ("extract", "<body>", "<textarea>", ""),
    "title": ("extract", "<title>", "word ", "</title>" + ARTICLE),
    "headings": ("extract", "<body>", "<h1>", ""),
    "comments": ("extract", ARTICLE, "<!--x-->", ""),
    "scripts": ("extract", ARTICLE, "<script>var x=[{}];</script>", ""),
    "ends": ("extract", ARTICLE, "</b>", ""),
    "tables-open": ("extract", ARTICLE, "<table></p>", ""),
    "closed-by-others": ("extract", ARTICLE, "<b><center></b>", ""),
    "slashes": ("extract", ARTICLE, "</", ""),
    "plain": ("extract --content-type=text/plain", "", "Line @ of the text\n", ""),
    "pictures": ("extract", ARTICLE, "<img src=/p/@.jpg alt=Picture>", ""),
    "links-open": ("extract", ARTICLE + "<ul>", "<li><a href=/n/@>Item @</a>", ""),
    "rows": ("entries", "<ul>", "<li><a href=/n/@.html>A title that is long enough @</a> 2025-10-10</li>", ""),
    "tables": ("entries", "", "<table><tr><td>2025-10-10</td><td><a href=/n/@.html>A title, long enough</a></td></tr></table>", ""),
    "classes": ("entries", "", '<p class="' + "c " * 400 + '">x</p>', ""),
    "links": ("entries", "", "<a href=/n/@.html>Title number @ of the town</a>", ""),
    "namespaces": ("parse", RSS + "<item>", '<n@:x xmlns:n@="u@">y</n@:x>', "</item></channel></rss>"),
    "items": ("parse", RSS, "<item><title>Title @</title><link>/n/@</link></item>", "</channel></rss>"),
    "enclosures": ("parse", RSS, "<item><title>t</title>" + '<enclosure url="http://a/x.mp3" type="image/x"/>' * 400 + "</item>",
                   "</channel></rss>"),
}


def body(name, size):
    _, head, piece, tail = BODIES[name]
    out, left, number = [head], size - len(head) - len(tail), 0
    if "@" not in piece:
        out.append(piece * (left // len(piece)))
        left = 0
    while left > 0:
        text = piece.replace("@", str(number))
        number, left = number + 1, left - len(text)
        out.append(text)
    return "".join(out) + tail


FEED = (RSS + "<item><title>One of the town</title><link>/1</link></item><item><title>Two of the town</title>"
        "<link>/2</link></item></channel></rss>").encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, content, kind="text/html", coding=None, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if coding:
            self.send_header("Content-Encoding", coding)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def raw(self, pieces):
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n")
        for piece in pieces:
            self.wfile.write(piece)

    def do_GET(self):
        try:
            self.give(self.path, int((re.findall(r"\d+", self.path) or [0])[0]))
        except OSError:
            pass  # the other side had enough

    def give(self, path, number):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if path == "/honest.xml":
            self.answer(FEED, "text/xml")
        elif path == "/twice":
            self.answer(gzip.compress(gzip.compress(bytes(64 << 20))), "text/xml", "gzip")
        elif path == "/itself.xml":
            self.answer(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{base}{path}</loc></sitemap>'
                        "</sitemapindex>".encode(), "text/xml")
        elif path.startswith("/page/"):
            rows = "".join(f'<li><a href="/article/{number}-{i}.html">A title of the town, {number} {i}</a> 2025-10-{i + 1:02}</li>'
                           for i in range(20))
            self.answer(f"<ul>{rows}</ul><a rel=next href=/page/{number + 1}.html>Next</a>".encode())
        elif path.startswith("/article/"):
            self.answer(ARTICLE.encode())
        elif path.startswith("/go/"):
            self.answer(b"", status=302, Location=f"/go/{number + 1}")
        elif path.startswith("/refresh/"):
            self.answer(f'<meta http-equiv=refresh content="0;url=/refresh/{number + 1}">'.encode())
        elif path == "/headers":
            self.raw([b"".join(b"X-%d: y\r\n" % i for i in range(1000000)), b"\r\n", FEED])
        elif path == "/cookies":
            self.raw([b"".join(b"Set-Cookie: c%d=v\r\n" % i for i in range(100000)), b"\r\n", FEED])
        elif path == "/links":
            self.raw([b"".join(b'Link: </f%d>; rel="alternate"; type="application/rss+xml"\r\n' % i for i in range(4000)), b"\r\n", FEED])
        elif path == "/drip":
            self.raw([b"\r\n", FEED[:100]])
            while True:
                self.wfile.write(b" ")
                time.sleep(0.2)
        else:
            self.send_error(404)


def serve(port_file):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(port_file + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if sys.argv[1] == "list":
    print("\n".join(f"{name} {entry[0]}" for name, entry in BODIES.items()))
elif sys.argv[1] == "serve":
    serve(sys.argv[2])
else:
    sys.stdout.write(body(sys.argv[1], int(float(sys.argv[2]) * 1e6)))
