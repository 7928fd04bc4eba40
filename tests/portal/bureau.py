# SPDX-License-Identifier: GPL-3.0-or-later
"""The Bureau of Records of Beiling: pages that a plain GET does not read.

Its list is JSON and wants a POST with a token and a cookie from the first page; its records
are JSON too.  Its bulletins come in parts, behind refreshes and frames, or lead home.
"""
import json

PORT = [0]  # where the portal listens
TOKEN, COOKIE = "k-77", "session=s1"
RECORDS = [(9000 + i, f"Record of decision number {i} on the northern embankment", f"2025-10-{10 + i:02d}") for i in range(1, 6)]
SIZE = 2
PARTS = ["The first part tells how the embankment was surveyed in the spring, metre by metre, by two teams of the bureau.",
         "The second part tells what the survey found, above all at the old sluice, whose timber has to be replaced.",
         "The third part tells what it will cost, who will pay for it, and when the work is to be done."]
BULLETINS = [("long", "A survey in three parts", "2025-10-20"), ("elsewhere", "A bulletin on another host", "2025-10-20"), ("moved", "A bulletin behind a refresh", "2025-10-19"),
             ("framed", "A bulletin within a frame", "2025-10-18"), ("home", "A bulletin that leads home", "2025-10-17"),
             ("broken", "A bulletin that lost a part", "2025-10-16")]


def page(title, body, head=""):
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def article(name, title, text, parts=0):
    links = "".join(f'<a href="{name}{"_%d" % i if i else ""}.html">{i + 1}</a>' for i in range(parts))
    return page(title, f'<div class="main"><h1>{title}</h1><p>Published: 2025-10-20</p><div class="content"><p>{text}</p>'
                       f'<p>It is read aloud in the hall of the bureau on Thursday, and everybody may come.</p></div><div>{links}</div></div>')


def link(name):
    """One of them lies on another host, to which nothing that is meant for the bureau may go."""
    return f"http://localhost:{PORT[0]}/bureau/pages/{name}.html" if name == "elsewhere" else name + ".html"


def bulletins(number):
    rows = BULLETINS[:4] if number == 0 else BULLETINS[4:]
    items = "".join(f'<li><a href="{link(name)}">{title}</a> <span>{date}</span></li>' for name, title, date in rows)
    return page("Bulletins", f'<ul class="list">{items}</ul><script>createPageHTML(2, {number}, "index", "html");</script>')


def records(handler):
    """The JSON list: 403 without token, cookie and referer."""
    body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    try:
        asked = json.loads(body)
    except ValueError:
        return None
    if asked.get("key") != TOKEN or COOKIE not in handler.headers.get("Cookie", "") or "/bureau/" not in handler.headers.get("Referer", ""):
        return None
    start = (asked["page"] - 1) * SIZE
    rows = [{"id": number, "name": name, "day": day} for number, name, day in RECORDS[start:start + SIZE]]
    return {"data": {"rows": rows, "total": len(RECORDS)}}


def bitrix(path):
    """A district that runs on 1C-Bitrix: a menu, a list by its components, a feed that no page announces."""
    head = '<script src="/bitrix/js/main/core/core.js"></script>'
    menu = '<ul class="menu"><li><a href="/bitrix-city/news/">Новости</a></li><li><a href="/bitrix-city/about/">О районе</a></li></ul>'
    if path == "/bitrix-city/":
        return page("Заречный район", menu, head).replace('lang="en"', 'lang="ru"')
    if path == "/bitrix-city/news/":
        rows = "".join(f'<p class="news-item"><span class="news-date-time">{day}.10.2025</span> <a href="/bitrix-city/news/{day}/"><b>{title}</b></a></p>'
                       for day, title in ((12, "Открыт мост через Заречку"), (10, "Субботник в парке")))
        return page("Новости", menu + f'<div class="news-list">{rows}</div>', head)
    if path.startswith("/bitrix-city/news/"):
        return page("Новость", f'<div class="news-detail"><span class="news-date-time">{path.split("/")[3]}.10.2025</span><h3>Новость района</h3>'
                               "<p>В районе сегодня открыли мост, по которому можно пройти на другой берег и обратно без парома.</p></div>", head)
    return page("О районе", menu, head)


