#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows of the first view in few cells: no two of several portals' editions have one name.
. "${srcdir:-.}/tests/lib.sh"
plan 14
portal_start
# another FILE NAME: the demo portal once more, by another name
another() {
    sed "s/^Name=Beiling.*/Name=$2/; /^Name\\[.*]=北岭市/d; /^Name\\[.*]=Бэйлин/d" "$CONFIG/portals/beiling.portal" >"$CONFIG/portals/$1.portal"
    "$crier" add "$1" >/dev/null
}
"$crier" add beiling >/dev/null
another harbour "Beiling Harbour District"
another airport "Beiling Airport District"
another airport-2 "Beiling Airport District"

# rows WIDTH KEYS…: the names in the first pane of a screen of that width
rows() {
    width=$1
    shift
    printf 'size %s 60\nkeys %s\ndump\n' "$width" "$*" >"$T/script"
    "$crier" --set=fetch.auto=no --script "$T/script" >"$T/dump"
    python3 -I -c '
import sys
for line in open(sys.argv[1], encoding="utf-8"):
    name = line.split("┃")[0].split("│")[0].split("   (")[0].rstrip().rstrip("0123456789").rstrip()
    if " · " in name:
        print(name.strip())' "$T/dump" >"$out"
}
unique() {
    [ "$(wc -l <"$out")" -ge "$1" ] && [ -z "$(sort "$out" | uniq -d)" ]
}
rows 70 z
ok "in two panes of 70 columns each edition has its own name" unique 12
rows 90 z z
ok "in three of 90 too" unique 12
rows 30 i
ok "and on a screen of 30 columns" unique 12
rows 120 z z
ok "portals of one name are told apart where there is room for it" unique 12
has "by the names by which they are subscribed to" "$out" "airport-2 · English"
sed -i 's/$/ "water"/' "$CONFIG/urls"
rows 70 z t
ok "sections under a tag too" unique 12
rows 120 i
ok "and where there is room" unique 12
printf '5\nh\nD\nn\nquit\n' | "$crier" --plain >"$out" 2>&1
has "who is asked whether to unsubscribe is told from which" "$out" "Unsubscribe from 通知公告, of Beiling (demo portal), 中文? (y/n) "
# even: what the narrowest of them has room for
even() {
    awk -v head="$1" 'index($0, head) != 1 { bad = 1 } END { exit bad || NR < 3 }' "$out"
}
cp "$CONFIG/urls" "$T/urls"
echo portal:beiling >"$CONFIG/urls"
for width in 80 110 140; do
    rows $width z
    ok "all editions of a city have as much of its name in two panes of $width" even "$(head -n 1 "$out" | sed 's/ · .*/ · /')"
done
"$crier" fetch --progress=none
rows 70 z
ok "where the languages have no room for it, their tags" even "Beil"
has "be it few cells" "$out" " · en"
cp "$T/urls" "$CONFIG/urls"
printf 'e\nquit\n' | "$crier" --plain >"$out" 2>&1
has_not "what went wrong is of a portal" "$out" "^English: "
finish
