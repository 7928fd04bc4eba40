/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GKeyFile keeps no line numbers and merges duplicates in silence; a scan of the same
 * text, line by line, gives both.
 */
#include "config.h"

#include "config/keyfile.h"
#include "base/file.h"
#include "base/i18n.h"
#include "config/faults.h"
#include "config/settings.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_BYTES (4 << 20)

struct keyfile {
    char *name;
    GKeyFile *keys;
    GHashTable *lines; /* "group\nkey" or "group\n" -> line */
};

void
keyfile_free(struct keyfile *file)
{
    g_free(file->name);
    g_key_file_unref(file->keys);
    g_hash_table_unref(file->lines);
    g_free(file);
}

static bool
note_line(struct keyfile *file, const char *group, const char *key, int line, GError **error)
{
    char *id = g_strconcat(group, "\n", key, NULL);
    gpointer earlier = g_hash_table_lookup(file->lines, id);
    if (earlier) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    *key ? _("%s:%d: key '%s' stands in line %d already")
                         : _("%s:%d: group '%s' stands in line %d already"),
                    file->name, line, *key ? key : group, GPOINTER_TO_INT(earlier));
        g_free(id);
        return false;
    }
    g_hash_table_insert(file->lines, id, GINT_TO_POINTER(line));
    return true;
}

/* Where a scan is: in which group, or behind the head of one that is none. */
struct scan {
    struct keyfile *file;
    char *group; /* owned, or NULL */
    bool lost;   /* nobody knows what these lines belong to */
};

static bool
scan_group(struct scan *s, char *line, int number, GError **error)
{
    char *end = strrchr(line, ']');
    g_clear_pointer(&s->group, g_free);
    s->lost = !end || end[1];
    if (s->lost) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("%s:%d: a group is written as [name]"), s->file->name, number);
        return false;
    }
    s->group = g_strndup(line + 1, end - line - 1);
    return note_line(s->file, s->group, "", number, error);
}

/* A line without the space around it; a key ends where its name does. */
static bool
scan_line(struct scan *s, char *line, int number, GError **error)
{
    if (!*line || *line == '#')
        return true;
    if (*line == '[')
        return scan_group(s, line, number, error);
    if (s->lost)
        return false;
    char *equals = strchr(line, '=');
    if (!equals || !s->group || equals == line) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    !s->group ? _("%s:%d: this stands before the first [group]")
                              : _("%s:%d: expected key=value"),
                    s->file->name, number);
        return false;
    }
    *equals = '\0';
    return note_line(s->file, s->group, g_strchomp(line), number, error);
}

/* The text without the lines that are wrong, which are noted; newly allocated. */
static char *
scan(struct keyfile *file, const char *text, GPtrArray *faults)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) good = g_string_sized_new(strlen(text));
    struct scan s = {.file = file};
    for (int i = 0; lines[i]; i++) {
        g_autofree char *line = g_strstrip(g_strdup(lines[i]));
        g_autoptr(GError) why = NULL;
        if (scan_line(&s, line, i + 1, &why))
            g_string_append_printf(good, "%s\n", lines[i]);
        faults_take(faults, &why);
    }
    g_free(s.group);
    return g_string_free(g_steal_pointer(&good), FALSE);
}

/* NULL only when it is no text. */
static struct keyfile *
parse(const char *name, const char *text, GPtrArray *faults)
{
    if (g_str_has_prefix(text, BYTE_ORDER_MARK))
        text += strlen(BYTE_ORDER_MARK);
    AUTO(keyfile_free) struct keyfile *file = g_new0(struct keyfile, 1);
    file->name = g_strdup(name);
    file->keys = g_key_file_new();
    file->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!g_utf8_validate(text, -1, NULL)) {
        g_ptr_array_add(faults, g_strdup_printf(_("%s: the file is not UTF-8"), name));
        return NULL;
    }
    g_autofree char *good = scan(file, text, faults);
    g_autoptr(GError) why = NULL;
    if (!g_key_file_load_from_data(file->keys, good, strlen(good), G_KEY_FILE_KEEP_TRANSLATIONS,
                                   &why) &&
        *text && why->code != G_KEY_FILE_ERROR_NOT_FOUND)
        g_ptr_array_add(faults, g_strdup_printf("%s: %s", name, why->message));
    return g_steal_pointer(&file);
}

struct keyfile *
keyfile_parse(const char *name, const char *text, GError **error)
{
    g_autoptr(GPtrArray) faults = faults_new();
    AUTO(keyfile_free) struct keyfile *file = parse(name, text, faults);
    return faults_none_in_line(faults, error) ? g_steal_pointer(&file) : NULL;
}

/* The text of a file; newly allocated. */
static char *
read_text(const char *path, GError **error)
{
    struct stat info;
    if (stat(path, &info) == 0 && info.st_size > MAX_BYTES) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("'%s' is larger than %d MiB"), path,
                    MAX_BYTES >> 20);
        return NULL;
    }
    g_autofree char *text = NULL;
    gsize length;
    g_autoptr(GError) why = NULL;
    if (!file_get_text(path, &text, &length, &why)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path,
                    why->message);
        return NULL;
    }
    if (strlen(text) != length) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ,
                    _("'%s' is no text file: there is a NUL byte in it"), path);
        return NULL;
    }
    return g_steal_pointer(&text);
}

struct keyfile *
keyfile_load(const char *path, GError **error)
{
    g_autofree char *text = read_text(path, error);
    return text ? keyfile_parse(path, text, error) : NULL;
}

struct keyfile *
keyfile_load_noting(const char *path, GPtrArray *faults)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *text = read_text(path, &why);
    faults_take(faults, &why);
    return text ? parse(path, text, faults) : NULL;
}

const char *
keyfile_name(const struct keyfile *file)
{
    return file->name;
}

char **
keyfile_groups(const struct keyfile *file)
{
    return g_key_file_get_groups(file->keys, NULL);
}

char **
keyfile_keys(const struct keyfile *file, const char *group)
{
    char **keys = g_key_file_get_keys(file->keys, group, NULL, NULL);
    return keys ? keys : g_new0(char *, 1);
}

char *
keyfile_value(const struct keyfile *file, const char *group, const char *key)
{
    char *value = g_key_file_get_value(file->keys, group, key, NULL);
    return value ? g_strstrip(value) : NULL;
}

int
keyfile_line(const struct keyfile *file, const char *group, const char *key)
{
    g_autofree char *id = g_strconcat(group, "\n", key ? key : "", NULL);
    return GPOINTER_TO_INT(g_hash_table_lookup(file->lines, id));
}
