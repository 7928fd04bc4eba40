#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What reaches a terminal beside text: colours or none, OSC 8 when it is asked for, signs that
# every terminal has.
. "${srcdir:-.}/tests/lib.sh"
need python3 tic
plan 17
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
escape=$(printf '\033')

# screen UNTIL KEYS OPTION…: what came out is in $T/screen
screen() {
    until=$1 keys=$2
    shift 2
    python3 "$srcdir/tests/term/in-pty.py" utf-8 "$until" "$keys" "$crier" "$@" >"$T/screen" 2>"$err"
}
has_sequence() {
    grep -qE -- "$escape$1" "$T/screen"
}
ok "a colour terminal" screen "All articles" ""
ok "gets colours" has_sequence '\[[0-9;]*3[0-9]'
PTY_TERM=xterm-256color
export PTY_TERM
ok "one of 256" screen "All articles" "" --set=ui.theme=dark
ok "gets 256" has_sequence '\[[0-9;]*38;5;252m'
# a terminal of 16 million colours, as terminfo describes them with RGB
direct='\E[%?%p1%{8}%<%t@%p1%d%e@8:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m'
{
    echo "crier-direct|16 million colours,"
    printf '\tRGB, colors#0x1000000, pairs#0x7FFF,\n'
    printf '\tsetaf=%s,\n\tsetab=%s,\n\tuse=xterm-256color,\n' "$(echo "$direct" | sed 's/@/3/g')" "$(echo "$direct" | sed 's/@/4/g')"
} >"$T/direct.ti"
export TERMINFO_DIRS="$T/terminfo:/etc/terminfo:/lib/terminfo:/usr/share/terminfo"
tic -x -o "$T/terminfo" "$T/direct.ti" 2>"$T/tic.log" || show "$T/tic.log"
PTY_TERM="crier-direct"
ok "one of 16 million" screen "All articles" "" --set=ui.theme=dark
ok "gets them" has_sequence '\[[0-9;]*38:2::208:208:208m'
PTY_TERM=xterm-256color
run "$crier" --set=ui.theme=nosuch list
status_is "a theme that is not there is refused" 1
has "with what there is" "$err" "there is no 'nosuch'; there are dark, default, "
NO_COLOR=1
export NO_COLOR
ok "with NO_COLOR" screen "All articles" "" --set=ui.theme=dark
ok "there are none" sh -c '! grep -qE "$2\[([0-9;]*;)?[34][0-8](;[0-9;]*)?m" "$1"' sh "$T/screen" "$escape"
unset NO_COLOR
PTY_TERM=vt100
ok "a terminal without colours works" screen "All articles" ""
PTY_TERM=xterm-256color
# the articles with attachments have links
open_one="$(printf '\\tender\rl\t')"
ok "links" screen "/files/" "$open_one"
ok "are text alone" sh -c '! grep -qF "$2]8;" "$1"' sh "$T/screen" "$escape"
ok "with ui.hyperlinks" screen "/files/" "$open_one" --set=ui.hyperlinks=yes
ok "they lead somewhere" has_sequence '\]8;;http://127\.0\.0\.1:[0-9]*/files/tender\.pdf'
ok "where ambiguous characters are wide" screen "All articles" "
" --set=ui.ambiguous=wide
ok "signs are ASCII" sh -c '! grep -q "[●│]" "$1"' sh "$T/screen"
finish
