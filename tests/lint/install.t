#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install brings what the README promises, make uninstall leaves nothing.
. "${srcdir:-.}/tests/lib.sh"
need make
plan 9
cd "$builddir" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL || :
# folders with blanks in their names are folders too
make -s install prefix="/opt/the crier" DESTDIR="$T/a root" >"$T/log" 2>&1 || show "$T/log"
root="$T/a root/opt/the crier"
ok "the programs are where they belong" test -x "$root/bin/crier" -a -x "$root/libexec/crier-worker"
if grep -q "^#define ENABLE_NLS 1" "$builddir/config.h"; then
    ok "the translations too" sh -c 'for l in $(grep -v "^#" "$2/po/LINGUAS"); do test -s "$1/share/locale/$l/LC_MESSAGES/crier.mo" || { echo "$l"; exit 1; }; done' sh "$root" "$srcdir"
else
    result 0 "the translations too # SKIP built with --disable-nls"
fi
ok "nothing says that it is a build tree" sh -c '! find "$1" -name "*build-tree*" | grep .' sh "$T/a root"
find "$T/a root" -type f | sed 's|.*/||' | sort -u >"$T/files"
ok "everything is installed" sh -c 'for f in crier crier-worker crier-transfer crier-parser crier-sync crier.1 crier.conf.5 crier-urls.5 crier-portal.5 crier-output.5 crier-server.7 crier-tutorial.7 crier-faq.7 _crier crier.fish crier.desktop crier.svg crier-symbolic.svg io.github.crier.metainfo.xml crier-fetch.service crier-fetch.timer crier-digest@.service crier-digest@.timer qiqihar.portal; do grep -qx "$f" "$1" || { echo "$f is missing"; exit 1; }; done' sh "$T/files"
if grep -q "^#define WITH_PICTURES 1" config.h; then
    ok "and what draws pictures" grep -qx crier-picture "$T/files"
else
    result 0 "and what draws pictures # SKIP built without pictures"
fi
ok "units, an account and its folders for the system" test -s "$root/lib/systemd/system/crier-fetch.service" -a -s "$root/lib/systemd/system/crier-fetch.timer" -a -s "$root/lib/sysusers.d/crier.conf" -a -s "$root/lib/tmpfiles.d/crier.conf"
ok "of which nothing is enabled" sh -c '! find "$1" -name "*.wants" -o -type l -name "crier*.timer" | grep .' sh "$T/a root"
ok "the manual in three languages" test "$(find "$T/a root" -name crier.1 | wc -l)" = 3 -a "$(find "$T/a root" -path "*/man5/crier*.5" | wc -l)" = 12 -a "$(find "$T/a root" -path "*/man7/crier-[tf]*.7" | wc -l)" = 6
make -s uninstall prefix="/opt/the crier" DESTDIR="$T/a root" >"$T/log" 2>&1 || cat "$T/log"
ok "nothing is left" sh -c '! find "$1" -type f | grep .' sh "$T/a root"
finish
