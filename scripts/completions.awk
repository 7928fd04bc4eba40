# SPDX-License-Identifier: GPL-3.0-or-later
# The completions for bash, zsh and fish; after tables.awk, whose tables it reads.
#
# What stands where follows from a command's arguments as the help shows them: "list|show ID" are
# the words list and show, and after show comes what KINDS says of ID.
function shell(text) { return "'" replace(text, "'", "'\\''") "'" }
function fish(text) { return "'" replace(replace(text, "\\", "\\\\"), "'", "\\'") "'" }
# a colon ends a name in zsh's descriptions, and a message in its specifications
function zsh(text) { return replace(replace(text, "\\", "\\\\"), ":", "\\:") }

# the kind of what a placeholder stands for: file, portals, sources, watches, states, settings or nothing
function kind_of(placeholder,    name) {
    name = placeholder
    gsub(/[^A-Z].*$/, "", name)
    return KINDS[name]
}

# words[], their number in word_count, after[word] and, for what is no word, own_kind
function read_arguments(text,    list, n, i, at, word, pair) {
    word_count = 0
    own_kind = ""
    gsub(/\[=?/, " ", text); gsub(/\]/, "", text)
    n = split(text, list, "|")
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", list[i])
        split(list[i], pair, " ")
        if (list[i] ~ /^[a-z]/) {
            words[++word_count] = pair[1]
            after[word_count] = kind_of(pair[2])
        } else if (own_kind == "")
            own_kind = kind_of(list[i])
    }
}
function joined_words(    i, out) {
    for (i = 1; i <= word_count; i++)
        out = out (i > 1 ? " " : "") words[i]
    return out
}
# the options of a command as o_name[], o_takes[], o_values[] and o_file[], their number in option_count
function read_options(of,    i, n) {
    n = 0
    for (i = 1; i <= options; i++) {
        if (option_of[i] != of)
            continue
        o_name[++n] = "--" option_name[i]
        o_takes[n] = option_type[i] != "flag"
        o_values[n] = option_type[i] == "word" ? option_words[i] : ""
        o_file[n] = option_type[i] == "file"
    }
    option_count = n
}
# the states that mark takes, which its help lists
function states(    list, n, i, out) {
    n = split(help["mark"], list, " ")
    for (i = 1; i <= n; i++) {
        if (out != "" && list[i] ~ /^[a-z]+$/)
            out = out " " list[i]
        else if (list[i] ~ /:$/)
            out = " "
    }
    sub(/^ +/, "", out)
    return out
}
function setting_names(prefix, suffix,    i, out) {
    for (i = 1; i <= settings; i++)
        out = out (i > 1 ? " " : "") prefix s_name[i] suffix
    return out
}
function joined_commands(    i, out) {
    for (i = 1; i <= commands; i++)
        out = out (i > 1 ? " " : "") command[i]
    return out
}

