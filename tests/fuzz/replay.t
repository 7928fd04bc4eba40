#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of each fuzz target through the target; a libFuzzer build replays it too.
. "${srcdir:-.}/tests/lib.sh"
plan 22
for target in blob charset conf date document feed frame framing ical import json list opml page portal problem query reader records url urls wire; do
    ok "fuzz-$target replays its corpus" "$builddir/tests/fuzz/fuzz-$target" "$srcdir/tests/fuzz/corpus/fuzz-$target"/*
done
finish
