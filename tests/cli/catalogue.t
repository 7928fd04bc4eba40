#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped catalogue: every file is right, and what it says of saved pages is so.
. "${srcdir:-.}/tests/lib.sh"
export CRIER_NOW=1795000000 # after the newest of the saved pages
corpora=${CRIER_CORPORA:-$srcdir/../shared}
set -- "$srcdir"/data/portals/*.portal
plan $((3 + $#))
rows=$(cat "$srcdir"/data/portals/[A-Z][A-Z].tsv | grep -c '^[a-z]')

run "$crier" portal list
status_is "every portal file and table can be read" 0
ok "and is listed" test "$(wc -l <"$out")" = $(($# + rows))
(cd "$srcdir/data/portals" && printf 'data/portals/%s\n' *) >"$T/there"
tr -s '[:blank:]' '\n' <"$srcdir/Makefile.am" | grep '^data/portals/' | LC_ALL=C sort >"$T/shipped"
LC_ALL=C sort -o "$T/there" "$T/there"
same "every file is installed" "$T/there" "$T/shipped"

for file; do
    name="what $(basename "$file") says of saved pages is so"
    if [ ! -d "$corpora/corpora/portals" ]; then
        result 0 "$name # SKIP no corpora beside the repository"
        continue
    fi
    run env CRIER_CORPORA="$corpora" "$crier" portal check --offline "$file"
    if [ "$status" = 0 ] && grep -q 'skipped: 0, complaints: 0' "$out"; then
        result 0 "$name"
    else
        result 1 "$name"
        show "$out"
        show "$err"
    fi
done
finish
