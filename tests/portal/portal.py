#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo portal: Beiling's three editions on 127.0.0.1, with faults on demand.

    portal.py [--port N] [--base-file FILE] [--portal-file FILE] [--bureau-file FILE] [--story-file FILE]

--base-file gets the base URL once the server listens, --portal-file a portal file that
describes it, --bureau-file one for the bureau (bureau.py), --story-file one for the story (story.py).  The Chinese edition is GB18030 bytes declared as gb2312, the Russian one
windows-1251, the English one UTF-8.  Each has a section as RSS and one as HTML lists.

    /fault/NAME               always that fault (see FAULTS)
    /LANG/news/page-1.xml     an Atom feed in pages of one entry
    /LANG/news/sitemap.xml    an index of sitemaps; sitemap-pages.xml, sitemap-news.xml
    /bureau/                  a portal of its own that wants POST, tokens, cookies (bureau.py)
    /story/                   a town that withdraws and brings back, by steps (story.py)
    /control/story?step=N     the town after so many of its steps
    /control/set?path=P&fault=NAME   that fault for a path; no fault: as usual again
    /control/edit?path=P      changes the text of an article page, or the bytes of a file
    /control/revise?path=P    makes the next change of content.REVISIONS to an article page, in all languages
    /control/furniture        has all article pages show a counter, and each time another number
    /control/hold?requests=N  the next requests wait half a second for each other, until N are there:
                              a client that sends as many at the same time is seen to
    /control/log              the requests so far, a line each, and the most that were
                              answered at the same time
