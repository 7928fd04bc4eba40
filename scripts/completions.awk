# SPDX-License-Identifier: GPL-3.0-or-later
# The completions for bash, zsh and fish; after tables.awk, whose tables it reads.
#
# What stands where follows from a command's arguments as the help shows them: "list|show ID" are
# the words list and show, and after show comes what KINDS says of ID.
function shell(text) { return "'" replace(text, "'", "'\\''") "'" }
function fish(text) { return "'" replace(replace(text, "\\", "\\\\"), "'", "\\'") "'" }
# a colon ends a name in zsh's descriptions, and a message in its specifications
function zsh(text) { return replace(replace(text, "\\", "\\\\"), ":", "\\:") }

# the kind of what a placeholder stands for: file, portals, sources, watches, states, settings, query, set (settings and
# their values), tags or nothing
function kind_of(placeholder,    name) {
    name = placeholder
    gsub(/[^A-Z].*$/, "", name)
    return KINDS[name]
}

# words[], their number in word_count, after[word] and later[word], what stands behind that; for what is no word
# own_kind and next_kind
function read_arguments(text,    list, n, i, pair) {
    word_count = 0
    own_kind = next_kind = ""
    gsub(/\[=?/, " ", text); gsub(/\]/, "", text)
    n = split(text, list, "|")
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", list[i])
        split(list[i], pair, " ")
        if (list[i] ~ /^[a-z]/) {
            words[++word_count] = pair[1]
            after[word_count] = kind_of(pair[2])
            later[word_count] = kind_of(pair[3])
            if (after[word_count] == "query")
                later[word_count] = "query"
        } else if (own_kind == "") {
            own_kind = kind_of(list[i])
            next_kind = pair[2] != "" ? kind_of(pair[2]) : list[i] ~ /…/ || own_kind == "query" ? own_kind : ""
        } else if (list[i] ~ /…/ && kind_of(list[i]) == own_kind)
            next_kind = own_kind
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
        o_kind[n] = OPTION_KINDS[option_name[i]]
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
# NAME=VALUE for each value of those settings that have a few
function setting_pairs(prefix,    i, j, n, list, values, out) {
    for (i = 1; i <= settings; i++) {
        values = s_type[i] == "BOOL" ? "yes no" : s_type[i] == "CHOICE" ? s_range[i] : ""
        if (s_help[i] ~ /, or a file of your own/) {
            values = s_help[i]
            sub(/^[^:]*: /, "", values); sub(/, or a file of your own.*/, "", values); gsub(/,/, "", values)
        }
        n = split(values, list, " ")
        for (j = 1; j <= n; j++)
            out = out (out == "" ? "" : " ") prefix s_name[i] "=" list[j]
    }
    return out
}
# The tags of urls, a line each.  The text of a tag is JSON, and is read as that: an escape stands for its character.
function tags_command() {
    return "crier sources --format=json 2>/dev/null | LC_ALL=C awk " shell("{ if (!match($0, /,\"tags\":\\[/)) next; s = substr($0, RSTART + RLENGTH); while (substr(s, 1, 1) == \"\\\"\") { s = substr(s, 2); t = \"\"; while (s != \"\" && (c = substr(s, 1, 1)) != \"\\\"\") { if (c == \"\\\\\") { s = substr(s, 2); c = substr(s, 1, 1) } t = t c; s = substr(s, 2) } s = substr(s, 3); if (t != \"\" && !seen[t]++) print t } }")
}
# the terms of a query; those of tags are added where it is asked
function query_words() {
    return "all is:unread is:read is:starred is:unstarred is:revised is:withdrawn is:former is:deleted has:attachment has:date state:revised state:withdrawn title: tag: source: portal: section: lang: since: before: seen: changed: due: related: id: address: lang:de lang:en lang:es lang:fr lang:ja lang:kk lang:ko lang:ru lang:uk lang:zh since:1d since:7d since:30d due:7d"
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
    print "# Names come from portals, and anybody may have written them: they are compared and quoted, and never expanded."
    print "_crier_tags() {"
    print "    " tags_command()
    print "}"
    print "_crier() {"
    print "    local IFS=$' \\t\\n' line=${COMP_LINE:0:COMP_POINT} word='' command='' first='' more='' options='' values='' kind='' reply='' i char"
    print "    local quote='' cut='' blank=yes"
    print "    local -a words list names"
    print "    # the words as the shell would take them, and what stands before an open quote"
    print "    for ((i = 0; i < ${#line}; i++)); do"
    print "        char=${line:i:1}"
    print "        if [[ -z $quote && $char == [[:space:]] ]]; then"
    print "            [[ -n $blank ]] || words+=(\"$word\")"
    print "            word='' cut='' blank=yes"
    print "            continue"
    print "        fi"
    print "        blank=''"
    print "        if [[ $char == \"$quote\" && -n $quote ]]; then"
    print "            quote=''"
    print "        elif [[ -z $quote && ($char == \"'\" || $char == '\"') ]]; then"
    print "            quote=$char cut=$word"
    print "        elif [[ $char == \"\\\\\" && $quote != \"'\" ]]; then"
    print "            i=$((i + 1))"
    print "            [[ $quote != '\"' || ${line:i:1} == [\\$\\`\\\"\\\\] ]] || word+=$char"
    print "            word+=${line:i:1}"
    print "        else"
    print "            word+=$char"
    print "        fi"
    print "    done"
    print "    words+=(\"$word\")"
    print "    for ((i = 1; i < ${#words[@]} - 1; i++)); do"
    print "        case ${words[i]} in"
    printf "        %s) i=$((i + 1)) ;;\n", valued(" | ")
    print "        -*) ;;"
    print "        *) if [[ -z $command ]]; then command=${words[i]}; elif [[ -z $first ]]; then first=${words[i]}; else more+=x; fi ;;"
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
            print "        case $first:$more in"
            for (j = 1; j <= word_count; j++) {
                if (after[j] != "")
                    printf "        %s:) kind=%s ;;\n", words[j], shell(after[j])
                if (later[j] != "")
                    printf "        %s:x*) kind=%s ;;\n", words[j], shell(later[j])
            }
            if (own_kind != "")
                printf "        :) kind=%s ;;\n", shell(own_kind)
            print "        esac"
        } else if (own_kind != "") {
            printf "        [[ -n $first ]] || kind=%s\n", shell(own_kind)
            if (next_kind != "")
                printf "        [[ -z $first ]] || kind=%s\n", shell(next_kind)
        }
        print "        ;;"
    }
    print "    esac"
    read_options("global")
    print "    options+=" shell(" " bash_options())
    print "    case $command:$word in"
    print "    *:--set=*=*) values=" shell(setting_pairs("--set=")) " kind='' ;;"
    print "    *:--set=*) values=" shell(setting_names("--set=", "=")) " kind='' ;;"
    print "    *:--config=* | *:--store=* | *:--script=* | *:--portal=* | *:--output=*) kind='file' ;;"
    print "    add:--tag=* | config:--tag=* | import:--tag=*) kind='tags' ;;"
    print "    config:--source=*) kind='sources' ;;"
    print "    config:--unset=*) values=" shell(setting_names("--unset=", "")) " kind='' ;;"
    print "    digest:--query=*) kind='query' ;;"
    print "    *:--*=*) kind='' ;;"
    print "    *:-?*) [[ $kind != query || $word == --* ]] && values=$options kind='' ;;"
    print "    *:-) values=$options kind='' ;;"
    print "    config:*=*) [[ $kind != settings ]] || values=" shell(setting_pairs("")) " kind='' ;;"
    print "    esac"
    print "    local before='' part=$word"
    print "    [[ $word != --*=* ]] || before=${word%%=*}= part=${word#*=}"
    print "    case $kind in"
    print "    portals)"
    print "        case $part in"
    print "        */*) mapfile -t names < <(crier portal show \"${part%%/*}\" 2>/dev/null | while read -r reply _; do [[ $reply != portal:* ]] || printf '%s\\n' \"${reply#portal:}\"; done) ;;"
    print "        *) mapfile -t names < <(crier portal list 2>/dev/null | while read -r reply _; do printf '%s\\n' \"$reply\"; done) ;;"
    print "        esac ;;"
    print "    sources) mapfile -t names < <(crier sources --format=tsv 2>/dev/null | cut -f2,3 | tr '\\t' '\\n') ;;"
    print "    tags) mapfile -t names < <(_crier_tags) ;;"
    print "    watches) mapfile -t names < <(crier watch list --format=tsv 2>/dev/null | cut -f1) ;;"
    print "    query)"
    print "        values=" shell(query_words())
    print "        case $part in"
    print "        tag:* | -tag:*) mapfile -t names < <(_crier_tags) ;;"
    print "        source:* | -source:*) mapfile -t names < <(crier sources --format=tsv 2>/dev/null | cut -f3) ;;"
    print "        portal:* | -portal:*) mapfile -t names < <(crier sources --format=tsv 2>/dev/null | cut -f2 | sed -n 's/^portal:\\([^/]*\\).*/\\1/p' | sort -u) ;;"
    print "        esac"
    print "        [[ $part != -* ]] || before+=- part=${part#-}"
    print "        for i in \"${!names[@]}\"; do"
    print "            reply=${names[i]}"
    print "            case $reply in"
    print "            *\\\"*) reply='' ;;"
    print "            *[\\ \\(\\)]*) reply=\\\"$reply\\\" ;;"
    print "            esac"
    print "            names[i]=${part%%:*}:$reply"
    print "        done ;;"
    print "    states) values=" shell(states()) " ;;"
    print "    settings) values=" shell(setting_names("", "")) " ;;"
    print "    esac"
    print "    COMPREPLY=()"
    print "    if [[ $kind == file ]]; then"
    print "        while IFS= read -r reply; do COMPREPLY+=(\"$reply\"); done < <(compgen -f -- \"$part\")"
    print "        compopt -o filenames 2>/dev/null"
    print "    fi"
    print "    # what readline replaces starts after an open quote, else after the last = or :"
    print "    [[ -n $quote ]] || cut=${word%\"${word##*[=:]}\"}"
    print "    read -r -d '' -a list <<<\"$values\""
    print "    [[ $kind != query ]] || before=${word%\"$part\"}"
    print "    if [[ -n $kind ]]; then"
    print "        names+=(\"${list[@]}\")"
    print "        list=()"
    print "        for reply in \"${names[@]}\"; do list+=(\"$before$reply\"); done"
    print "    fi"
    print "    for reply in \"${list[@]}\"; do"
    print "        [[ $reply == \"$word\"* && $reply == \"$cut\"?* ]] || continue"
    print "        reply=${reply#\"$cut\"}"
    print "        case $quote in"
    print "        '') printf -v reply %q \"$reply\" ;; # an address may have & and ? in it"
    print "        \"'\") reply=${reply//\"'\"/\"'\\\\''\"} ;;"
    print "        *)"
    print "            [[ $reply != *!* ]] || continue"
    print "            reply=${reply//\\\\/\\\\\\\\}"
    print "            reply=${reply//\\\"/\\\\\\\"}"
    print "            reply=${reply//\\$/\\\\\\$}"
    print "            reply=${reply//\\`/\\\\\\`} ;;"
    print "        esac"
    print "        COMPREPLY+=(\"$reply\")"
    print "    done"
    print "    [[ ${COMPREPLY[0]} == *[=:/] && $kind != file ]] && compopt -o nospace 2>/dev/null"
    print "    return 0"
    print "}"
    print "complete -F _crier crier"
}

