# SPDX-License-Identifier: GPL-3.0-or-later
"""Circles of files: prints each set of more than two files of src/ that lead to one another.

    circles.py includes SRCDIR    by #include; a .c file and its header are one
    circles.py symbols BUILDDIR SRCDIR
                                  by the functions and data that object files take from each other

A set is a strongly connected component (Tarjan).  Ends with 1 when there is one.
"""
import collections
import os
import re
import subprocess
import sys


def files(top, *suffixes):
    for folder, _, names in os.walk(os.path.join(top, "src")):
        for name in names:
            if name.endswith(suffixes):
                yield os.path.join(folder, name)


def by_includes(top):
    src = os.path.join(top, "src")
    graph = collections.defaultdict(set)
    for path in files(top, ".c", ".h"):
        unit = os.path.splitext(os.path.relpath(path, src))[0]
        with open(path, encoding="utf-8") as text:
            for included in re.findall(r'^#include "([^"]+)"', text.read(), re.M):
                graph[unit].add(os.path.splitext(included)[0])
    return graph


def objects(top, sources):
    """The newest object of each source: an old tree has some of files that are gone or were built otherwise."""
    src, newest = os.path.join(top, "src"), {}
    for path in sorted(files(top, ".o"), key=os.path.getmtime):
        folder, name = os.path.split(path)
        unit = os.path.relpath(os.path.join(folder, re.sub(r"^lib\w+_a-|\.o$", "", name)), src)
        if os.path.exists(os.path.join(sources, "src", unit + ".c")):
            newest[unit] = path
    return newest


def by_symbols(top, sources):
    defined, used = {}, collections.defaultdict(set)
    units = {path: unit for unit, path in objects(top, sources).items()}
    # one nm for all: a process each costs more than what it reads
    listing = subprocess.run(["nm", "-A", *units], stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in listing.splitlines():
        path, _, rest = line.rpartition(":")
        kind, name = rest.split()[-2:]
        if kind == "U":
            used[units[path]].add(name)
        elif kind in "TDBRVC":
            defined[name] = units[path]
    return {unit: {defined[name] for name in names if name in defined} for unit, names in used.items()}


def circles(graph):
    index, low, stack, found = {}, {}, [], []

    def visit(unit):
        index[unit] = low[unit] = len(index)
        stack.append(unit)
        for other in graph.get(unit, ()):
            if other not in index:
                visit(other)
                low[unit] = min(low[unit], low[other])
            elif other in stack:
                low[unit] = min(low[unit], index[other])
        if low[unit] == index[unit]:
            at = stack.index(unit)
            found.append(sorted(stack[at:]))
            del stack[at:]

    for unit in sorted(graph):
        if unit not in index:
            visit(unit)
    return found


def main():
    kind, *tops = sys.argv[1:]
    graph = by_includes(*tops) if kind == "includes" else by_symbols(*tops)
    bad = [found for found in circles(graph) if len(found) > 2]
    for found in bad:
        print(len(found), *found)
    if not graph:
        print("no files in", *tops)
    sys.exit(1 if bad or not graph else 0)


sys.setrecursionlimit(10000)
main()
