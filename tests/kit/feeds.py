# SPDX-License-Identifier: GPL-3.0-or-later
"""feeds.py FOLDER [NAME COUNT BODY]...: writes JSON feeds for `serve`, NAME.json with so many articles.

Each article is called "NAME N." and has the body, in HTML; they are a day apart, the newest first.
"""
import json
import sys

folder, *rest = sys.argv[1:]
for name, count, body in zip(rest[::3], rest[1::3], rest[2::3]):
    items = [{"id": f"{name}{n}", "title": f"{name} {n}.", "content_html": body, "url": f"@BASE@/{name}{n}.html",
              "date_published": f"2025-{9 - n // 28:02}-{28 - n % 28:02}T08:00:00Z"} for n in range(1, int(count) + 1)]
    with open(f"{folder}/{name}.json", "w", encoding="utf-8") as file:
        json.dump({"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}, file)
