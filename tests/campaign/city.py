# SPDX-License-Identifier: GPL-3.0-or-later
"""A city that lives: three feeds, two lists with the pages of their articles, a calendar; on 127.0.0.1.

What happens in it is said to a `City` (publish, edit, withdraw, bring back, give another link), and
how it answers: `trouble[SECTION]` is a word of TROUBLES.  It keeps what each article has ever said,
and in `served` what of it has gone out whole since `served` was emptied.
"""
import html
import http.server
import random
import socket
import struct
import threading
import time
import zlib

LISTED = 25  # articles that a section shows
SECTIONS = {"news": "rss", "press": "atom", "works": "bare", "notices": "list", "tenders": "list", "events": "ical"}
TROUBLES = ("error", "reset", "truncated", "stall", "busy", "gone", "html", "found", "moved")
CHARSETS = {"news": ("utf-8", "gb18030"), "notices": ("utf-8", "windows-1251"), "tenders": ("utf-8",)}
WORDS = {
    "news": "桥梁 道路 学校 图书馆 供水 停电 公园 会议 公告 居民 交通 医院 市场 河流 建设 服务".split(),
    "notices": "мост дорога школа библиотека вода отключение парк совещание жители рынок река ремонт".split(),
    "": "bridge road school library water outage park council residents market river repair office ferry".split(),
}
HEAD = {"news": "通知", "notices": "Сообщение", "": "Notice"}


class Article:
    def __init__(self, section, number, now):
        self.section, self.number, self.since = section, number, now
        self.key = f"{section}-{number}"
        self.link = f"/{section}/{number}.html"
        self.title = f"{HEAD.get(section, HEAD[''])} {number}"
        self.texts = []      # all that it ever said
        self.state = "there"  # "gone": its page is, "unlisted"
        self.attached = section == "works" or section == "tenders" and number % 3 == 0


