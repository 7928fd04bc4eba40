# SPDX-License-Identifier: GPL-3.0-or-later
# A terminal for tests, tmux: after lib.sh and plan.
#   in_tmux COMMAND         a pane of 80 by 24 runs it; the test is skipped where tmux cannot start
#   tm ARGUMENT…            asks tmux for something
#   wait_for TEXT [-G]      until the pane shows it, at most half a minute; -G: a regular expression
# shellcheck shell=sh

tm() {
    tmux -u -f /dev/null -S "$T/tmux" "$@"
}

end_tmux() {
    tm kill-server 2>/dev/null || :
    cleanup
}

in_tmux() {
    if ! tm new-session -d -x 80 -y 24 "$1" 2>/dev/null; then
        echo "ok 1 # SKIP tmux cannot start"
        exit 0
    fi
    trap end_tmux EXIT
}

wait_for() {
    n=0
    while ! tm capture-pane -p | grep -q "${2:--F}" -- "$1"; do
        n=$((n + 1))
        if [ $n -gt 1500 ]; then
            tm capture-pane -p
            return 1
        fi
        sleep 0.02
    done
}
