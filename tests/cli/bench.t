#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make bench` records of a run, and what `make bench-compare` says of two.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 14
export PYTHONDONTWRITEBYTECODE=1

# rows FILE COMMAND ARGUMENTS…: of the part "fetch"
rows() {
    file=$1
    shift
    BENCH_RESULT=$file BENCH_PART=fetch run python3 "$srcdir/tests/bench/rows.py" "$@"
}

rows "$T/a.tsv" begin
rows "$T/a.tsv" row "cold: stored" curl s 0.5 0.4 0.9
rows "$T/a.tsv" row "cold: stored" crier s 1.1 1.0 1.2 limit=1.05 note="as it was"
has "a row shows the median, the runs, the limit, the ratio to a peer" "$out" "1.1 s (1…1.2), limit 1.05 = 2.20 x curl; as it was"
ok "and that it is over the limit" grep -q '^!  cold' "$out"
has "its line has the same between tabs" "$T/a.tsv" "$(printf 'fetch\tcold: stored\tcrier\ts\t1.1\t1\t1.2\t3\t1.05')"
printf 'cold: peak\tcrier\tMiB\t50\t51\t52\ncold: speed\tcrier\tMB/s\t100\n' >"$T/lines"
rows "$T/a.tsv" read <"$T/lines"
rows "$T/a.tsv" row "only before" crier ms 3
has "rows are also read from what a program prints" "$T/a.tsv" "$(printf 'cold: peak\tcrier\tMiB\t51\t50\t52\t3')"

rows "$T/b.tsv" begin
rows "$T/b.tsv" row "cold: stored" curl s 1
rows "$T/b.tsv" row "cold: stored" crier s 1.15 1.2 1.3
rows "$T/b.tsv" row "cold: peak" crier MiB 60
rows "$T/b.tsv" row "cold: speed" crier MB/s 90
rows "$T/b.tsv" row "only after" crier ms 4
compare() {
    run python3 "$srcdir/tests/bench/compare.py" "$@"
}
compare "$T/a.tsv" "$T/b.tsv"
status_is "two files are compared" 0
ok "what is worse and apart is marked" grep -qE 'cold: peak +crier +51 +60 +1.18 +MiB +worse$' "$out"
ok "what is worse within the runs is in doubt" grep -qE 'cold: stored +crier +1.1 +1.2 +1.09 +s +worse\?$' "$out"
ok "a rate is worse when it is less" grep -qE 'cold: speed +crier +100(.0)? +90 +0.90 +MB/s +worse$' "$out"
ok "a peer is never marked" grep -qE 'cold: stored +curl +0.5 +1 +2.00 +s$' "$out"
ok "a row that only one has is named" sh -c 'grep -qE "only before +crier +3 +- ms" "$1" && grep -qE "only after +crier +- +4 ms" "$1"' sh "$out"
has "they are counted" "$out" "3 of 3 rows of crier are worse by more than 5 %"
compare "$T/b.tsv" "$T/a.tsv"
ok "the other way round they are better" grep -qE 'cold: peak +crier +60 +51 +0.85 +MiB +better$' "$out"
echo "no such thing" >"$T/c.tsv"
compare "$T/a.tsv" "$T/c.tsv"
status_is "another file is refused" 1
compare "$T/a.tsv" ""
has "and so is none" "$err" "usage: make bench-compare A=FILE B=FILE"
finish
