/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines by GOption.  Strings are taken as file names, so that a C locale does not
   refuse UTF-8, and help goes through our own output, never g_print(). */
#include "config.h"

#include "config/command.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/near.h"
#include "base/number.h"
#include "base/paths.h"
#include "base/status.h"
#include "base/url.h"
#include "config/settings.h"
#include "fence/fence.h"
#include "text/cells.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *arguments, *help; /* help: untranslated */
} infos[] = {
#define COMMAND(id, name, arguments, program, help) {#name, arguments, help},
    COMMANDS_TABLE(COMMAND)
#undef COMMAND
};

/*
 * What GOption is to do with an option, and where in the command's struct of values it puts the
 * value.
 */
struct option {
    enum command_id command;
    GOptionEntry entry;
    gsize offset;
    const char *words;
};

#define ARG_FLAG   G_OPTION_ARG_NONE
#define ARG_INT    G_OPTION_ARG_INT
#define ARG_TEXT   G_OPTION_ARG_FILENAME
#define ARG_TEXTS  G_OPTION_ARG_FILENAME_ARRAY
#define ARG_WORD   G_OPTION_ARG_FILENAME
#define ARG_FILE   G_OPTION_ARG_FILENAME
#define ARG_FOLDER G_OPTION_ARG_FILENAME
static const struct option options_table[] = {
#define OPTION(id, command, member, name, letter, type, words, value, help) \
    {COMMAND_##id, \
     {name, letter, 0, ARG_##type, NULL, help, value}, \
     offsetof(struct options_##command, member), \
     words},
    OPTIONS_TABLE(OPTION)
#undef OPTION
};

/* The options of a command for GOption, their values to be put into its struct; owned. */
static GOptionEntry *
entries_of(enum command_id command, void *values)
{
    GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    for (size_t i = 0; i < G_N_ELEMENTS(options_table); i++) {
        if (options_table[i].command != command)
            continue;
        GOptionEntry entry = options_table[i].entry;
        entry.arg_data = (char *)values + options_table[i].offset;
        g_array_append_val(entries, entry);
    }
    return (GOptionEntry *)(void *)g_array_free(entries, FALSE);
}

void
command_clear_options(enum command_id command, void *values)
{
    for (size_t i = 0; i < G_N_ELEMENTS(options_table); i++) {
        if (options_table[i].command != command)
            continue;
        void *member = (char *)values + options_table[i].offset;
        if (options_table[i].entry.arg == G_OPTION_ARG_FILENAME)
            g_clear_pointer((char **)member, g_free);
        else if (options_table[i].entry.arg == G_OPTION_ARG_FILENAME_ARRAY)
            g_clear_pointer((char ***)member, g_strfreev);
    }
}

char **
command_option_words(enum command_id command, const char *option)
{
    for (size_t i = 0; i < G_N_ELEMENTS(options_table); i++)
        if (options_table[i].command == command &&
            g_str_equal(options_table[i].entry.long_name, option))
            return g_strsplit(options_table[i].words, " ", -1);
    g_assert_not_reached();
}

/* What the global options say, into the context and into the list for the worker. */
static bool
apply(struct context *context, const struct options_global *g, GError **error)
{
    if ((g->config && !*g->config) || (g->store && !*g->store)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("--%s: a name is missing"),
                    g->store && !*g->store ? "store" : "config");
        return false;
    }
    if (g->config) {
        g_free(context->config_dir);
        context->config_dir = g_canonicalize_filename(g->config, NULL);
        g_ptr_array_add(context->globals, g_strconcat("--config=", context->config_dir, NULL));
    }
    if (g->store) {
        g_free(context->store_file);
        context->store_file = g_canonicalize_filename(g->store, NULL);
        context->store_is_stated = true;
        g_ptr_array_add(context->globals, g_strconcat("--store=", context->store_file, NULL));
    }
    for (char **set = g->set; set && *set; set++) {
        g_autofree char *text = message_decode_argument(*set);
        if (!context_set(context, text, error))
            return false;
        g_ptr_array_add(context->globals, g_strconcat("--set=", text, NULL));
    }
    if (g->verbose) {
        message_verbose = true;
        g_ptr_array_add(context->globals, g_strdup("--verbose"));
    }
    return true;
}

static const char *
translate(const char *text, gpointer data)
{
    (void)data;
    return text && *text ? gettext(text) : text;
}

static void
setup(GOptionContext *options, GOptionEntry *entries, const GOptionEntry *own)
{
    g_option_context_set_help_enabled(options, FALSE);
    g_option_context_set_translate_func(options, (GTranslateFunc)translate, NULL, NULL);
    GOptionGroup *group = g_option_group_new("main", "", "", NULL, NULL);
    if (own)
        g_option_group_add_entries(group, own);
    g_option_group_add_entries(group, entries);
    g_option_group_set_translate_func(group, (GTranslateFunc)translate, NULL, NULL);
    g_option_context_set_main_group(options, group);
}

/* Where what is explained behind a line's first words begins, for those that follow it. */
static int
explained_at(const char *line)
{
    int margin = (int)strspn(line, " ");
    const char *gap = strstr(line + margin, "  ");
    return gap ? cells_width(line, gap - line + (int)strspn(gap, " ")) : margin ? margin + 2 : 0;
}

/* Adds a line, broken between words where it is longer than the terminal is wide. */
static void
append_broken(GString *to, const char *line, int width)
{
    gsize length = strlen(line), next;
    int indent = explained_at(line);
    g_autofree char *breaks = cells_breaks(line, length);
    for (gsize from = 0; from < length; from = next) {
        int margin = from && indent < width / 2 ? indent : 0;
        gsize end = cells_line(line, length, from, breaks, width - margin, &next);
        g_string_append_printf(to, "%s%*s%.*s", from ? "\n" : "", margin, "", (int)(end - from),
                               line + from);
    }
}

static void
print_broken(const char *text)
{
    int width = message_columns();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *broken = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        append_broken(broken, *line, width ? width : G_MAXINT);
        g_string_append(broken, line[1] ? "\n" : "");
    }
    print_text(stdout, broken->str);
    g_string_free(broken, TRUE);
}

