/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing crier.conf by its lines, as config/keyfile.c tells them apart. */
#include "config.h"

#include "config/conf-edit.h"
#include "base/clean.h"
#include "base/file.h"
#include "base/i18n.h"
#include "config/context.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What a line is: the name of a group, of a key, or neither; newly allocated. */
struct line {
    char *group, *key;
};

static struct line
look_at(const char *text)
{
    g_autofree char *line = g_strstrip(g_strdup(text));
    char *end = *line == '[' ? strrchr(line, ']') : NULL,
         *equals = *line == '#' || *line == '[' ? NULL : strchr(line, '=');
    if (end)
        return (struct line){.group = g_strndup(line + 1, (gsize)(end - line - 1))};
    return (struct line){.key = equals ? g_strchomp(g_strndup(line, (gsize)(equals - line)))
                                       : NULL};
}

static bool
ends_line(const char *line)
{
    return g_str_has_suffix(line, "\n");
}

/* The lines of a text with their ends. */
static GPtrArray *
split(const char *text)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (const char *p = text; *p;) {
        const char *end = strchr(p, '\n');
        gsize length = end ? (gsize)(end + 1 - p) : strlen(p);
        g_ptr_array_add(lines, g_strndup(p, length));
        p += length;
    }
    return lines;
}

static char *
join(const GPtrArray *lines, const char *line_end)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++) {
        if (out->len && !ends_line(out->str))
            g_string_append(out, line_end);
        g_string_append(out, g_ptr_array_index(lines, i));
    }
    return g_string_free(out, FALSE);
}

char *
conf_edited(const char *text, const char *group, const struct conf_change *change, bool *found)
{
    g_autoptr(GPtrArray) lines = split(text);
    const char *line_end = strstr(text, "\r\n") ? "\r\n" : "\n";
    g_autofree char *fresh =
        change->value ? g_strdup_printf("%s=%s%s", change->key, change->value, line_end) : NULL;
    guint behind = 0; /* where a new key of the group stands; 0: there is no such group */
    bool inside = false;
    *found = false;
    for (guint i = 0; i < lines->len; i++) {
        struct line line = look_at(g_ptr_array_index(lines, i));
        if (line.group)
            inside = g_str_equal(line.group, group);
        if (inside && (line.group || line.key))
            behind = i + 1;
        bool same = inside && line.key && g_str_equal(line.key, change->key);
        g_free(line.group);
        g_free(line.key);
        if (!same)
            continue;
        *found = true;
        g_ptr_array_remove_index(lines, i);
        if (fresh)
            g_ptr_array_insert(lines, (gint)i, g_strdup(fresh));
        return join(lines, line_end);
    }
    if (fresh && !behind)
        g_ptr_array_add(lines, g_strdup_printf("%s[%s]%s%s", lines->len ? line_end : "", group,
                                               line_end, fresh));
    else if (fresh)
        g_ptr_array_insert(lines, (gint)behind, g_strdup(fresh));
    return join(lines, line_end);
}

/* The text of the file; empty when there is none. */
static char *
read_conf(const char *path, GError **error)
{
    char *text;
    gsize length;
    g_autoptr(GError) why = NULL;
    if (file_get_text(path, &text, &length, &why))
        return text;
    if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_strdup("");
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path,
                why->message);
    return NULL;
}

/* Whether a line can hold it. */
static bool
is_line(const struct conf_change *change, GError **error)
{
    bool fine = !change->value || g_utf8_validate(change->value, -1, NULL);
    for (const char *p = change->value; p && *p; p++)
        fine &= (guchar)*p >= ' ' && *p != '\x7f';
    if (!fine)
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                    _("the value of '%s' cannot stand in a line"), change->key);
    return fine;
}

static char *
change_all(const char *old, char *const *groups, const struct conf_change *changes, guint count,
           GError **error)
{
    g_autofree char *text = g_strdup(old);
    for (guint i = 0; i < count; i++) {
        bool any = false, found;
        for (char *const *group = groups; *group; group++) {
            char *next = conf_edited(text, *group, &changes[i], &found);
            g_free(text);
            text = next;
            any |= found;
        }
        if (any || changes[i].value)
            continue;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("crier.conf: [%s] sets no '%s'"),
                    *groups, changes[i].key);
        return NULL;
    }
    return g_steal_pointer(&text);
}

static bool
fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot write '%s': %s"), path, why);
    return false;
}

/* Takes "FILE:LINE: " out of what is wrong with a text that is in no file. */
static void
forget_lines(const char *path, GError *error)
{
    g_autofree char *escaped = g_regex_escape_string(path, -1),
                    *pattern = g_strconcat(escaped, ":[0-9]+: ", NULL);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    char *clean = regex ? g_regex_replace_literal(regex, error->message, -1, 0, "", 0, NULL) : NULL;
    if (!clean)
        return;
    g_free(error->message);
    error->message = clean;
}

