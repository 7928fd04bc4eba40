#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What commands cost as a store grows, and by which power of its size.

    bench-growth.py BUILDDIR FOLDER ARTICLES/SOURCES…

The store in FOLDER/home grows from one size to the next (make-store); FOLDER/ARTICLES, if it is there, is a home
that was made before.  Each command runs five times; processor time and peak memory.  The power is the slope of a line
through the logarithms: 1 grows with the store, 0 not at all.  All sources answer that nothing has changed.
At last fifty fetches bring one new article and one changed one from each tenth source: what the store grows by beside what they brought.
"""
import math
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys

from measure import peak_until_end
from rows import row

HERE = os.path.dirname(os.path.abspath(__file__))
CHARACTERS = "100"
RUNS = 5
LEAST = 1  # MiB of a peak: a process that was over too soon to be looked at has none
FETCHES = int(os.environ.get("FETCHES", "50"))
COMMANDS = {
    "list": ["crier", "list", "--limit=50"],
    "list of a source": ["crier", "list", "--limit=50", "source:7"],
    "list of what is unread": ["crier", "list", "--limit=50", "is:unread"],
    "search": ["crier", "search", "--limit=20", "wine"],
    "sources": ["crier", "sources"],
    "status": ["crier", "status"],
    "digest of all, fifty of them": ["crier", "digest", "--start=all", "--cursor=all", "--peek", "--limit=50"],
    "fetch, nothing due": ["crier-worker", "fetch", "--progress=none"],
    "fetch, nothing new": ["crier-worker", "fetch", "--all", "--progress=none"],
}


def point_at(home, port, sources):
    """Lets the sources of a store lead to the server, as if they had been fetched before."""
    def url(n):
        return f"http://127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}:{port}/d/0/{n}.xml"
    with open(os.path.join(home, "config", "crier", "urls"), "w", encoding="utf-8") as file:
        file.writelines(f'{url(n)} "~Source {n + 1}"\n' for n in range(sources))
    store = sqlite3.connect(os.path.join(home, "data", "crier", "articles.db"))
    now = int(os.environ["CRIER_NOW"])
    store.executemany("UPDATE sources SET url = ?, etag = '\"v1\"', validated = ?, last_success = ?, last_attempt = ?, next_due = ?"
                      " WHERE id = ?", ((url(n), url(n), now, now, now + 86400, n + 1) for n in range(sources)))
    store.commit()
    store.close()


def measure(build, home, command):
    """CPU ms of a run, its children's too, and its own peak."""
    environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=os.path.join(home, "config"), XDG_DATA_HOME=os.path.join(home, "data"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([os.path.join(build, command[0]), *command[1:]], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = peak_until_end(process.pid)
    said = process.stderr.read().decode(errors="replace")
    status = process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status:
        sys.exit(f"bench-growth: {' '.join(command)}: status {status}\n{said[-2000:]}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu * 1000, peak


def power(sizes, costs):
    """The slope of the line through the logarithms, by least squares."""
    x, y = [math.log(s) for s in sizes], [math.log(max(c, 0.1)) for c in costs]
    middle, level = statistics.mean(x), statistics.mean(y)
    spread = sum((a - middle) ** 2 for a in x)
    return sum((a - middle) * (b - level) for a, b in zip(x, y)) / spread if spread else 0.0


def sizes_of(home):
    """Bytes of the store, and of its log."""
    path = os.path.join(home, "data", "crier", "articles.db")
    return tuple(os.path.getsize(p) if os.path.exists(p) else 0 for p in (path, path + "-wal"))


class Server:
    def __init__(self, *paths):
        self.process = subprocess.Popen([sys.executable, os.path.join(HERE, "serve-feeds.py"), *paths], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def grow(build, folder, articles, sources, there):
    home = os.path.join(folder, str(articles))
    if os.path.isdir(home):
        return home
    home = os.path.join(folder, "home")
    subprocess.run([os.path.join(build, "tests", "bench", "make-store"), home, str(articles), str(sources), CHARACTERS, str(there)],
                   check=True, stdout=subprocess.DEVNULL)
    return home


def small_changes(build, folder, home, articles, sources):
    """Fifty fetches of a tenth of the sources, each of which has one new article and one that was changed."""
    some = max(sources // 10, 1)
    before, times, logs, said = sizes_of(home), [], [], 0
    for n in range(FETCHES):
        path = os.path.join(folder, "small.xml")
        with open(path, "w", encoding="utf-8") as file:
            items = "".join(f"<item><guid isPermaLink='false'>small-{m}</guid><link>https://city.example/small/{m}/</link><title>Small news {m}"
                            f"{' once more' if m == n - 1 else ''}</title><description>{f'plan {m} of the council ' * 20}</description></item>"
                            for m in range(max(n - 9, 0), n + 1))
            said = len(items) / min(n + 1, 10)
            file.write(f"<rss version='2.0'><channel><title>City</title><link>https://city.example/</link>{items}</channel></rss>\n")
        with Server(path) as server:
            point_at(home, server.port, sources)
            store = sqlite3.connect(os.path.join(home, "data", "crier", "articles.db"))
            store.execute("UPDATE sources SET etag = NULL, validated = NULL, next_due = 0, last_attempt = NULL WHERE id <= ?", (some,))
            store.commit()
            store.close()
            times.append(measure(build, home, ["crier-worker", "fetch", "--progress=none"])[0])
        logs.append(sizes_of(home)[1] / 1e6)
    size = sizes_of(home)[0] - before[0]
    of = f"{articles} articles, {sources} sources"
    row(f"{of}: {FETCHES} small fetches, an article of {said:.0f}", "crier", "bytes", [size / (FETCHES * some)])
    row(f"{of}: the first ten of them", "crier", "CPU ms", times[:10])
    row(f"{of}: the last ten of them", "crier", "CPU ms", times[-10:])
    row(f"{of}: the log after them", "crier", "MB", logs, limit=32)


def measure_all(build, home, of, articles, costs):
    row(f"{of}: the store, an article", "crier", "bytes", [sizes_of(home)[0] / articles])
    for name, command in COMMANDS.items():
        cpu, peak = zip(*(measure(build, home, command) for _ in range(RUNS)))
        row(f"{of}: {name}", "crier", "CPU ms", cpu)
        row(f"{of}: {name}, peak", "crier", "MiB", [p for p in peak if p > LEAST] or [0])
        costs[name].append(statistics.median(cpu))


def main():
    build, folder, steps = sys.argv[1], sys.argv[2], [tuple(map(int, step.split("/"))) for step in sys.argv[3:]]
    feed = os.path.join(folder, "feed.xml")
    with open(feed, "w", encoding="utf-8") as file:
        file.write("<rss version='2.0'><channel><title>City</title></channel></rss>\n")
    costs, there, home = {name: [] for name in COMMANDS}, 0, ""
    with Server(feed) as server:
        for articles, sources in steps:
            home = grow(build, folder, articles, sources, there)
            there = articles
            point_at(home, server.port, sources)
            measure_all(build, home, f"{articles} articles, {sources} sources", articles, costs)
    for name, values in costs.items():
        row(f"{name}, power of the articles", "crier", "", [power([s[0] for s in steps], values)], limit=1.1)
        row(f"{name}, power of the sources", "crier", "", [power([s[1] for s in steps], values)], limit=1.1)
    small_changes(build, folder, home, *steps[-1])
    if home.endswith("home"):
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
