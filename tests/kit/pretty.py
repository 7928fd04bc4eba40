# SPDX-License-Identifier: GPL-3.0-or-later
"""pretty.py [--whole]: the JSON lines on standard input with one value a line, for goldens.

What is null or an empty list is left out, unless --whole.  Fails when there is no line, or one
that is not written as compactly as it can be.
"""
import json
import sys

whole = sys.argv[1:] == ["--whole"]


def said(value):
    if isinstance(value, dict):
        return {key: said(part) for key, part in value.items() if whole or part not in (None, [])}
    return [said(part) for part in value] if isinstance(value, list) else value


lines = sys.stdin.readlines()
values = [json.loads(line) for line in lines]
for value in values:
    print(json.dumps(said(value), ensure_ascii=False, indent=1))
compact = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n" for value in values]
sys.exit(not lines or compact != lines)
