# SPDX-License-Identifier: GPL-3.0-or-later
"""greader.py PORT_FILE [--kind=freshrss|miniflux] [--page=N]: a server of the Google Reader API, as strict as real ones.

It serves feeds of its own (/feeds/NAME.xml: a, b, c, of 6 items each; list.html is a page, town.atom a feed of what it lists,
bad.xml is nothing), and the API
of somebody (reader, secret) who reads them, below /api/greader.php as FreshRSS or below / as Miniflux.  What differs between
the two is what each does: the numbers of items, how a list goes on, what an empty one is, what a POST has to say.  It refuses
what they refuse: another login, another form of the header Authorization, a POST without a token, a GET where a POST is
asked for and the other way, an answer that is not asked for as JSON, more than 250 items at once.

/control/… is for tests: state, log, reset, keep (the state, for), back, read, star, add, forget, subscribe, unsubscribe, folder, expire, fail (a status for
the next requests of a path), lose (the request is done, and its answer never comes).
"""
import argparse
import copy
import http.server
import json
import os
import threading
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("port_file")
parser.add_argument("--kind", default="freshrss")
parser.add_argument("--page", type=int, default=10000)
options = parser.parse_args()
FRESHRSS = options.kind == "freshrss"
BASE = "/api/greader.php" if FRESHRSS else ""
AUTH = "reader/0123456789abcdef"
STATE = "user/-/state/com.google/"
LABEL = "user/-/label/"
NO_FOLDER = "Uncategorized" if FRESHRSS else "All"
FIRST = 1761300000000000 if FRESHRSS else 40
MOST = 250
GETS = {"token", "subscription/list", "tag/list", "stream/items/ids", "user-info"}
POSTS = {"edit-tag", "mark-all-as-read", "subscription/edit", "stream/items/contents"}


class State:
    """What the server knows."""

    def __init__(self):
        self.feeds = {**{name: 6 for name in "abc"}, "town": 8}  # what there is on the web: how many items each has
        self.token = "T1"
        self.subscriptions = {}  # number -> [name, folder]
        self.items = {}  # id -> {feed, n, read, starred}
        self.next_feed = 7
        self.next_item = FIRST
        self.log = []
        self.failures = {}  # path -> [status, times]
        self.lost = {}  # path -> times

    def subscribe(self, name, folder):
        number = self.next_feed
        self.next_feed += 1
        self.subscriptions[number] = [name, folder or NO_FOLDER]
        for n in range(self.feeds[name]):
            self.add(number, n)
        return number

    def add(self, feed, n):
        self.items[self.next_item] = {"feed": feed, "n": n, "read": False, "starred": False}
        self.next_item += 1

    def number(self, name):
        return next((k for k, v in self.subscriptions.items() if v[0] == name), None)

    def find(self, name, n):
        number = self.number(name)
        return next(item for item in self.items.values() if item["feed"] == number and item["n"] == n)


state = State()
kept = state
lock = threading.Lock()


class Refused(Exception):
    def __init__(self, status, why=""):
        super().__init__(why)
        self.status = status


def parse_id(text):
    """FreshRSS: decimal, else hexadecimal; Miniflux: 16 digits are hexadecimal whatever they are."""
    if text.startswith("tag:google.com,2005:reader/item/"):
        return int(text.rsplit("/", 1)[1], 16)
    if not FRESHRSS and len(text) == 16:
        return int(text, 16)
    return int(text)


def ids_of(form):
    ids = [parse_id(text) for text in form.get("i", [])]
    if not ids or len(ids) > MOST:
        raise Refused(400, "number of items")
    return ids


def stream_items(query):
    stream = query["s"][0]
    items = sorted(state.items, reverse=True)
    if stream == STATE + "starred":
        items = [i for i in items if state.items[i]["starred"]]
    elif stream != STATE + "reading-list":
        raise Refused(400, "stream")
    if query.get("xt") == [STATE + "read"]:
        items = [i for i in items if not state.items[i]["read"]]
    count = min(int(query.get("n", ["20"])[0]), options.page)
    at = query.get("c", [""])[0]
    if FRESHRSS:  # goes on behind an item, and says that it goes on whenever a page is full
        if at:
            items = [i for i in items if i < int(at)]
        page = items[:count]
        after = {"continuation": str(page[-1])} if page and len(page) >= count else {}
        return {"itemRefs": [{"id": str(i)} for i in page], **after}
    start = int(at or 0)
    page = items[start:start + count]
    after = {"continuation": str(start + count)} if start + count < len(items) else {}
    return {"itemRefs": [{"id": str(i)} for i in page] or None, **after}