"""
import argparse
import gzip
import html
import http.server
import os
import socket
import struct
import sys
import threading
import time
import urllib.parse
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bureau  # noqa: E402
import content as c  # noqa: E402
import story  # noqa: E402

CODING = {"zh": ("gb18030", "gb2312"), "ru": ("cp1251", "windows-1251"), "en": ("utf-8", "utf-8")}
PAGE = 3
LOCK = threading.Condition()
HOLD = 0.5  # seconds
STATE = {"faults": {}, "edits": {}, "revised": {}, "views": 0, "log": [], "now": 0, "most": 0, "hits": {}, "hold": 0, "release": None}


def page(lang, title, body, head=""):
    declared = CODING[lang][1]
    editions = " ".join(f'<a href="/{other}/">{c.EDITION[other]}</a>' for other in c.EDITION if other != lang)
    if isinstance(body, tuple):
        editions, body = body
    footer = "<br>".join(html.escape(line) for line in c.FOOTER[lang])
    menu = "".join(f'<li><a href="/{lang}/{s}/index.html">{c.SECTIONS[s][lang]}</a></li>' for s in c.SECTIONS)
    return (f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
            f'<title>{html.escape(title)} - {c.CITY[lang]}</title>{head}</head><body>\n'
            f'<div id="top">{editions}</div>\n<ul id="nav">{menu}</ul>\n{body}\n<div class="foot">{footer}</div></body></html>\n')


def crumbs(lang, section):
    return (f'<div class="position"><a href="/{lang}/">{c.HOME[lang]}</a> &gt;&gt; '
            f'<a href="/{lang}/{section}/index.html">{c.SECTIONS[section][lang]}</a></div>')


def block(lang, part):
    if isinstance(part, str):
        return f"<p>{html.escape(part)}</p>"
    if part[0] == "table":
        rows = "".join("<tr>" + "".join(f"<{'th' if i == 0 else 'td'}>{html.escape(v)}</{'th' if i == 0 else 'td'}>" for v in row) + "</tr>"
                       for i, row in enumerate(part[1]))
        return f"<table>{rows}</table>"
    if part[0] == "picture":
        return (f'<figure><img src="/files/{part[1]}" alt="{html.escape(part[2])}">'
                f'<figcaption>{html.escape(part[3])}</figcaption></figure>')
    return "".join(f'<p><a href="/files/{f}">{html.escape(t)}</a></p>' for f, t in part[1])


def revised(value, changes):
    """A title, or the parts of an article, after what was changed in them."""
    if isinstance(value, str):
        for old, new in changes:
            value = value.replace(old, new)
        return value
    return type(value)(revised(part, changes) for part in value)


def article(lang, section, entry, path):
    number, date, texts = entry
    title, parts = revised(texts[lang], changes_of(lang, number))
    parts = list(parts)
    if STATE["views"]:
        parts.append(f"{c.VIEWS[lang]}{STATE['views']}")
    if path in STATE["edits"]:
        parts[0] = STATE["edits"][path]
    links = " ".join(f'<a href="/{other}/{section}/{number}.html">{c.EDITION[other]}</a>' for other in c.EDITION if other != lang)
    body = (f'{crumbs(lang, section)}\n<div class="main"><h1>{html.escape(title)}</h1>\n'
            f'<p class="info">{c.DATE_LABEL[lang]}{date} &nbsp; {c.SOURCE_LABEL[lang]}{c.SOURCE[lang]}</p>\n'
            f'<div class="content">{"".join(block(lang, p) for p in parts)}</div></div>')
    return page(lang, title, (links, body))


def changes_of(lang, number):
    return [pair for step in c.REVISIONS.get(number, [])[:STATE["revised"].get(number, 0)] for pair in step[lang]]


def listing(lang, number):
    entries = [(n, date, {lang: revised(texts[lang], changes_of(lang, n))}) for n, date, texts in c.NOTICES]
    entries = list(reversed(entries))[(number - 1) * PAGE:number * PAGE]
    if not entries:
        return None
    rows = "".join(f'<li><a href="/{lang}/notices/{e[0]}.html" title="{html.escape(e[2][lang][0])}">{html.escape(shorten(e[2][lang][0]))}</a>'
                   f'<span>{e[1]}</span></li>' for e in entries)
    more = (f'<div class="pages"><a href="/{lang}/notices/index_{number + 1}.html">{c.NEXT[lang]}</a></div>'
            if number * PAGE < len(c.NOTICES) else "")
    return page(lang, c.SECTIONS["notices"][lang], f'{crumbs(lang, "notices")}\n<ul class="list">{rows}</ul>{more}')


def shorten(title):
    return title if len(title) <= 34 else title[:31] + "..."


def feed(lang, base):
    items = []
    for number, date, texts in reversed(c.NEWS):
        title, parts = texts[lang]
        summary = next(p for p in parts if isinstance(p, str))
        stamp = time.strftime("%a, %d %b %Y %H:%M:00 +0800", time.strptime(date, "%Y-%m-%d %H:%M"))
        items.append(f"<item><title>{html.escape(title)}</title><link>{base}/{lang}/news/{number}.html</link>"
                     f"<guid isPermaLink=\"false\">beiling-{lang}-{number}</guid><pubDate>{stamp}</pubDate>"
                     f"<description>{html.escape(summary)}</description></item>")
    return (f'<?xml version="1.0" encoding="{CODING[lang][1]}"?>\n<rss version="2.0"><channel>'
            f"<title>{c.CITY[lang]} - {c.SECTIONS['news'][lang]}</title><link>{base}/{lang}/</link>"
            f"<description>{c.SECTIONS['news'][lang]}</description><language>{lang}</language>{''.join(items)}</channel></rss>\n")


def paged(lang, number, base):
    """A page of one entry of an Atom feed, linked to the next by RFC 5005."""
    entry = list(reversed(c.NEWS))[number - 1]
    after = f'<link rel="next" href="page-{number + 1}.xml"/>' if number < len(c.NEWS) else ""
    return (f'<?xml version="1.0" encoding="{CODING[lang][1]}"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Paged</title>'
            f'<id>paged</id>{after}<entry><id>p{number}</id><title>{html.escape(entry[2][lang][0])}</title>'
            f'<updated>{entry[1].replace(" ", "T")}:00+08:00</updated></entry></feed>\n')


def sitemap(lang, name, base):
    """An index of sitemaps; one of pages without titles; one of news with them."""
    if name == "sitemap.xml":
        parts = "".join(f"<sitemap><loc>{base}/{lang}/news/{n}</loc><lastmod>{d}</lastmod></sitemap>"
                        for n, d in (("sitemap-old.xml", "2020-01-01"), ("sitemap-pages.xml", "2025-10-20")))
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    news = ('<news:news><news:publication><news:name>City news</news:name><news:language>{0}</news:language></news:publication>'
            '<news:publication_date>{1}</news:publication_date><news:title>{2}</news:title></news:news>')
    urls = "".join(f"<url><loc>{base}/{lang}/news/{e[0]}.html</loc><lastmod>{e[1].replace(' ', 'T')}+08:00</lastmod>" +
                   (news.format(lang, e[1][:10], html.escape(e[2][lang][0])) if name == "sitemap-news.xml" else "") + "</url>"
                   for e in c.NEWS)
    return ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>')


def home(lang):
    head = f'<link rel="alternate" type="application/rss+xml" title="{c.SECTIONS["news"][lang]}" href="/{lang}/news/rss.xml">'
    return page(lang, c.CITY[lang], "<p></p>", head)


def document(path, base):
    """(text, coding, content type) of a path, or None."""
    parts = (path if path != "/" else "/zh/").strip("/").split("/")
    lang = parts[0]
    if lang not in CODING:
        return None
    coding = CODING[lang][0]
    if len(parts) == 1:
        return home(lang), coding, "text/html"
    if len(parts) != 3 or parts[1] not in c.SECTIONS:
        return None
    section, name = parts[1], parts[2]
    if section == "news" and name == "rss.xml":
        return feed(lang, base), coding, "application/rss+xml"
    if section == "news" and name.startswith("page-"):
        return paged(lang, int(name[5:-4]), base), coding, "application/atom+xml"
    if section == "news" and name.startswith("sitemap"):
        return sitemap(lang, name, base), "utf-8", "application/xml"
    if section == "notices" and name.startswith("index"):
        number = int(name[6:-5]) if name.startswith("index_") else 1
        text = listing(lang, number)
        return (text, coding, "text/html") if text else None
    for entry in c.NEWS if section == "news" else c.NOTICES:
        if name == f"{entry[0]}.html":
            return article(lang, section, entry, path), coding, "text/html"
    return None


def png():
    """64 pixels by 32: the left half is bright, the right one dark."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 32, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 96 + b"\0" * 96) * 32)) + chunk(b"IEND", b""))


