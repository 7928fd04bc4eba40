# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of scripts/coverage: reads what gcov counted below the current folder.

coverage.py SOURCE [lines]   with `lines`: which lines of each file nothing ran
"""

import collections
import gzip
import json
import os
import subprocess
import sys

POOR = 90  # per cent: a file below this has a row


def counts(source):
    """How often each line was run: {"src/room/file.c": {line: count}}."""
    found = collections.defaultdict(collections.Counter)
    for folder, _, names in os.walk("src"):
        notes = [name for name in names if name.endswith(".gcno")]
        if not notes:
            continue
        output = subprocess.run(["gcov", "--json-format", "--stdout", *notes], cwd=folder, check=True,
                                capture_output=True).stdout
        if output[:2] == b"\x1f\x8b":
            output = gzip.decompress(output)
        for text in output.decode().splitlines():
            report = json.loads(text)
            where = report["current_working_directory"]
            for file in report["files"]:
                path = os.path.relpath(os.path.join(os.getcwd(), file["file"]), source)
                if os.path.isabs(file["file"]):
                    path = os.path.relpath(file["file"], source)
                elif not path.startswith("src/"):
                    path = os.path.relpath(os.path.join(where, file["file"]), source)
                if not path.startswith("src/") or not path.endswith(".c"):
                    continue
                for line in file["lines"]:
                    found[path][line["line_number"]] += line["count"]
    return found


def main():
    source = os.path.realpath(sys.argv[1])
    found = counts(source)
    rooms = collections.defaultdict(list)
    for path, lines in found.items():
        parts = path.split("/")
        rooms[parts[1] if len(parts) > 2 else "main"].append((path, len(lines), sum(1 for c in lines.values() if c)))
    print(f"{'room':10} {'lines':>6} {'run':>6}  files below {POOR} %")
    for room, files in sorted(rooms.items()):
        lines, run = sum(f[1] for f in files), sum(f[2] for f in files)
        poor = sorted((100 * f[2] / f[1], os.path.basename(f[0])) for f in files if f[1] and 100 * f[2] < POOR * f[1])
        print(f"{room:10} {lines:6} {100 * run / lines:5.1f}%  " + ", ".join(f"{name} {share:.0f}" for share, name in poor))
    lines, run = (sum(f[i] for files in rooms.values() for f in files) for i in (1, 2))
    print(f"{'all':10} {lines:6} {100 * run / lines:5.1f}%")
    if len(sys.argv) > 2:
        for path, lines in sorted(found.items()):
            missed = sorted(number for number, count in lines.items() if not count)
            if missed:
                print(f"{path}: {' '.join(map(str, missed))}")


main()
