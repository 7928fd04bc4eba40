#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# On a disk without room a store cannot be opened, for SQLite keeps a file beside it: that is said.
. "${srcdir:-.}/tests/lib.sh"
need unshare mount
unshare -rm sh -c 'mount -t tmpfs none "$1"' sh "$T/data" 2>/dev/null || skip_all "no file system can be mounted here"
plan 4
echo http://127.0.0.1:1/feed >"$CONFIG/urls"
cat >"$T/inside" <<'END'
mount -t tmpfs -o size=4m none "$T/data" || exit 99
mkdir "$T/data/crier"
printf 'Q\n' | "$crier" --plain >/dev/null
dd if=/dev/zero of="$T/data/fill" bs=64k count=100 2>/dev/null
printf 'Q\n' | "$crier" --plain 2>"$T/plain"
echo "$?" >"$T/plain.status"
"$crier" list 2>"$T/list"
echo "$?" >"$T/list.status"
END
export T crier
run unshare -rm sh "$T/inside"
has "the reader says that the disk is full" "$T/plain" "the disk is full"
has "so does a command" "$T/list" "the disk is full"
ok "by their status, too" test "$(cat "$T/plain.status" "$T/list.status" | tr '\n' ' ')" = "74 74 "
ok "and not that reading or writing failed" sh -c '! grep -q "I/O" "$1" "$2"' sh "$T/plain" "$T/list"
finish
