#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader in terminals that are not UTF-8, through a pty that decodes.
. "${srcdir:-.}/tests/lib.sh"
need python3 localedef
sh "$srcdir/tests/make-locales" "$builddir/tests/locales" || skip_all "localedef cannot make the locales"
plan 5
portal_start
"$crier" add beiling >/dev/null
"$crier" fetch --progress=none
export LOCPATH="$builddir/tests/locales"
screen() {
    locale=$1
    shift
    PYTHONUTF8=1 LC_ALL=$locale python3 "$srcdir/tests/term/in-pty.py" "$@" "$crier" >"$T/screen"
}
ok "KOI8-R shows Russian" screen ru_RU.KOI8-R koi8-r "Старый вокзал станет музеем города" "jjj
"
ok "and no byte of UTF-8" sh -c '! grep -q "п╟" "$1"' sh "$T/screen"
printf '1\n' | LC_ALL=ru_RU.KOI8-R "$crier" --plain | iconv -f KOI8-R -t UTF-8 >"$T/plain"
ok "of titles that it lacks the language is said" sh -c 'grep -q "2025-10-24" "$1" && ! grep -q "^[0-9]*[.] [?].*2025-" "$1"' sh "$T/plain"
ok "GB18030 shows Chinese" screen zh_CN.GB18030 gb18030 "老火车站改建为城市博物馆" "jjj
"
ok "in the language of the locale" grep -q "搜索" "$T/screen"
finish
