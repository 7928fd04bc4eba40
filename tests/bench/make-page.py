#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-page.py BYTES: an article page of about that size, always the same one."""
import random
import sys

WORDS = "город новости мост река 市政府 通知 道路 council water open the town of in school budget".split()


def main():
    size = int(sys.argv[1])
    r = random.Random(1)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    out = ['<!DOCTYPE html><html><head><meta charset="utf-8"><title>A long page - Town</title></head><body>\n<div class="nav">',
           *(f'<a href="/s/{n}">section {n}</a> ' for n in range(20)), '</div>\n<div class="article"><h1>A long page</h1>\n']
    written = sum(map(len, out))
    while written < size:
        out.append(f"<p>{' '.join(r.choice(WORDS) for _ in range(30))} <a href=\"/x/{r.randrange(10 ** 4)}.html\">{r.choice(WORDS)}</a>,"
                   f" <b>{r.choice(WORDS)}</b> {' '.join(r.choice(WORDS) for _ in range(8))}.</p>\n")
        written += len(out[-1].encode())
    out.append("</div></body></html>\n")
    sys.stdout.write("".join(out))


main()
