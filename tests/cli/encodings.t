#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real feeds and pages in many encodings, where the folder with them is present.
. "${srcdir:-.}/tests/lib.sh"
corpora=${CRIER_CORPORA:-$srcdir/../shared}/corpora/portals
[ -r "$corpora/manifest.tsv" ] || skip_all "no corpora beside the repository"
need python3
python3 "$srcdir/tests/kit/encodings.py" "$builddir/tests/kit/decode" "$corpora"
