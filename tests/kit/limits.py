#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations that are longer than there is room for.

    limits.py POT PO...         a line for each that is, and status 1; status 2 if the .pot states no limit
    limits.py --apart ONE OTHER  a line for each message with a limit in one .pot that stands in the other without

A limit is stated to translators: "TRANSLATORS: ... at most 10 cells".  A number stands for two digits,
the directives of strftime(3) for what they write, with three letters of a month.
"""
import re
import sys
import unicodedata

sys.dont_write_bytecode = True
from pseudo import cells, quoted

STATED = re.compile(r"at most (\d+) cells")
WRITTEN = {"%Y": "2026", "%b": "mmm", "%m": "12", "%-m": "12", "%d": "30", "%-d": "30", "%u": "30"}


def entries(path):
    """(what translators are told, context and message, translations)"""
    told, fields, field = "", {}, None
    with open(path, encoding="utf-8") as file:
        for line in [*file, "\n"]:
            if line.startswith("#."):
                told += line[2:].strip() + " "
            elif not line.strip():
                if fields.get("msgid"):
                    yield told, (fields.get("msgctxt"), fields["msgid"]), [fields[k] for k in fields if k.startswith("msgstr")]
                told, fields = "", {}
            elif start := re.match(r"(msg[a-z_]+(?:\[\d\])?) ", line):
                field = start.group(1)
                fields[field] = ""
                line = line[start.end():]
            if line.startswith('"') and field:
                fields[field] += line.strip()[1:-1].replace('\\"', '"')


def width(text):
    return cells(unicodedata.normalize("NFC", re.sub(r"%-?[a-zA-Z]", lambda found: WRITTEN.get(found.group(), found.group()), text)))


def stated(path):
    """{message: cells}"""
    return {message: int(found.group(1)) for told, message, _ in entries(path) if (found := STATED.search(told))}


def apart(one, other):
    limits = stated(one)
    shared = [message for told, message, _ in entries(other) if message in limits and not STATED.search(told)]
    for message in shared:
        print(f"{quoted(message[1])} is short in {one} and has room in {other}: it needs a context there, C_()")
    return 1 if shared else 0


def main():
    if sys.argv[1] == "--apart":
        return apart(*sys.argv[2:])
    limits = stated(sys.argv[1])
    if not limits:
        return 2
    wrong = 0
    for path in sys.argv[1:]:
        for _, message, translations in entries(path):
            for text in [*translations, message[1]]:
                if width(text) > limits.get(message, sys.maxsize):
                    print(f"{path}: {quoted(text)} is wider than {limits[message]} cells: {width(text)}")
                    wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