/*
 * Whether a text is a crier.conf.  What is wrong with a change to one that was right is not to be
 * looked for in the file: it does not get there.
 */
static bool
may_follow(const char *config_dir, const char *path, const char *old, const char *text,
           GError **error)
{
    g_autoptr(GError) why = NULL;
    if (context_try(config_dir, path, text, &why))
        return true;
    if (context_try(config_dir, path, old, NULL))
        forget_lines(path, why);
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

/* --- one edit of the file --------------------------------------------------------------------- */

/* What is to become of the text of the file; NULL and an error when it is to stay. */
struct edit {
    char *(*make)(const struct edit *edit, const char *old, GError **error);
    char *const *groups;
    const struct conf_change *changes;
    guint count;
};

static bool
rewrite(const char *config_dir, const struct edit *edit, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "crier.conf", NULL);
    for (guint i = 0; i < edit->count; i++)
        if (!is_line(&edit->changes[i], error))
            return false;
    if (g_mkdir_with_parents(config_dir, 0700) < 0)
        return fail(path, g_strerror(errno), error);
    g_autoptr(GError) why = NULL;
    int lock = file_lock(path, &why);
    if (lock < 0)
        return fail(path, why->message, error);
    g_autofree char *old = read_conf(path, error);
    g_autofree char *text = old ? edit->make(edit, old, error) : NULL;
    bool fine = text && may_follow(config_dir, path, old, text, error);
    if (fine && !g_str_equal(text, old) && !file_replace(path, text, strlen(text), 0600, &why))
        fine = fail(path, why->message, error);
    close(lock);
    return fine;
}

static char *
with_changes(const struct edit *edit, const char *old, GError **error)
{
    return change_all(old, edit->groups, edit->changes, edit->count, error);
}

bool
conf_edit(const char *config_dir, char *const *groups, const struct conf_change *changes,
          guint count, GError **error)
{
    const struct edit edit = {with_changes, groups, changes, count};
    return rewrite(config_dir, &edit, error);
}

/* --- whole groups ----------------------------------------------------------------------------- */

/*
 * The comment that stands above the next group is that group's; the blank lines before the group
 * that goes are enough.
 */
char *
conf_without_group(const char *text, const char *group, bool *found)
{
    g_autoptr(GPtrArray) lines = split(text), kept = g_ptr_array_new();
    g_autoptr(GPtrArray) above = g_ptr_array_new(); /* of what may come, while it is passed over */
    bool inside = false;
    *found = false;
    for (guint i = 0; i < lines->len; i++) {
        char *text_of_line = g_ptr_array_index(lines, i);
        struct line line = look_at(text_of_line);
        if (line.group) {
            inside = g_str_equal(line.group, group);
            *found |= inside;
        }
        if (!inside) {
            g_ptr_array_extend(kept, above, NULL, NULL);
            g_ptr_array_add(kept, text_of_line);
        }
        if (!inside || line.group || line.key)
            g_ptr_array_set_size(above, 0);
        else if (strspn(text_of_line, " \t") == strcspn(text_of_line, "#") || above->len)
            g_ptr_array_add(above, text_of_line);
        g_free(line.group);
        g_free(line.key);
    }
    /* the blank line that stood between it and what is above */
    while (inside && kept->len && text_is_blank(g_ptr_array_index(kept, kept->len - 1)))
        g_ptr_array_set_size(kept, (int)kept->len - 1);
    return join(kept, "");
}

static char *
without_group(const struct edit *edit, const char *old, GError **error)
{
    bool found;
    char *text = conf_without_group(old, *edit->groups, &found);
    if (found)
        return text;
    g_free(text);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("crier.conf: there is no [%s]"),
                *edit->groups);
    return NULL;
}

static char *
with_group(const struct edit *edit, const char *old, GError **error)
{
    bool found;
    g_free(conf_without_group(old, *edit->groups, &found));
    if (!found)
        return with_changes(edit, old, error);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS, _("crier.conf: there is a [%s] already"),
                *edit->groups);
    return NULL;
}

bool
conf_add_group(const char *config_dir, const char *group, const struct conf_change *values,
               guint count, GError **error)
{
    char *const groups[] = {(char *)group, NULL};
    const struct edit edit = {with_group, groups, values, count};
    return rewrite(config_dir, &edit, error);
}

bool
conf_remove_group(const char *config_dir, const char *group, GError **error)
{
    char *const groups[] = {(char *)group, NULL};
    const struct edit edit = {without_group, groups, NULL, 0};
    return rewrite(config_dir, &edit, error);
}
