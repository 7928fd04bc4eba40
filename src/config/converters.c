/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the table of converters, and choosing from it. */
#include "config.h"

#include "config/converters.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/paths.h"
#include "config/keyfile.h"
#include "config/settings.h"

#define FILE_NAME    "converters"
#define TIMEOUT      60
#define MAX_TIMEOUT  3600
#define MAX_PROGRAMS 200
#define MAX_WORDS    1000       /* of a command, formats of a program */
#define MAX_WORD     (64 << 10) /* bytes */

static void
converter_free(gpointer data)
{
    struct converter *c = data;
    char *strings[] = {c->name, c->program, c->output, c->package};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_strfreev(c->formats);
    g_strfreev(c->command);
    g_free(c);
}

void
converters_free(struct converters *converters)
{
    g_ptr_array_unref(converters->all);
    g_free(converters);
}

static bool
refuse(const struct keyfile *file, const char *group, const char *key, const char *why,
       GError **error)
{
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), keyfile_name(file),
                keyfile_line(file, group, key), why);
    return false;
}

static bool
take_gives(struct converter *c, const char *value)
{
    static const char *const words[] = {"text", "html", "csv"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_equal(value, words[i]))
            continue;
        c->gives = (enum converter_output)i;
        return true;
    }
    return false;
}

static bool
take_key(struct converter *c, const struct keyfile *file, const char *key, GError **error)
{
    g_autofree char *value = keyfile_value(file, c->name, key);
    gint64 seconds;
    if (g_str_equal(key, "Formats")) {
        c->formats = g_strsplit_set(value, " ,;", -1);
    } else if (g_str_equal(key, "Command")) {
        /* words as a shell parts them; none is started */
        if (!g_shell_parse_argv(value, NULL, &c->command, NULL))
            return refuse(file, c->name, key, _("the command has no program, or an open quote"),
                          error);
    } else if (g_str_equal(key, "Gives")) {
        if (!take_gives(c, value))
            return refuse(file, c->name, key, _("'Gives' is text, html or csv"), error);
    } else if (g_str_equal(key, "Output")) {
        c->output = g_steal_pointer(&value);
    } else if (g_str_equal(key, "Package")) {
        c->package = g_steal_pointer(&value);
    } else if (g_str_equal(key, "Timeout")) {
        if (!number_parse(value, 1, MAX_TIMEOUT, &seconds))
            return refuse(file, c->name, key, _("'Timeout' is a number of seconds"), error);
        c->timeout = (int)seconds;
    } else {
        g_autofree char *why = g_strdup_printf(_("unknown key '%s'"), key);
        return refuse(file, c->name, key, why, error);
    }
    return true;
}

static struct converter *
read_group(const struct keyfile *file, const char *group, GError **error)
{
    struct converter *c = g_new0(struct converter, 1);
    c->name = g_strdup(group);
    c->timeout = TIMEOUT;
    g_auto(GStrv) keys = keyfile_keys(file, group);
    bool fine = true;
    for (char **key = keys; *key && fine; key++)
        fine = take_key(c, file, *key, error);
    if (fine && (!c->formats || !c->command))
        fine = refuse(file, group, NULL, _("'Formats' and 'Command' are needed"), error);
    if (!fine) {
        converter_free(c);
        return NULL;
    }
    c->program = g_find_program_in_path(c->command[0]);
    return c;
}

static bool
is_known(const GPtrArray *all, const char *name)
{
    for (guint i = 0; i < all->len; i++)
        if (g_str_equal(((const struct converter *)g_ptr_array_index(all, i))->name, name))
            return true;
    return false;
}

static bool
read_file(GPtrArray *all, const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return true;
    AUTO(keyfile_free) struct keyfile *file = keyfile_load(path, error);
    if (!file)
        return false;
    g_auto(GStrv) groups = keyfile_groups(file);
    for (char **group = groups; *group && all->len < MAX_PROGRAMS; group++) {
        if (is_known(all, *group))
            continue;
        struct converter *c = read_group(file, *group, error);
        if (!c)
            return false;
        g_ptr_array_add(all, c);
    }
    return true;
}

struct converters *
converters_load(const char *config_dir, GError **error)
{
    AUTO(converters_free) struct converters *converters = g_new0(struct converters, 1);
    converters->all = g_ptr_array_new_with_free_func(converter_free);
    g_autofree char *own = g_build_filename(config_dir, FILE_NAME, NULL),
                    *installed = paths_data(FILE_NAME);
    return read_file(converters->all, own, error) && read_file(converters->all, installed, error)
               ? g_steal_pointer(&converters)
               : NULL;
}

static bool
reads(const struct converter *c, const char *format)
{
    return g_strv_contains((const char *const *)c->formats, format);
}

const struct converter *
converters_next(const struct converters *converters, const char *format,
                const struct converter *before)
{
    for (guint i = 0; i < converters->all->len; i++) {
        const struct converter *c = g_ptr_array_index(converters->all, i);
        if (!before && c->program && reads(c, format))
            return c;
        if (c == before)
            before = NULL;
    }
    return NULL;
}

char *
converters_missing(const struct converters *converters, const char *format)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < converters->all->len; i++) {
        const struct converter *c = g_ptr_array_index(converters->all, i);
        if (!reads(c, format))
            continue;
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", c->command[0]);
        if (c->package)
            g_string_append_printf(names, " (%s)", c->package);
    }
    return g_string_free(names, names->len == 0);
}

void
converters_put(GByteArray *out, const struct converters *converters)
{
    wire_put_number(out, converters->all->len);
    for (guint i = 0; i < converters->all->len; i++) {
        const struct converter *c = g_ptr_array_index(converters->all, i);
        wire_put_text(out, c->name);
        wire_put_strv(out, (const char *const *)c->formats);
        wire_put_strv(out, (const char *const *)c->command);
        wire_put_text(out, c->program);
        wire_put_text(out, c->output);
        wire_put_text(out, c->package);
        wire_put_number(out, c->gives);
        wire_put_number(out, c->timeout);
    }
}

static char **
get_words(struct wire_input *in)
{
    GPtrArray *words = wire_get_strings(in, MAX_WORDS, MAX_WORD);
    if (!words)
        return g_new0(char *, 1);
    g_ptr_array_set_free_func(words, NULL);
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}

struct converters *
converters_get(struct wire_input *in)
{
    AUTO(converters_free) struct converters *converters = g_new0(struct converters, 1);
    converters->all = g_ptr_array_new_with_free_func(converter_free);
    int64_t count = wire_get_number(in, 0, 2 * MAX_PROGRAMS);
    for (int64_t i = 0; i < count && !in->bad; i++) {
        struct converter *c = g_new0(struct converter, 1);
        g_ptr_array_add(converters->all, c);
        c->name = wire_get_string(in, MAX_WORD);
        c->formats = get_words(in);
        c->command = get_words(in);
        c->program = wire_get_string(in, MAX_WORD);
        c->output = wire_get_string(in, MAX_WORD);
        c->package = wire_get_string(in, MAX_WORD);
        c->gives = (enum converter_output)wire_get_number(in, 0, CONVERTER_CSV);
        c->timeout = (int)wire_get_number(in, 1, MAX_TIMEOUT);
    }
    return in->bad ? NULL : g_steal_pointer(&converters);
}
