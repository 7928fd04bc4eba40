# SPDX-License-Identifier: GPL-3.0-or-later
# What is made from the tables of commands, settings and actions:
#   awk -f tables.awk -v make=KIND commands.def settings.def actions.def
# KIND: bash, zsh, fish (completions), settings, keys (parts of manual pages), sample
# (crier.conf).  The tables have one entry a line, strings in double quotes.
function part(n) { return fields[n * 2] }
{
    count = split($0, fields, "\"")
}
/^COMMAND\(/ {
    name = $0; sub(/^COMMAND\(/, "", name); sub(/,.*/, "", name)
    command[++commands] = name
    options[name] = part(2)
    help[name] = part(3)
}
/^SETTING\(/ {
    n = ++settings
    s_name[n] = part(1); s_default[n] = part(2); s_range[n] = part(3); s_unit[n] = part(4)
    s_help[n] = part(5)
    s_type[n] = fields[3]; gsub(/[, ]/, "", s_type[n])
    s_scope[n] = ($0 ~ /, SOURCE, N_/) ? "source" : "global"
}
/^ACTION\(/ {
    n = ++actions
    a_name[n] = part(1); a_keys[n] = part(2); a_help[n] = part(4)
    a_context[n] = fields[3]; gsub(/[, ]/, "", a_context[n])
    a_context[n] = tolower(a_context[n]); gsub(/\|/, ", ", a_context[n])
}
function option_words(name,    list, i, n, out, word) {
    n = split(options[name], list, " ")
    out = ""
    for (i = 1; i <= n; i++) {
        word = list[i]
        sub(/\{.*/, "", word)
        out = out (out == "" ? "" : " ") word
    }
    return out
}
function man(text) { gsub(/\\/, "\\\\", text); gsub(/-/, "\\-", text); return text }
END {
    globals = "--config= --store= --set= --verbose --version --help"
    if (make == "bash") {
        print "# bash completion for crier, made from its table of commands"
        print "_crier() {"
        print "    local word=${COMP_WORDS[COMP_CWORD]} command= options= i"
        print "    for ((i = 1; i < COMP_CWORD; i++)); do"
        print "        case ${COMP_WORDS[i]} in -*|=) ;; *) command=${COMP_WORDS[i]}; break ;; esac"
        print "    done"
        print "    case $command in"
        printf "    '') options='"
        for (i = 1; i <= commands; i++) printf "%s ", command[i]
        print globals " --script= --plain' ;;"
        for (i = 1; i <= commands; i++)
            printf "    %s) options='%s %s' ;;\n", command[i], option_words(command[i]), globals
        print "    esac"
        print "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))"
        print "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace"
        print "    [[ $command == @(parse|opml|extract|entries) && $word != -* ]] && compopt -o default"
        print "    return 0"
        print "}"
        print "complete -F _crier crier"
    } else if (make == "zsh") {
        print "#compdef crier"
        print "# zsh completion for crier, made from its table of commands"
        print "local -a commands globals"
        print "globals=(--config=:folder:_directories --store=:file:_files --set= --verbose --version --help)"
        print "commands=("
        for (i = 1; i <= commands; i++) printf "    '%s:%s'\n", command[i], help[command[i]]
        print ")"
        print "if (( CURRENT == 2 )); then"
        print "    _describe command commands"
        print "    return"
        print "fi"
        print "case $words[2] in"
        for (i = 1; i <= commands; i++) {
            printf "%s) _arguments $globals", command[i]
            n = split(options[command[i]], list, " ")
            for (j = 1; j <= n; j++) {
                word = list[j]
                if (word ~ /\{/) {
                    values = word; sub(/.*\{/, "", values); sub(/\}/, "", values); gsub(/,/, " ", values)
                    sub(/\{.*/, "", word)
                    printf " '%s:value:(%s)'", word, values
                } else if (word ~ /=$/)
                    printf " '%s:value:'", word
                else
                    printf " '%s'", word
            }
            print " '*:file:_files' ;;"
        }
        print "esac"
    } else if (make == "fish") {
        print "# fish completion for crier, made from its table of commands"
        print "complete -c crier -f"
        split("config store set", g, " ")
        for (i = 1; i <= 3; i++) printf "complete -c crier -l %s -r -F\n", g[i]
        print "complete -c crier -l verbose\ncomplete -c crier -l version\ncomplete -c crier -l help"
        for (i = 1; i <= commands; i++)
            printf "complete -c crier -n __fish_use_subcommand -a %s -d '%s'\n", command[i], help[command[i]]
        for (i = 1; i <= commands; i++) {
            n = split(options[command[i]], list, " ")
            for (j = 1; j <= n; j++) {
                word = list[j]; values = ""
                if (word ~ /\{/) { values = word; sub(/.*\{/, "", values); sub(/\}/, "", values); gsub(/,/, " ", values) }
                takes = word ~ /=/
                sub(/^--/, "", word); sub(/=.*/, "", word)
                printf "complete -c crier -n '__fish_seen_subcommand_from %s' -l %s%s%s\n", command[i], word, (takes ? " -x" : ""), (values != "" ? " -a '" values "'" : "")
            }
        }
        print "complete -c crier -n '__fish_seen_subcommand_from parse opml extract entries' -F"
    } else if (make == "settings") {
        for (i = 1; i <= settings; i++) {
            print ".TP"
            printf ".B %s\n", man(s_name[i])
            print man(s_help[i]) "."
            print ".br"
            value = s_type[i] == "INT" ? "number" : s_type[i] == "BOOL" ? "yes or no" : s_type[i] == "CHOICE" ? "one of " s_range[i] : "text"
            if (s_type[i] == "INT") { split(s_range[i], r, " "); value = "number from " r[1] " to " r[2] (s_unit[i] != "" ? " (" s_unit[i] ")" : "") }
            printf "%s; default: %s; scope: %s\n", man(value), (s_default[i] == "" ? "none" : man(s_default[i])), s_scope[i]
        }
    } else if (make == "keys") {
        for (i = 1; i <= actions; i++) {
            print ".TP"
            printf ".B %s\n", man(a_keys[i])
            printf "%s (\\fI%s\\fR; %s)\n", man(a_help[i]), man(a_name[i]), a_context[i]
        }
    } else if (make == "sample") {
        print "# crier.conf: every setting with its default.  See crier.conf(5).\n\n[settings]"
        for (i = 1; i <= settings; i++) {
            note = s_type[i] == "CHOICE" ? " (" s_range[i] ")" : s_unit[i] != "" ? " (" s_unit[i] ")" : ""
            printf "# %s%s\n#%s=%s\n", s_help[i], note, s_name[i], s_default[i]
        }
        print "\n# Settings for one source or for all sources with a tag:\n#[source https://example.org/feed.xml]\n#fetch.interval=15\n#[section city]\n#fetch.charset=windows-1251"
        print "\n# Keys: [keys] for every view, [keys list] for one; 'crier keys' prints all.\n#[keys list]\n#d=half-down\n#gg=first\n#x=none"
    }
}
