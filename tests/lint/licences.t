#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whose each file is: REUSE.toml covers all, each licence that is named has its text, and none lies there unused.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 6
cd "$srcdir" || exit 1

# none NAME COMMAND…: that it ends well and prints nothing
none() {
    name=$1
    shift
    ok "$name" sh -c '"$@" >"$0" 2>&1 || { cat "$0"; exit 1; }; ! grep . "$0"' "$T/none" "$@"
}

cat >"$T/licences.py" <<'PY'
import pathlib, re, sys, tomllib
annotations = tomllib.loads(pathlib.Path("REUSE.toml").read_text())["annotations"]
named = {a["SPDX-License-Identifier"] for a in annotations}
tag = re.compile(r"SPDX-License-Identifie[r]: *([A-Za-z0-9.+ -]*[A-Za-z0-9.+])")
for path in pathlib.Path(".").rglob("*"):
    if path.suffix in (".c", ".h", ".def", ".t", ".py", ".sh", ".md", ".in", ".am", ".ac", ".xml", ".toml", ".spec") and "build" not in path.parts[0]:
        found = tag.search(path.read_text(errors="replace")[:600])
        if found:
            named |= set(re.split(r" (?:AND|OR) ", found[1]))
texts = {p.stem for p in pathlib.Path("LICENSES").iterdir()}
everything = [a for a in annotations if a["path"] == "**"]
if sys.argv[1] == "named":
    print(*sorted(named - texts), sep="\n")
elif sys.argv[1] == "unused":
    print(*sorted(texts - named), sep="\n")
elif sys.argv[1] == "owned":
    print("" if len(everything) == 1 and everything[0]["SPDX-FileCopyrightText"] else "nobody owns the rest")
else:
    for a in annotations:
        for path in [a["path"]] if isinstance(a["path"], str) else a["path"]:
            if path != "**" and not pathlib.Path(path).exists():
                print(path)
PY
none "each licence that is named has its text in LICENSES/" python3 "$T/licences.py" named
none "and each text is a licence of something" python3 "$T/licences.py" unused
none "every file has an owner" python3 "$T/licences.py" owned
none "what REUSE.toml names is there" python3 "$T/licences.py" paths
ok "GPL's text is COPYING" cmp COPYING LICENSES/GPL-3.0-or-later.txt
if reuse --version 2>/dev/null | grep -qE "version ([4-9]|[1-9][0-9])"; then
    ok "reuse lint has nothing to say" reuse lint
else
    result 0 "reuse lint has nothing to say # SKIP reuse 4 is not installed"
fi
finish