class City:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.articles = {section: [] for section in SECTIONS}
        self.trouble, self.charset, self.served = {}, {}, []
        self.now, self.requests = 0, 0
        self.lock = threading.RLock()

    # --- what happens -----------------------------------------------------------------------
    def text(self, section):
        words = WORDS.get(section, WORDS[""])
        sentence = lambda: " ".join(self.random.choices(words, k=14)).capitalize() + "."
        return " ".join(sentence() for _ in range(self.random.randint(3, 9)))

    def publish(self, section):
        with self.lock:
            article = Article(section, len(self.articles[section]) + 1, self.now)
            article.texts.append(self.text(section))
            self.articles[section].append(article)
            return article

    def edit(self, article):
        with self.lock:
            article.texts.append(self.text(article.section))

    def recent(self, section):
        return self.articles[section][-LISTED:]

    # --- how it answers ----------------------------------------------------------------------
    def start(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.city = self
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self.base

    def url(self, section):
        return self.base + "/" + section + {"rss": "/rss.xml", "atom": "/atom.xml", "bare": "/feed.xml", "list": "/", "ical": "/all.ics"}[SECTIONS[section]]

    def answer(self, path):
        """(status, body, content type, [(article, its text)]) of a path."""
        section, _, name = path.lstrip("/").partition("/")
        kind = SECTIONS.get(section)
        if not kind:
            return 404, b"no such page", "text/plain", []
        if name.startswith("file-"):
            if name.endswith(".rtf"):
                return 200, b"{\\rtf1 Table of " + name[5:-4].encode() + b"}", "application/rtf", []
            return 200, f"number;street\n{name[5:-4]};{section}\n".encode(), "text/csv", []
        if name.endswith(".html"):
            return self.page(section, int(name[:-5].split("-")[0]))
        shown = [a for a in self.recent(section) if a.state != "unlisted"]
        coding = self.charset.get(section, "utf-8")
        text, media = getattr(self, kind)(section, shown, coding)
        told = [(a, a.texts[-1]) for a in shown] if kind != "list" else [(a, None) for a in shown]
        return 200, text.encode(coding, "xmlcharrefreplace"), media, told

    def page(self, section, number):
        known = self.articles[section]
        if not 0 < number <= len(known) or known[number - 1].state != "there":
            return 404, b"<html><body><h1>404</h1></body></html>", "text/html", []
        a = known[number - 1]
        coding = self.charset.get(section, "utf-8")
        files = f'<p><a href="/{section}/file-{number}.{"csv" if number % 2 else "rtf"}">Table of {a.title}</a></p>' if a.attached else ""
        body = (f'<!DOCTYPE html><html><head><meta charset="{coding}"><title>{a.title}</title></head><body>'
                f'<div id="nav"><a href="/">City</a> <a href="/{section}/">{section}</a></div><div class="main"><h1>{a.title}</h1>'
                f'<p class="date">{day(a.since)}</p><div class="text"><p>{a.texts[-1]}</p>{files}</div></div>'
                '<div class="foot">City office</div></body></html>')
        return 200, body.encode(coding, "xmlcharrefreplace"), "text/html", [(a, a.texts[-1])]

    def list(self, section, shown, coding):
        rows = "".join(f'<li><a href="{a.link}">{html.escape(a.title)}, {WORDS[""][a.number % 14]}</a> <span>{day(a.since)}</span></li>' for a in reversed(shown))
        return (f'<!DOCTYPE html><html><head><meta charset="{coding}"><title>{section}</title></head><body><h1>{section}</h1>'
                f'<ul class="list">{rows}</ul><div class="foot">City office</div></body></html>'), "text/html"

    def rss(self, section, shown, coding, bare=False):
        items = "".join(
            f"<item><title>{a.title}</title><link>{self.base}{a.link}</link>" + ("" if bare else f'<guid isPermaLink="false">{a.key}</guid>') +
            (f'<enclosure url="{self.base}/{section}/file-{a.number}.csv" length="40" type="text/csv"/>' if a.attached else "") +
            f"<pubDate>{time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime(a.since))}</pubDate><description>{a.texts[-1]}</description></item>"
            for a in reversed(shown))
        return f'<?xml version="1.0" encoding="{coding}"?><rss version="2.0"><channel><title>City {section}</title><link>{self.base}/</link>{items}</channel></rss>', "application/rss+xml"

    def bare(self, section, shown, coding):
        return self.rss(section, shown, coding, True)

    def atom(self, section, shown, coding):
        stamp = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
        items = "".join(f'<entry><id>urn:{a.key}</id><title>{a.title}</title><link href="{self.base}{a.link}"/><published>{stamp(a.since)}</published>'
                        f'<updated>{stamp(a.since + len(a.texts))}</updated><content>{a.texts[-1]}</content></entry>' for a in reversed(shown))
        return (f'<?xml version="1.0" encoding="{coding}"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:{section}</id><title>City {section}</title>'
                f"<updated>{stamp(self.now)}</updated>{items}</feed>"), "application/atom+xml"

    def ical(self, section, shown, coding):
        stamp = lambda t: time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(t))
        items = "".join(f"BEGIN:VEVENT\r\nUID:{a.key}\r\nDTSTAMP:{stamp(a.since)}\r\nDTSTART:{stamp(a.since + 864000)}\r\nSUMMARY:{a.title}\r\n"
                        f"SEQUENCE:{len(a.texts)}\r\nDESCRIPTION:{fold(a.texts[-1])}\r\nURL:{self.base}{a.link}\r\nEND:VEVENT\r\n" for a in shown)
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//City//EN\r\n{items}END:VCALENDAR\r\n", "text/calendar"


def fold(text):
    return "\r\n ".join(text[i:i + 60] for i in range(0, len(text), 60))


def day(moment):
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass  # a client that goes away is part of it


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def give(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        city = self.server.city
        path = self.path.split("?")[0]
        with city.lock:
            city.requests += 1
            moved = path.startswith("/new/")
            path = path[4:] if moved else path
            section = path.split("/")[1]
            trouble = city.trouble.get(section) if not path.endswith((".html", ".csv", ".rtf")) and not moved else None
            status, body, kind, told = city.answer(path)
        if trouble == "error":
            return self.give(500, b"out of order")
        if trouble == "busy":
            return self.give(503, b"later", Retry_After="10800")
        if trouble == "gone":
            return self.give(404, b"not here")
        if trouble == "html":
            return self.give(200, b"<html><body><h1>Maintenance</h1><p>We are back soon.</p></body></html>", Content_Type="text/html")
        if trouble in ("found", "moved"):
            return self.give(302 if trouble == "found" else 301, b"", Location="/new" + path)
        if trouble == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        tag = f'"{zlib.crc32(body):08x}"'
        if trouble in ("truncated", "stall"):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            time.sleep(3 if trouble == "stall" else 0)
            self.close_connection = True
            return None
        if status == 200 and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
        elif status == 200:
            self.give(200, body, Content_Type=kind, ETag=tag)
        else:
            self.give(status, body, Content_Type=kind)
        with city.lock:
            city.served.append((section, path, told))
        return None