function bash_options(    i, out) {
    for (i = 1; i <= option_count; i++)
        out = out (i > 1 ? " " : "") o_name[i] (o_takes[i] ? "=" : "")
    return out
}
function bash_values(    i, n, j, list, out) {
    for (i = 1; i <= option_count; i++) {
        n = split(o_values[i], list, " ")
        for (j = 1; j <= n; j++)
            out = out " " o_name[i] "=" list[j]
    }
    return substr(out, 2)
}
# the options without a command that take a value
function valued(between,    i, out) {
    for (i = 1; i <= options; i++)
        if (option_of[i] ~ /^(global|reader)$/ && option_type[i] != "flag")
            out = out (out == "" ? "" : between) "--" option_name[i]
    return out
}
function make_bash(    i, j) {
    print "# bash completion for crier, made from its tables"
    print "_crier() {"
    print "    local IFS=$' \\t\\n' line=${COMP_LINE:0:COMP_POINT} word='' command='' first='' more='' options='' values='' kind='' reply='' i"
    print "    local -a words"
    print "    read -ra words <<<\"$line\""
    print "    [[ $line == *[[:space:]] ]] && words+=('')"
    print "    word=${words[${#words[@]} - 1]}"
    print "    for ((i = 1; i < ${#words[@]} - 1; i++)); do"
    print "        case ${words[i]} in"
    printf "        %s) i=$((i + 1)) ;;\n", valued(" | ")
    print "        -*) ;;"
    print "        *) if [[ -z $command ]]; then command=${words[i]}; elif [[ -z $first ]]; then first=${words[i]}; else more=yes; fi ;;"
    print "        esac"
    print "    done"
    print "    case $command in"
    read_options("reader")
    print "    '') options=" shell(bash_options()) " values=" shell(joined_commands()) " ;;"
    for (i = 1; i <= commands; i++) {
        read_arguments(takes[command[i]])
        read_options(command[i])
        printf "    %s)\n        options=%s\n", command[i], shell(bash_options())
        if (bash_values() != "")
            printf "        [[ $word == --*=* ]] && values=%s\n", shell(bash_values())
        if (word_count) {
            printf "        [[ -z $first && $word != --*=* ]] && values=%s\n", shell(joined_words())
            print "        [[ -n $more ]] || case $first in"
            for (j = 1; j <= word_count; j++)
                if (after[j] != "")
                    printf "        %s) kind=%s ;;\n", words[j], shell(after[j])
            if (own_kind != "")
                printf "        '') kind=%s ;;\n", shell(own_kind)
            print "        esac"
        } else if (own_kind != "")
            printf "        %skind=%s\n", (takes[command[i]] ~ /…/ && own_kind != "states" ? "" : "[[ -n $first ]] || "), shell(own_kind)
        print "        ;;"
    }
    print "    esac"
    read_options("global")
    print "    options+=" shell(" " bash_options())
    print "    case $word in"
    print "    --set=*) values=" shell(setting_names("--set=", "=")) " kind='' ;;"
    print "    --config=* | --store=* | --script=* | --portal=* | --output=*) kind='file' ;;"
    print "    --*=*) kind='' ;;"
    print "    -*) values=$options kind='' ;;"
    print "    esac"
    print "    case $kind in"
    print "    portals) values+=\" $(crier portal list 2>/dev/null | while read -r id _; do printf '%s ' \"$id\"; done)\" ;;"
    print "    sources) values+=\" $(crier sources --format=tsv 2>/dev/null | cut -f2)\" ;;"
    print "    watches) values+=\" $(crier watch list --format=tsv 2>/dev/null | cut -f1)\" ;;"
    print "    states) values=" shell(states()) " ;;"
    print "    settings) values=" shell(setting_names("", "")) " ;;"
    print "    esac"
    print "    COMPREPLY=()"
    print "    if [[ $kind == file ]]; then"
    print "        local path=$word"
    print "        [[ $word == --*=* ]] && path=${word#*=}"
    print "        while IFS= read -r reply; do COMPREPLY+=(\"$reply\"); done < <(compgen -f -- \"$path\")"
    print "        compopt -o filenames 2>/dev/null"
    print "    fi"
    print "    # what readline replaces starts after the last = or :"
    print "    local cut=${word%\"${word##*[=:]}\"}"
    print "    local -a list"
    print "    read -r -d '' -a list <<<\"$values\""
    print "    for reply in \"${list[@]}\"; do"
    print "        [[ $reply == \"$word\"* ]] || continue"
    print "        printf -v reply %q \"${reply#\"$cut\"}\" # an address may have & and ? in it"
    print "        COMPREPLY+=(\"$reply\")"
    print "    done"
    print "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null"
    print "    return 0"
    print "}"
    print "complete -F _crier crier"
}

function zsh_action(kind) {
    if (kind == "file")
        return "file:_files"
    if (kind == "states")
        return "state:(" states() ")"
    if (kind == "settings")
        return "setting:(" setting_names("", "") ")"
    return kind == "" ? "argument:" : kind ":_crier_" kind
}
function zsh_options(    i, out) {
    for (i = 1; i <= option_count; i++)
        out = out " " shell(o_name[i] (!o_takes[i] ? "" : "=:" substr(o_name[i], 3) ":" (o_values[i] != "" ? "(" o_values[i] ")" : o_file[i] ? "_files" : "")))
    return out
}
# the options without a command; of these, only --set may be repeated
function zsh_plain(of,    i, out, long, letter) {
    for (i = 1; i <= options; i++) {
        if (option_of[i] != of)
            continue
        long = "--" option_name[i]; letter = "-" option_letter[i]
        out = out (out == "" ? "" : " ")
        if (option_type[i] == "folder")
            out = out shell(long "=:folder:_directories")
        else if (option_type[i] == "file")
            out = out shell(long "=:file:_files")
        else if (option_type[i] == "texts")
            out = out shell("*" long "=:setting:{compadd -S \"\" " setting_names("", "=") "}")
        else
            out = out (letter == "-" ? long : shell("(" letter " " long ")") "{" letter "," long "}")
    }
    return out
}
function make_zsh(    i, j) {
    print "#compdef crier"
    print "# zsh completion for crier, made from its tables"
    print "_crier_portals() {"
    print "    local -a found expl"
    print "    found=(${${(f)\"$(crier portal list 2>/dev/null)\"}%% *})"
    print "    _wanted portals expl portal compadd -a found"
    print "}"
    print "_crier_sources() {"
    print "    local -a found expl"
    print "    found=(${${(f)\"$(crier sources --format=tsv 2>/dev/null | cut -f2)\"}})"
    print "    _wanted sources expl source compadd -a found"
    print "}"
    print "_crier_watches() {"
    print "    local -a found expl"
    print "    found=(${(f)\"$(crier watch list --format=tsv 2>/dev/null | cut -f1)\"})"
    print "    _wanted watches expl watch compadd -a found"
    print "}"
    print "_crier() {"
    print "    local curcontext=$curcontext state= line"
    print "    local -a globals commands"
    print "    typeset -A opt_args"
    print "    globals=(" zsh_plain("global") ")"
    print "    commands=("
    for (i = 1; i <= commands; i++)
        print "        " shell(zsh(command[i]) ":" help[command[i]])
    print "    )"
    print "    _arguments -C $globals " zsh_plain("reader") " '1: :->command' '*:: :->argument' && return"
    print "    if [[ $state = command ]]; then"
    print "        _describe -t commands command commands"
    print "        return"
    print "    fi"
    print "    state="
    print "    case $words[1] in"
    for (i = 1; i <= commands; i++) {
        read_arguments(takes[command[i]])
        read_options(command[i])
        printf "    %s)\n        _arguments $globals%s", command[i], zsh_options()
        if (!word_count) {
            print " " shell((own_kind != "states" && takes[command[i]] ~ /…/ ? "*:" : "1:") zsh_action(own_kind))
        } else {
            print " " shell("1:what:(" joined_words() ")") " '2: :->what' && return"
            print "        [[ $state = what ]] && case $words[2] in"
            for (j = 1; j <= word_count; j++)
                if (after[j] != "")
                    printf "        %s) %s ;;\n", words[j], (after[j] == "file" ? "_files" : after[j] == "states" ? "compadd " states() : after[j] == "settings" ? "compadd " setting_names("", "") : "_crier_" after[j])
            print "        esac"
        }
        print "        ;;"
    }
    print "    esac"
    print "}"
    print "_crier \"$@\""
}

