# SPDX-License-Identifier: GPL-3.0-or-later
# What is made from the tables of commands, settings and actions:
#   awk -f tables.awk -f completions.awk -v make=KIND commands.def settings.def actions.def
# KIND: bash, zsh, fish (completions.awk), settings, keys (parts of manual pages), sample
# (crier.conf).  All text is quoted for the language that it is written into.
# [KIND NAME] and lines "key = value" below it; N_("...") around a text is for xgettext
function plain(text,    out, at) {
    sub(/^N_\(\/\*[^"]*\*\/ */, "N_(", text) # what it says to translators
    if (text !~ /^N_\(".*"\)$/)
        return text
    text = substr(text, 5, length(text) - 6)
    out = ""
    while ((at = index(text, "\\")) > 0) {
        out = out substr(text, 1, at - 1) substr(text, at + 1, 1)
        text = substr(text, at + 2)
    }
    return out text
}
/^\[[a-z]+ .*\]$/ {
    kind = substr($1, 2)
    name = substr($0, length($1) + 2, length($0) - length($1) - 2)
    if (kind == "command")
        command[++commands] = name
    else if (kind == "option") {
        option_of[++options] = $2
        option_name[options] = substr(name, length($2) + 4)
    } else if (kind == "setting")
        s_name[++settings] = name
    else if (kind == "action")
        a_name[++actions] = name
    next
}
/^[a-z]+ =/ {
    key = $1
    value = $0
    sub(/^[a-z]+ = ?/, "", value)
    value = plain(value)
    type = $3
    rest = value
    sub(/^[a-z]+ ?/, "", rest)
}
kind == "command" && key == "arguments" { takes[name] = value }
kind == "command" && key == "help" { help[name] = value }
kind == "command" && key == "program" { runs[name] = value }
kind == "option" && key == "type" { option_type[options] = type; option_words[options] = rest }
kind == "option" && key == "letter" { option_letter[options] = value }
kind == "option" && key == "value" { option_value[options] = value }
kind == "option" && key == "help" { option_help[options] = value }
kind == "setting" && key == "type" { s_type[settings] = toupper(type); s_range[settings] = rest }
kind == "setting" && key == "default" { s_default[settings] = value }
kind == "setting" && key == "unit" { s_unit[settings] = value }
kind == "setting" && key == "scope" { s_scope[settings] = value }
kind == "setting" && key == "help" { s_help[settings] = value }
kind == "action" && key == "contexts" { a_context[actions] = replace(value, " ", ", ") }
kind == "action" && key == "keys" { a_keys[actions] = value }
kind == "action" && key == "word" { a_word[actions] = value }
kind == "action" && key == "help" { a_help[actions] = value }
{ key = "" }
# text replaced piece by piece: in awks' own replacements backslashes and & mean something
function replace(text, from, to,    out, at) {
    out = ""
    while ((at = index(text, from)) > 0) {
        out = out substr(text, 1, at - 1) to
        text = substr(text, at + length(from))
    }
    return out text
}
function man(text) {
    return replace(replace(replace(text, "\\", "\\e"), "-", "\\-"), "\"", "\\(dq")
}
# at the start of a line . and ' make a request
function man_line(text) { return (text ~ /^[.']/ ? "\\&" : "") man(text) }
END {
    if (make == "settings") {
        for (i = 1; i <= settings; i++) {
            print ".TP"
            printf ".B %s\n", man(s_name[i])
            print man_line(s_help[i]) "."
            print ".br"
            value = s_type[i] == "INT" ? "number" : s_type[i] == "BOOL" ? "yes or no" : s_type[i] == "CHOICE" ? "one of " s_range[i] : "text"
            if (s_type[i] == "INT") { split(s_range[i], r, " "); value = "number from " r[1] " to " r[2] (s_unit[i] != "" ? " (" s_unit[i] ")" : "") }
            printf "%s; default: %s; scope: %s\n", man(value), (s_default[i] == "" ? "none" : man(s_default[i])), s_scope[i]
        }
    } else if (make == "keys") {
        for (i = 1; i <= actions; i++) {
            print ".TP"
            printf ".B %s\n", man(a_keys[i])
            printf "%s (\\fI%s\\fR; %s)\n", man_line(a_help[i]), man(a_name[i]), replace(a_context[i], ", agenda", "")
        }
    } else if (make == "sample") {
        print "# crier.conf: every setting with its default.  See crier.conf(5).\n\n[settings]"
        for (i = 1; i <= settings; i++) {
            note = s_type[i] == "CHOICE" ? " (" s_range[i] ")" : s_unit[i] != "" ? " (" s_unit[i] ")" : ""
            printf "# %s%s\n#%s=%s\n", s_help[i], note, s_name[i], s_default[i]
        }
        print "\n# Settings for one source or for all sources with a tag:\n#[source https://example.org/feed.xml]\n#fetch.interval=15\n#[section city]\n#fetch.charset=windows-1251\n#[host intranet.example]\n#fetch.header.X-Api-Key=0123456789abcdef\n#fetch.proxy=none"
        print "\n# Keys: [keys] for every view, [keys list] for one; 'crier keys' prints all.\n#[keys list]\n#d=half-down\n#gg=first\n#x=none"
    }
}
