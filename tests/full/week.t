#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A week of hourly fetches of a city that lives; tests/campaign/year does a year.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 1
export builddir
run python3 "$srcdir/tests/campaign/year" --days 7 --seed 5
grep '^#' "$out"
status_is "the store is sound, whole and no larger than what it holds" 0
finish
