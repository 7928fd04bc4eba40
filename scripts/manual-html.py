# SPDX-License-Identifier: GPL-3.0-or-later
"""manual-html.py FOLDER STYLESHEET VERSION PAGE...: the manual pages as HTML by mandoc, with an index and links between
them.  The language of a page is the folder that it lies in, if that is not man.  Without mandoc that is said, and nothing
is written."""
import html
import os
import re
import shutil
import subprocess
import sys

# what pages say around the text: the name of the language, and of the index
WORDS = {"en": ("English", "Contents", "The manual of crier", "page", "what it tells"),
         "ru": ("Русский", "Содержание", "Руководство по crier", "страница", "о чём она"),
         "zh_CN": ("中文", "目录", "crier 手册", "页面", "内容")}


def plain(line):
    line = re.sub(r"\\f(?:\[\w*\]|.)", "", line.strip())
    for escape, text in (("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\&", ""), ("\\(em", "–")):
        line = line.replace(escape, text)
    return line


def described(path):
    """What the line below the first heading says behind the name."""
    lines = open(path, encoding="utf-8").read().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(".SH"))
    text = plain(" ".join(lines[at + 1:next(i for i in range(at + 1, len(lines)) if lines[i].startswith(".SH"))]))
    return re.split(r" (?:-|–|—) ", text, maxsplit=1)[-1]


def file_of(name, language):
    return f"{name}.html" if language == "en" else f"{name}.{language}.html"


def page(language, title, nav, body):
    return (f'<!DOCTYPE html>\n<html lang="{language.replace("_", "-")}" xml:lang="{language.replace("_", "-")}" xmlns="http://www.w3.org/1999/xhtml">\n'
            f'<head>\n<meta charset="utf-8"/>\n<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
            f'<title>{html.escape(title)}</title>\n<link rel="stylesheet" href="manual.css"/>\n</head>\n<body>\n'
            f"<nav>{nav}</nav>\n{body}\n</body>\n</html>\n")


folder, style, version, *paths = sys.argv[1:]
if not shutil.which("mandoc"):
    print("manual-html: mandoc is not installed: the manual is not made as HTML", file=sys.stderr)
    sys.exit(0)
pages = {}
for path in paths:
    language = os.path.basename(os.path.dirname(path))
    pages.setdefault(os.path.basename(path), {})["en" if language == "man" else language] = path
order = sorted(pages, key=lambda name: (name[-1], name))
os.makedirs(folder, exist_ok=True)
shutil.copyfile(style, os.path.join(folder, "manual.css"))


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


for name, versions in pages.items():
    for language, path in versions.items():
        run = subprocess.run(["mandoc", "-T", "html", "-K", "utf-8", "-O", "fragment", path], capture_output=True, text=True, encoding="utf-8")
        if run.returncode > 1 or not run.stdout:
            sys.exit(run.stderr or f"mandoc could not read {path}")

        def link(match):
            other = f"{match[2]}.{match[3]}"
            if other not in pages or other == name:
                return match[0]
            return f'<a href="{file_of(other, language if language in pages[other] else "en")}">{match[0]}</a>'

        body = re.sub(r"<(b|i)>([a-z.-]+)</\1>\((\d)\)", link, run.stdout)
        nav = [f'<a href="{file_of("index", language if language in WORDS else "en")}">{WORDS.get(language, WORDS["en"])[1]}</a>']
        for other in versions:
            word = WORDS.get(other, (other,))[0]
            nav.append(f"<b>{word}</b>" if other == language else
                       f'<a href="{file_of(name, other)}" hreflang="{other.replace("_", "-")}">{word}</a>')
        write(file_of(name, language), page(language, f"{name[:-2]}({name[-1]})", " · ".join(nav), body))
for language, (_, _, title, head, tells) in WORDS.items():
    rows = []
    for name in order:
        at = language if language in pages[name] else "en"
        rows.append(f'<tr><td><a href="{file_of(name, at)}">{name[:-2]}({name[-1]})</a></td>'
                    f"<td>{html.escape(described(pages[name][at]))}</td></tr>")
    nav = " · ".join(f"<b>{WORDS[one][0]}</b>" if one == language else
                     f'<a href="{file_of("index", one)}" hreflang="{one.replace("_", "-")}">{WORDS[one][0]}</a>' for one in WORDS)
    write(file_of("index", language), page(language, title, nav,
          f'<h1>{title} {html.escape(version)}</h1>\n<table class="pages">\n<tr><th>{head}</th><th>{tells}</th></tr>\n' + "\n".join(rows) + "\n</table>"))
