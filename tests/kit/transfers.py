# SPDX-License-Identifier: GPL-3.0-or-later
"""transfers.py BASE_FILE LOG [CERT]: a server of transfers that go wrong, on 127.0.0.1 (TLS with CERT).

Writes its address to BASE_FILE when it listens, and each request to LOG as a line
"METHOD HOST PATH | Header: value | ... | body".  It is a proxy too: a request for
http://a.example/feed/x is answered as one for /feed/x would be.

    /feed/NAME            a feed of two entries
    /page/NAME            an article page
    /list/URL             a list page with one link
    /go/STATUS/URL        a redirect
    /circle               a redirect to itself
    /cookie               a redirect to itself, until its cookie comes back
    /login/NAME           a feed for ann:secret
    /slow/TENTHS/NAME     a feed after so many tenths of a second
    /hold/NAME            a feed once /open/NAME was asked
    /drip                 a byte now and then, for ever
    /coding/LABEL/BODY    a feed whose Content-Encoding is LABEL and whose body is plain, gzip, zlib, twice,
                          members, padded, half or bomb
    /framing/HOW          a feed with a length or chunks that are wrong: long, short, cut, chunk, reset, empty
    /status/N             that status with a feed as its body
    /located/NAME         a feed, and a Location that means nothing
    /flood                a redirect with an endless body
    /hostile/WHERE        bytes for a terminal in a header: type, charset, etag, location
    /wait/SECONDS/NAME    429 with Retry-After
    /flip/NAME            301 to /feed/NAME until /flip/NAME?dead was asked, then a feed of its own, /feed/NAME being 404
"""
import base64
import gzip
import http.server
import os
import ssl
import sys
import threading
import time
import urllib.parse
import zlib

base_file, log_file = sys.argv[1:3]
LOCK = threading.Lock()
DEAD = set()
OPENED = threading.Condition()
OPEN = set()
XML = "application/rss+xml"
HOSTILE = b"\x1b]0;owned\x07\x1b[31m\xc2\x9b31m\xe2\x80\xae\xfd"


