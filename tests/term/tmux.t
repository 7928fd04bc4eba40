#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A real terminal: start, resize, suspend, quit, and a crash that leaves the tty sane.
. "${srcdir:-.}/tests/lib.sh"
need tmux
plan 20
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
. "$srcdir/tests/kit/tmux.sh"
in_tmux sh
tm send-keys "PS1='ready> '; clear" Enter
wait_for "ready>" || :
tm send-keys "'$crier'; echo status-\$?" Enter
ok "the reader starts" wait_for "All articles"
tm send-keys j Enter
tm send-keys q
tm set-buffer "$(printf 'DyQ\nQ')"
tm paste-buffer -p
ok "what is pasted is no keys" wait_for "what is pasted is text"
tm send-keys g Enter
ok "keys work" wait_for "1/11"
tm resize-window -x 40 -y 12
ok "a resize is followed" wait_for "Enter open  q close"
tm send-keys C-z
ok "suspending gives the shell back" wait_for "ready>"
tm set-buffer "echo left-\$((1+1))"
tm paste-buffer -p
tm send-keys Enter
ok "which gets what is pasted as ever" wait_for "left-2"
tm send-keys "fg; echo status-\$?" Enter
ok "and resuming the reader" wait_for "1/11"
tm paste-buffer -p
ok "which is told again what is pasted" wait_for "what is pasted is text"
tm send-keys Q
ok "quitting leaves" wait_for "status-0"
tm send-keys "clear; stty -a | tr ' ' '\n' | grep -cxE 'echo;?|icanon;?'" Enter
ok "with a sane terminal" wait_for "2"
tm send-keys "clear; sh -c 'echo \$\$ >$T/pid; exec $crier'; echo status-\$?" Enter
wait_for "All articles" || :
kill -SEGV "$(cat "$T/pid")"
ok "a crash is seen" wait_for "status-"
tm send-keys "clear; stty -a | tr ' ' '\n' | grep -cxE 'echo;?|icanon;?'" Enter
ok "and leaves a sane terminal" wait_for "2"
# the mouse, as terminals report it; TERM says that they do
tm send-keys "clear; TERM=xterm-256color '$crier'; echo status-\$?" Enter
wait_for "All articles" || :
tm send-keys -l "$(printf '\033[<0;6;5M\033[<0;6;5m')"
tm send-keys -l "$(printf '\033[<0;6;5M\033[<0;6;5m')"
ok "a click goes to a row, a second one opens it" wait_for "1/5"
tm send-keys -l "$(printf '\033[<65;6;5M')"
ok "the wheel moves" wait_for "4/5"
tm send-keys : && tm send-keys -l "set ui.theme=dark" && tm send-keys Enter
colours() {
    n=0
    until tm capture-pane -p -e | grep -q "$(printf '\033')\[48;5;236m"; do
        n=$((n + 1))
        [ $n -lt 1500 ] || return 1
        sleep 0.02
    done
}
ok "a theme is painted in its colours" colours
tm send-keys Q
wait_for "status-0" || :
tm send-keys "clear; sh -c 'echo \$\$ >$T/pid; exec $crier'; echo status-\$?" Enter
wait_for "All articles" || :
tm send-keys Enter
wait_for "1/11" || :
tm send-keys s
wait_for "★" || :
kill -TERM "$(cat "$T/pid")"
ok "SIGTERM ends it" wait_for "status-143"
tm send-keys "clear; stty -a | tr ' ' '\n' | grep -cxE 'echo;?|icanon;?'" Enter
ok "with a sane terminal" wait_for "2"
ok "and the marks kept" test "$("$crier" list --format=tsv is:starred | wc -l)" = 1
tm send-keys "clear; sh -c 'echo \$\$ >$T/pid; exec $crier'" Enter
wait_for "All articles" || :
tm send-keys Enter
wait_for "1/11" || :
tm send-keys j s
wait_for "2/11" || :
tm kill-session
gone() {
    n=0
    while kill -0 "$(cat "$T/pid")" 2>/dev/null; do
        n=$((n + 1))
        [ $n -lt 1500 ] || return 1
        sleep 0.02
    done
}
ok "it ends with its terminal" gone
ok "and has kept the marks too" test "$("$crier" list --format=tsv is:starred | wc -l)" = 2
finish
