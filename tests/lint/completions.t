#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The completions, loaded by the shells that they are for: each can be read, knows every command
# and every option, and completes what stands where.
. "${srcdir:-.}/tests/lib.sh"
need python3
plan 90
cd "$builddir" || exit 1
files=$builddir/completions
PATH=$builddir:$PATH
export PATH files T
table=$srcdir/src/config/commands.def
sed -n 's/^\[command \(.*\)\]$/\1/p' "$table" >"$T/commands"
sed -n 's/^\[option \(.*\) \(--.*\)\]$/\1 \2/p' "$table" | grep -vE '^(global|reader) ' |
    while read -r command option; do
        printf 'crier %s --\t%s\n' "$command" "$option"
    done | sort >"$T/options"
# tags and titles are anybody's words: none of them is ever run
cat >"$CONFIG/urls" <<'END'
http://127.0.0.1:1/feed?city=1&page=2 water "газ и вода" "$(touch pwned)" "it's `touch pwned` \\;" "~Town hall & $(touch pwned)"
END
"$crier" fetch --progress=none >/dev/null 2>&1
"$crier" watch add pipes water >/dev/null

# what is asked; a driver prints "LINE<tab>OFFER" for each word that its shell offers at the line's end
cat >"$T/lines" <<'END'
crier 
crier store re
crier portal show qiq
crier add qiq
crier remove 
crier mark unst
crier config ui.th
crier list --sort=ti
crier --set=ui.th
crier --store=/x --verbose list --
crier portal list 
crier show x y 
crier add qiqihar/r
crier add --tag=wa
crier remove Town
crier config ui.theme=hi
crier --set=ui.layout=
crier list is:un
crier list water has:
crier list tag:
crier list -tag:w
crier mark read lang:z
crier watch add x is:st
crier watch run pi
crier export is:wi
crier config --tag=wa
END
sed 's/.*/crier & --/' "$T/commands" >>"$T/lines"
cat >"$T/bash.driver" <<'END'
. "$files/crier.bash"
while IFS= read -r line; do
    COMP_LINE=$line COMP_POINT=${#line}
    _crier
    for word in "${COMPREPLY[@]}"; do printf '%s\t%s\n' "$line" "$word"; done
done <"$T/lines"
END
# what a line becomes, and the words that a shell makes of it: [TAG]
cat >"$T/bash.insert" <<'END'
. "$files/crier.bash"
for line in 'crier add --tag=$' 'crier add --tag="$' "crier add --tag='\$" 'crier add --tag=it' 'crier add --tag="it' "crier add --tag='it" 'crier add --tag=г' 'crier add --tag="газ ' 'crier remove Town\ ' 'crier remove "Town h' 'crier list tag:\"$' "crier list 'tag:\"г"; do
    COMP_LINE=$line COMP_POINT=${#line}
    _crier
    [ ${#COMPREPLY[@]} = 1 ] || echo "${#COMPREPLY[@]} for $line"
    case $line in
    *\\\"*) whole=${line%\\\"*}$COMPREPLY ;;
    *[\"\']*) quote=${line//[^\"\']/}; quote=${quote:0:1}; whole=${line%%"$quote"*}$quote$COMPREPLY$quote ;;
    *[=:]*) whole=${line%"${line##*[=:]}"}$COMPREPLY ;;
    *) whole="crier remove $COMPREPLY" ;;
    esac
    eval "set -- $whole"
    printf '[%s]\n' "${@: -1}"
done
END
cat >"$T/inserted" <<'END'
[--tag=$(touch pwned)]
[--tag=$(touch pwned)]
[--tag=$(touch pwned)]
[--tag=it's `touch pwned` \;]
[--tag=it's `touch pwned` \;]
[--tag=it's `touch pwned` \;]
[--tag=газ и вода]
[--tag=газ и вода]
[Town hall & $(touch pwned)]
[Town hall & $(touch pwned)]
[tag:"$(touch pwned)"]
[tag:"газ и вода"]
END
cat >"$T/fish.driver" <<'END'
source $files/crier.fish
while read -l line
    for word in (complete -C $line)
        printf '%s\t%s\n' $line (string split -f1 \t -- $word)
    end
end <$T/lines
END
cat >"$T/.zshrc" <<'END'
PS1='ready> '
fpath=($files $fpath)
autoload -U compinit
compinit -u -D
LISTMAX=100000
compadd() {
    [[ " ${(j: :)@[1,(i)(-|--)]} " == *" -"[OAD]" "* ]] || {
        local -a words
        builtin compadd -A words "$@"
        for word in $words; do print -r -- "$question"$'\t'"$word" >>$T/zsh; done
    }
    builtin compadd "$@"
}
ask() {
    local question
    while IFS= read -r question; do
        BUFFER=$question CURSOR=$#question
        zle list-choices
    done <$T/lines
    BUFFER=
    print asked
}
zle -N ask
bindkey '^T' ask
END
drive() {
    # the search for leaks hangs now and then below a shell on a terminal; other tests make it
    ASAN_OPTIONS=detect_leaks=0
    export ASAN_OPTIONS
    case $1 in
    bash) bash --norc "$T/bash.driver" >"$T/bash" ;;
    fish) fish --no-config "$T/fish.driver" >"$T/fish" ;;
    zsh) ZDOTDIR=$T python3 "$srcdir/tests/kit/terminal.py" --patience=120 "see:ready> " "type:$(printf '\024')" "see:asked" "type:exit
" -- zsh -d -i >"$T/zsh.log" ;;
    esac 2>"$err"
    # what a word goes on with is no part of it
    [ ! -f "$T/$1" ] || sed 's/[= ]*$//' "$T/$1" | LC_ALL=C sort -u >"$T/offered"
}
knows_all() {
    LC_ALL=C sort "$1" | LC_ALL=C comm -23 - "$T/offered" | grep . && return 1
    return 0
}
# offered NAME LINE WORD
offered() {
    ok "$shell: $1" grep -F "$2	$3" "$T/offered"
}
sed 's/^/crier 	/' "$T/commands" >"$T/all"

for shell in bash fish zsh; do
    file=$files/crier.$shell
    [ $shell != zsh ] || file=$files/_crier
    if ! command -v $shell >/dev/null 2>&1; then
        for what in "can be read" "every command" "every option" "words of a command" "what stands after them" "portals" "sources" "states" \
            "settings" "values" "global options" "behind global options" "sections" "tags" "titles" "values of settings" "and for a run" "states of articles" \
            "terms behind others" "tags in queries" "excluded ones" "languages" "queries of watches" "watches" "queries of exports" "tags of settings" "what is not ASCII"; do
            result 0 "$shell: $what # SKIP $shell is not installed"
        done
        continue
    fi
    ok "$shell: can be read" $shell -n "$file"
    : >"$T/offered"
    drive $shell || show "$err"
    ok "$shell: every command" knows_all "$T/all"
    ok "$shell: every option" knows_all "$T/options"
    offered "words of a command" "crier store re" rebuild
    offered "what stands after them" "crier portal show qiq" qiqihar
    offered "portals" "crier add qiq" qiqihar
    ok "$shell: sources" grep "^crier remove 	.*//127.0.0.1:1/feed" "$T/offered"
    offered "states" "crier mark unst" unstarred
    offered "settings" "crier config ui.th" ui.theme
    ok "$shell: values" grep "^crier list --sort=ti	.*title$" "$T/offered"
    ok "$shell: global options" grep "^crier --set=ui.th	.*ui\.theme$" "$T/offered"
    offered "behind global options" "crier --store=/x --verbose list --" --sort
    offered "sections" "crier add qiqihar/r" qiqihar/ru/news
    ok "$shell: tags" grep "^crier add --tag=wa	.*water$" "$T/offered"
    ok "$shell: titles" grep "^crier remove Town	Town" "$T/offered"
    ok "$shell: values of settings" grep "^crier config ui.theme=hi	.*high-contrast$" "$T/offered"
    ok "$shell: and for a run" grep "^crier --set=ui.layout=	.*auto$" "$T/offered"
    ok "$shell: states of articles" grep "^crier list is:un	.*unread$" "$T/offered"
    ok "$shell: terms behind others" grep "^crier list water has:	.*attachment$" "$T/offered"
    ok "$shell: tags in queries" grep "^crier list tag:	.*water$" "$T/offered"
    ok "$shell: excluded ones" grep "^crier list -tag:w	.*water$" "$T/offered"
    ok "$shell: languages" grep "^crier mark read lang:z	.*zh$" "$T/offered"
    ok "$shell: queries of watches" grep "^crier watch add x is:st	.*starred$" "$T/offered"
    offered "watches" "crier watch run pi" pipes
    ok "$shell: queries of exports" grep "^crier export is:wi	.*withdrawn$" "$T/offered"
    ok "$shell: tags of settings" grep "^crier config --tag=wa	.*water$" "$T/offered"
    ok "$shell: what is not ASCII" grep "^crier list tag:	.*газ.*вода" "$T/offered"
done

if command -v bash >/dev/null 2>&1; then
    run bash --norc "$T/bash.insert"
    same "bash: what is inserted is the name, in and out of quotes" "$T/inserted" "$out"
else
    result 0 "bash: what is inserted is the name # SKIP bash is not installed"
fi
ok "no name was run" sh -c '! find . "$1" -name "pwned*" | grep .' sh "$T"

# any text is quoted for where it goes
cat >"$T/odd.def" <<'END'
[command odd]
arguments = FILE
program = crier
help = N_("it's \"$(false)\" `false` 50% a\\b: [c] & (d) #e")

[option odd --odd]
type = word a b

[option global --set]
type = texts
END
for shell in bash fish zsh; do
    awk -f "$srcdir/scripts/tables.awk" -f "$srcdir/scripts/completions.awk" -v make=$shell "$T/odd.def" >"$T/odd.$shell"
    if [ $shell != bash ]; then # whose completion shows no help
        ok "$shell: the help is there" sh -c 'tr -d "\\" <"$1" | grep -F "\"\$(false)\" \`false\` 50% ab: [c] & (d) #e"' sh "$T/odd.$shell"
    else
        ok "$shell: the help is not there" sh -c '! grep -F "50%" "$1"' sh "$T/odd.$shell"
    fi
    if command -v $shell >/dev/null 2>&1; then
        ok "$shell: and can be read" $shell -n "$T/odd.$shell"
    else
        result 0 "$shell: and can be read # SKIP $shell is not installed"
    fi
done
if command -v shellcheck >/dev/null 2>&1; then
    ok "shellcheck has nothing to say of bash's" shellcheck -s bash "$files/crier.bash"
else
    result 0 "shellcheck has nothing to say of bash's # SKIP shellcheck is not installed"
fi
finish