FAULTS = ("404 410 429 500 redirect-loop redirect moved stall truncated reset wrong-charset lying-charset no-charset html empty random gzip "
          "bomb xml-broken future no-entries 403 451 503 login blank").split()


class Handler(http.server.BaseHTTPRequestHandler):
    counted = False  # whether the request at hand is among STATE["now"]
    protocol_version = "HTTP/1.1"
    server_version = "Beiling/1"

    def log_message(self, *args):
        pass

    def send(self, status, body=b"", kind="text/html", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.answered()
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path.startswith("/control/"):
            self.control(url)
            return
        with LOCK:
            STATE["now"] += 1
            STATE["most"] = max(STATE["most"], STATE["now"])
            conditional = "conditional" if self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since") else "plain"
            STATE["log"].append(f"{url.path} {conditional}")
            STATE["hits"][url.path] = STATE["hits"].get(url.path, 0) + 1
            fault = STATE["faults"].get(url.path)
            LOCK.notify_all()
            self.hold()
        self.counted = True
        if url.path.startswith("/fault/"):
            fault = url.path.split("/")[2]
        try:
            if fault:
                self.fault(fault, url.path)
            else:
                self.regular(url.path, dict(urllib.parse.parse_qsl(url.query)))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.answered()

    def hold(self):
        """With LOCK held: waits as /control/hold says."""
        if not STATE["hold"]:
            return
        if STATE["release"] is None:
            STATE["release"] = time.monotonic() + HOLD
        LOCK.wait_for(lambda: STATE["now"] >= STATE["hold"], STATE["release"] - time.monotonic())
        STATE["hold"], STATE["release"] = 0, None

    def answered(self):
        """The request counts no more; before the client can have the whole answer and send the next."""
        with LOCK:
            STATE["now"] -= self.counted
        self.counted = False

    def control(self, url):
        query = dict(urllib.parse.parse_qsl(url.query))
        with LOCK:
            if url.path == "/control/set":
                if query.get("fault"):
                    STATE["faults"][query["path"]] = query["fault"]
                else:
                    STATE["faults"].pop(query["path"], None)
            elif url.path == "/control/hold":
                STATE["hold"] = int(query["requests"])
            elif url.path == "/control/edit":
                STATE["edits"][query["path"]] = query.get("text", "This paragraph was changed after it had been published, without a word.")
            elif url.path == "/control/revise":
                number = int(query["path"].rsplit("/", 1)[1].split(".")[0])
                STATE["revised"][number] = STATE["revised"].get(number, 0) + 1
            elif url.path == "/control/story":
                story.control(query)
            elif url.path == "/control/furniture":
                STATE["views"] += 101
            body = "\n".join(STATE["log"] + [f"most {STATE['most']}", ""]).encode()
        self.send(200, body, "text/plain")

    def base(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def regular(self, path, query):
        if path.startswith(("/bureau/", "/bitrix-city/", "/news/rss/")):
            status, body, kind, headers = bureau.answer(self, path, query)
            self.send(status, body.encode(), kind, **headers)
            return
        if path == "/files/cranes.png":
            self.send(200, png(), "image/png")
            return
        if path.startswith("/files/"):
            text = STATE["edits"].get(path, "This is an attachment of the demo portal.")
            self.send(200, text.encode() + b"\n", "application/octet-stream")
            return
        if path.startswith("/story/"):
            status, text, headers = story.answer(path)
            if status != 200:
                self.send(status, text.encode(), **headers)
                return
            found = text, "utf-8", "text/html"
        else:
            found = document(path, self.base())
        if not found:
            self.send(404, b"<html><body><h1>404</h1></body></html>")
            return
        text, coding, kind = found
        body = text.encode(coding, "xmlcharrefreplace")
        tag = f'"{zlib.crc32(body):08x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.answered()
            self.end_headers()
            return
        headers = {"ETag": tag}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            headers["Content_Encoding"] = "gzip"
        self.send(200, body, kind, **headers)

    def fault(self, name, path):
        rss = feed("en", self.base()).encode()
        if name == "503":
            self.send(503, b"<html><body><h1>503</h1></body></html>", Retry_After="60")
        elif name == "login":
            self.send(200, b"<html><head><title>Log in</title></head><body><form><p>Please log in.</p><input name='n'><input type='password' name='p'>"
                      b"</form></body></html>")
        elif name == "blank":
            self.send(200, b"")
        elif name in ("404", "410", "500", "403", "451"):
            self.send(int(name), b"<html><body><h1>" + name.encode() + b"</h1></body></html>")
        elif name == "429":
            self.send(429, b"slow down", "text/plain", Retry_After="7200")
        elif name == "redirect-loop":
            self.send(302, b"", Location=path + "?again=1")
        elif name == "redirect":
            self.send(302, b"", Location="/en/news/rss.xml")
        elif name == "moved":
            self.send(301, b"", Location="/en/news/rss.xml")
        elif name == "stall":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(rss[:100])
            self.wfile.flush()
            self.server.stopping.wait(60)
        elif name == "truncated":
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(rss)))
            self.end_headers()
            self.wfile.write(rss[:len(rss) // 2])
            self.close_connection = True
        elif name == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            self.wfile = open(os.devnull, "wb")
        elif name == "wrong-charset":
            self.send(200, feed("zh", self.base()).encode("gb18030"), "application/rss+xml; charset=utf-8")
        elif name == "lying-charset":
            text = feed("ru", self.base()).replace("windows-1251", "iso-8859-5")
            self.send(200, text.encode("cp1251"), "application/rss+xml; charset=iso-8859-5")
        elif name == "no-charset":
            text = feed("ru", self.base()).replace(' encoding="windows-1251"', "")
            self.send(200, text.encode("cp1251"), "application/rss+xml")
        elif name == "html":
            self.send(200, b"<html><head><title>Maintenance</title></head><body><p>We are back soon.</p></body></html>",
                      "application/rss+xml")
        elif name == "empty":
            self.send(200, b"", "application/rss+xml")
        elif name == "random":
            self.send(200, bytes((i * 7919 + i * i * 31) % 256 for i in range(5000)), "application/rss+xml")
        elif name == "gzip":
            self.send(200, gzip.compress(rss), "application/rss+xml", Content_Encoding="gzip")
        elif name == "bomb":
            self.send(200, gzip.compress(b"<rss>" + b" " * (40 << 20)), "application/rss+xml", Content_Encoding="gzip")
        elif name == "xml-broken":
            self.send(200, b"\n\n" + rss.replace(b"Passenger ferry", b"Ferry & boat &nbsp;").replace(b"</channel></rss>", b""),
                      "application/rss+xml")
        elif name == "future":
            self.send(200, rss.replace(b"2025", b"2099"), "application/rss+xml")
        elif name == "no-entries":
            self.send(200, b'<rss version="2.0"><channel><title>Nothing</title></channel></rss>', "application/rss+xml")
        else:
            self.send(404, b"no such fault", "text/plain")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that goes away is part of the tests


def write_whole(path, text):
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--base-file")
    options.add_argument("--portal-file")
    options.add_argument("--bureau-file")
    options.add_argument("--story-file")
    options = options.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.stopping = threading.Event()
    bureau.PORT[0] = server.server_address[1]
    base = f"http://127.0.0.1:{server.server_address[1]}"
    if options.portal_file:
        template = os.path.join(os.path.dirname(os.path.abspath(__file__)), "beiling.portal.in")
        with open(template, encoding="utf-8") as f:
            write_whole(options.portal_file, f.read().replace("@BASE@", base))
    if options.bureau_file:
        write_whole(options.bureau_file, bureau.PORTAL.replace("@BASE@", base))
    if options.story_file:
        write_whole(options.story_file, story.PORTAL.replace("@BASE@", base))
    if options.base_file:
        write_whole(options.base_file, base + "\n")
    else:
        print(base, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