def link_of(name, n, base):
    return "%s/n/%d.html" % (base, n + 1) if name == "town" else "http://%s.example/%d" % (name, n)


def file_of(name):
    return name + (".atom" if name == "town" else ".xml")


def contents(form, base):
    items = []
    for number in ids_of(form):
        item = state.items.get(number)
        if not item:
            continue
        name, folder = state.subscriptions[item["feed"]]
        link = link_of(name, item["n"], base)
        items.append({"id": "tag:google.com,2005:reader/item/%016x" % number, "title": "%s %d" % (name, item["n"]),
                      "canonical": [{"href": link}], "alternate": [{"href": link}], "published": 1761000000 + item["n"],
                      "categories": [STATE + "reading-list", LABEL + folder] + ([STATE + "read"] if item["read"] else []),
                      "origin": {"streamId": "feed/%d" % item["feed"], "title": name}, "summary": {"content": "text"}})
    return {"id": STATE + "reading-list", "updated": 1761350400, "items": items}


def edit_tag(form):
    fields = {STATE + "read": "read", STATE + "starred": "starred"}
    add, remove = form.get("a", []), form.get("r", [])
    if not add and not remove or any(tag not in fields for tag in add + remove):
        raise Refused(400, "tags")
    for number in ids_of(form):
        for tags, value in ((add, True), (remove, False)):
            for tag in tags:
                if number in state.items:
                    item = state.items[number]
                    item[fields[tag]] = value
                    state.log.append("%s %s %d" % (("" if value else "un") + fields[tag], state.subscriptions[item["feed"]][0], item["n"]))


def mark_all(form):
    number, newest = form["s"][0], int(form.get("ts", ["0"])[0])
    state.log.append("all %s" % number)
    for i, item in state.items.items():
        if "feed/%d" % item["feed"] == number and i <= newest:
            item["read"] = True


def edit_subscription(form, base):
    action, stream = form["ac"][0], form["s"][0]
    label = form.get("a", [""])[0]
    if label and not label.startswith(LABEL):
        raise Refused(400, "label")
    folder = label[len(LABEL):]
    if action == "subscribe":
        url = stream[len("feed/"):]
        name = url.rsplit("/", 1)[1].partition(".")[0]
        if name not in state.feeds or url != "%s/feeds/%s" % (base, file_of(name)) or state.number(name):
            raise Refused(400, "not a feed")
        state.subscribe(name, folder)
    else:
        number = int(stream[len("feed/"):])
        if number not in state.subscriptions:
            raise Refused(400, "unknown feed")
        if action == "unsubscribe":
            del state.subscriptions[number]
            state.items = {i: item for i, item in state.items.items() if item["feed"] != number}
        elif action == "edit":
            if label:
                state.subscriptions[number][1] = folder
            elif form.get("r"):
                state.subscriptions[number][1] = NO_FOLDER
        else:
            raise Refused(400, "action")
    state.log.append("%s %s %s" % (action, stream.replace(base, ""), folder))


def subscriptions(base):
    return {"subscriptions": [{"id": "feed/%d" % number, "title": name.upper(), "url": "%s/feeds/%s" % (base, file_of(name)),
                               "categories": [{"id": LABEL + folder, "label": folder}]}
                              for number, (name, folder) in state.subscriptions.items()]}


def feed(name, base):
    items = "".join("<item><title>%s %d</title><link>http://%s.example/%d</link><guid isPermaLink='false'>urn:%s:%d</guid>"
                    "<description>text</description></item>" % (name, n, name, n, name, n) for n in range(state.feeds[name]))
    return "<rss version='2.0'><channel><title>Feed %s</title><link>%s/</link>%s</channel></rss>" % (name, base, items)