/* GLib's headings in our words: its own catalogues may not be installed where ours are. */
static void
print_help(GOptionContext *options)
{
    static const char *const headings[][2] = {
        {"Usage:", N_("Usage:")},
        {"[OPTION…]", N_("[OPTION…]")},
        {"Options:", N_("Options:")},
    };
    g_autofree char *help = g_option_context_get_help(options, TRUE, NULL);
    GString *text = g_string_new(help);
    for (size_t i = 0; i < G_N_ELEMENTS(headings); i++)
        g_string_replace(text, g_dgettext("glib20", headings[i][0]), gettext(headings[i][1]), 1);
    print_broken(text->str);
    g_string_free(text, TRUE);
}

/* What stands for something, in capitals, in the reader's language: "add URL|PORTAL". */
static char *
usage_of(enum command_id command)
{
    static const char *const words[] = {
        N_("ARTICLE"), N_("EDITION"), N_("FILE"),  N_("ID"),      N_("KEY"),
        N_("NAME"),    N_("PORTAL"),  N_("QUERY"), N_("SECTION"), N_("SOURCE"),
        N_("STATE"),   N_("URL"),     N_("VALUE"), N_("WATCH"),   N_("WORDS"),
    };
    GString *text = g_string_new(infos[command].name);
    g_string_append_c(text, ' ');
    for (const char *at = infos[command].arguments; *at;) {
        size_t length = 0;
        while (g_ascii_isupper(at[length]))
            length++;
        const char *said = NULL;
        for (size_t i = 0; length && i < G_N_ELEMENTS(words); i++)
            if (strlen(words[i]) == length && g_str_has_prefix(at, words[i]))
                said = gettext(words[i]);
        if (said)
            g_string_append(text, said);
        else
            g_string_append_len(text, at, length ? length : 1);
        at += length ? length : 1;
    }
    return g_string_free(text, FALSE);
}

static void
print_version(void)
{
    struct fence_state here = fence_available();
    g_autofree char *text = fence_state_text(&here);
    print_rawf("crier %s\n", PACKAGE_VERSION);
    print_rawf("sandbox: built with %s; here: %s\n", fence_build(), text);
    print_rawf("pictures:%s\n", BUILT_PICTURES);
    if (HOMEPAGE[0])
        print_rawf("homepage: %s\n", HOMEPAGE);
    if (BUG_ADDRESS[0])
        print_rawf("bugs: %s\n", BUG_ADDRESS);
    else
        print_textf(stdout, _("who built this crier names no address for bugs\n"));
}

