#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Feeds that have no name but their address are told apart where it has no room.
. "${srcdir:-.}/tests/lib.sh"
plan 5
for name in water roads schools; do
    "$crier" add --no-discover "http://127.0.0.1:9/feeds/of/the/city/$name.xml" >/dev/null
done
printf 'size 120 40\ndump\n' >"$T/script"
run "$crier" --set=fetch.auto=no --script "$T/script"
for name in ater oads ools; do
    has "$name has a row of its own" "$out" "$name.xml "
done
has "which begins with the host" "$out" " 127.0.0."
printf 'size 100 40\ndump\n' >"$T/script"
run "$crier" --set=fetch.auto=no --set=ui.layout=1 --script "$T/script"
has "an address that has room stands whole" "$out" "http://127.0.0.1:9/feeds/of/the/city/water.xml"
finish