function zsh_action(kind) {
    if (kind == "file")
        return "file:_files"
    if (kind == "states")
        return "state:(" states() ")"
    return kind == "" ? "argument:" : kind ":_crier_" kind
}
function zsh_options(    i, out) {
    for (i = 1; i <= option_count; i++)
        out = out " " shell(o_name[i] (!o_takes[i] ? "" : "=:" substr(o_name[i], 3) ":" (o_values[i] != "" ? "(" o_values[i] ")" : o_file[i] ? "_files" : o_kind[i] != "" ? "_crier_" (o_name[i] == "--unset" ? "names" : o_kind[i]) : "")))
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
            out = out shell("*" long "=:setting:_crier_set")
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
    print "    if [[ $PREFIX == */* ]]; then"
    print "        found=(${${${(M)${(f)\"$(crier portal show ${PREFIX%%/*} 2>/dev/null)\"}:#*portal:*}##*portal:}%% *})"
    print "    else"
    print "        found=(${${(f)\"$(crier portal list 2>/dev/null)\"}%% *})"
    print "    fi"
    print "    _wanted portals expl portal compadd -a found"
    print "}"
    print "_crier_sources() {"
    print "    local -a found expl"
    print "    found=(${(f)\"$(crier sources --format=tsv 2>/dev/null | cut -f2,3 | tr '\\t' '\\n')\"})"
    print "    _wanted sources expl source compadd -a found"
    print "}"
    print "_crier_watches() {"
    print "    local -a found expl"
    print "    found=(${(f)\"$(crier watch list --format=tsv 2>/dev/null | cut -f1)\"})"
    print "    _wanted watches expl watch compadd -a found"
    print "}"
    print "_crier_tag_list() {"
    print "    " tags_command()
    print "}"
    print "_crier_tags() {"
    print "    local -a found expl"
    print "    found=(${(f)\"$(_crier_tag_list)\"})"
    print "    _wanted tags expl tag compadd -a found"
    print "}"
    print "# names with blanks or brackets stand in quotes, and none can have one in it"
    print "_crier_query() {"
    print "    local -a found more expl"
    print "    local word=${(Q)PREFIX} minus=''"
    print "    [[ $word != -* ]] || minus=- word=${word#-}"
    print "    case $word in"
    print "    tag:*) more=(${(f)\"$(_crier_tag_list)\"}) ;;"
    print "    source:*) more=(${(f)\"$(crier sources --format=tsv 2>/dev/null | cut -f3)\"}) ;;"
    print "    portal:*) more=(${(u)${${(M)${(f)\"$(crier sources --format=tsv 2>/dev/null | cut -f2)\"}:#portal:*}#portal:}%%/*}) ;;"
    print "    esac"
    print "    more=(${more:#*\\\"*})"
    print "    found=($minus${^${(M)more:#*[\\ \\(\\)]*}/(#b)(*)/${word%%:*}:\\\"$match[1]\\\"} $minus${word%%:*}:${^${more:#*[\\ \\(\\)]*}})"
    print "    (( $#more )) || found=($minus${^${=:-" query_words() "}})"
    print "    _wanted terms expl term compadd -S '' -a found"
    print "}"
    print "_crier_set() {"
    print "    local -a found"
    print "    if [[ $PREFIX == *=* ]]; then"
    print "        found=(" setting_pairs("") ")"
    print "    else"
    print "        found=(" setting_names("", "=") ")"
    print "    fi"
    print "    compadd -S '' -a found"
    print "}"
    print "_crier_settings() {"
    print "    if [[ $PREFIX == *=* ]]; then _crier_set; else _crier_names; fi"
    print "}"
    print "_crier_names() {"
    print "    compadd " setting_names("", "")
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
            print " " shell((next_kind == own_kind && own_kind != "" ? "*:" : "1:") zsh_action(own_kind)) (next_kind != "" && next_kind != own_kind ? " " shell("*:" zsh_action(next_kind)) : "")
        } else {
            print " " shell("1:what:(" joined_words() ")") " '2: :->what' '*: :->later' && return"
            print "        [[ $state = what ]] && case $words[2] in"
            for (j = 1; j <= word_count; j++)
                if (after[j] != "")
                    printf "        %s) %s ;;\n", words[j], (after[j] == "file" ? "_files" : after[j] == "states" ? "compadd " states() : "_crier_" after[j])
            print "        esac"
            for (j = 1; j <= word_count; j++)
                if (later[j] != "")
                    printf "        [[ $state = later && $words[2] = %s ]] && _crier_%s\n", words[j], later[j]
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
    return "-a " (kind == "states" ? fish(states()) : "'(__crier_" kind ")'")
}
function fish_plain(of, when,    i) {
    for (i = 1; i <= options; i++)
        if (option_of[i] == of)
            printf "complete -c crier%s%s -l %s%s\n", when, (option_letter[i] != "" ? " -s " option_letter[i] : ""), option_name[i],
                (option_type[i] == "folder" ? " -x -a '(__fish_complete_directories)'" : option_type[i] == "file" ? " -r -F" : option_type[i] == "texts" ? " -x -a " fish(setting_names("", "=") " " setting_pairs("")) : "")
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
    print "    set -l at (commandline -ct)"
    print "    if string match -q '*/*' -- $at"
    print "        crier portal show (string replace -r '/.*' '' -- $at) 2>/dev/null | string replace -f -r '^ *portal:([^ ]*) .*' '$1'"
    print "    else"
    print "        crier portal list 2>/dev/null | string replace -r ' .*' ''"
    print "    end"
    print "end"
    print "function __crier_sources"
    print "    crier sources --format=tsv 2>/dev/null | cut -f2,3 | tr '\\t' '\\n'"
    print "end"
    print "function __crier_watches"
    print "    crier watch list --format=tsv 2>/dev/null | cut -f1"
    print "end"
    print "function __crier_tags"
    print "    " replace(tags_command(), "\\", "\\\\")
    print "end"
    print "# names with blanks or brackets stand in quotes, and none can have one in it"
    print "function __crier_query"
    print "    string split ' ' -- " fish(query_words())
    print "    __crier_term tag: (__crier_tags)"
    print "    __crier_term source: (crier sources --format=tsv 2>/dev/null | cut -f3)"
    print "    __crier_term portal: (crier sources --format=tsv 2>/dev/null | cut -f2 | string replace -f -r '^portal:([^/]*).*' '$1' | sort -u)"
    print "end"
    print "# __crier_term TERM NAME…: with and without a minus, as the word has one"
    print "function __crier_term"
    print "    set -l term $argv[1]"
    print "    string match -q -- '-*' (commandline -ct); and set term -$term"
    print "    set -e argv[1]"
    print "    set -q argv[1]; or return"
    print "    string match -v -- '*\"*' $argv | string replace -r '^(.*[ ()].*)$' '\"$1\"' | string replace -r -- '^' $term"
    print "end"
    print "function __crier_names"
    print "    string split ' ' -- " fish(setting_names("", ""))
    print "end"
    print "function __crier_settings"
    print "    __crier_names"
    print "    string split ' ' -- " fish(setting_pairs(""))
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
                (!o_takes[j] ? "" : o_file[j] ? " -r -F" : " -x"), (o_values[j] != "" ? " -a " fish(o_values[j]) : o_kind[j] == "" ? "" : " " fish_action(o_name[j] == "--unset" ? "names" : o_kind[j]))
        if (word_count) {
            printf "complete -c crier -n '__crier_at 1 %s' -a %s\n", command[i], fish(joined_words())
            for (j = 1; j <= word_count; j++)
                if (after[j] != "")
                    printf "complete -c crier -n '__crier_at 2 %s %s' %s\n", command[i], words[j], fish_action(after[j])
            for (j = 1; j <= word_count; j++)
                if (later[j] != "")
                    printf "complete -c crier -n '__crier_at + %s %s; and not __crier_at 2 %s %s' %s\n", command[i], words[j], command[i], words[j], fish_action(later[j])
        }
        if (own_kind != "") {
            when = !word_count && next_kind == own_kind ? "+" : "1"
            printf "complete -c crier -n '__crier_at %s %s' %s\n", when, command[i], fish_action(own_kind)
            if (!word_count && next_kind != "" && next_kind != own_kind)
                printf "complete -c crier -n '__crier_at + %s; and not __crier_at 1 %s' %s\n", command[i], command[i], fish_action(next_kind)
        }
    }
}
END {
    KINDS["FILE"] = "file"; KINDS["DIR"] = "file"; KINDS["PORTAL"] = "portals"; KINDS["ID"] = "portals"
    KINDS["SOURCE"] = "sources"; KINDS["STATE"] = "states"; KINDS["KEY"] = "settings"
    KINDS["WATCH"] = "watches"; KINDS["QUERY"] = "query"
    OPTION_KINDS["tag"] = "tags"; OPTION_KINDS["source"] = "sources"; OPTION_KINDS["query"] = "query"
    OPTION_KINDS["unset"] = "settings"
    if (make == "bash")
        make_bash()
    else if (make == "zsh")
        make_zsh()
    else if (make == "fish")
        make_fish()
}
