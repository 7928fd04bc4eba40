#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# crier-tutorial(7) is true: its steps lead where it says, in the order of the page, its keys do what it says, and its
# commands and those of crier-faq(7) are run.
. "${srcdir:-.}/tests/lib.sh"
need python3
kit=$srcdir/tests/kit
pages="$srcdir/man/crier-tutorial.7.in $srcdir/man/crier-faq.7.in"
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
tutorial=$srcdir/man/crier-tutorial.7.in
mkdir "$T/examples" "$T/here" "$T/bin"
ln -s "$crier" "$T/bin/crier"
PATH=$T/bin:$PATH
# shellcheck disable=SC2086 # words are wanted
python3 "$kit/examples.py" examples "$T/examples" $pages >"$T/index" || { cat "$T/index"; exit 1; }
python3 "$kit/tutorial.py" see "$tutorial" >"$T/see"
plan $(($(wc -l <"$T/see") + $(wc -l <"$T/index") + 5))
portal_start
cd "$T/here" || exit 1

python3 "$kit/tutorial.py" script "$tutorial" >"$T/script"
run "$crier" --script "$T/script"
status_is "the steps of the tutorial can be gone" 0
[ "$status" = 0 ] || show "$err"
screens "$T/script" "$out"
number=0
while IFS= read -r text; do
    number=$((number + 1))
    has "step $number shows: $text" "$T/screen.$number" "$text"
done <"$T/see"
ok "what was saved is there" test -s article.md

"$crier" keys >"$T/keys"
for page in $pages; do
    ok "$(basename "$page" .in): keys do what it says" python3 "$kit/tutorial.py" keys "$page" "$T/keys"
done
# known: commands and options that are named in the text exist
known() {
    # shellcheck disable=SC2086 # words are wanted
    for page in $pages; do python3 "$kit/tutorial.py" commands "$page"; done >"$T/commands"
    test -s "$T/commands" || return 1
    while read -r command rest; do
        case $command in
        --plain) continue ;;
        esac
        grep -qxF "[command $command]" "$srcdir/src/config/commands.def" || { echo "$command"; return 1; }
        for word in $rest; do
            case $word in
            --*) grep -qxF "[option $command ${word%%=*}]" "$srcdir/src/config/commands.def" || { echo "$command $word"; return 1; } ;;
            esac
        done
    done <"$T/commands"
}
ok "commands in the text exist" known

printf '#!/bin/sh\ncat >/dev/null\n' >"$T/bin/sendmail"
chmod +x "$T/bin/sendmail"
while read -r example where kind expected needs file; do
    [ "$expected" != - ] || expected=0
    if [ "$needs" != - ] && ! command -v "$needs" >/dev/null 2>&1; then
        result 0 "$where # SKIP $needs is not installed"
        continue
    fi
    sed "s#https://town.example/news/rss.xml#$BASE/en/news/rss.xml#g" "$example" >"$example.here"
    case $kind in
    # a terminal is what the steps are for
    reader) result 0 "$where" ;;
    file)
        mkdir -p "$(dirname "$file")"
        cp "$example.here" "$file"
        result 0 "$where"
        ;;
    *)
        run sh "$example.here" </dev/null
        status_is "$where" "$expected"
        [ "$status" = "$expected" ] || show "$err"
        ;;
    esac
done <"$T/index"
finish