function fish_action(kind) {
    if (kind == "file")
        return "-F"
    if (kind == "portals" || kind == "sources" || kind == "watches")
        return "-a '(__crier_" kind ")'"
    return "-a " fish(kind == "states" ? states() : setting_names("", ""))
}
function fish_plain(of, when,    i) {
    for (i = 1; i <= options; i++)
        if (option_of[i] == of)
            printf "complete -c crier%s%s -l %s%s\n", when, (option_letter[i] != "" ? " -s " option_letter[i] : ""), option_name[i],
                (option_type[i] == "folder" ? " -x -a '(__fish_complete_directories)'" : option_type[i] == "file" ? " -r -F" : option_type[i] == "texts" ? " -x -a " fish(setting_names("", "=")) : "")
}
function make_fish(    i, j, when) {
    print "# fish completion for crier, made from its tables"
    print "# the words of the line that are no options"
    print "function __crier_words"
    print "    set -l words (commandline -opc)"
    print "    set -e words[1]"
    print "    set -l skip no"
    print "    for word in $words"
    print "        if test $skip = yes"
    print "            set skip no"
    print "            continue"
    print "        end"
    print "        switch $word"
    print "            case " valued(" ")
    print "                set skip yes"
    print "            case '-*'"
    print "            case '*'"
    print "                echo $word"
    print "        end"
    print "    end"
    print "end"
    print "# __crier_at NUMBER WORD…: that many words, or at least as many for +, and these first"
    print "function __crier_at"
    print "    set -l words (__crier_words)"
    print "    set -l number $argv[1]"
    print "    set -e argv[1]"
    print "    test $number = + -o $number = (count $words); or return 1"
    print "    for word in $argv"
    print "        test \"$word\" = \"$words[1]\"; or return 1"
    print "        set -e words[1]"
    print "    end"
    print "end"
    print "function __crier_portals"
    print "    crier portal list 2>/dev/null | string replace -r ' .*' ''"
    print "end"
    print "function __crier_sources"
    print "    crier sources --format=tsv 2>/dev/null | cut -f2"
    print "end"
    print "function __crier_watches"
    print "    crier watch list --format=tsv 2>/dev/null | cut -f1"
    print "end"
    print "complete -c crier -f"
    fish_plain("global", "")
    fish_plain("reader", " -n '__crier_at 0'")
    for (i = 1; i <= commands; i++)
        printf "complete -c crier -n '__crier_at 0' -a %s -d %s\n", fish(command[i]), fish(help[command[i]])
    for (i = 1; i <= commands; i++) {
        read_arguments(takes[command[i]])
        read_options(command[i])
        for (j = 1; j <= option_count; j++)
            printf "complete -c crier -n '__crier_at + %s' -l %s%s%s\n", command[i], substr(o_name[j], 3),
                (!o_takes[j] ? "" : o_file[j] ? " -r -F" : " -x"), (o_values[j] != "" ? " -a " fish(o_values[j]) : "")
        if (word_count) {
            printf "complete -c crier -n '__crier_at 1 %s' -a %s\n", command[i], fish(joined_words())
            for (j = 1; j <= word_count; j++)
                if (after[j] != "")
                    printf "complete -c crier -n '__crier_at 2 %s %s' %s\n", command[i], words[j], fish_action(after[j])
        }
        if (own_kind != "") {
            when = !word_count && own_kind != "states" && takes[command[i]] ~ /…/ ? "+" : "1"
            printf "complete -c crier -n '__crier_at %s %s' %s\n", when, command[i], fish_action(own_kind)
        }
    }
}
END {
    KINDS["FILE"] = "file"; KINDS["DIR"] = "file"; KINDS["PORTAL"] = "portals"; KINDS["ID"] = "portals"
    KINDS["SOURCE"] = "sources"; KINDS["STATE"] = "states"; KINDS["KEY"] = "settings"
    KINDS["WATCH"] = "watches"
    if (make == "bash")
        make_bash()
    else if (make == "zsh")
        make_zsh()
    else if (make == "fish")
        make_fish()
}
