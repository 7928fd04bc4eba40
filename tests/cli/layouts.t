#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles in layouts of old pages, which name nothing: tests/kit/layouts.py.
. "${srcdir:-.}/tests/lib.sh"
need python3
python3 "$srcdir/tests/kit/layouts.py" "$crier"
