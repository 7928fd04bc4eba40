# SPDX-License-Identifier: GPL-3.0-or-later
# The C of the tables, as lists for macros; after tables.awk, whose tables it reads:
#   awk -f tables.awk -f headers.awk -v make=settings-header settings.def
function c(text) { return "\"" replace(replace(text, "\\", "\\\\"), "\"", "\\\"") "\"" }
function c_text(text) { return text == "" ? "\"\"" : "N_(" c(text) ")" }
function member(name) { gsub(/[^a-z0-9]/, "_", name); return name }
function begin_header(table) {
    print "/* SPDX-License-Identifier: GPL-3.0-or-later */"
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
END {
    if (make == "settings-header")
        make_settings()
}
