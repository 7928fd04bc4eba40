# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a store, as scenes: each starts from a home that is laid out, runs one command, and knows what is right afterwards.

A scene has what was there before the command and what is there after an undisturbed one.  `judge()` says
what is wrong with what a disturbed one has left, a failed call or SIGKILL.
"""
import os
import re
import shutil
import sqlite3

import city as cities
import kit

MARKED = ("starred", "is:unread")


class Scene:
    def __init__(self, name, words, program="crier", lay=None, after=None, whole=True, rerun_fails=False):
        self.name, self.words, self.program = name, words, program
        self.lay = lay              # changes the home that is laid out: lay(home)
        self.after = after          # what must hold after success: after(home) gives a fault or None
        self.whole = whole          # all or nothing; else source by source
        self.rerun_fails = rerun_fails  # done twice it is refused, which says that it was done


class Stage:
    """A city and the homes that scenes start from."""

    def __init__(self):
        self.home = kit.Home()
        self.folder = self.home.path + ".scenes"
        self.city = c = cities.City(7)
        c.start()
        c.now = self.home.now - 3 * 86400
        for section in cities.SECTIONS:
            for _ in range(5):
                c.now += 1800
                c.publish(section)
        self.home.write("urls", "# what we read\n" + "".join(c.url(s) + (' "list"' if k == "list" else "") + "\n" for s, k in cities.SECTIONS.items()))
        self.home.write("crier.conf", f"[source {c.url('press')}]\nstore.keep=1\n[source {c.url('tenders')}]\nfetch.attachments=always\n")
        self.home.write("converters", "[paper]\nFormats=rtf\nCommand=cat {file}\n")
        self.home.write("keys", "size 80 24\nkeys G Enter G Enter q q q\n")
        self.home.save(self.folder + "/empty")
        self.home.must("fetch", "--all", "--progress=none")
        db = sqlite3.connect(self.home.store)
        ids = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
        db.close()
        self.home.must("mark", "read", f"id:{ids[0]}..{ids[8]}")
        self.home.must("mark", "starred", f"id:{ids[3]}..{ids[6]}")
        self.home.must("mark", "+home", f"id:{ids[5]}")
        self.home.must("mark", "deleted", f"id:{ids[-3]}..{ids[-1]}")
        self.home.must("store", "backup", self.home.data + "/copy.db")
        self.home.must("mark", "starred", f"id:{ids[10]}")
        self.home.save(self.folder + "/day")
        for section in cities.SECTIONS:
            for _ in range(3):
                c.publish(section)
            c.edit(c.articles[section][1])
        self.scenes = self.make_scenes()

    def end(self):
        self.home.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the scenes ---------------------------------------------------------------------------
    def make_scenes(self):
        fetch = ["fetch", "--all", "--progress=none"]
        url = self.city.url("events")
        transfer = [Scene("fetch-transfer", fetch, "crier-transfer", whole=False)] if os.path.exists(os.path.join(self.home.build, "crier-transfer")) else []
        return transfer + [
            Scene("first-fetch", fetch, "crier-worker", lay=lambda h: h.load(self.folder + "/empty"), whole=False),
            Scene("fetch", fetch, "crier-worker", whole=False),
            Scene("index", ["fetch", "--progress=none"], "crier-worker", lay=wait_for_index, after=all_is_found, whole=False),
            Scene("expire", fetch, "crier-worker", lay=grow_old, whole=False),
            Scene("reprocess", ["reprocess", "source:" + self.city.url("notices")], "crier-worker"),
            Scene("mark", ["mark", *MARKED]),
            Scene("tag", ["mark", "+work", "is:unread"]),
            Scene("delete", ["mark", "deleted", "is:read"], rerun_fails=True),
            Scene("reader", ["--script", self.home.config + "/keys"]),
            Scene("rebuild", ["store", "rebuild"], lay=wrong_counters, after=all_is_found),
            Scene("recover", ["store", "rebuild"], lay=damage, after=all_is_found),
            Scene("compact", ["store", "compact"], after=all_is_found),
            Scene("purge", ["store", "purge"]),
            Scene("backup", ["store", "backup", self.home.data + "/new.db"], after=is_copied),
            Scene("backup-over", ["store", "backup", self.home.data + "/copy.db"]),
            Scene("restore", ["store", "restore", self.home.data + "/copy.db"]),
            Scene("restore-nowhere", ["store", "restore", self.home.data + "/copy.db"], lay=without_store),
            Scene("migrate-9", ["mark", *MARKED], lay=lambda h: downgrade(h, 9)),
            Scene("migrate-7", ["mark", *MARKED], lay=lambda h: downgrade(h, 7)),
            Scene("add", ["add", "--no-discover", "http://127.0.0.1:9/feed.xml"], rerun_fails=True),
            Scene("remove", ["remove", url], rerun_fails=True),
        ]

    def lay_out(self, scene):
        self.home.load(self.folder + "/day")
        if scene.lay:
            scene.lay(self.home)

    def learn(self, scene):
        """Runs it undisturbed."""
        self.lay_out(scene)
        scene.before = self.state()
        status, out, err = self.home.run(*scene.words)
        if status != 0:
            raise SystemExit(f"{scene.name}: undisturbed it ends with {status}: {out}{err}")
        scene.done = self.state()
        fault = self.soundness(scene) or (scene.after(self.home) if scene.after else None)
        if fault:
            raise SystemExit(f"{scene.name}: undisturbed: {fault}")

    def state(self):
        with open(self.home.urls, encoding="utf-8") as f:
            urls = f.read()
        return urls, kit.contents(self.home.store), kit.contents(self.home.data + "/copy.db")

    # --- what is wrong ------------------------------------------------------------------------
    def soundness(self, scene):
        home = self.home
        if os.path.exists(home.store) and os.path.getsize(home.store):
            if scene.name not in ("recover",):
                fault = kit.fault_of(home.store)
                if fault:
                    return f"integrity: {fault}"
        elif scene.before[1]:
            return "the store is gone"
        fault = kit.fault_of(home.data + "/copy.db")
        return f"copy: {fault}" if fault else None

    def judge(self, scene, status, err, killed=False):
        """What is wrong after a run that was disturbed, and after another that is not; a list."""
        wrong, home = [], self.home
        if status == 999:
            wrong.append("it hung")
        if not killed and status < 0:
            wrong.append(f"it ended by signal {-status}")
        if not killed and status == 70:
            wrong.append("it called that an internal error")
        if not killed and status > 0 and not err.strip() and not (status in (2, 3) and "--progress=none" in scene.words):
            wrong.append(f"status {status} without a word")
        left = home.left_behind()
        if left:
            wrong.append(f"processes left: {left}")
        if not killed and status > 0:
            wrong += [f"it failed and left {name}" for name in os.listdir(home.data)
                      if re.search(r"\.(damaged|before)-[0-9-]+$", name) and not os.path.exists(home.store) or
                      os.path.exists(home.store) and name != "articles.db" and os.path.samefile(home.store, os.path.join(home.data, name))]
        if scene.name != "recover" or status == 0:
            fault = self.soundness(scene)
            if fault:
                return wrong + [fault]
        try:
            now = self.state()
        except (sqlite3.Error, OSError) as error:
            return wrong + [f"cannot be read: {error}"]
        if scene.name == "recover" and status == 0 and re.search(r"(?!meta)\b[a-z]+: damaged after row", err):
            return wrong  # the disk failed, and what it cost was said
        wrong += self.compare(scene, now, status == 0 and scene.name != "reader", killed or scene.program == "crier-transfer")
        if status == 0 and scene.after:
            fault = scene.after(home)
            if fault:
                wrong.append(f"status 0, but {fault}")
        again, out, err = home.run(*scene.words)
        if again not in ((0, 1, 4) if scene.rerun_fails else (0,)):
            wrong.append(f"the second run ends with {again}: {(out + err).strip()[:200]}")
        fault = self.soundness(scene)
        if fault:
            return wrong + [f"second run: {fault}"]
        end = self.state()
        if end != scene.done and not scene.whole and "/file-" in home.run("status")[1]:
            # an attachment that could not be converted is not tried again by itself; status says so
            home.run("reprocess", "has:attachment")
            end = self.state()
        if end != scene.done:
            wrong.append("the second run ends with another result: " + difference(scene.done, end))
        if scene.after:
            fault = scene.after(home)
            if fault:
                wrong.append(f"second run: {fault}")
        status, out, err = home.run("store", "check")
        if status != 0:
            wrong.append(f"store check: {status} {(out + err).strip()[:200]}")
        return wrong + self.left_files()

    def compare(self, scene, now, success, helper):
        """Nothing committed is lost, and nothing is half."""
        wrong = []
        for what, index in (("urls", 0), ("the store", 1), ("the copy", 2)):
            old, new, got = scene.before[index], scene.done[index], now[index]
            if got == new or (not success and got == old) or (scene.name == "recover" and not success):
                continue
            if index != 1 or scene.whole:
                wrong.append(f"{what} is neither the old nor the new one" + (", and it said 0" if success else "") + ": " + difference(new, got))
                continue
            for source in set(old) | set(new) | set(got):
                if got.get(source) != new.get(source) and (success and not helper or got.get(source) != old.get(source)) and \
                        not is_on_its_way(old.get(source), new.get(source), got.get(source)):
                    wrong.append(f"{source} is neither old nor new" + (", and it said 0" if success else ""))
        return wrong

    def left_files(self):
        home, wrong = self.home, []
        for folder in (home.data, home.config):
            for name in os.listdir(folder):
                if re.search(r"\.part$|\.rebuilt|\.restore-part|^\.crier-new\.", name):
                    wrong.append(f"never swept: {name}")
        return wrong


def is_on_its_way(old, new, got):
    """Nothing is lost but what expires, nothing is there that should not be; pages may be missing that the next fetch asks for."""
    rows, gone = {r[0]: r for r in got or [] if r[0] != "purged"}, {r[1] for r in got or [] if r[0] == "purged"}
    told = {r[0]: r for r in new or [] if r[0] != "purged"}
    ended = {r[1] for r in new or [] if r[0] == "purged"}
    kept = all(r[0] in rows or r[0] in gone and r[0] in ended for r in old or [] if r[0] != "purged")
    return kept and gone <= ended and all(key in told or key in ended for key in rows)


def difference(expected, found):
    if type(expected) is not type(found) or isinstance(expected, str):
        return repr(found)[:100]
    if isinstance(expected, tuple):
        return "; ".join(difference(a, b) for a, b in zip(expected, found) if a != b)
    lines = []
    for key in sorted(set(expected) | set(found)):
        a, b = set(expected.get(key, [])), set(found.get(key, []))
        if a != b:
            lines.append(f"{key}: missing {sorted(map(str, a - b))[:1]}, too much {sorted(map(str, b - a))[:1]}")
    return "; ".join(lines)[:300]


# --- laying out ---------------------------------------------------------------------------------

def edit(home, sql):
    db = sqlite3.connect(home.store)
    db.executescript(sql)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def wait_for_index(home):
    # in a later hour nothing is due but what waits
    edit(home, "INSERT OR IGNORE INTO search_wait(article) SELECT id FROM articles WHERE id NOT IN (SELECT article FROM search_wait);"
               "INSERT INTO search(search) VALUES('delete-all'); UPDATE sources SET next_due = 1761350400 + 3000")


def grow_old(home):
    edit(home, "INSERT INTO marks(article, read) SELECT id, 1 FROM articles WHERE source = (SELECT id FROM sources WHERE url LIKE '%press%')"
               " ON CONFLICT(article) DO UPDATE SET read = 1; UPDATE articles SET first_seen = first_seen - 864000, sort = sort - 864000, published = published - 864000"
               " WHERE source = (SELECT id FROM sources WHERE url LIKE '%press%')")


def wrong_counters(home):
    edit(home, "UPDATE sources SET unread = unread + 3, total = total + 1")


def without_store(home):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(home.store + suffix):
            os.remove(home.store + suffix)


def damage(home):
    """One page of a table's index is overwritten; what is in tables can be read."""
    db = sqlite3.connect(home.store)
    size = db.execute("PRAGMA page_size").fetchone()[0]
    root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()[0]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with open(home.store, "r+b") as f:
        f.seek((root - 1) * size)
        f.write(b"\xee" * size)


