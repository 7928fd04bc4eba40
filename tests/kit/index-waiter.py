#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A feed of 300 articles at once, and one that comes when the first of them are in the search index.

    index-waiter.py BASE_FILE STORE

Writes its address into BASE_FILE.  /late.xml is an error when nothing was indexed in half a minute.
"""
import http.server
import os
import sqlite3
import sys
import time

ITEM = "<item><title>Meeting {0}</title><link>http://town.example/{0}</link><description>The council met for the time {0}.</description></item>"


def feed(count):
    items = "".join(ITEM.format(n) for n in range(count))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title>{items}</channel></rss>'.encode()


def is_indexed(store):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10) as db:
        stored, waiting = db.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM search_wait)").fetchone()
    return stored == 300 and waiting < 300


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        late = self.path == "/late.xml"
        end = time.monotonic() + 30
        while late and not is_indexed(sys.argv[2]) and time.monotonic() < end:
            time.sleep(0.02)
        body = feed(1 if late else 300)
        self.send_response(500 if time.monotonic() >= end else 200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(f"http://127.0.0.1:{server.server_port}\n")
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