static char *
command_overview(void)
{
    GString *text = g_string_new(_("Commands:\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(infos); i++)
        g_string_append_printf(text, "  %-10s %s\n", infos[i].name, gettext(infos[i].help));
    g_string_append(text,
                    _("\nWithout a command the reader opens. 'crier COMMAND --help' tells more."));
    return g_string_free(text, FALSE);
}

/* The argument that is no option, of which GOption's message speaks; NULL when it does not. */
static const char *
unknown_option(const GError *error, char *const *argv)
{
    if (!g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        return NULL;
    const char *found = NULL; /* the longest: --peeks, not a --peek before it */
    for (char *const *argument = argv; *argument; argument++)
        if (g_str_has_prefix(*argument, "--") && strstr(error->message, *argument) &&
            (!found || strlen(*argument) > strlen(found)))
            found = *argument;
    return found;
}

/* Whether "--quiet" is asked of a command that tells of its progress. */
static bool
is_quiet(const char *name, const GOptionEntry *entries)
{
    bool quiet = g_str_equal(name, "--quiet") || g_str_equal(name, "--silent"), tells = false;
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++)
        tells |= g_str_equal(entry->long_name, "progress");
    return quiet && tells;
}

/* GOption's own messages, without the parts that make no sentence; an option that may be meant. */
static void
report(const GError *error, char *const *argv, const GOptionEntry *globals,
       const GOptionEntry *entries)
{
    const char *unknown = unknown_option(error, argv);
    if (!unknown) {
        g_autofree char *clean = text_squeeze(error->message, -1);
        message_error("%s", clean);
        return;
    }
    g_autofree char *whole = message_decode_argument(unknown),
                    *name = g_strndup(whole, strcspn(whole, "="));
    const GOptionEntry *const all[] = {entries, globals};
    struct near best = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        for (const GOptionEntry *entry = all[i]; entry && entry->long_name; entry++)
            near_try(&best, name + strlen("--"), entry->long_name);
    g_autofree char *meant = is_quiet(name, entries) ? g_strdup("--progress=none")
                             : best.name             ? g_strconcat("--", best.name, NULL)
                                                     : NULL,
                    *what = g_strdup_printf(_("there is no option '%s'"), name);
    best.name = meant;
    g_autofree char *sentence = near_sentence(&best, what);
    message_error("%s", sentence);
}

/* --- arguments that begin with a minus ------------------------------------------------- */

#define MASK '\001' /* before an argument that is no option, while GOption looks at them */

static char *
masked(const char *argument)
{
    g_autofree char *text = g_strdup_printf("%c%s", MASK, argument);
    return (char *)g_intern_string(text);
}

/* Whether an option "--name" takes the next argument as its value. */
static bool
takes_next(const char *argument, const GOptionEntry *entries)
{
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++)
        if (g_str_equal(entry->long_name, argument + 2))
            return entry->arg != G_OPTION_ARG_NONE;
    return false;
}

/*
 * What stands behind "--", which goes, is no option; where a command takes a query, neither is
 * "-word", which is a term of it.  -h, -v and -V alone are options there too.
 */
static void
mask_arguments(enum command_id command, const GOptionEntry *globals, const GOptionEntry *entries,
               int *argc, char **argv)
{
    bool query = strstr(infos[command].arguments, "QUERY") ||
                 strstr(infos[command].arguments, "WORDS");
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        char *argument = argv[i];
        if (g_str_equal(argument, "--")) {
            for (i++; i < *argc; i++)
                argv[kept++] = masked(argv[i]);
            break;
        }
        bool is_long = g_str_has_prefix(argument, "--");
        bool is_short = strlen(argument) == 2 && strchr("hvV", argument[1]);
        bool is_term = query && *argument == '-' && argument[1] && !is_long && !is_short;
        argv[kept++] = is_term ? masked(argument) : argument;
        if (is_long && i + 1 < *argc &&
            (takes_next(argument, globals) || takes_next(argument, entries)))
            argv[kept++] = argv[++i];
    }
    argv[kept] = NULL;
    *argc = kept;
}

