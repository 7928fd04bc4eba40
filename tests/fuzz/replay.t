#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of each fuzz target through the target; a libFuzzer build replays it too.
. "${srcdir:-.}/tests/lib.sh"
plan 12
for target in charset date document feed ical json list opml page portal text wire; do
    ok "fuzz-$target replays its corpus" "$builddir/tests/fuzz/fuzz-$target" "$srcdir/tests/fuzz/corpus/fuzz-$target"/*
done
finish
