#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""picture-svg.py PICTURE NUMBER >FILE: a screen of tests/screen/pictures (the first is 1) as SVG, for README.

A picture is lines of text, then as many of styles, a letter a cell, then perhaps what the letters mean ("default,
256": on a terminal of 256 colours).  The colours are those of a usual dark terminal and of the default theme.
"""
import re
import sys
import unicodedata
from html import escape

CELL, LINE, BASE = 8.4, 18, 13  # of a font of 14 px: a cell's width, a line's height, where its text stands
INK, PAPER = "#d0d0d0", "#1c1c1c"
COLOURS = {"bright-yellow": "#ffe08a", "black": "#1c1c1c", "red": "#e06c60", "green": "#98c379", "yellow": "#e5c07b", "blue": "#3b6ea8",
           "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#f2f2f2", "default": None}


def cells(text):
    """The characters of a line with the column each begins in; what has no width joins the one before."""
    column, out = 0, []
    for c in text:
        if unicodedata.combining(c) or c in "\u200d\ufe0f":
            if out:
                out[-1][1] += c
            continue
        out.append([column, c])
        column += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return out, column


# What the letters stand for where a picture does not say it (data/themes/default.theme).
THEME = {"B": "white on blue", "T": "bold bright-yellow on blue", "K": "dim", "d": "dim", "s": "bold", "e": "underline",
         "H": "bold cyan", "c": "green", "q": "green", "L": "underline cyan", "F": "reverse", "S": "reverse",
         "U": "bold", "M": "black on yellow", "E": "bold red", "*": "yellow", "|": "dim", "-": "red",
         "+": "underline green"}


def screens(lines):
    """Those of a picture: text and styles."""
    at = 0
    while at < len(lines):
        style = next((i for i in range(at + 1, len(lines)) if re.match(r"B{5}[BT]*$", lines[i])), None)
        if style is None:
            return
        height = style - at
        yield lines[at:style], lines[style:style + height]
        at = style + height
        while at < len(lines) and re.match(r"([\w-]+, \d+$)|(\S [\w-]+: )|$", lines[at]):
            at += 1


def look(meaning):
    """Ink, paper and attributes of a style."""
    words = meaning.split()
    on = words.index("on") if "on" in words else None
    ink = next((w for w in words[:on] if w in COLOURS), "default")
    paper = words[on + 1] if on is not None else "default"
    colour = {"ink": COLOURS.get(ink) or INK, "paper": COLOURS.get(paper) or None}
    if "reverse" in words:
        colour = {"ink": colour["paper"] or PAPER, "paper": colour["ink"]}
    extra = ""
    extra += ' font-weight="bold"' if "bold" in words else ""
    extra += ' opacity="0.65"' if "dim" in words else ""
    extra += ' text-decoration="underline"' if "underline" in words else ""
    return colour["ink"], colour["paper"], extra


def runs(text, style):
    """Stretches of one style: column, cells, text, letter."""
    characters, _ = cells(text)
    out = []
    for column, c in characters:
        letter = style[column] if column < len(style) else "."
        wide = unicodedata.east_asian_width(c[0]) in "WF"
        if out and out[-1][3] == letter and out[-1][4] == wide and not wide:
            out[-1][1] += 1
            out[-1][2] += c
        else:
            out.append([column, 2 if wide else 1, c, letter, wide])
    return out


def svg(text, styles):
    width = max([len(s) for s in styles] + [cells(t)[1] for t in text])
    x = lambda column: f"{column * CELL + 8:.1f}"
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * CELL + 16:.0f}" height="{len(text) * LINE + 16}"'
          f' font-family="DejaVu Sans Mono, Noto Sans Mono CJK SC, Menlo, monospace" font-size="14">')
    print("<!-- SPDX" "-License-Identifier: GPL-3.0-or-later -->")
    print(f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>')
    for row, line in enumerate(text):
        style = styles[row] if row < len(styles) else ""
        top = row * LINE + 8
        for m in re.finditer(r"(.)\1*", style):
            _, paper, _ = look(THEME.get(m[1], ""))
            if paper:
                print(f'<rect x="{x(m.start())}" y="{top}" width="{len(m[0]) * CELL:.1f}" height="{LINE}" fill="{paper}"/>')
        for column, count, run, letter, wide in runs(line, style):
            ink, _, extra = look(THEME.get(letter, ""))
            for m in re.finditer(r"\S+(?: \S+)*", run):  # of several blanks SVG keeps one
                length = count if wide else len(m[0])
                print(f'<text x="{x(column + m.start())}" y="{top + BASE}" textLength="{length * CELL:.1f}" fill="{ink}"{extra}>{escape(m[0])}</text>')
    print("</svg>")


picture, number = sys.argv[1], int(sys.argv[2])
with open(picture, encoding="utf-8") as f:
    svg(*list(screens(f.read().split("\n")))[number - 1])
