# SPDX-License-Identifier: GPL-3.0-or-later
"""What the campaigns share: a home of their own, runs of the programs with a limit, a store's contents as a value."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("builddir", os.path.join(TREE, "build")))
LIMIT = 60  # seconds until a command counts as hung


class Home:
    """Folders and an environment in which nothing of the user's is found."""

    def __init__(self, build=BUILD):
        self.build = build
        self.path = tempfile.mkdtemp(prefix="crier-campaign.")
        self.config, self.data, self.tmp = (os.path.join(self.path, n) for n in ("config/crier", "data/crier", "tmp"))
        self.store, self.urls = os.path.join(self.data, "articles.db"), os.path.join(self.config, "urls")
        for folder in (self.config, self.data, self.tmp):
            os.makedirs(folder)
        self.now, self.sessions = 1761350400, []
        self.env = {"PATH": os.environ["PATH"], "HOME": self.path, "XDG_CONFIG_HOME": os.path.join(self.path, "config"),
                    "XDG_DATA_HOME": os.path.join(self.path, "data"), "XDG_CACHE_HOME": os.path.join(self.path, "cache"),
                    "TMPDIR": self.tmp, "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm", "LSAN_OPTIONS": "detect_leaks=0", "ASAN_OPTIONS": "verify_asan_link_order=0",
                    "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", ""), "CRIER_CAMPAIGN": self.path}

    def command(self, *words, build=None):
        return [os.path.join(build or self.build, "crier"), *words]

    def start(self, *words, build=None, **env):
        child = subprocess.Popen(self.command(*words, build=build), env={**self.env, "CRIER_NOW": str(self.now), **env}, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.sessions = [*self.sessions[-3:], child.pid]
        return child

    def run(self, *words, build=None, **env):
        """(status, stdout, stderr) of a command; status 999: it hung."""
        child = self.start(*words, build=build, **env)
        try:
            out, err = child.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, err = child.communicate()
            return 999, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        return child.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def must(self, *words, **env):
        status, out, err = self.run(*words, **env)
        if status != 0:
            sys.exit(f"crier {' '.join(words)}: status {status}: {err}")
        return out

    def write(self, name, text):
        with open(os.path.join(self.config, name), "w", encoding="utf-8") as f:
            f.write(text)

    def save(self, to):
        shutil.rmtree(to, ignore_errors=True)
        for name in ("config", "data"):
            shutil.copytree(os.path.join(self.path, name), os.path.join(to, name), symlinks=True)

    def load(self, from_):
        for name in ("config", "data"):
            shutil.rmtree(os.path.join(self.path, name), ignore_errors=True)
            shutil.copytree(os.path.join(from_, name), os.path.join(self.path, name), symlinks=True)
        for name in os.listdir(self.tmp):
            shutil.rmtree(os.path.join(self.tmp, name), ignore_errors=True)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def processes(self):
        return processes_of(self.path, self.sessions)

    def left_behind(self, patience=5):
        """The processes of this home that do not end by themselves: [(pid, name)]."""
        until = time.monotonic() + patience
        while True:
            found = self.processes()
            if not found or time.monotonic() > until:
                return found
            time.sleep(0.02)


def processes_of(home, sessions):
    """[(pid, name)]: by a mark in the environment, or the session, of those that are given another environment."""
    mark, found = f"CRIER_CAMPAIGN={home}".encode(), []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as f:
                marked = mark in f.read().split(b"\0")
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
                stat = f.read()
        except OSError:
            continue
        rest = stat.rpartition(")")[2].split()
        if rest[0] != "Z" and (marked or int(rest[3]) in sessions):
            found.append((int(pid), stat[stat.index("(") + 1:stat.rindex(")")]))
    return found


def calls_of(log):
    """How often each call was made, by the process that made most of them, as tests/kit/fail-calls.c has noted."""
    counts = {}
    with open(log if os.path.exists(log) else os.devnull, encoding="utf-8") as f:
        for line in f:
            call, _, count = line.strip().partition(" ")
            counts[call] = max(counts.get(call, 0), int(count or 1))
    return counts


def contents(store):
    """What a store says, whatever its pages and rows lie like; a source: what is told of its articles."""
    if not os.path.exists(store) or not os.path.getsize(store):
        return {}
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    db.execute("PRAGMA busy_timeout=5000")
    db.create_function("digest", 1, lambda data: f"{zlib.crc32(data):08x}")
    sources = {}
    if not db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'articles'").fetchone()[0]:
        return sources
    columns = {row[1] for row in db.execute("PRAGMA table_info(articles)")}
    starts = "a.starts" if "starts" in columns else "NULL"
    for row in db.execute(
            f"SELECT s.url, a.id, a.key, a.title, a.link, a.published, {starts}, a.withdrawn IS NOT NULL, a.revisions,"
            " coalesce(m.read, 0), coalesce(m.starred, 0), coalesce(m.deleted, 0),"
            " (SELECT group_concat(tag) FROM (SELECT tag FROM tags t WHERE t.article = a.id ORDER BY tag)),"
            " (SELECT group_concat(digest(data)) FROM (SELECT data FROM documents d WHERE d.article = a.id ORDER BY revision)),"
            " (SELECT group_concat(url) FROM (SELECT url FROM attachments t WHERE t.article = a.id ORDER BY position))"
            " FROM articles a JOIN sources s ON s.id = a.source LEFT JOIN marks m ON m.article = a.id ORDER BY s.url, a.key"):
        sources.setdefault(row[0], []).append(row[2:])
    for source, key in db.execute("SELECT s.url, p.key FROM purged p JOIN sources s ON s.id = p.source ORDER BY s.url, p.key") if \
            db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'purged'").fetchone()[0] else []:
        sources.setdefault(source, []).append(("purged", key))
    db.close()
    return sources


def fault_of(store):
    """What SQLite itself finds wrong, or None."""
    if not os.path.exists(store) or not os.path.getsize(store):
        return None
    try:
        db = sqlite3.connect(store)
        db.execute("PRAGMA busy_timeout=5000")
        rows = [row[0] for row in db.execute("PRAGMA integrity_check")] + [str(row) for row in db.execute("PRAGMA foreign_key_check")]
        db.close()
    except sqlite3.Error as error:
        return str(error)
    return None if rows == ["ok"] else "; ".join(rows[:3])
