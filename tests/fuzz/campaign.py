#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the fuzz targets one after another for a while, and keeps what they have learnt.

    campaign.py [-j N] [-b FOLDER] [--until HH:MM] SECONDS FOLDER [TARGET...]

Each target gets SECONDS in a turn; with --until there are turns until then, else one.  N targets run at
the same time (1).  The targets are those of `make fuzz` in the build tree (-b, the current folder), or of
any folder that copies of them lie in.

Their dictionaries are the words that the sources of what they test know.

FOLDER/TARGET is the corpus of a target, made smaller after each turn (libFuzzer's -merge);
FOLDER/seeds/TARGET, where it exists, is more to begin with.  FOLDER/found/TARGET has what crashed, hung
or leaked, FOLDER/logs what libFuzzer printed, and FOLDER/log.tsv has a line a turn.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["end", "target", "runs", "cov", "features", "corpus", "cpu", "wall", "status", "found"]
OPTIONS = ["-timeout=25", "-rss_limit_mb=2048", "-print_final_stats=1", "-detect_leaks=1"]
# of which sources a target's words are, and what no source has as a word
MARKUP = ["<![CDATA[", "]]>", "<!--", "-->", "</", "/>", "&#x", "&amp;lt;", "<?xml encoding=\"", "xmlns:a=\"",
          "<div class=\"", "<a href=\"", "<li>", "<td rowspan=\"", "<pre>", "<p style=\"", "<script>"]
DATES = ["src/text/date*.c", "src/text/months.def"]
HTML = ["src/portal/*.c", "src/portal/*.def", "src/document/*.c"]
WORDS = {
    "fuzz-bundle": (["src/store/bundle-*.c", "src/store/bundle-record.h"],
                    ["\x1e", "null", "\x1eportals/a.portal\n", "\x1earticles/0000001/article.json\n"]),
    "fuzz-charset": (["src/text/charset*"], ["\x1b$B", "\ufeff", "<meta charset="]),
    "fuzz-conf": (["src/config/*.def", "src/config/conv*.c", "src/ui/theme.c", "src/reader/*.def"],
                  ["[settings]", "[keys list]", "[Styles]", "[source ", "{file}", "{folder}"]),
    "fuzz-credentials": (["src/config/credentials.c"], ["http://", "\\\"", " #", "[::1]", "SECRET"]),
    "fuzz-date": (DATES, []),
    "fuzz-document": ([], ["http://a.example/", "mailto:a@b", "tel:1"]),
    "fuzz-feed": (["src/feed/*.c", *DATES], MARKUP),
    "fuzz-framing": ([], [b"\x1f\x8b\x08", b"x\x9c", "<!--", "-->", "</rss>"]),
    "fuzz-ical": (["src/feed/ical*.c"], ["BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "RRULE:FREQ=", "DTSTART;TZID=",
                                        "BEGIN:VTIMEZONE\r\n", "EXDATE:", "RDATE;VALUE=PERIOD:", "\r\n "]),
    "fuzz-import": (HTML, MARKUP),
    "fuzz-json": (["src/feed/json*.c"], ["\\u0000", "\\ud800", "\":", "1e999", "[[[["]),
    "fuzz-list": (HTML + DATES, MARKUP),
    "fuzz-opml": (["src/feed/opml.c"], MARKUP),
    "fuzz-page": (HTML + DATES, MARKUP),
    "fuzz-portal": (["src/config/portal*.c", "src/portal/rule*.c"], ["[Portal]", "[Profile]", "[Section en/news]", *MARKUP]),
    "fuzz-problem": (["src/base/problem.def", "src/fetch/policy.c"], ["{\"code\":\"", "\"detail\":"]),
    "fuzz-query": (["src/store/query.c"], [" OR ", "-(", "\"", "AND", "NEAR(", "图"]),
    "fuzz-reader": (["src/reader/*.def", "src/config/*.def"], ["图", "\u0301", "👨\u200d"]),
    "fuzz-records": (["src/portal/rec*.c", "src/portal/end*.c", "src/portal/row*"], MARKUP + ["{\"a\":[", "}]}"]),
    "fuzz-url": (["src/base/url.c", "src/config/typed.c", "src/document/address.c", "src/fetch/network.c",
                  "src/portal/discover.c"], ["http://", "[::1]", "%25", "@", "xn--"]),
    "fuzz-urls": (["src/config/urls*.c"], ["\"~", "\\\"", "\r\n", "http://"]),
}
lock = threading.Lock()


def targets_of(folder):
    """The programs fuzz-*, without what make has beside them."""
    inner = folder / "tests" / "fuzz"
    folder = inner if inner.is_dir() else folder
    return {path.name: path for path in sorted(folder.glob("fuzz-*"))
            if path.is_file() and os.access(path, os.X_OK) and not path.suffix}


def run(command, log):
    """Its status and the seconds of CPU that it took."""
    with open(log, "wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out, preexec_fn=lambda: os.nice(19))
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime


def seeds_of(name, folder):
    places = [HERE / "corpus" / name, folder / "seeds" / name]
    return [str(place) for place in places if place.is_dir()]


def dictionary(name, folder):
    """The file of a target's words, which are the texts of its sources, without what is a sentence."""
    patterns, words = WORDS.get(name, ([], []))
    words = set(words)
    for path in (path for pattern in patterns for path in HERE.parent.parent.glob(pattern)):
        for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', path.read_text()):
            words.update(re.findall(r"[^\W_](?:[\w:.\-]*\w)?[=:(]?", text) if "%" not in text else [])
    words = sorted(word if isinstance(word, bytes) else word.encode() for word in words)
    lines = ['"%s"' % "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}"
                              for byte in word) for word in words if 1 < len(word) < 60]
    if not lines:
        return []
    path = folder / f"{name}.dict"
    path.write_text("\n".join(lines) + "\n")
    return [f"-dict={path}"]


def minimise(program, name, folder):
    """The corpus without what others cover; as it was when libFuzzer cannot."""
    corpus, small = folder / name, folder / f"{name}.small"
    small.mkdir(exist_ok=True)
    status, cpu = run([program, "-merge=1", *OPTIONS[:2], str(small), str(corpus)],
                      folder / "logs" / f"{name}.merge")
    if status or not any(small.iterdir()):
        return cpu
    kept = {path.name for path in small.iterdir()}
    for path in list(corpus.iterdir()):
        if path.name not in kept:
            path.unlink()
    for path in list(small.iterdir()):
        path.replace(corpus / path.name)
    small.rmdir()
    return cpu


def last(pattern, text, otherwise="0"):
    found = re.findall(pattern, text)
    return found[-1] if found else otherwise


def turn(program, name, seconds, folder):
    corpus, found, log = folder / name, folder / "found" / name, folder / "logs" / f"{name}.log"
    for place in (corpus, found, log.parent):
        place.mkdir(parents=True, exist_ok=True)
    begin = time.time()
    status, cpu = run([str(program), *OPTIONS, f"-max_total_time={seconds}",
                       f"-artifact_prefix={found}/", *dictionary(name, folder), str(corpus),
                       *seeds_of(name, folder)], log)
    text = log.read_text(errors="replace")
    if status:
        log.replace(log.with_suffix(f".{int(begin)}.failed"))
    else:
        cpu += minimise(str(program), name, folder)
    row = {"end": time.strftime("%H:%M:%S"), "target": name,
           "runs": last(r"stat::number_of_executed_units: +(\d+)", text),
           "cov": last(r"cov: (\d+)", text), "features": last(r"ft: (\d+)", text),
           "corpus": len(list(corpus.iterdir())), "cpu": f"{cpu:.0f}",
           "wall": f"{time.time() - begin:.0f}", "status": status,
           "found": len(list(found.iterdir()))}
    with lock, open(folder / "log.tsv", "a") as out:
        if not out.tell():
            out.write("\t".join(COLUMNS) + "\n")
        out.write("\t".join(str(row[column]) for column in COLUMNS) + "\n")
    return status == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-j", type=int, default=1, help="how many at the same time")
    parser.add_argument("-b", type=pathlib.Path, default=pathlib.Path("."), help="the build tree")
    parser.add_argument("--until", help="HH:MM")
    parser.add_argument("seconds", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    folder = given.folder.resolve()
    all_well = True
    with concurrent.futures.ThreadPoolExecutor(given.j) as pool:
        while True:
            known = targets_of(given.b.resolve())
            names = given.targets or list(known)

            def one(name):
                late = given.until and time.strftime("%H:%M") >= given.until
                if late or not known[name].exists():
                    return True
                return turn(known[name], name, given.seconds, folder)

            all_well &= all(list(pool.map(one, names)))
            if not given.until or time.strftime("%H:%M") >= given.until:
                break
    sys.exit(0 if all_well else 1)


main()