def feed(name, base):
    items = "".join(f"<item><title>{name} {n}</title><link>{base}/page/{name}-{n}</link><guid>{name}-{n}</guid>"
                    f"<description>text {n}</description></item>" for n in (1, 2))
    return (f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {name}</title>'
            f'<link>{base}/</link>{items}</channel></rss>').encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, body):
        parts = [f"{self.command} {self.headers.get('Host', '')} {self.path}"]
        parts += [f"{name}: {value}" for name, value in self.headers.items()]
        with LOCK, open(log_file, "a", encoding="utf-8") as log:
            log.write(" | ".join(parts + [body.decode("latin-1")]) + "\n")

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in headers and "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, head, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: " + XML.encode() + b"\r\n" + head + b"\r\n\r\n" + body)
        self.close_connection = True

    def do_POST(self):
        self.do_GET()

    def do_GET(self):
        self.note(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        url = urllib.parse.urlsplit(self.path)
        scheme = "https" if len(sys.argv) > 3 else "http"
        self.base = f"{scheme}://{self.headers.get('Host')}"
        kind, _, rest = url.path.lstrip("/").partition("/")
        if url.query and kind == "go":
            rest += "?" + url.query
        method = getattr(self, "do_" + kind, None)
        if not method:
            return self.answer(404, {"Content-Type": "text/html"}, b"<h1>none</h1>")
        return method(rest, url.query)

    def do_feed(self, name, _):
        if name in DEAD:
            return self.answer(404, {}, b"")
        return self.answer(200, {"Content-Type": XML, "ETag": f'"{name}"'}, feed(name, self.base))

    def do_page(self, name, _):
        text = f"<p>The text of {name}, which is long enough to be one: the council met and talked of the bridge.</p>" * 3
        return self.answer(200, {"Content-Type": "text/html"},
                           f"<html><head><title>{name}</title></head><body><h1>{name}</h1><div>{text}</div></body></html>".encode())

    def do_list(self, rest, _):
        rows = "".join(f'<li><a href="{rest}?{n}">Notice number {n} of the town</a> <span>2025-10-0{n}</span></li>' for n in (1, 2, 3))
        return self.answer(200, {"Content-Type": "text/html"}, f"<html><body><ul>{rows}</ul></body></html>".encode())

    def do_go(self, rest, _):
        status, _, target = rest.partition("/")
        return self.answer(int(status), {"Location": target}, b"moved")

    def do_circle(self, _rest, _query):
        return self.answer(302, {"Location": "/circle"}, b"")

    def do_cookie(self, _rest, _query):
        if "ok=1" in self.headers.get("Cookie", ""):
            return self.answer(200, {"Content-Type": XML}, feed("cookie", self.base))
        return self.answer(302, {"Location": "/cookie", "Set-Cookie": "ok=1; Path=/"}, b"")

    def do_login(self, name, _):
        if self.headers.get("Authorization") != "Basic " + base64.b64encode(b"ann:secret").decode():
            return self.answer(401, {"WWW-Authenticate": "Basic realm=x"}, b"")
        return self.answer(200, {"Content-Type": XML}, feed(name, self.base))

    def do_slow(self, rest, _):
        tenths, _, name = rest.partition("/")
        time.sleep(int(tenths) / 10)
        return self.answer(200, {"Content-Type": XML}, feed(name, self.base))

    def do_hold(self, name, _):
        with OPENED:
            OPENED.wait_for(lambda: name in OPEN)
        return self.answer(200, {"Content-Type": XML}, feed(name, self.base))

    def do_open(self, name, _):
        with OPENED:
            OPEN.add(name)
            OPENED.notify_all()
        return self.answer(200, {}, b"")

    def do_drip(self, _rest, _query):
        self.raw(b"Connection: close", b"<rss>")
        try:
            while True:
                time.sleep(0.1)
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            pass

    def do_coding(self, rest, _):
        label, _, how = rest.partition("/")
        plain = feed("coding", self.base)
        body = {"plain": plain, "gzip": gzip.compress(plain), "twice": gzip.compress(gzip.compress(plain)),
                "members": gzip.compress(plain[:100]) + gzip.compress(plain[100:]),
                "padded": gzip.compress(plain) + bytes(64), "bomb": gzip.compress(plain + b" " * (4 << 20)),
                "half": gzip.compress(plain)[:-40], "zlib": zlib.compress(plain)}[how]
        headers = {"Content-Type": XML}
        if label != "none":
            headers["Content-Encoding"] = urllib.parse.unquote(label)
        return self.answer(200, headers, body)

    def do_framing(self, how, _):
        body = feed("framing", self.base)
        if how == "long":
            self.raw(b"Content-Length: %d" % (len(body) + 500), body)
        elif how == "short":
            self.raw(b"Content-Length: %d" % (len(body) - 9), body)
        elif how == "empty":
            self.raw(b"Content-Length:", body)
        elif how == "cut":
            self.raw(b"Content-Length: %d" % len(body), body[:-200])
        elif how == "chunk":
            self.raw(b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(body), body))
        elif how == "half":
            self.raw(b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(body) - 200, body[:-200]))

    def do_located(self, name, _):
        return self.answer(200, {"Content-Type": XML, "Location": "/elsewhere"}, feed(name, self.base))

    def do_flood(self, _rest, _query):
        self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /feed/flood\r\n\r\n")
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def do_status(self, status, _):
        return self.answer(int(status), {"Content-Type": XML}, feed("status", self.base))

    def do_hostile(self, where, _):
        kind = b"text/html"
        head = b""
        body = b"<html><body><p>nothing</p></body></html>"
        if where == "type":
            kind = b"image/" + HOSTILE
        elif where == "charset":
            kind, body = b"application/rss+xml; charset=" + HOSTILE, feed("charset", self.base)
        elif where == "etag":
            kind, head, body = XML.encode(), b'ETag: "a\rX-Evil: 1"\r\n', feed("etag", self.base)
        elif where == "location":
            self.wfile.write(b"HTTP/1.1 302 F\x1b[31m\r\nLocation: ftp://x/" + HOSTILE + b"\r\nContent-Length: 0\r\n\r\n")
            return
        self.wfile.write(b"HTTP/1.1 200 O\x1b]0;K\x07\r\nContent-Type: " + kind + b"\r\n" + head +
                         b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def do_wait(self, rest, _):
        seconds = rest.partition("/")[0]
        return self.answer(429, {"Retry-After": seconds}, b"")

    def do_flip(self, name, query):
        if query == "dead":
            DEAD.add(name)
            return self.answer(200, {}, b"")
        if name in DEAD:
            return self.answer(200, {"Content-Type": XML}, feed(name, self.base))
        return self.answer(301, {"Location": f"/feed/{name}"}, b"")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
SCHEME = "http"
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    SCHEME = "https"
with open(base_file + ".new", "w", encoding="utf-8") as file:
    file.write(f"{SCHEME}://127.0.0.1:{server.server_port}")
os.rename(base_file + ".new", base_file)
server.serve_forever()
