# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sources of manual pages promise: examples.py examples FOLDER PAGE... writes each example into a file and prints
a line for it: that file, where it stands, and what the comment before it says of kind, status, needs and file
(crier-server.7.in tells how); examples.py fields PAGE prints the members that it names of each object
({"list": ["id", ...]}).  A block of lines without such a comment is an error."""
import json
import re
import sys


def plain(line):
    """The characters that roff prints for a line of its source."""
    line = re.sub(r"\\f(?:\[\w*\]|\w)", "", line)
    for escape, text in (("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\&", ""), ("\\e", "\\")):
        line = line.replace(escape, text)
    return line


def examples(path):
    lines = open(path, encoding="utf-8").read().split("\n")
    how = block = None
    for number, line in enumerate(lines, 1):
        if line.startswith('.\\" example'):
            how = dict(word.split("=", 1) for word in line.split()[2:])
        elif line in (".EX", ".nf"):
            if how is None:
                sys.exit(f"{path}:{number}: nothing says how this example is tried")
            block = []
        elif line in (".EE", ".fi"):
            yield {"page": path.rsplit("/", 1)[-1], "line": number - len(block) - 1, "text": "\n".join(block) + "\n", **how}
            how = block = None
        elif block is not None:
            block.append(plain(line))


def fields(path):
    named = {}
    objects = []
    tag = False
    for line in open(path, encoding="utf-8"):
        if line.startswith('.\\" fields '):
            objects = line.split()[2:]
        elif line.startswith((".SH", ".PP")):
            objects = []
        elif tag and objects:
            names = plain(line.removeprefix(".B ")).split("(")[0]
            for one in objects:
                named.setdefault(one, []).extend(name.strip() for name in names.split(","))
        tag = line.startswith(".TP")
    return named


if __name__ != "__main__":
    pass
elif sys.argv[1] == "fields":
    print(json.dumps(fields(sys.argv[2])))
else:
    number = 0
    for page in sys.argv[3:]:
        for example in examples(page):
            number += 1
            name = f"{sys.argv[2]}/{number:03}"
            with open(name, "w", encoding="utf-8") as file:
                file.write(example["text"])
            print(name, f"{example['page']}:{example['line']}", *(example.get(key, "-") for key in ("kind", "status", "needs", "file")))