# counters as schemas before 11 kept them
FORMER_TRIGGERS = """
DROP TRIGGER editions_added; DROP TRIGGER editions_changed; DROP TRIGGER articles_added_edition; DROP TRIGGER articles_readdressed;
DROP INDEX articles_by_group;
DROP TRIGGER articles_translated_title; DROP TRIGGER sources_translated;
DROP TRIGGER articles_added_unread; DROP TRIGGER articles_moved; DROP TRIGGER articles_translated;
DROP TRIGGER sources_added; DROP TRIGGER sources_removed; DROP TRIGGER sources_renamed;
DROP TRIGGER marks_added; DROP TRIGGER marks_changed;
CREATE TRIGGER marks_added AFTER INSERT ON marks BEGIN
 UPDATE sources SET total = total - new.deleted, unread = unread - (new.read OR new.deleted)
 WHERE id = (SELECT source FROM articles WHERE id = new.article); END;
CREATE TRIGGER marks_changed AFTER UPDATE ON marks BEGIN
 UPDATE sources SET total = total + old.deleted - new.deleted, unread = unread + (old.read OR old.deleted) - (new.read OR new.deleted)
 WHERE id = (SELECT source FROM articles WHERE id = new.article); END;
"""


def without_columns(table, *columns):
    return "".join(f"ALTER TABLE {table} DROP COLUMN {c};" for c in columns)


