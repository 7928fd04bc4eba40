/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries as they are asked for on a command line and in `urls`. */
#include "config.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/message.h"
#include "config/settings.h"
#include "store/query.h"
#include "store/sources.h"

#include <string.h>

static bool
all_numbers(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!*argv[i] || strspn(argv[i], "0123456789") != strlen(argv[i]))
            return false;
    return true;
}

bool
query_is_needed(const char *text, GError **error)
{
    if (!text_is_blank(text))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("a query is needed; everything is 'all'"));
    return false;
}

char *
query_from_arguments(int argc, char **argv)
{
    if (!all_numbers(argc, argv))
        return message_join_arguments(argc, argv);
    GString *text = g_string_new("(");
    for (int i = 1; i < argc; i++)
        g_string_append_printf(text, "%sid:%s", i > 1 ? " OR " : "", argv[i]);
    g_string_append_c(text, ')');
    return g_string_free(text, FALSE);
}

/* The address of a source by its number, as a value of a query; NULL: it is none. */
static char *
address_of(const GPtrArray *sources, const char *number)
{
    for (guint i = 0; i < sources->len; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT, source->id);
        if (!g_str_equal(own, number))
            continue;
        if (g_str_is_ascii(source->url) && !strpbrk(source->url, " \t\n()\"\\"))
            return g_strdup(source->url);
        GString *quoted = g_string_new("\"");
        for (const char *p = source->url; *p; p++) {
            if (*p == '"' || *p == '\\')
                g_string_append_c(quoted, '\\');
            g_string_append_c(quoted, *p);
        }
        g_string_append_c(quoted, '"');
        return g_string_free(quoted, FALSE);
    }
    return NULL;
}

char *
query_of_addresses(struct store *store, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GPtrArray) sources = store ? sources_list(store, true, NULL) : NULL;
    AUTO(query_free) struct query *query = sources ? query_parse(valid, 0, NULL) : NULL;
    if (!query)
        return g_strdup(text);
    GString *out = g_string_new(NULL);
    gsize at = 0;
    for (guint i = 0; i < query->named->len; i++) {
        const struct query_source *named = g_ptr_array_index(query->named, i);
        g_autofree char *address = address_of(sources, named->value);
        if (!address)
            continue;
        g_string_append_len(out, valid + at, (gssize)(named->from - at));
        g_string_append_printf(out, "source:%s", address);
        at = named->to;
    }
    g_string_append(out, valid + at);
    return g_string_free(out, FALSE);
}

void
query_check_saved(struct urls *urls, int64_t now)
{
    for (guint i = 0; i < urls->queries->len;) {
        const struct saved_query *saved = g_ptr_array_index(urls->queries, i);
        g_autoptr(GError) error = NULL;
        AUTO(query_free) struct query *query = query_parse(saved->query, now, &error);
        if (query) {
            i++;
            continue;
        }
        g_autofree char *subject = g_strdup_printf("query:%s:%s", saved->title, saved->query);
        urls->reading = saved->file;
        urls_problem(urls, saved->line, subject, "%s", error->message);
        urls->reading = NULL;
        g_ptr_array_remove_index(urls->queries, i);
    }
}
