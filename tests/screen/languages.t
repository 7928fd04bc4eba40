#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No language of the catalogue is told by its code, which is heard as a word.
. "${srcdir:-.}/tests/lib.sh"
plan 5
# a portal of each language that there is
awk -F'\t' '!/^#/ && $1 != "Id" {
    count = split($10, sections, "; ")
    for (i = 1; i <= count; i++) {
        split(sections[i], part, "/")
        if (part[1] && !(part[1] in seen)) { seen[part[1]] = 1; print $1 }
    }
}' "$srcdir"/data/portals/*.tsv | sort -u >"$T/portals"
ok "there are many languages" test "$(wc -l <"$T/portals")" -gt 15
{ echo a; cat "$T/portals"; echo .; } | "$crier" --plain >"$out" 2>&1
grep -E '^(> )?[0-9]+\. ' "$out" >"$T/rows"
ok "their portals are told" test "$(wc -l <"$T/rows")" -gt 20
grep -nE ', [a-z]{2,3}(-[A-Z][a-z]+)?(,|$)' "$T/rows" >"$T/codes"
same "none by a code" /dev/null "$T/codes"
has "but in itself" "$T/rows" ", Dansk"
has "whatever its letters" "$T/rows" ", עברית"
finish
