#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Calls of the system that fail while a store is worked on: nothing committed is lost, and what is said is so.
# A few of them; tests/campaign/failing-calls tries all.
. "${srcdir:-.}/tests/lib.sh"
need python3 cc
python3 -c 'import sqlite3, sys; sys.exit(sqlite3.sqlite_version_info < (3, 35))' || skip_all "python3's SQLite is older than 3.35"
cc -shared -fPIC -o "$T/fail-calls.so" "$srcdir/tests/kit/fail-calls.c" -ldl 2>"$T/cc" || skip_all "no library for LD_PRELOAD can be built here"
plan 5
export builddir
tries() {
    name=$1
    shift
    run python3 "$srcdir/tests/campaign/failing-calls" --library="$T/fail-calls.so" "$@"
    grep '^#' "$out"
    status_is "$name" 0
}
tries "a disk that is full" --most=2 --calls=pwrite:ENOSPC+,write:ENOSPC+ --scenes=fetch,mark,compact,backup,migrate-7,add
tries "a disk that fails" --most=2 --calls=fsync:EIO,rename:EIO --scenes=recover,restore,backup-over,remove
tries "what comes in pieces" --most=1 --calls=read:short,send:short,receive:short --scenes=fetch,restore,add
tries "signals" --most=1 --calls=read:EINTR,send:EINTR,receive:EINTR --scenes=fetch,mark
tries "locks" --most=1 --calls=lock:EAGAIN,lock:ENOLCK --scenes=fetch,rebuild
finish
