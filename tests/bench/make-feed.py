#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-feed.py rss|atom MEGABYTES [PARAGRAPHS [SEED]]: a large feed, always the same one of a seed.

Entries of one to two kilobytes in English, Russian and Chinese by turns, with what feeds
carry: escaped HTML and CDATA, references, dates, categories, an enclosure now and then.
"""
import html
import random
import sys

WORDS = {
    "en": "council road bridge water school budget vote plan street library winter permit office repair market".split(),
    "ru": "совет дорога мост вода школа бюджет голос план улица библиотека зима ремонт рынок житель".split(),
    "zh": "市政府 道路 桥梁 供水 学校 预算 通知 规划 街道 图书馆 冬季 许可 维修 市场 居民".split(),
}
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def text(r, lang, count):
    return ("" if lang == "zh" else " ").join(r.choice(WORDS[lang]) for _ in range(count))


def body(r, lang, paragraphs):
    return "".join(f'<p>{text(r, lang, 18)} <a href="/n/{r.randrange(10 ** 6)}?a=1&amp;b=2">{text(r, lang, 2)}</a> '
                   f"{text(r, lang, 16)} &mdash; <b>{text(r, lang, 3)}</b></p>" for _ in range(paragraphs))


def entry(kind, r, n, paragraphs):
    lang = ("en", "ru", "zh")[n % 3]
    title = html.escape(f"{text(r, lang, 8)} & {n}")
    content = body(r, lang, paragraphs)
    day, month, hour = 1 + n % 28, n % 12, n % 24
    if kind == "atom":
        return (f'<entry><title type="html">{html.escape(title)}</title><link href="https://city.example/{n}/"/>'
                f"<id>tag:city.example,2025:{n}</id><updated>2024-{month + 1:02}-{day:02}T{hour:02}:15:30+08:00</updated>"
                f'<author><name>{text(r, lang, 2)}</name></author><category term="{text(r, lang, 1)}"/>'
                f'<content type="html">{html.escape(content)}</content></entry>\n')
    wrapped = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if n % 2 else ""
    enclosure = f'<enclosure url="https://city.example/{n}.pdf" length="{n}" type="application/pdf"/>' if n % 5 == 0 else ""
    return (f'<item><title>{title}</title><link>https://city.example/{n}/</link><guid isPermaLink="false">n{n}</guid>'
            f"<pubDate>{DAYS[n % 7]}, {day:02} {MONTHS[month]} 2024 {hour:02}:15:30 +0800</pubDate>"
            f"<dc:creator>{text(r, lang, 2)}</dc:creator><category>{text(r, lang, 1)}</category>"
            f"<description>{html.escape(text(r, lang, 12) if wrapped else content)}</description>{wrapped}{enclosure}</item>\n")


def main():
    kind, size = sys.argv[1], float(sys.argv[2]) * 1e6
    paragraphs = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    r = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    head, tail = {
        "rss": ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>City</title>'
                "<link>https://city.example/</link><description>news</description>\n", "</channel></rss>\n"),
        "atom": ('<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>City</title>'
                 "<id>tag:city.example,2025:feed</id><updated>2025-01-01T00:00:00Z</updated>\n", "</feed>\n"),
    }[kind]
    written, n = 0, 0
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(head)
    while written < size:
        piece = entry(kind, r, n, paragraphs)
        written += len(piece.encode())
        n += 1
        sys.stdout.write(piece)
    sys.stdout.write(tail)


main()
