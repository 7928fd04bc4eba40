#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks, to see what a translation can reach and whether there is room for it.

    pseudo.py make POT           the catalogue, on standard output: each line of a message stands between ⟦ and ⟧,
                                 its letters have a dot below, and it is longer by 40 %, with wide characters,
                                 combining ones and a mark of right-to-left text
    pseudo.py look EXCEPTIONS NAME [SCRIPT] <TEXT
                                 what in a text is not of that language, or begins and does not end;
                                 with a script of keys, in each of the screens that it has dumped

EXCEPTIONS has a line each: a regular expression, a tab, why what it matches is not translated.
Directives of printf, {names}, line ends and blanks at either end stay as they are.
"""
import re
import sys
import unicodedata

OPEN, CLOSE = "\u27e6", "\u27e7"
LETTERS = dict(zip(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                   "ạḅɕḍẹḟǥḥịɉḳḷṃṇọṗɋṛṣṭụṿẉẋỵẓẠḄƇḌẸḞǤḤỊɈḲḶṂṆỌṖɊṚṢṬỤṾẈẊỴẒ"))
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|\{[a-z]+\}")


def cells(text):
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padding(width):
    """Of about so many cells, in words."""
    text, pieces = "", ["界", "e\u0301", "長", "o\u0308\u0323", "\u200f~"]
    at = 0
    while cells(text) < width:
        text += " " if at % 6 == 5 else pieces[at % 5]
        at += 1
    return text.rstrip()


def line_of(line):
    head = re.match(r"#?\s*", line).group()
    tail = re.search(r"\s*$", line[len(head):]).group()
    body = line[len(head):len(line) - len(tail)]
    if not body:
        return line
    said, at = "", 0
    for kept in KEPT.finditer(body):
        said += body[at:kept.start()].translate(LETTERS) + kept.group()
        at = kept.end()
    said += body[at:].translate(LETTERS)
    plain = KEPT.sub("", body)
    if re.search(r"[A-Za-z]", plain):  # what is made of directives alone says nothing
        said += padding(max(1, round(cells(plain) * 0.4)))
    return head + OPEN + said + CLOSE + tail


def translated(text):
    return "\n".join(line_of(line) for line in text.split("\n"))


def messages(path):
    """Of a .pot that xgettext wrote: (context, one, many)."""
    entry, field = {}, None
    escapes = {"n": "\n", "t": "\t", "r": "\r"}
    with open(path, encoding="utf-8") as pot:
        for line in [*pot, ""]:
            start = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ", line)
            if start:
                field = start.group(1)
                entry[field] = ""
                line = line[start.end():]
            if line.startswith('"'):
                entry[field] += re.sub(r"\\(.)", lambda m: escapes.get(m.group(1), m.group(1)), line.strip()[1:-1])
            elif not start:
                if entry.get("msgid"):
                    yield entry.get("msgctxt"), entry["msgid"], entry.get("msgid_plural")
                if not line.strip():
                    entry = {}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def make(pot):
    print('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    for context, one, many in messages(pot):
        if context is not None:
            print("msgctxt", quoted(context))
        print("msgid", quoted(one))
        if many is None:
            print("msgstr", quoted(translated(one)))
        else:
            print("msgid_plural", quoted(many))
            print("msgstr[0]", quoted(translated(one)))
            print("msgstr[1]", quoted(translated(many)))
        print()


def known_in(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                pattern, reason = line.rstrip("\n").split("\t")
                assert reason, line
                yield re.compile(pattern, re.ASCII)


def look(known, name, lines, width):
    """What is wrong in the lines of a screen of so many cells, or of an output (0)."""
    wrong, depth, begun = [], 0, 0
    for number, line in enumerate(lines, 1):
        line = unicodedata.normalize("NFC", line)
        rest = line
        for pattern in known:
            rest = pattern.sub(lambda found: " " * len(found.group()), rest)
        for word in re.findall(r"[A-Za-z]{2,}(?:[ '-][A-Za-z]+)*", rest):
            wrong.append(f"{name}, line {number}: not translated: '{word}' in: {line.strip()}")
        for sign in line:
            if sign == OPEN:
                begun = begun if depth else number
                depth += 1
            elif sign == CLOSE and depth:
                depth -= 1
        if depth and "…" in line[line.rfind(OPEN) + 1:]:
            # cut, and said so: nothing is wrong where the line is full
            if cells(line.rstrip()) < width - 3 and "│" not in line:
                wrong.append(f"{name}, line {number}: cut, though there is room: {line.strip()}")
            depth = 0
    # what begins above the bar of keys may go on below
    if depth and not (width and begun >= len(lines) - 5):
        wrong.append(f"{name}, line {begun}: begins and does not end: {lines[begun - 1].strip()}")
    return wrong


def look_all(exceptions, name, script):
    """Standard input; with a script, each screen that it has dumped by itself."""
    known = list(known_in(exceptions))
    lines = sys.stdin.read().split("\n")
    if not script:
        return look(known, name, lines, 0)
    wrong, at, keys = [], 0, ""
    size = (80, 24)
    with open(script, encoding="utf-8") as file:
        for line in file:
            word, _, rest = line.strip().partition(" ")
            if word == "size":
                size = tuple(map(int, rest.split()))
            elif word == "dump":
                wrong += look(known, f"{name}, after {keys}, {size[0]}x{size[1]}", lines[at:at + size[1]], size[0])
                at += size[1]
            elif word:
                keys = f"'{rest}'"
    return wrong


def main():
    if sys.argv[1] == "make":
        make(sys.argv[2])
        return 0
    wrong = look_all(sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