static void
unmask_arguments(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (*argv[i] == MASK)
            argv[i]++;
}

bool
command_parse(struct context *context, enum command_id command, void *values, int *argc,
              char ***argv, int *status)
{
    AUTO(options_global_clear) struct options_global g = {0};
    g_autofree GOptionEntry *globals = entries_of(COMMAND_GLOBAL, &g),
                            *entries = entries_of(command, values);
    g_autofree char *usage = usage_of(command);
    g_autoptr(GOptionContext) options = g_option_context_new(usage);
    g_option_context_set_summary(options, gettext(infos[command].help));
    setup(options, globals, entries);
    mask_arguments(command, globals, entries, argc, *argv);
    g_autoptr(GError) error = NULL;
    bool ok = g_option_context_parse(options, argc, argv, &error) &&
              (g.help || (apply(context, &g, &error) && context_check(context, &error)));
    unmask_arguments(*argc, *argv);
    *status = ok ? STATUS_OK : STATUS_USAGE;
    if (!ok)
        report(error, *argv + 1, globals, entries);
    else if (g.help)
        print_help(options); /* the program's name, not the command's, starts the usage line */
    else if (g.version)
        print_version();
    return ok && !g.help && !g.version;
}

/* What other programs call what a command does; NULL: nothing. */
static const char *
synonym(const char *name)
{
    static const char *const words[][2] = {
        {"rm", "remove"},     {"delete", "remove"}, {"unsubscribe", "remove"}, {"subscribe", "add"},
        {"ls", "list"},       {"find", "search"},   {"grep", "search"},        {"update", "fetch"},
        {"refresh", "fetch"}, {"reload", "fetch"},  {"cat", "show"},           {"read", "show"},
        {"view", "show"},     {"feeds", "sources"}, {"settings", "config"},    {"tag", "mark"},
        {"untag", "mark"},    {"star", "mark"},     {"unstar", "mark"},        {"unread", "mark"},
        {"open", "show"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i][0], name))
            return words[i][1];
    return NULL;
}

static int
run_command(const struct program *program, struct context *context, int argc, char **argv)
{
    for (const struct command *c = program->commands; c->name; c++)
        if (g_str_equal(c->name, argv[0]))
            return c->run(context, argc, argv);
    g_autofree char *name = message_decode_argument(argv[0]),
                    *what = g_strdup_printf(_("there is no command '%s'"), name);
    struct near best = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(infos); i++)
        near_try(&best, name, infos[i].name);
    const char *meant = synonym(name);
    if (meant)
        best.name = meant;
    g_autofree char *sentence = near_sentence(&best, what);
    if (best.name)
        message_error("%s", sentence);
    else
        message_error(_("there is no command '%s'; see 'crier --help'"), name);
    return STATUS_USAGE;
}

/* "help COMMAND" is "COMMAND --help", and "help" alone the same of the program. */
static int
run_help(const struct program *program, struct context *context, GOptionContext *options,
         char **names)
{
    static char help[] = "--help";
    if (*names && !g_str_equal(*names, "help"))
        return run_command(program, context, 2, (char *[]){*names, help, NULL});
    print_help(options);
    return STATUS_OK;
}

/* --- word to the program that started this one ----------------------------------------- */

static int
report_descriptor(void)
{
    const char *text = g_getenv(COMMAND_REPORT);
    gint64 number;
    if (!text || !number_parse(text, STDERR_FILENO + 1, G_MAXINT, &number) ||
        fcntl((int)number, F_SETFD, FD_CLOEXEC) < 0)
        return -1;
    g_unsetenv(COMMAND_REPORT);
    return (int)number;
}

static int starter = -1; /* who started this program listens there */

/* Nobody may listen any more: that is no fault of what is done. */
static void
report_word(const char *word)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    if (starter < 0)
        return;
    sigaction(SIGPIPE, &ignore, &before);
    file_write_all(starter, word, strlen(word));
    sigaction(SIGPIPE, &before, NULL);
}

void
program_end(int status)
{
    report_word(COMMAND_END);
    _exit(status);
}

