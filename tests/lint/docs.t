#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual and --help agree; the pages and data files are valid.
. "${srcdir:-.}/tests/lib.sh"
plan 20
cd "$builddir" || exit 1

find_file() {
    [ -f "$builddir/$1" ] && echo "$builddir/$1" || echo "$srcdir/$1"
}
manual=$(find_file man/crier.1)
sed 's/\\-/-/g; s/\\f.//g' "$manual" >"$T/manual"

commands=$(sed -n 's/^\[command \(.*\)\]$/\1/p' "$srcdir/src/config/commands.def")
for command in $commands; do
    "$crier" "$command" --help | sed -n 's/^ *\(-[a-zA-Z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' | sort -u | grep -vxE -- '--(config|store|set|verbose|version|help)' >"$T/help.$command"
    sed -n "s/^\[option $command \(--.*\)\]\$/\1/p" "$srcdir/src/config/commands.def" | sort -u >"$T/table.$command"
done
ok "the table of commands has the options of --help" sh -c 'for c in $2; do diff -u "$1/table.$c" "$1/help.$c" || exit 1; done' sh "$T" "$commands"
ok "the manual has every option" sh -c 'for o in $(cat "$1"/help.*); do grep -qF -- "$o" "$1/manual" || { echo "$o"; exit 1; }; done' sh "$T"
ok "and every command" sh -c 'for c in $2; do grep -qE "\"?$c( |\$)" "$1/manual" || { echo "$c"; exit 1; }; done' sh "$T" "$commands"
sed 's/\\-/-/g' "$(find_file man/crier.conf.5)" >"$T/settings"
all_settings() {
    sed -n 's/^\[setting \(.*\)\]$/\1/p' "$srcdir/src/config/settings.def" >"$T/names"
    while read -r name; do
        grep -qF -- "$name" "$T/settings" || { echo "$name"; return 1; }
    done <"$T/names"
}
ok "crier.conf(5) has every setting" all_settings
ok "the sample configuration is accepted" sh -c 'sed "s/^#\([a-z.-]*=\)/\1/; /^#*\[source/,\$d" "$1/data/crier.conf.sample" >"$2/crier.conf" && "$3" config >/dev/null' sh "$builddir" "$CONFIG" "$crier"
rm -f "$CONFIG/crier.conf"
all_actions() {
    sed -n 's/^\[action \(.*\)\]$/\1/p' "$srcdir/src/reader/actions.def" >"$T/names"
    while read -r name; do
        grep -qE "^(action|ok) \"?$name " "$srcdir/tests/screen/actions.t" || { echo "$name"; return 1; }
    done <"$T/names"
}
ok "every action has a test of its key" all_actions
all_styles() {
    grep -o '\] = "[a-z]*"' "$srcdir/src/ui/theme.c" | sed 's/.*"\(.*\)"/\1/' >"$T/names"
    test -s "$T/names" || return 1
    while read -r name; do
        grep -q "$name" "$T/settings" || { echo "crier.conf(5): $name"; return 1; }
        for theme in "$srcdir"/data/themes/*.theme; do
            grep -q "^$name=" "$theme" || { echo "$theme: $name"; return 1; }
        done
    done <"$T/names"
}
ok "every theme and crier.conf(5) have every style" all_styles
printf 'keys Enter\n' >"$T/script"
ok "the keymap of newsboat can be read" "$crier" --set=ui.keymap=newsboat --script "$T/script"
if command -v mandoc >/dev/null 2>&1; then
    ok "mandoc has no errors" sh -c 'for p in crier.1 crier.conf.5 crier-urls.5 crier-portal.5 crier-output.5 crier-server.7 crier-tutorial.7 crier-faq.7; do f=$1/man/$p; [ -f "$f" ] || f=$2/man/$p; mandoc -T lint -W error "$f" || exit 1; done' sh "$builddir" "$srcdir"
else
    result 0 "mandoc has no errors # SKIP mandoc is not installed"
fi
if command -v groff >/dev/null 2>&1; then
    ok "groff has no warnings" sh -c 'for p in crier.1 crier.conf.5 crier-urls.5 crier-portal.5 crier-output.5 crier-server.7 crier-tutorial.7 crier-faq.7 ru/crier.1 ru/crier-server.7 ru/crier-tutorial.7 ru/crier-faq.7; do f=$1/man/$p; [ -f "$f" ] || f=$2/man/$p; groff -man -Tutf8 -Kutf8 -ww -z "$f" 2>&1; done | grep . && exit 1 || exit 0' sh "$builddir" "$srcdir"
else
    result 0 "groff has no warnings # SKIP groff is not installed"
fi
if command -v desktop-file-validate >/dev/null 2>&1; then
    ok "the desktop entry is valid" desktop-file-validate "$srcdir/data/crier.desktop"
else
    result 0 "the desktop entry is valid # SKIP desktop-file-validate is not installed"
fi
# as it is built without a homepage, and with one
fill() {
    sh "$srcdir/scripts/fill-metainfo" "$1" "$2" "$srcdir/data/io.github.crier.metainfo.xml.in" >"$T/$3"
}
fill "" "" without.metainfo.xml
fill https://crier.example/ https://crier.example/bugs with.metainfo.xml
ok "without a homepage the metainfo names no address" sh -c '! grep -E "https?:|screenshot|%" "$1"' sh "$T/without.metainfo.xml"
for picture in "$srcdir"/doc/pictures/*.svg; do
    name=$(basename "$picture" .svg)
    has "with one it shows $name" "$T/with.metainfo.xml" "<image>https://crier.example/pictures/$name.png</image>"
done
if command -v appstreamcli >/dev/null 2>&1; then
    # newer versions warn of a missing home page
    appstreamcli validate --no-net "$T/without.metainfo.xml" >"$T/metainfo" 2>&1 || :
    ok "the metainfo without a homepage has no errors" sh -c 'cat "$1"; ! grep -q "^E:" "$1"' sh "$T/metainfo"
    run appstreamcli validate --no-net "$T/with.metainfo.xml"
    [ "$status" = 0 ] || show "$out"
    status_is "that with one is valid" 0
else
    result 0 "the metainfo without a homepage has no errors # SKIP appstreamcli is not installed"
    result 0 "that with one is valid # SKIP appstreamcli is not installed"
fi
if [ -x /sbin/apparmor_parser ]; then
    ok "the profile for AppArmor can be read" /sbin/apparmor_parser -Q -K "$srcdir/data/apparmor/crier"
else
    result 0 "the profile for AppArmor can be read # SKIP apparmor_parser is not installed"
fi
for picture in "$srcdir"/doc/pictures/*.svg; do
    name=$(basename "$picture" .svg)
    ok "README's picture $name is today's screen (make pictures)" sh -c 'python3 "$1/scripts/picture-svg.py" "$1/tests/screen/pictures/$2.txt" 1 | cmp - "$3"' sh "$srcdir" "$name" "$picture"
done
ok "every portal of the catalogue loads" "$crier" portal list
finish