def control(what, query):
    def one(name):
        return query[name][0]
    global state, kept
    if what == "state":
        lines = ["%s %d %s %s" % (state.subscriptions[i["feed"]][0], i["n"], "read" if i["read"] else "unread", "starred" if i["starred"] else "-")
                 for i in state.items.values()]
        lines += ["feed %s %s" % tuple(value) for value in state.subscriptions.values()]
        return "\n".join(sorted(lines)) + "\n"
    if what == "log":
        return "".join(line + "\n" for line in state.log)
    if what == "reset":
        state = State()
    elif what == "keep":
        kept = copy.deepcopy(state)
        kept.log = []
    elif what == "back":
        state = copy.deepcopy(kept)
    elif what in ("read", "star"):
        state.find(one("feed"), int(one("n")))["read" if what == "read" else "starred"] = one("value") == "1"
    elif what == "add":
        state.feeds[one("feed")] += 1
        if state.number(one("feed")):
            state.add(state.number(one("feed")), state.feeds[one("feed")] - 1)
    elif what == "forget":
        number = state.number(one("feed"))
        state.items = {i: item for i, item in state.items.items() if (item["feed"], item["n"]) != (number, int(one("n")))}
    elif what == "subscribe":
        state.subscribe(one("feed"), query.get("folder", [""])[0])
    elif what == "unsubscribe":
        number = state.number(one("feed"))
        del state.subscriptions[number]
        state.items = {i: item for i, item in state.items.items() if item["feed"] != number}
    elif what == "folder":
        state.subscriptions[state.number(one("feed"))][1] = one("folder")
    elif what == "many":
        state.feeds[one("feed")] = int(one("n"))
    elif what == "expire":
        state.token += "x"
    elif what == "fail":
        state.failures[one("path")] = [int(one("status")), int(one("times"))]
    elif what == "lose":
        state.lost[one("path")] = int(one("times"))
    else:
        raise Refused(404)
    return "done\n"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body, kind="text/plain"):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == 401:
            self.send_header("Google-Bad-Token", "true")
        self.end_headers()
        self.wfile.write(data)

    def log_in(self, form):
        if self.command != "POST":
            raise Refused(405)
        if form.get("Email") != ["reader"] or form.get("Passwd") != ["secret"]:
            raise Refused(401)
        self.answer(200, "SID=%s\nLSID=null\nAuth=%s\n" % (AUTH, AUTH))

    def api(self, path, query, form, base):
        if path not in GETS | POSTS:
            raise Refused(400 if FRESHRSS else 404)
        if (self.command == "POST") != (path in POSTS):
            raise Refused(405)
        if self.headers.get("Authorization") != "GoogleLogin auth=" + AUTH:
            raise Refused(401)
        if self.command == "POST" and form.get("T") != [state.token]:
            raise Refused(401)
        wants = form if self.command == "POST" else query
        if path in ("subscription/list", "tag/list", "stream/items/ids", "stream/items/contents") and wants.get("output") != ["json"]:
            raise Refused(400, "output")
        if path == "token":
            return state.token + "\n"
        if path == "subscription/list":
            return json.dumps(subscriptions(base))
        if path == "tag/list":
            return json.dumps({"tags": [{"id": STATE + "starred"}]})
        if path == "stream/items/ids":
            return json.dumps(stream_items(query))
        if path == "stream/items/contents":
            return json.dumps(contents(form, base))
        if path == "edit-tag":
            edit_tag(form)
        elif path == "mark-all-as-read":
            mark_all(form)
        elif path == "subscription/edit":
            edit_subscription(form, base)
        return "OK"

    def serve(self, path, query, form):
        base = "http://127.0.0.1:%d" % self.server.server_port
        if path.startswith("/control/"):
            return self.answer(200, control(path[len("/control/"):], query))
        name, _, kind = path[len("/feeds/"):].partition(".")
        if path.startswith("/feeds/") and kind == "xml" and name in state.feeds:
            return self.answer(200, feed(name, base), "application/rss+xml")
        if path == "/feeds/list.html":
            rows = "".join("<li><a href='/n/%d.html'>Notice of the council number %d of this year</a> 2025-10-%02d</li>" % (n, n, n) for n in range(1, 9))
            return self.answer(200, "<html><title>List</title><body><ul>%s</ul>" % rows, "text/html")
        if not path.startswith(BASE + "/"):
            raise Refused(404)
        path = path[len(BASE):]
        if path == "/accounts/ClientLogin":
            return self.log_in(form)
        if not path.startswith("/reader/api/0/"):
            raise Refused(404)
        path = path[len("/reader/api/0/"):]
        if state.failures.get(path, [0, 0])[1] > 0:
            state.failures[path][1] -= 1
            raise Refused(state.failures[path][0], "told to fail")
        body = self.api(path, query, form, base)
        if state.lost.get(path, 0) > 0:
            state.lost[path] -= 1
            self.close_connection = True
            return None
        return self.answer(200, body, "application/json" if body.startswith("{") else "text/plain")

    def handle_one(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        url = urllib.parse.urlsplit(self.path)
        try:
            if self.command == "POST" and self.headers.get("Content-Type") != "application/x-www-form-urlencoded":
                raise Refused(400, "type")
            with lock:
                self.serve(url.path, urllib.parse.parse_qs(url.query), urllib.parse.parse_qs(body))
        except Refused as why:
            self.answer(why.status, str(why) or "refused")

    do_GET = do_POST = handle_one

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(options.port_file + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(options.port_file + ".new", options.port_file)
server.serve_forever()
