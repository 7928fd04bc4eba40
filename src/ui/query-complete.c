/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last term of the text: its field first, then the values that the field has here.  Tags. */
#include "config.h"

#include "ui/query-complete.h"
#include "store/marks.h"

#include <string.h>

static const char *const terms[] = {
    "is:unread", "is:read",    "is:starred", "is:unstarred",   "is:revised",    "is:withdrawn",
    "is:former", "is:deleted", "has:date",   "has:attachment", "state:revised", "state:withdrawn",
    "title:",    "tag:",       "source:",    "portal:",        "section:",      "lang:",
    "since:1d",  "since:7d",   "since:30d",  "before:",        "seen:1d",       "changed:1d",
    "due:7d",    "related:",   "id:",        "address:"};

#define MOST_TAGS 1000 /* of articles: who has more types on */

struct completion {
    GPtrArray *found; /* owned texts */
    GHashTable *seen; /* borrowed: those in it */
    const char *text; /* as it was typed */
    gsize from;       /* where its last term begins */
};

static void
offer(struct completion *c, const char *field, const char *value)
{
    if (!value || !*value || strpbrk(value, "\"\\"))
        return;
    bool blank = strpbrk(value, " ()") != NULL;
    g_autofree char *term = g_strconcat(field, blank ? "\"" : "", value, blank ? "\"" : "", NULL);
    if (!g_str_has_prefix(term, c->text + c->from) || g_str_equal(term, c->text + c->from))
        return;
    char *whole = g_strdup_printf("%.*s%s", (int)c->from, c->text, term);
    if (g_hash_table_contains(c->seen, whole)) {
        g_free(whole);
        return;
    }
    g_hash_table_add(c->seen, whole);
    g_ptr_array_add(c->found, whole);
}

/* Where the last term begins, behind the sign that excludes it. */
static gsize
last_term(const char *text)
{
    gsize from = 0;
    bool quoted = false;
    for (gsize i = 0; text[i]; i++) {
        quoted ^= text[i] == '"';
        if (!quoted && (text[i] == ' ' || text[i] == '('))
            from = i + 1;
    }
    return from + (text[from] == '-');
}

/* A field alone, or where it is typed the terms that it begins. */
static void
offer_terms(struct completion *c)
{
    bool has_field = strchr(c->text + c->from, ':') != NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++) {
        gsize length = has_field ? strlen(terms[i]) : strcspn(terms[i], ":") + 1;
        g_autofree char *term = g_strndup(terms[i], length);
        offer(c, "", term);
    }
}

static void
offer_sources(struct completion *c, const GPtrArray *sources)
{
    for (guint i = 0; i < sources->len; i++) {
        const struct source *source = g_ptr_array_index(sources, i);
        offer(c, "lang:", source->language);
        offer(c, "portal:", source->portal);
        offer(c, "section:", source->section);
        offer(c, "source:", source->name);
        offer(c, "source:", source->portal_name);
        for (char **tag = source->tags; tag && *tag; tag++)
            offer(c, "tag:", *tag);
    }
}

static gint
compare_tags(gconstpointer a, gconstpointer b)
{
    return g_utf8_collate(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
tags_of(struct app *app)
{
    GPtrArray *tags = app->session->store ? marks_tags(app->session->store, MOST_TAGS)
                                          : g_ptr_array_new();
    g_ptr_array_sort(tags, compare_tags);
    return tags;
}

static void
offer_tags(struct completion *c, struct app *app)
{
    g_autoptr(GPtrArray) tags = tags_of(app);
    for (guint i = 0; i < tags->len; i++)
        offer(c, "tag:", g_ptr_array_index(tags, i));
}

GPtrArray *
tag_complete(struct app *app, const char *text)
{
    const char *begin = *text == '-' ? text + 1 : text;
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) tags = tags_of(app);
    for (guint i = 0; i < tags->len; i++) {
        const char *tag = g_ptr_array_index(tags, i);
        if (g_str_has_prefix(tag, begin) && !g_str_equal(tag, begin))
            g_ptr_array_add(found, g_strconcat(begin == text ? "" : "-", tag, NULL));
    }
    return found;
}

GPtrArray *
query_complete(struct app *app, const char *text)
{
    struct completion c = {.found = g_ptr_array_new_with_free_func(g_free),
                           .seen = g_hash_table_new(g_str_hash, g_str_equal),
                           .text = text,
                           .from = last_term(text)};
    offer_terms(&c);
    if (strchr(text + c.from, ':'))
        offer_sources(&c, app_sources(app));
    if (g_str_has_prefix(text + c.from, "tag:"))
        offer_tags(&c, app);
    g_hash_table_unref(c.seen);
    return c.found;
}
