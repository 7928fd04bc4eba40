#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What somebody who has just built crier does first: the README's commands on a terminal, in an
# environment that says nothing, from the build tree.
. "${srcdir:-.}/tests/lib.sh"
need python3
escape=$(printf '\033')
redraw=$(printf '\014')
sed -n '/^## A first minute/,/^## /s/^    \(crier[^#]*[^# ]\) *\(#.*\)\{0,1\}$/\1/p' "$srcdir/README.md" >"$T/commands"
commands=$(grep -cvx crier "$T/commands")
plan $((40 + commands))
portal_start
mkdir -p "$T/home/.config/crier/portals" "$T/empty" "$T/tmp" "$T/elsewhere"
cp "$CONFIG/portals/beiling.portal" "$T/home/.config/crier/portals/"
chmod 777 "$T/tmp"

# bare NAME=VALUE… COMMAND…: in that environment alone; $home is the home
home=$T/empty
bare() {
    env -i PATH="$builddir:$PATH" HOME="$home" TMPDIR="$T/tmp" "$@" </dev/null
}
# terminal STEP… -- COMMAND…: on a terminal of its own, in the environment $environment
terminal() {
    # shellcheck disable=SC2086 # words are wanted
    run bare $environment python3 "$srcdir/tests/kit/terminal.py" "$@"
}
# first_screen NAME COMMAND: the reader opens without a word of trouble, and knows a city
first_screen() {
    terminal "see:${3:-Welcome}" "type:wuhan-cjn" "type:$redraw" "see:wuhan-cjn" "type:$escape" "see:${4:-Nothing is subscribed}" type:Q -- "$2"
    if grep -qiE "cannot|error|unknown|/share/" "$out"; then
        status=complained
    fi
    status_is "$1" 0
    [ "$status" = 0 ] || show "$out"
}

# --- the reader ---------------------------------------------------------------------------
for type in xterm-256color screen linux vt100; do
    environment=TERM=$type
    # on a Linux console ncurses loads libgpm where there is one, and that leaks
    [ "$type" != linux ] || environment="TERM=linux ASAN_OPTIONS=detect_leaks=0"
    first_screen "$type: the first screen" crier
done
cd "$T/elsewhere" || exit 1
environment=TERM=xterm
first_screen "by its path" "$builddir/crier"
ln -s "$builddir/crier" "$T/town-crier"
first_screen "through a symbolic link" ../town-crier
ln -s "$builddir" "$T/tree"
first_screen "through a link to the folder" ../tree/crier

for type in "" TERM= TERM=dumb TERM=nosuch; do
    environment=$type
    terminal --raw -- crier
    status_is "'$type': no reader" 1
    ok "'$type': one sentence, which names what works" sh -c 'test "$(wc -l <"$1")" = 1 && grep -q "crier --plain" "$1"' sh "$out"
    has_not "'$type': and nothing else" "$out" "$escape"
done
environment=TERM=dumb
end=$(printf '\004')
terminal "see:Welcome" "see:> " "type:wuhan-cjn
" "see:1. Changjiang Weekly" "see:> " "type:$end" -- crier --plain
status_is "without a screen, line by line" 0

# --- in their language --------------------------------------------------------------------
if grep -q "^#define ENABLE_NLS 1" "$builddir/config.h" && command -v localedef >/dev/null 2>&1 &&
    sh "$srcdir/tests/make-locales" "$builddir/tests/locales"; then
    environment="TERM=xterm LOCPATH=$builddir/tests/locales LC_ALL=ru_RU.UTF-8"
    first_screen "in Russian" crier "Добро пожаловать" "Подписок"
    # shellcheck disable=SC2086 # words are wanted
    run bare $environment crier parse /nonexistent
    has "crier-parser speaks Russian too" "$err" "не удаётся прочесть"
    # shellcheck disable=SC2086 # words are wanted
    run bare $environment crier fetch --verbose
    has "and crier-worker" "$err" "подпис"
    environment="TERM=xterm LOCPATH=$builddir/tests/locales LC_ALL=zh_CN.UTF-8"
    first_screen "in Chinese" crier "欢迎" "订阅"
else
    for name in "in Russian" "crier-parser speaks Russian too" "and crier-worker" "in Chinese"; do
        result 0 "$name # SKIP no translations or no locales here"
    done
fi

# --- the programs alone, as if installed without their data ---------------------------------
mkdir -p "$T/alone/data/portals" "$T/elsewhere/data/portals"
cp "$builddir/crier" "$builddir/crier-worker" "$builddir/crier-transfer" "$builddir/crier-parser" "$T/alone/"
cp "$srcdir/data/portals/wuhan-cjn.portal" "$T/elsewhere/data/portals/"
echo "srcdir=$T/elsewhere" >"$T/elsewhere/crier-build-tree"
environment=TERM=xterm
terminal "see:Welcome" "type:$redraw" "see:Welcome" "type:$escape" "see:Nothing is subscribed" type:Q -- "$T/alone/crier"
status_is "without its data the reader opens" 0
ok "and complains of no theme" sh -c '! grep -qi "cannot\|unknown" "$1"' sh "$out"
run bare "$T/alone/crier" portal list
has_not "nothing is taken from the current folder" "$out" "wuhan"
has "an empty catalogue says where it was looked for" "$err" "or '/"
echo "srcdir=$T/nowhere" >"$T/alone/crier-build-tree"
run bare "$T/alone/crier" portal list
status_is "a build tree without its sources counts as installed" 0
run bare "$T/alone/crier" --set=ui.theme=dark
has "a theme that is not there is told, and what there is" "$err" "there is no 'dark'; there are default"
run bare CRIER_DATADIR="$srcdir/data" "$T/alone/crier" portal list
has "CRIER_DATADIR says where the data are" "$out" "wuhan"

# --- the commands of the README -------------------------------------------------------------
home=$T/home
environment="TERM=xterm CRIER_NOW=$CRIER_NOW"
terminal -- crier add beiling
status_is "a portal is subscribed to" 0
while read -r command; do
    [ "$command" != crier ] || continue
    # shellcheck disable=SC2046 # words are wanted
    set -- $(printf '%s' "$command" | sed "s|https://example.org/[^ ]*|$BASE/en/|")
    terminal -- "$@"
    if grep -qiE "^crier: (cannot|there is no|unknown)" "$out"; then
        status=complained
    fi
    case $command in
    "crier diff "*) status_is "$command" 4 ;; # nothing has changed yet
    *) status_is "$command" 0 ;;
    esac
    [ "$status" = 0 ] || [ "$status" = 4 ] || show "$out"
done <"$T/commands"
terminal "see:All articles" type:Q -- crier
status_is "and the reader has what they brought" 0

# --- ./bootstrap run --------------------------------------------------------------------------
home=$T/empty
environment=TERM=xterm
terminal "see:All articles" "type:$redraw" "see:All articles" type:Q -- sh "$srcdir/scripts/demo" "$builddir"
status_is "the demo" 0
ok "has nothing to complain of" sh -c '! grep -qi "cannot\|unknown" "$1"' sh "$out"
ok "and leaves nothing behind" sh -c '! ls -A "$1" | grep .' sh "$T/tmp"
terminal "see:All articles" hangup: -- sh "$srcdir/scripts/demo" "$builddir"
status_is "with its terminal the demo ends" 129
ok "and leaves nothing behind either" sh -c '! ls -A "$1" | grep .' sh "$T/tmp"
run bare sh "$srcdir/scripts/demo" "$builddir"
status_is "without a terminal it prints" 0
has "a list" "$out" "Old railway station"
finish
