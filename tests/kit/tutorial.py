# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages for people promise beside examples: tutorial.py script PAGE prints the script of its comments "do" and
"see"; tutorial.py keys PAGE KEYS says what is wrong with the keys that it names, KEYS being what `crier keys` prints;
tutorial.py commands PAGE prints a line for each command that it names in bold: the command and its options."""
import re
import sys

from examples import plain

NAMED = {"Enter", "Esc", "Space", "Tab", "Backspace"}


def lines(path):
    return open(path, encoding="utf-8").read().split("\n")


def bold(line):
    """What stands in bold on a line of roff."""
    macro, _, rest = line.partition(" ")
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', rest)]
    if macro == ".B":
        return plain(" ".join(words))
    if macro == ".BR":
        return plain("".join(words[0::2]))
    return plain("".join(words[1::2])) if macro == ".RB" else ""


def is_key(text):
    return text in NAMED or re.fullmatch(r"F\d\d?|\^?\S|yy|yq|\|\|", text) is not None


def script(path):
    print("size 80 24")
    for line in lines(path):
        if line.startswith('.\\" do '):
            print(line[7:])
        elif line.startswith('.\\" see '):
            print("dump")


def seen(path):
    for line in lines(path):
        if line.startswith('.\\" see '):
            print(line[8:])


def keys(path, bindings):
    bound = {}
    for line in open(bindings, encoding="utf-8"):
        view, action, chords = line.rstrip("\n").split("\t")
        bound[view, action] = chords.replace("Backslash", "\\").split()
    actions, said, wrong = [], set(), []
    for number, line in enumerate(lines(path), 1):
        if line.startswith('.\\" key '):
            if said:
                actions, said = [], set()
            actions.append(tuple(line.split()[3:1:-1]))
        elif line.startswith((".PP", ".SH", ".TP")) and said:
            wrong += [f"{number}: {a[1]} is announced and has no key in the text" for a in actions if not said & set(bound.get(a, []))]
            actions, said = [], set()
        text = bold(line).replace("\\(rs", "\\")
        if not is_key(text):
            continue
        said.add(text)
        views = [a for a in actions if a[0] == "views"]
        for _, action in views:
            bound[("views", action)] = next(iter(v for (_, name), v in bound.items() if name == action), [])
        if not any(text in bound.get(action, []) for action in actions):
            wrong.append(f"{number}: {text} does none of {[a[1] for a in actions]}")
    print("".join(f"{line}\n" for line in wrong), end="")
    sys.exit(bool(wrong))


def commands(path):
    for line in lines(path):
        text = bold(line)
        if text.startswith("crier "):
            print(text[6:])


{"script": script, "see": seen, "keys": keys, "commands": commands}[sys.argv[1]](*sys.argv[2:])
