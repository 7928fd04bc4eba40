#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install brings what the README promises, make uninstall leaves nothing.
. "${srcdir:-.}/tests/lib.sh"
need make
plan 3
cd "$builddir" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL || :
make -s install DESTDIR="$T/root" >"$T/log" 2>&1 || cat "$T/log"
find "$T/root" -type f | sed 's|.*/||' | sort -u >"$T/files"
ok "everything is installed" sh -c 'for f in crier crier-worker crier-parser crier.1 crier.conf.5 crier-urls.5 crier-portal.5 _crier crier.fish crier.desktop io.github.crier.metainfo.xml crier-fetch.service crier-fetch.timer qiqihar.portal; do grep -qx "$f" "$1" || { echo "$f is missing"; exit 1; }; done' sh "$T/files"
ok "the manual in three languages" test "$(find "$T/root" -name crier.1 | wc -l)" = 3
make -s uninstall DESTDIR="$T/root" >"$T/log" 2>&1 || cat "$T/log"
ok "nothing is left" sh -c '! find "$1" -type f | grep .' sh "$T/root"
finish
