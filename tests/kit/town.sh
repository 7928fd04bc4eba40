# SPDX-License-Identifier: GPL-3.0-or-later
# The kit of the tests of keys and pastes: the feed of a town with two unread articles, and a terminal
# that answers nothing.  Sourced behind lib.sh.
#
#   $escape, $enter     the keys
#   keyed STEP…         crier in that terminal, once its first view is there; its words where it failed
#   all_unread          nothing was opened
# shellcheck shell=sh disable=SC2034
unset TMUX STY TERM_PROGRAM || :

mkdir "$T/files"
cat >"$T/files/feed.xml" <<'END'
<rss version="2.0"><channel><title>Town</title><link>http://town.example/</link>
<item><title>The hills</title><guid>hills</guid><description>Seen from the tower.</description></item>
<item><title>The river</title><guid>river</guid><description>Seen from the bridge.</description></item></channel></rss>
END
serve "$T/files"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" --set=fetch.pages=never fetch --progress=none

escape=$(printf '\033')
enter=$(printf '\r')

keyed() {
    run python3 "$srcdir/tests/kit/pixel-terminal.py" silent see:Town "$@" -- "$crier" --set=ui.layout=1
    [ "$status" = 0 ] || show "$out"
}
all_unread() {
    "$crier" list is:unread >"$T/unread"
    [ "$(wc -l <"$T/unread")" = 2 ]
}
