#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py A B: two files of `make bench` side by side, a line a row.

The ratio is B to A, over 1 where B is more.  What of crier's own is worse by more than 5 % is marked:
"worse", or "worse?" where the runs of the two overlap, so that it may be noise.  The same figure of a
peer, which did not change, says how noisy the machine was.  Rows that only one file has are named.
"""
import sys

from rows import more_is_better, own, read_rows, shown

WORSE = 1.05


def key(row):
    return row["part"], row["row"], row["program"], row["unit"]


def verdict(a, b):
    """What is said of a row whose figures are a's and b's."""
    before, after = float(a["median"]), float(b["median"])
    more = more_is_better(a["unit"])
    first, second = (after, before) if more else (before, after)
    if second <= first * WORSE:
        return "better" if first > second * WORSE else ""
    apart = float(b["most"]) < float(a["least"]) if more else float(b["least"]) > float(a["most"])
    return "worse" if apart else "worse?"


def main():
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.exit("usage: make bench-compare A=FILE B=FILE")
    try:
        (before, head_a), (after, head_b) = (read_rows(path) for path in sys.argv[1:])
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"bench-compare: {error}")
    for name, head, path in (("A", head_a, sys.argv[1]), ("B", head_b, sys.argv[2])):
        if head.get("format") != "crier bench 1":
            sys.exit(f"bench-compare: {path} is no file of make bench")
        print(f"{name}: {path}, {head.get('commit', '')}, {head.get('date', '')}, {head.get('machine', '')}")
    if head_a.get("machine") != head_b.get("machine"):
        print("(the machines differ: only ratios to peers say something)")
    later, part, worse, compared = {key(row): row for row in after}, None, 0, 0
    for a in before:
        b = later.pop(key(a), None)
        if a["part"] != part:
            part = a["part"]
            print(f"== {part}")
            print(f"   {'':<52} {'':<26} {'A':>8} {'B':>8}  B to A")
        line = f"   {a['row']:<52} {a['program']:<26} {shown(float(a['median'])):>8} "
        if not b:
            print(line + f"{'-':>8} {a['unit']}")
            continue
        said = verdict(a, b) if own(a["program"]) else ""
        compared += own(a["program"])
        worse += said.startswith("worse")
        before_, after_ = float(a["median"]), float(b["median"])
        ratio = f"{after_ / before_:6.2f}" if before_ else f"{'-':>6}"
        print(line + f"{shown(after_):>8} {ratio}  {a['unit']:<8} {said}".rstrip())
    for row in later.values():
        print(f"   {row['part']}: {row['row']:<45} {row['program']:<26} {'-':>8} {shown(float(row['median'])):>8} {row['unit']}")
    print(f"{worse} of {compared} rows of crier are worse by more than 5 %")


if __name__ == "__main__":
    main()
