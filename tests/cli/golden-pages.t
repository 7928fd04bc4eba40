#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles out of pages: each page of tests/page/ as `crier extract` reads it, compared with
# NAME.json, .md, .out.html and .txt beside it, as far as they are there.  GENERATE=1 rewrites
# these: read them beside the page before you commit them.
. "${srcdir:-.}/tests/lib.sh"
need python3
cd "$srcdir/tests/page" || exit 1
set -- *.json *.md *.out.html *.txt
plan $#

for expected; do
    name=${expected%%.*}
    case $expected in
    *.json) format=json ;;
    *.md) format=markdown ;;
    *.html) format=html ;;
    *.txt) format=text ;;
    esac
    "$crier" extract --format="$format" --url="https://harbour.example/en/notices/$name.html" "$name.html" >"$out"
    if [ "$format" = json ]; then
        python3 "$srcdir/tests/kit/pretty.py" <"$out" >"$T/pretty"
        mv "$T/pretty" "$out"
    fi
    [ "${GENERATE:-}" != 1 ] || cp "$out" "$expected"
    same "$expected" "$expected" "$out"
done
finish