def downgrade(home, version):
    """The store as an earlier crier had it."""
    sql = FORMER_TRIGGERS + "DROP INDEX articles_by_arrival;"
    for table in ("unread", "languages", "titles", "changes", "cursors", "watch_failures", "early_marks", "agenda", "citations", "rechecks", "lists", "editions_wait",
                  "sync_log", "sync_items", "sync_feeds", "pictures", "arrivals"):
        sql += f"DROP TABLE {table};"
    sql += "DELETE FROM meta WHERE key LIKE 'reading%' OR key LIKE 'sync%' OR key = 'source_names';"
    sql += ("DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5(title, text, content='', columnsize=0, detail=column, tokenize='ascii');"
            "INSERT OR IGNORE INTO search_wait(article) SELECT id FROM articles;")
    sql += without_columns("pages", "evidence", "sha256") + without_columns("responses", "evidence", "sha256")
    sql += without_columns("purged", "first_seen", "title")
    sql += without_columns("sources", "first_success", "failing_since", "last_new", "http_status", "certificate_expires", "history")
    sql += without_columns("articles", "starts", "starts_offset", "starts_precision", "ends", "ends_offset", "ends_precision", "place", "edition_group", "number")
    sql += without_columns("attachments", "named")
    sql += without_columns("documents", "heading", "published", "published_offset", "published_precision", "updated", "attachments", "reread")
    if version < 9:
        sql += ("DROP TABLE files; DROP INDEX attachments_by_url; PRAGMA application_id=0; PRAGMA writable_schema=ON;"
                "UPDATE sqlite_schema SET sql = replace(sql, 'tokenize=''ascii''', 'tokenize=''crier''') WHERE name = 'search'; PRAGMA writable_schema=RESET;")
    edit(home, sql + f"PRAGMA user_version={version};")


# --- what holds after success --------------------------------------------------------------------

def all_is_found(home):
    listed = home.run("list", "--limit=0", "--format=tsv")[1].count("\n")
    found = home.run("list", "--limit=0", "--format=tsv", "title:Notice")[1].count("\n")
    scanned = sum(1 for line in home.run("list", "--limit=0", "--format=tsv")[1].splitlines() if "Notice" in line)
    return None if listed and found == scanned else f"a search finds {found} of {scanned}"


def is_copied(home):
    if kit.contents(home.data + "/new.db") != kit.contents(home.store):
        return "the copy is another"
    return None
