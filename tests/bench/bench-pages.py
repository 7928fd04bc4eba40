#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page costs: CPU time with process start, the mean over all pages of a folder.

    bench-pages.py FOLDER COMMAND…      each COMMAND one argument; the page is on standard input

The commands take turns page by page, so that a noisy machine is noisy for all of them.
"""
import os
import shlex
import sys

from measure import peak_until_end
from rows import row


def pages(folder):
    found = []
    for root, _, files in os.walk(folder):
        found += [os.path.join(root, f) for f in files if f.endswith(".html")]
    return sorted(found)


def cost(command, path):
    null = os.open(os.devnull, os.O_RDWR)
    page = os.open(path, os.O_RDONLY)
    pid = os.posix_spawnp(command[0], command, os.environ,
                          file_actions=[(os.POSIX_SPAWN_DUP2, page, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
    os.close(page)
    os.close(null)
    peak = peak_until_end(pid)
    _, _, used = os.wait4(pid, 0)
    return used.ru_utime + used.ru_stime, peak


def main():
    folder, commands = sys.argv[1], [shlex.split(c) for c in sys.argv[2:]]
    found = pages(folder)
    size = sum(os.path.getsize(p) for p in found)
    total, peak = [0.0] * len(commands), [0] * len(commands)
    for path in found:
        for i, command in enumerate(commands):
            used, memory = cost(command, path)
            total[i] += used
            peak[i] = max(peak[i], memory)
    print(f"   {len(found)} pages, {size / 1e6 / max(len(found), 1):.3f} MB each")
    for i, command in enumerate(commands):
        words = " ".join([os.path.basename(command[0])] + command[1:2])
        row("a page", words, "ms", [total[i] * 1000 / max(len(found), 1)])
        row("a page, peak", words, "MiB", [peak[i]])


main()
