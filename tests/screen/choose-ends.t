#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Home and End lead to the first and the last of what one can choose, whatever was typed; g and G are typed.
. "${srcdir:-.}/tests/lib.sh"
plan 4
printf 'size 80 24\nkeys a\ntype rg\nkeys End\ndump\nkeys Home\ndump\ntype G\ndump\n' >"$T/script"
run "$crier" --script "$T/script"
screens "$T/script" "$out"
place() { grep -oE '[0-9]+/[0-9]+ *$' "$T/screen.$1" | tr -d ' '; }
last=$(place 1)
ok "End leads to the last" test "${last%/*}" = "${last#*/}"
ok "of several" test "${last%/*}" -gt 1
ok "Home to the first" test "$(place 2)" = "1/${last#*/}"
has "what was typed stays, and letters are typed" "$T/screen.3" "rgG"
finish
