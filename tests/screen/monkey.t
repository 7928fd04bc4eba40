#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Keys, clicks, text and sizes at random: 1000 events, 10000 where the sanitizers watch or FULL is set.
. "${srcdir:-.}/tests/lib.sh"
plan 8
portal_start
mkdir -p "$T/share/portals"
cp "$srcdir/data/portals/qiqihar.portal" "$T/share/portals/"
cp -r "$srcdir/data/themes" "$srcdir/data/keymaps" "$T/share/"
export CRIER_DATADIR="$T/share"
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
cp -r "$T/data" "$T/fresh"
cd "$T" || exit 1
events=1000
if [ -n "${FULL:-}" ] || grep -q -- "--enable-sanitize" "$builddir/config.status"; then events=10000; fi
for seed in 1 20261122; do
    for keymap in crier newsboat; do
        rm -rf "$T/data"
        cp -r "$T/fresh" "$T/data"
        echo "monkey $seed $events" >"$T/script"
        run timeout 300 "$crier" --set=ui.browser=true --set=ui.keymap=$keymap --script "$T/script"
        status_is "$events events of seed $seed, keys of $keymap" 0
        ok "leave a sound store" "$crier" store check
    done
done
finish
