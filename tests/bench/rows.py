#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of `make bench`: one function prints each and puts it into the file of the run.

    rows.py begin                                         starts the file anew: machine, version, columns
    rows.py row NAME PROGRAM UNIT VALUE… [limit=N] [note=TEXT]
    rows.py read                                          rows on standard input: NAME, PROGRAM, UNIT and
                                                          values between tabs, a line each

BENCH_RESULT names the file (none: rows are printed only), BENCH_PART the part of the bench that
runs.  A row is one figure of one program: the values are those of its runs.  Printed is the median; of
crier's own programs also the ratio to every peer that has a row of the same name and unit already,
so peers are measured first.  README.md says what the columns of the file are.
"""
import os
import platform
import statistics
import subprocess
import sys
import time

COLUMNS = ("part", "row", "program", "unit", "median", "least", "most", "runs", "limit")


def more_is_better(unit):
    """A rate: MB/s, articles/s."""
    return unit.endswith("/s")


def number(value):
    """Six digits, as people and programs read them."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def shown(value):
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 100 else f"{value:.3g}"


def read_rows(path):
    """[{column: text}] of a file, and what its head says."""
    rows, head = [], {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                key, _, value = line[1:].strip().partition(": ")
                head[key] = value
            elif fields[0] != "part" and len(fields) == len(COLUMNS):
                rows.append(dict(zip(COLUMNS, fields)))
    return rows, head


def own(program):
    return program.startswith("crier")


def ratios(part, name, program, unit, median):
    """" = 2.1 x curl" for each peer that was measured before."""
    path = os.environ.get("BENCH_RESULT")
    if not path or not own(program) or not os.path.exists(path):
        return ""
    peers = {r["program"]: float(r["median"]) for r in read_rows(path)[0]
             if (r["part"], r["row"], r["unit"]) == (part, name, unit) and not own(r["program"])}
    return "".join(f" = {median / peer:.2f} x {program}" for program, peer in peers.items() if peer)


def row(name, program, unit, values, limit=None, note="", part=None):
    """The one function: prints a row and records it."""
    values = [float(value) for value in values]
    part = part or os.environ.get("BENCH_PART", "")
    median = statistics.median(values)
    over = limit is not None and (median < limit if more_is_better(unit) else median > limit)
    line = f"{'!' if over else ' '}  {name:<52} {program:<26} {shown(median):>8} {unit}"
    if max(values) > min(values):
        line += f" ({shown(min(values))}…{shown(max(values))})"
    if limit is not None:
        line += f", limit {shown(limit)}"
    print(line + ratios(part, name, program, unit, median) + (f"; {note}" if note else ""), flush=True)
    path = os.environ.get("BENCH_RESULT")
    if path:
        fields = (part, name, program, unit, number(median), number(min(values)), number(max(values)), str(len(values)),
                  "" if limit is None else number(limit))
        with open(path, "a", encoding="utf-8") as file:
            file.write("\t".join(field.replace("\t", " ") for field in fields) + "\n")


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(": ")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def commit():
    try:
        return subprocess.run(["git", "-C", os.environ.get("srcdir", "."), "describe", "--always", "--dirty"], check=True,
                              capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def begin():
    path = os.environ.get("BENCH_RESULT")
    if not path:
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# format: crier bench 1\n# commit: {commit()}\n# date: {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}\n"
                   f"# machine: {os.cpu_count()} x {processor()}\n" + "\t".join(COLUMNS) + "\n")


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "begin":
        begin()
    elif command == "read":
        for line in sys.stdin:
            name, program, unit, *values = line.rstrip("\n").split("\t")
            row(name, program, unit, values)
    else:
        options = dict(a.split("=", 1) for a in arguments[3:] if a.startswith(("limit=", "note=")))
        values = [a for a in arguments[3:] if not a.startswith(("limit=", "note="))]
        row(*arguments[:3], values, limit=float(options["limit"]) if "limit" in options else None, note=options.get("note", ""))


if __name__ == "__main__":
    main()
