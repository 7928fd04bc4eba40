#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the linear mode says of each view is understood without signs, places on a screen and what
# stands around it: tables, languages, dates, changes, marks.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 4
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"

# said LINE…: all that is said
said() {
    rm -rf "$T/data" "$T/state"
    cp -r "$T/fresh" "$T/data"
    printf '%s\n' "$@" | "$crier" --set=ui.browser=true --plain >"$out" 2>&1
}

# --- two editions
said 1 6 E
has "of two editions, tables are records" "$out" "Street: Station Street and School Street"
has "the other language is named before its records" "$out" "Русский: День: 16 октября"
has "and before its paragraphs" "$out" "Русский: Когда воду дадут"
has_not "by no signs" "$out" "| "
finish
