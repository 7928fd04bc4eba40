#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Settings from the command line: set, taken out, of one source or tag, shown with where they come from, checked.
. "${srcdir:-.}/tests/lib.sh"
plan 42
CONF=$CONFIG/crier.conf
FEED=https://town.example/feed.xml
mode() { python3 -c 'import os, sys; print(oct(os.stat(sys.argv[1]).st_mode & 0o777))' "$1"; }
is() { ok "$1" test "$2" = "$3"; }

run "$crier" config fetch.interval=30
status_is "a setting is set where there is no file yet" 0
printf '[settings]\nfetch.interval=30\n' >"$T/expected"
same "which is made" "$T/expected" "$CONF"
is "for its owner alone" "$(mode "$CONF")" 0o600
run "$crier" config fetch.interval
has "it holds" "$out" "fetch.interval=30	# crier.conf:2"

# what else is in the file stays
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval = 30\r\n\r\n# colours\r\nui.theme=dark\r\n\r\n[keys list]\r\nx=quit\r\n' >"$CONF"
chmod 640 "$CONF"
mkdir "$T/dotfiles"
mv "$CONF" "$T/dotfiles/conf"
ln -s "$T/dotfiles/conf" "$CONF"
run "$crier" config fetch.interval=45 read.measure=66
status_is "several are set at once" 0
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval=45\r\n\r\n# colours\r\nui.theme=dark\r\nread.measure=66\r\n\r\n[keys list]\r\nx=quit\r\n' >"$T/expected"
same "comments, order and ends of lines stay" "$T/expected" "$T/dotfiles/conf"
is "and the mode" "$(mode "$T/dotfiles/conf")" 0o640
ok "and the link" test -L "$CONF"
run "$crier" config --unset=read.measure --unset ui.theme
status_is "settings are taken out" 0
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval=45\r\n\r\n# colours\r\n\r\n[keys list]\r\nx=quit\r\n' >"$T/expected"
same "and nothing else" "$T/expected" "$T/dotfiles/conf"
run "$crier" config --unset=ui.theme
status_is "what is not there cannot be taken out" 1
has "which is said" "$err" "[settings] sets no 'ui.theme'"

# nothing is written that could not be read
for wrong in fetch.interval=never ui.theme=nosuch nonsense=1 'ui.browser=a
b'; do
    run "$crier" config "$wrong"
    status_is "'$(echo "$wrong" | head -n 1)' is refused" 1
done
run "$crier" config fetch.interval=5 fetch.depth
status_is "and what is no setting" 1
same "the file is as it was" "$T/expected" "$T/dotfiles/conf"
rm "$CONF"

# of a source, of a tag
printf '%s "city" "~Town"\nhttps://other.example/ "city" "list"\n' "$FEED" >"$CONFIG/urls"
run "$crier" config fetch.interval=15 --source=Town
status_is "of a source, by its title" 0
run "$crier" config fetch.interval=20 fetch.depth=5 --tag=city
status_is "of a tag" 0
printf '[source %s]\nfetch.interval=15\n\n[section city]\nfetch.interval=20\nfetch.depth=5\n' "$FEED" >"$T/expected"
same "each in a group" "$T/expected" "$CONF"
run "$crier" config --source="$FEED" fetch.interval
has "the source's own comes first" "$out" "fetch.interval=15	# crier.conf:2"
run "$crier" config --source="$FEED" fetch.depth
has "then the tag's" "$out" "fetch.depth=5	# crier.conf:6"
run "$crier" config --source="$FEED" fetch.pages
has "then what holds for all" "$out" "fetch.pages=auto	# default"
run "$crier" config --tag=city fetch.interval
has "a tag can be asked for" "$out" "fetch.interval=20	# crier.conf:5"
run "$crier" config fetch.interval
has "what holds for all is as it was" "$out" "fetch.interval=60	# default"
run "$crier" config --source=nowhere fetch.interval=1
status_is "an unknown source" 1
run "$crier" config --source=Town ui.theme=dark
status_is "what cannot be of a source" 1
same "is not written" "$T/expected" "$CONF"
run "$crier" config --source=Town --unset=fetch.interval
run "$crier" config --source=Town fetch.interval
has "it is taken out of the source's group" "$out" "fetch.interval=20"

# two at once lose nothing
rm "$CONF"
i=10
pids=
for key in fetch.interval fetch.depth fetch.page-limit fetch.connections fetch.timeout fetch.deadline fetch.stall fetch.max-size; do
    "$crier" config "$key=$i" &
    pids="$pids $!"
    i=$((i + 1))
done
for pid in $pids; do wait "$pid"; done
is "eight at once are eight" "$(grep -c = "$CONF")" 8

# checking
run "$crier" config --check
status_is "all is well" 0
printf '[settings]\nui.theme=nosuch\n' >"$CONF"
printf '%s\nexec:rm\n"query:Bad:is:nope"\n' "$FEED" >"$CONFIG/urls"
run "$crier" config --check
status_is "a check that finds something" 2
has "an unknown theme" "$err" "there is no 'nosuch'"
has "a line of urls" "$err" "'exec:rm' would run a command"
has "a bad query" "$err" "line 3"
printf '[source http://typo.example/]\nfetch.depth=1\n[section nosuchtag]\nfetch.depth=1\n' >"$CONF"
run "$crier" config --check
has "a group that is of no source" "$err" "[source http://typo.example/] is of nothing"
has "or of no tag" "$err" "[section nosuchtag] is of nothing"
printf '[settings]\nfetch.interval=never\n' >"$CONF"
run "$crier" config --check
status_is "a value that is none" 2
run "$crier" config fetch.interval=30
status_is "can be mended" 0
run "$crier" config --check fetch.interval
status_is "a check is of everything" 1
run "$crier" config --check --source=Town
status_is "not of one source" 1
finish
