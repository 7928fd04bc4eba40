#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is undone comes back without the list scrolling, where all of it was on the screen.
. "${srcdir:-.}/tests/lib.sh"
plan 3

{
    printf '<rss version="2.0"><channel><title>Town</title>'
    i=60
    while [ $i -gt 0 ]; do
        printf '<item><title>Notice %s</title><guid>%s</guid><pubDate>%s</pubDate></item>' "$i" "$i" "$(date -u -R -d "@$((1761000000 - i * 3600))")"
        i=$((i - 1))
    done
    printf '</channel></rss>'
} >"$T/town.xml"
printf '%s\n' "file://$T/town.xml" >"$CONFIG/urls"
"$crier" fetch --progress=none
# returns NAME KEYS…: the rows on the screen after the keys and u are those before them
returns() {
    name=$1
    shift
    printf 'size 80 24\nkeys Enter\nkeys j j j j j\ndump\nkeys %s\nkeys u\ndump\n' "$*" >"$T/script"
    run "$crier" --script "$T/script"
    screens "$T/script" "$out"
    head -22 "$T/screen.1" >"$T/before"
    head -22 "$T/screen.2" >"$T/after"
    same "$name" "$T/before" "$T/after"
}
returns "a row that was deleted" D
returns "three of them" V j j D
returns "and where the list has been scrolled" C-d C-d C-d D u k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k j j j j j D
finish
