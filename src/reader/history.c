/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and joining histories. */
#include "config.h"

#include "reader/history.h"
#include "base/clean.h"
#include "base/file.h"
#include "base/url.h"
#include "config/command.h"

#include <string.h>
#include <unistd.h>

#define MAX_FILE (4u << 20) /* bytes: of what is larger nothing is taken */

/* Whether it is a login or address without a scheme, "ann:secret@host" or "host/feed?key=1". */
static bool
is_secret_address(const char *word)
{
    g_autofree char *url = g_strconcat("x://", word, NULL), *public = url_public(url);
    const char *at = strchr(word, '@'), *colon = strchr(word, ':');
    /* an address of mail alone is none */
    return !g_str_equal(public, url) && (!at || (colon && colon < at) || strchr(word, '='));
}

/* Whether it names what opens doors, and what that is: "password=1", "Cookie:". */
static bool
is_named_secret(const char *word)
{
    gsize length = strcspn(word, "=:");
    static const char *const headers[] = {"cookie", "authorization", "proxy-authorization"};
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
        if (strlen(headers[i]) == length && !g_ascii_strncasecmp(headers[i], word, length))
            return word[length] != '\0';
    return word[length] && word[length + 1] && url_names_secret(word, length);
}

static bool
has_secret(const char *answer)
{
    g_autofree char *public = command_public(answer), *plain = g_ascii_strdown(answer, -1);
    bool found = !g_str_equal(public, answer) || strstr(plain, "fetch.header.") != NULL;
    g_auto(GStrv) words = g_strsplit_set(answer, " \"'", -1);
    bool sets = words[0] && g_str_equal(words[0], "set");
    for (char **word = words; *word && !found; word++) {
        const char *value = sets ? strchr(*word, '=') : NULL; /* of a setting */
        found = is_named_secret(*word) || is_secret_address(*word) ||
                (value && strchr(value, '@')) || (value && is_secret_address(value + 1));
    }
    return found;
}

bool
history_may_keep(const char *answer)
{
    return *answer && strlen(answer) <= HISTORY_MAX_ANSWER && !strpbrk(answer, "\n\t") &&
           !has_secret(answer);
}

/* The lines of the file that are whole; owned char *. */
static GPtrArray *
read_lines(const char *path)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, NULL) || length > MAX_FILE)
        return lines;
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);
    for (char **line = all; *line; line++) {
        const char *tab = strchr(*line, '\t');
        if (tab && text_is_clean(*line, strlen(*line)) && history_may_keep(tab + 1))
            g_ptr_array_add(lines, g_strdup(*line));
    }
    return lines;
}

static bool
is_of(const char *line, const char *kind, gsize length)
{
    return !strncmp(line, kind, length) && line[length] == '\t';
}

GPtrArray *
history_read(const char *path, const char *kind, guint most)
{
    g_autoptr(GPtrArray) lines = read_lines(path);
    GPtrArray *answers = g_ptr_array_new_with_free_func(g_free);
    gsize length = strlen(kind);
    for (guint i = 0; i < lines->len; i++) {
        const char *line = g_ptr_array_index(lines, i);
        if (is_of(line, kind, length))
            g_ptr_array_add(answers, g_strdup(line + length + 1));
    }
    if (answers->len > most)
        g_ptr_array_remove_range(answers, 0, answers->len - most);
    return answers;
}

static void
take_out(GPtrArray *lines, const char *line)
{
    for (guint i = lines->len; i-- > 0;)
        if (g_str_equal(g_ptr_array_index(lines, i), line))
            g_ptr_array_remove_index(lines, i);
}

/* The newest of each kind, in their order. */
static void
keep_newest(GPtrArray *lines, guint most)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = lines->len; i-- > 0;) {
        const char *line = g_ptr_array_index(lines, i);
        char *kind = g_strndup(line, strcspn(line, "\t"));
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, kind)) + 1;
        g_hash_table_insert(counts, kind, GUINT_TO_POINTER(count));
        if (count > most)
            g_ptr_array_remove_index(lines, i);
    }
}

bool
history_add(const char *path, const GPtrArray *lines, guint most, GError **error)
{
    int turn = file_lock(path, error);
    if (turn < 0)
        return false;
    g_autoptr(GPtrArray) all = read_lines(path);
    for (guint i = 0; i < lines->len; i++) {
        const char *line = g_ptr_array_index(lines, i);
        take_out(all, line);
        g_ptr_array_add(all, g_strdup(line));
    }
    keep_newest(all, most);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(all, i));
    bool written = file_replace(path, text->str, text->len, 0600, error);
    close(turn);
    return written;
}
