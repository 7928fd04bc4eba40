# SPDX-License-Identifier: GPL-3.0-or-later
# The C of the tables, as lists for macros; after tables.awk, whose tables it reads:
#   awk -f tables.awk -f headers.awk -v make=KIND-header KIND.def
# KIND: commands, settings, actions
function c(text) { return "\"" replace(replace(text, "\\", "\\\\"), "\"", "\\\"") "\"" }
function c_text(text) { return text == "" ? "\"\"" : "N_(" c(text) ")" }
function member(name) { gsub(/[^a-z0-9]/, "_", name); return name }
function begin_header(table) {
    print "/* SPDX-License-" "Identifier: GPL-3.0-or-later */"
    print "/* Made from " table " by scripts/headers.awk: change that. */"
    print "#pragma once\n"
}
function make_settings(    i, j, n, words, m) {
    begin_header("config/settings.def")
    print "/* SETTING(ID, member, name, TYPE, default, range, unit, SCOPE, help) */"
    printf "#define SETTINGS_TABLE(SETTING)"
    for (i = 1; i <= settings; i++) {
        m = member(s_name[i])
        printf " \\\n    SETTING(%s, %s, %s, %s, %s, %s, %s, %s, %s)", toupper(m), m, c(s_name[i]), s_type[i], c(s_default[i]),
            c(s_range[i]), c_text(s_unit[i]), toupper(s_scope[i]), c_text(s_help[i])
    }
    print "\n"
    for (i = 1; i <= settings; i++) {
        if (s_type[i] != "CHOICE")
            continue
        m = member(s_name[i])
        n = split(s_range[i], words, " ")
        printf "enum setting_%s {", m
        for (j = 1; j <= n; j++)
            printf "%s %s_%s", (j > 1 ? "," : ""), toupper(m), toupper(member(words[j]))
        print " };"
    }
}
function make_actions(    i, contexts) {
    begin_header("reader/actions.def")
    print "/* ACTION(ID, name, contexts, keys, word, help) */"
    printf "#define ACTIONS_TABLE(ACTION)"
    for (i = 1; i <= actions; i++) {
        contexts = "CONTEXT_" replace(toupper(a_context[i]), ", ", " | CONTEXT_")
        printf " \\\n    ACTION(%s, %s, %s, %s, %s, %s)", toupper(member(a_name[i])), c(a_name[i]), contexts, c(a_keys[i]), c_text(a_word[i]), c_text(a_help[i])
    }
    print ""
}
# a command with options, or "global" and "reader", has a struct for their values
function make_options(of,    i, type) {
    printf "\nstruct options_%s {\n", of
    for (i = 1; i <= options; i++) {
        if (option_of[i] != of)
            continue
        type = option_type[i] == "flag" ? "gboolean " : option_type[i] == "int" ? "int " : option_type[i] == "texts" ? "char **" : "char *"
        printf "    %s%s;\n", type, member(option_name[i])
    }
    print "};"
    printf "static inline void\noptions_%s_clear(struct options_%s *values)\n{\n    command_clear_options(COMMAND_%s, values);\n}\n", of, of, toupper(of)
    printf "DEFINE_AUTO_CLEAR(options_%s, options_%s_clear)\n", of, of
}
function make_commands(    i, last) {
    begin_header("config/commands.def")
    print "#include <glib.h>\n\n#include \"base/auto.h\"\n"
    print "/* COMMAND(ID, name, arguments, PROGRAM, help) */"
    printf "#define COMMANDS_TABLE(COMMAND)"
    for (i = 1; i <= commands; i++)
        printf " \\\n    COMMAND(%s, %s, %s, %s, %s)", toupper(command[i]), command[i], c(takes[command[i]]), toupper(runs[command[i]]), c_text(help[command[i]])
    print "\n\n/* OPTION(COMMAND, command, member, name, letter, TYPE, words, value, help) */"
    printf "#define OPTIONS_TABLE(OPTION)"
    for (i = 1; i <= options; i++)
        printf " \\\n    OPTION(%s, %s, %s, %s, %s, %s, %s, %s, %s)", toupper(option_of[i]), option_of[i], member(option_name[i]), c(option_name[i]),
            (option_letter[i] == "" ? "0" : "'" option_letter[i] "'"), toupper(option_type[i]), c(option_words[i]),
            (option_value[i] == "" ? "NULL" : c_text(option_value[i])), c_text(option_help[i])
    print "\n\nenum command_id {"
    for (i = 1; i <= commands; i++)
        printf "    COMMAND_%s,\n", toupper(command[i])
    print "    COMMAND_COUNT,\n    COMMAND_GLOBAL = COMMAND_COUNT, /* options of all commands */"
    print "    COMMAND_READER, /* options of crier without a command */\n};\n"
    print "/* Frees what the options of a command were given. */"
    print "void command_clear_options(enum command_id command, void *values);"
    last = ""
    for (i = 1; i <= options; i++) {
        if (option_of[i] != last)
            make_options(option_of[i])
        last = option_of[i]
    }
}
END {
    if (make == "settings-header")
        make_settings()
    else if (make == "commands-header")
        make_commands()
    else if (make == "actions-header")
        make_actions()
}
