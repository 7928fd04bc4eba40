#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The units of systemd: what systemd says of them, what they leave a service, and whether crier's own fences still stand within.
. "${srcdir:-.}/tests/lib.sh"
need systemd-analyze
plan 15
units=$T/units
mkdir -p "$units/user" "$units/system" "$T/run"
export XDG_RUNTIME_DIR="$T/run"
for kind in user system; do
    cp "$srcdir/data/systemd/$kind/"*.timer "$units/$kind/"
    for unit in "$srcdir/data/systemd/$kind/"*.service.in; do
        name=${unit##*/}
        # verify looks for the program
        sed "s|@bindir[@]/crier|$crier|" "$unit" >"$units/$kind/${name%.in}"
    done
done
for kind in user system; do
    for unit in "$units/$kind/"*@.*; do
        [ -f "$unit" ] && cp "$unit" "${unit%@.*}@morning.${unit##*@.}"
    done
done

# verified KIND: nothing is said of any unit
verified() {
    option=
    [ "$1" = system ] || option=--user
    systemd-analyze $option verify --man=no "$units/$1/"* >"$out" 2>&1 || { cat "$out"; return 1; }
    ! grep . "$out"
}
ok "systemd finds nothing wrong with the units of users" verified user
ok "nor with those of the system" verified system
# exposed UNIT MOST: in tenths
exposed() {
    level=$(systemd-analyze security --offline=true "$1" 2>/dev/null | sed -n 's/.*exposure level for .*: \([0-9]*\)\.\([0-9]\) .*/\1\2/p')
    echo "# ${1#"$units/"}: $level tenths"
    [ -n "$level" ] && [ "$level" -le "$2" ]
}
if systemd-analyze security --offline=true "$units/system/crier-fetch.service" >/dev/null 2>&1; then
    ok "the service of the system is exposed by 3 at most" exposed "$units/system/crier-fetch.service" 30
    ok "that of users by no more than a manager without privileges can do" exposed "$units/user/crier-fetch.service" 65
else
    result 0 "the service of the system is exposed by 3 at most # SKIP this systemd-analyze has no --offline"
    result 0 "that of users by no more than a manager without privileges can do # SKIP this systemd-analyze has no --offline"
fi
ok "nothing is enabled" sh -c '! find "$1" -type l | grep .' sh "$srcdir/data/systemd"
ok "each service ends in time" sh -c '! grep -L "^TimeoutStartSec=" "$1"/*/*.service | grep .' sh "$units"

# called SET: the names of calls in a set, and in the sets that are part of it
called() {
    systemd-analyze syscall-filter "$1" | sed '1d; s/^ *//; s/^#.*//' | while read -r name; do
        case $name in
        @*) called "$name" ;;
        *) echo "$name" ;;
        esac
    done
}
# filtered UNIT: what its filter lets through
filtered() {
    sed -n 's/^SystemCallFilter=\(~*\)/\1 /p' "$1" | while read -r words; do
        case $words in
        "~"*) for set in ${words#"~"}; do called "$set" >>"$T/taken"; done ;;
        @*) for set in $words; do called "$set"; done ;;
        *) for name in $words; do echo "$name"; done ;;
        esac
    done | sort -u >"$T/given"
    sort -u "$T/taken" | comm -23 "$T/given" -
}
# each call of calls.def that some process of crier may make, on this machine's architectures or others
for kind in user system; do
    filtered "$units/$kind/crier-fetch.service" >"$T/allowed"
    sed -n 's/^\(CALL\|SOME\)(\([a-z0-9_]*\),.*/\2/p' "$srcdir/src/fence/calls.def" | sort -u >"$T/wanted"
    comm -13 "$T/allowed" "$T/wanted" >"$T/refused"
    ok "the $kind service lets through what crier's own filter does" sh -c '! grep . "$1"' sh "$T/refused"
    ok "and what its fences are made by" sh -c 'for c in landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp; do grep -qx $c "$1" || exit 1; done' sh "$T/allowed"
done

# the command of the digest, as systemd would give it to the shell
command=$(sed -n '/^ExecStart=/,/[^\\]$/p' "$units/user/crier-digest@.service" |
    sed "s/^ExecStart=.bin.sh -c '//; s/'\$//; s/\\\\\$//; s/\\\$\\\$/\$/g; s/%i/morning/g; s/%%/%/g")
portal_start
echo "$BASE/en/news/rss.xml" >"$CONFIG/urls"
mkdir -p "$T/spool"
cat >"$T/sendmail" <<'S'
#!/bin/sh
[ ! -e "$HOME/no-mail" ] || exit 75
cat >"$HOME/mail"
S
chmod +x "$T/sendmail"
# told QUERY [STORE]: runs it as the unit does
told() {
    (cd "$T/spool" && TO=ida@example.org QUERY=$1 STORE=${2-} SENDMAIL=$T/sendmail sh -c "$command")
}
told "" >"$out" 2>&1
"$crier" fetch >"$out" 2>&1
touch "$T/no-mail"
told ""
ok "a message that cannot be sent is kept" test $? = 75 -a -s "$T/spool/message"
rm "$T/no-mail"
told ""
ok "and sent the next time, when nothing else is new" test $? = 4 -a -s "$T/mail" -a ! -e "$T/spool/message"
told "" "$STORE"
ok "of a store that is named" test $? = 4
has "it is for who is to have it" "$T/mail" "To: ida@example.org"

# journald takes a priority from the beginning of a line
exec 3>"$err"
JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/3) "$crier" show 999 2>&3
ok "an error on a stream of the journal says that it is one" grep -q "^<3>crier: " "$err"
finish