def answer(handler, path, query):
    """(status, body, type, headers) for a path below /bureau/ or of the district."""
    name = path.rsplit("/", 1)[-1]
    html = "text/html; charset=utf-8"
    if path.startswith("/bitrix-city/"):
        return 200, bitrix(path), html, {}
    if path == "/news/rss/":
        item = "<item><title>Открыт мост через Заречку</title><link>http://127.0.0.1/1</link></item>"
        return 200, f'<rss version="2.0"><channel><title>Лента района</title>{item}</channel></rss>', "application/rss+xml; charset=utf-8", {}
    if path == "/bureau/":
        return 200, page("Bureau of Records", f'<form><input type="hidden" name="t" value="{TOKEN}"></form>'), html, {"Set_Cookie": COOKIE}
    if path == "/bureau/list":
        found = records(handler) if handler.command == "POST" else None
        return (200, json.dumps(found), "application/json", {}) if found else (403, "forbidden", "text/plain", {})
    if path == "/bureau/detail":
        for number, title, day in RECORDS:
            if query.get("id") == str(number):
                text = f"<p>{title} was taken on {day} by the bureau in full session.</p><p>It may be seen at the bureau.</p>"
                return 200, "show(" + json.dumps({"title": title, "time": day + " 09:00", "html": text}) + ")", "application/javascript", {}
    if path.startswith("/bureau/pages/"):
        if name in ("index.html", "index_1.html"):
            return 200, bulletins(1 if "_1" in name else 0), html, {}
        if name in ("long.html", "long_1.html", "long_2.html"):
            number = int(name[5:-5]) if "_" in name else 0
            return 200, article("long", BULLETINS[0][1], PARTS[number], 3), html, {}
        if name == "moved.html":
            return 200, page("Moved", "", '<meta http-equiv="refresh" content="0; url=real.html">'), html, {}
        if name == "framed.html":
            return 200, page("Framed", '<iframe src="inner.html"></iframe>'), html, {}
        if name in ("real.html", "inner.html"):
            return 200, article(name, BULLETINS[2 if name == "real.html" else 3][1], "This text stands on a page of its own, " + name + "."), html, {}
        if name == "elsewhere.html":
            told = "was told of the bureau" if handler.headers.get("Referer") or handler.headers.get("Cookie") else "knows nothing of the bureau"
            return 200, article(name, BULLETINS[1][1], f"The other host {told}, and prints what it was told for everybody to read."), html, {}
        if name == "home.html":
            return 302, "", html, {"Location": "/bureau/pages/index.html"}
        if name == "broken.html":
            return 200, article("broken", BULLETINS[5][1], PARTS[0], 2), html, {}
    return 404, page("404", "<h1>404</h1>"), html, {}


PORTAL = """[Portal]
Name=Bureau of Records
Home=@BASE@/bureau/
TimeZone=+08:00
Connections=1
Cookies=true
Header.Referer=@BASE@/bureau/

[Edition en]
Name=English

[Section en/records]
Name=Records
Url=@BASE@/bureau/list
Token=//input[@name='t']/@value
Post={"page": {page}, "key": "{token}"}
Post.Type=application/json
Format=json
Rows=data.rows
Title=name
Link=id
Link.Template=@BASE@/bureau/record/{0}.html
Date=day
Depth=9

[Section en/bulletins]
Name=Bulletins
Url=@BASE@/bureau/pages/index.html
Depth=3

[Article en/record]
Match=/record/([0-9]+)\\.html
Url=@BASE@/bureau/detail?id={1}
Format=json
Title=title
Date=time
Body=html
"""
