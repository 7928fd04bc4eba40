#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of each fuzz target through the target; a libFuzzer build replays it too.
. "${srcdir:-.}/tests/lib.sh"
plan 24
for target in blob bundle charset conf date document feed frame framing ical import json list opml page portal problem query reader records url urls wire; do
    ok "fuzz-$target replays its corpus" "$builddir/tests/fuzz/fuzz-$target" "$srcdir/tests/fuzz/corpus/fuzz-$target"/*
done
if grep -q "^#define WITH_PICTURES 1" "$builddir/config.h"; then
    ok "fuzz-picture replays its corpus" "$builddir/tests/fuzz/fuzz-picture" "$srcdir/tests/fuzz/corpus/fuzz-picture"/*
else
    result 0 "fuzz-picture replays its corpus # SKIP built without pictures"
fi
finish
