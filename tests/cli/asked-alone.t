#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a reader asks for alone and does not find: a doubt, which the next fetch follows beside others.
. "${srcdir:-.}/tests/lib.sh"
plan 5
portal_start
cp "$T/story.portal" "$CONFIG/portals/"
"$crier" add story/en/notices >"$out"
"$crier" fetch --all --full --progress=none
worker=$builddir/crier-worker
page=/story/en/notices/312.html
get "/control/set?path=$page&fault=410" >/dev/null
run "$worker" article 1 "$BASE$page"
status_is "a page that is gone" 3
has "and why" "$err" "gone for good (HTTP 410)"
run "$crier" list --format=tsv state:withdrawn
ok "alone it withdraws nothing" test ! -s "$out"
CRIER_NOW=$((CRIER_NOW + 7200))
export CRIER_NOW
run "$crier" fetch --all --progress=json
has "the next fetch does, though its turn had not come" "$out" '"withdrawn":1'
run "$crier" list --format=tsv state:withdrawn
has "that one" "$out" "$page"
finish
