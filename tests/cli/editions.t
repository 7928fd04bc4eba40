#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An article in another language: the article, else its section, else its address.
. "${srcdir:-.}/tests/lib.sh"
plan 13
portal_start
number_of() { "$crier" list --format=tsv "title:\"$1\"" | cut -f1; }

run "$crier" add portal:beiling/en/news
run "$crier" fetch
article=$(number_of "Passenger ferry")
run "$crier" show --lang=ru "$article"
status_is "an edition that is not in the store is no article" 1
has "its address is told" "$err" "$BASE/ru/news/101.html"
run "$crier" show --lang=ja "$article"
has "nor is one that nobody names" "$err" "has no edition 'ja'"

run "$crier" add portal:beiling/ru/notices
run "$crier" fetch
run "$crier" show --lang=ru "$article"
status_is "a section of the edition stands in for it" 0
has "which is said" "$err" "is not in the store"
has "with its articles" "$out" "Объявления"
cat >"$T/script" <<END
size 80 24
keys j j j Enter G Enter
dump
keys L
dump
END
run "$crier" --script "$T/script"
has "so it does in the reader" "$out" "Русский: not in the store; this is its section"

run "$crier" add portal:beiling/ru/news
run "$crier" fetch
run "$crier" show --lang=ru "$article"
has "the article itself, where it is" "$out" "Паром между Бэйлином и Сунхэ снова ходит"
ok "and nothing but it" test ! -s "$err"
run "$crier" show "$(number_of "Паром")"
has "each names the other" "$out" "Also in: English"
run "$crier" show --lang=en "$(number_of "Паром")"
has "and leads back" "$out" "Passenger ferry between Beiling and Songhe resumes"
run "$crier" show --lang=RU "$article"
has "whatever the case" "$out" "Паром"
run "$crier" show --lang=ru --format=json "$article"
has "in each format" "$out" '"language":"ru"'
finish