/* A proxy may be stated without a scheme: "fetch.proxy=ann:secret@host".  Takes the text. */
static char *
hide_login(char *text)
{
    const char *proxy = strstr(text, settings_table[SETTING_FETCH_PROXY].name),
               *value = proxy ? strchr(proxy, '=') : NULL,
               *at = value && !strstr(value, "://") ? strrchr(value, '@') : NULL;
    if (!at)
        return text;
    char *hidden = g_strdup_printf("%.*s***%s", (int)(value + 1 - text), text, at);
    g_free(text);
    return hidden;
}

char *
command_public(const char *argument)
{
    char *public = hide_login(url_public(argument));
    const char *header = strstr(public, SETTING_HEADER),
               *value = header ? strchr(header, '=') : NULL;
    if (!value || !value[1])
        return public;
    char *hidden = g_strdup_printf("%.*s***", (int)(value + 1 - public), public);
    g_free(public);
    return hidden;
}

/* The argument that the starter showed without its secret, whole; NULL for any other. */
static char *
secret_of(char **secrets, const char *argument)
{
    for (char **secret = secrets; secret && *secret; secret++) {
        g_autofree char *public = command_public(*secret);
        if (g_str_equal(public, argument))
            return g_strdup(*secret);
    }
    return NULL;
}

/*
 * Takes the secrets out of what others see of this process, and puts those in that its starter has
 * kept from them.
 */
static void
keep_secrets(int argc, char **argv)
{
    const char *given = g_getenv(COMMAND_SECRETS);
    g_auto(GStrv) secrets = given ? g_strsplit(given, "\n", -1) : NULL;
    if (given) /* what /proc shows is where it began */
        memset((char *)(guintptr)given, '*', strlen(given));
    g_unsetenv(COMMAND_SECRETS);
    for (int i = 1; i < argc; i++) {
        char *seen = argv[i], *secret = secret_of(secrets, seen);
        g_autofree char *public = command_public(seen);
        if (!secret && g_str_equal(public, seen))
            continue;
        argv[i] = secret ? secret : g_strdup(seen); /* as long as the process */
        gsize length = strlen(seen);
        memset(seen, '*', length);
        memcpy(seen, public, MIN(strlen(public), length));
    }
}

int
program_main(const struct program *program, int argc, char **argv)
{
    paths_init(argv[0]);
    keep_secrets(argc, argv);
    memory_set_up();
    message_init();
    g_set_prgname("crier");
    starter = report_descriptor();
    report_word(COMMAND_BEGIN);
    AUTO(context_free) struct context *context = context_new();
    AUTO(options_global_clear) struct options_global g = {0};
    g_autofree GOptionEntry *globals = entries_of(COMMAND_GLOBAL, &g);
    g_autoptr(GOptionContext) options = g_option_context_new(_("[COMMAND [OPTION…] [ARGUMENT…]]"));
    g_option_context_set_summary(options, _("crier: the municipal news in your terminal"));
    g_autofree char *overview = command_overview();
    g_option_context_set_description(options, overview);
    g_autofree GOptionEntry *own = program->reader ? entries_of(COMMAND_READER, program->reader)
                                                   : NULL;
    setup(options, globals, own);
    g_option_context_set_strict_posix(options, TRUE);
    g_autoptr(GError) error = NULL;
    int status = STATUS_USAGE;
    if (!clock_is_right()) {
        message_error(_("CRIER_NOW: '%s' is not a number of seconds"), g_getenv("CRIER_NOW"));
    } else if (!g_option_context_parse(options, &argc, &argv, &error) ||
               !apply(context, &g, &error)) {
        report(error, argv + 1, globals, own);
    } else if (g.version) {
        print_version();
        status = STATUS_OK;
    } else if (g.help) {
        print_help(options);
        status = STATUS_OK;
    } else if (argc > 1) {
        int skip = g_str_equal(argv[1], "--") ? 2 : 1;
        status = argc <= skip ? STATUS_USAGE
                 : g_str_equal(argv[skip], "help")
                     ? run_help(program, context, options, argv + skip + 1)
                     : run_command(program, context, argc - skip, argv + skip);
    } else if (program->fallback) {
        status = program->fallback(context, argc, argv);
    } else {
        message_error(_("a command is missing; see 'crier --help'"));
    }
    status = message_finish(status);
    report_word(COMMAND_END);
    return status;
}
