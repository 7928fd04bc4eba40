#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a fetch says meanwhile: which source is waited for, not which is done.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 3
transfers_start
for url in "$BASE/slow/600/first" "$BASE/feed/second"; do "$crier" add --no-discover "$url" >"$out"; done
play <<END
keys R
wait fetching 1/2, 2 new
dump
keys ^G
wait idle
END
has "one of two is done" "$T/screen.1" "fetching 1/2"
ok "the other is named" grep -q "fetching 1/2.*: .*/slow/600/first" "$T/screen.1"
ok "and not the one that is done" sh -c '! grep -q "fetching 1/2.*Feed second" "$1"' - "$T/screen.1"
finish
