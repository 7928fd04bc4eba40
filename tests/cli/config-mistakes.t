#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# All mistakes of crier.conf are told at once: by config --check, and by what refuses to start.
. "${srcdir:-.}/tests/lib.sh"
plan 20
CONF=$CONFIG/crier.conf
every() { # NAME: each line of $err names the program first
    ok "$1" sh -c '! grep -v "^crier: " "$1"' - "$err"
}

cat >"$CONF" <<'END'
[settings]
ui.layout=7
fetch.interval=abc
ui.foo=1
this is no setting
ui.theme=nosuch
ui.keymap=nosuch

[keys list]
x=nosuch
[keys nosuch]
y=open
END
printf 'http://town.example/feed.xml\n' >"$CONFIG/urls"
run "$crier" config --check
status_is "mistakes of crier.conf" 2
has "a choice that is none" "$err" "crier.conf:2: '7' is not one of"
has "a number that is none" "$err" "crier.conf:3: 'abc' is not a number"
has "a name that is none" "$err" "crier.conf:4: unknown setting 'ui.foo'"
has "a line that is none" "$err" "crier.conf:5: expected key=value"
has "a theme that is not there" "$err" "crier.conf:6: ui.theme: there is no 'nosuch'"
has "a keymap that is not there" "$err" "crier.conf:7: ui.keymap: there is no 'nosuch'"
has "an action that is none" "$err" "crier.conf:10: unknown action 'nosuch'"
has "keys of nowhere" "$err" "crier.conf:12: unknown context 'nosuch'"
ok "and each of them once" test "$(grep -c crier.conf: "$err")" -eq 8
every "in a line of its own"

run "$crier" list
status_is "what would use it refuses" 1
has "and tells the first" "$err" "crier.conf:2: "
has "as well as the last" "$err" "crier.conf:7: "
every "a line each"

printf '[settings\nui.layout=7\n[settings]\nui.layout=7\n' >"$CONF"
run "$crier" config --check
ok "what stands under no group is not told of" test "$(grep -c crier.conf: "$err")" -eq 2
run "$crier" config fetch.interval=30
ok "an edit that is refused tells one of them" test "$(wc -l <"$err")" -eq 1
printf '[settings]\nui.layout=2\n' >"$CONF"
cp "$CONF" "$T/conf"
run "$crier" config plain.page=abc
has "what is wrong with a change is said" "$err" "'abc' is not a number"
has_not "and not looked for in the file" "$err" "crier.conf"
same "which is as it was" "$T/conf" "$CONF"
finish
