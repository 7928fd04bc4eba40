/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in the first view: everything, the starred, what is near, the saved queries, then
 * each portal's editions with their sections, and plain feeds, or all of them by tag; at last what
 * is left of former subscriptions.
 */
#include "config.h"

#include "ui/sections-rows.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "reader/nearby.h"
#include "store/marks.h"
#include "ui/sections-former.h"

#include <string.h>

static void
row_free(gpointer data)
{
    struct section_row *row = data;
    g_free(row->text);
    g_free(row->portal);
    g_free(row->edition);
    g_free(row->url);
    g_free(row->query);
    g_free(row->of);
    g_free(row->head);
    g_free(row->last);
    g_free(row->name);
    if (row->sources)
        g_array_unref(row->sources);
    g_free(row->fold);
    g_free(row);
}

static struct section_row *
add_row(GPtrArray *rows, enum section_kind kind, const char *text)
{
    struct section_row *row = g_new0(struct section_row, 1);
    row->kind = kind;
    row->text = g_strdup(text);
    g_ptr_array_add(rows, row);
    return row;
}

/* What a list of it has for rows; query: or NULL. */
static int64_t
count(struct app *app, const struct query *query, bool unread)
{
    struct listing listing = {.query = query, .unread_only = unread, .languages = app_folded(app)};
    return app->session->store ? MAX(listing_count(app->session->store, &listing, NULL), 0) : 0;
}

int64_t
section_row_number(const struct section_row *row)
{
    if (row->kind == SECTION_SOURCE)
        return row->source;
    g_autofree char *name = g_strdup_printf("%s/%s/%s", row->portal ? row->portal : "",
                                            row->edition ? row->edition : "",
                                            row->url    ? row->url
                                            : row->fold ? row->fold
                                                        : "");
    return -((int64_t)row->kind << 32 | g_str_hash(name));
}

/* A row of sources; fold: what it is called (sections-rows.h), taken over. */
static struct section_row *
add_group(GPtrArray *rows, const struct app *app, enum section_kind kind, const char *text,
          char *fold)
{
    struct section_row *row = add_row(rows, kind, text);
    row->fold = fold;
    row->folded = g_hash_table_contains(app->state->folded, fold);
    return row;
}

static struct section_row *
add_edition(GPtrArray *rows, const struct app *app, const struct source *s)
{
    g_autofree char *text = app_edition_title(app, s);
    struct section_row *row =
        add_group(rows, app, SECTION_EDITION, text, g_strconcat(s->portal, "/", s->edition, NULL));
    row->portal = g_strdup(s->portal);
    row->edition = g_strdup(s->edition);
    row->head = g_strdup(s->portal_name);
    if (s->edition_name) /* as it is shown, where the terminal's letters do not suffice for it */
        row->last = g_strdup(text + strlen(s->portal_name) + strlen(app_dot(app)));
    return row;
}

static struct section_row *
add_source(GPtrArray *rows, const struct source *s, const char *text, struct section_row *group)
{
    struct section_row *row = add_row(rows, SECTION_SOURCE, text);
    row->source = s->id;
    row->url = g_strdup(s->url);
    row->portal = g_strdup(s->portal);
    row->edition = g_strdup(s->edition);
    row->of = group && group->kind == SECTION_EDITION ? g_strdup(group->text) : NULL;
    row->unread = s->unread;
    row->total = s->total;
    row->failed = s->last_error != NULL;
    row->warned = s->warnings->len > 0;
    row->group = group;
    if (!group)
        return row;
    group->unread += s->unread;
    group->total += s->total;
    if (group->sources)
        g_array_append_val(group->sources, s->id);
    return row;
}

static bool
is_of_edition(const struct section_row *edition, const struct source *s)
{
    return edition && !g_strcmp0(edition->portal, s->portal) &&
           !g_strcmp0(edition->edition, s->edition);
}

/* An edition has one head: its sections stand together. */
static void
add_by_edition(GPtrArray *rows, struct app *app)
{
    struct section_row *edition = NULL;
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (!s->portal)
            edition = NULL;
        else if (!is_of_edition(edition, s))
            edition = add_edition(rows, app, s);
        add_source(rows, s, edition ? s->label : s->name, edition);
    }
}

/* The sources with a tag, NULL: without any, under it. */
static void
add_tag(GPtrArray *rows, struct app *app, const char *tag)
{
    struct section_row *group = NULL;
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        const char *const *tags = (const char *const *)s->tags;
        if (tag ? !tags || !g_strv_contains(tags, tag) : tags && *tags)
            continue;
        if (!group) {
            group = add_group(rows, app, SECTION_TAG, tag ? tag : _("without a tag"),
                              g_strconcat("#", tag, NULL));
            group->sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
        }
        g_autofree char *edition = s->portal ? app_edition_title(app, s) : NULL,
                        *text = g_strconcat(edition ? edition : "", edition ? _(": ") : "",
                                            s->label, NULL);
        struct section_row *row = add_source(rows, s, text, group);
        row->head = g_strdup(s->portal ? s->portal_name : NULL);
        row->last = g_strdup(s->label);
    }
}

static int
compare_tags(gconstpointer a, gconstpointer b)
{
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    int order = g_utf8_collate(one, other);
    return order ? order : strcmp(one, other);
}

#define MOST_TAGS 1000

/* The articles that somebody has tagged, a row for each tag. */
static void
add_article_tags(GPtrArray *rows, struct app *app)
{
    g_autoptr(GPtrArray) tags = app->session->store ? marks_tags(app->session->store, MOST_TAGS)
                                                    : g_ptr_array_new();
    g_ptr_array_sort(tags, compare_tags);
    for (guint i = 0; i < tags->len; i++) {
        const char *tag = g_ptr_array_index(tags, i);
        if (strchr(tag, '"')) /* no query can name it */
            continue;
        g_autofree char *text = g_strdup_printf(_("Articles tagged %s"), tag);
        struct section_row *row = add_row(rows, SECTION_QUERY, text);
        row->total = -1;
        row->query = g_strdup_printf("tag:\"%s\"", tag);
        row->url = g_strconcat(SECTIONS_TAGGED, tag, NULL);
    }
}

static void
add_by_tag(GPtrArray *rows, struct app *app)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) tags = g_ptr_array_new();
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        for (char **tag = s->tags; tag && *tag; tag++)
            if (g_hash_table_add(seen, *tag))
                g_ptr_array_add(tags, *tag);
    }
    add_article_tags(rows, app);
    g_ptr_array_sort(tags, compare_tags);
    for (guint i = 0; i < tags->len; i++)
        add_tag(rows, app, g_ptr_array_index(tags, i));
    add_tag(rows, app, NULL);
}

/* Where articles of former subscriptions are, or of what a bundle brought, a row for them. */
static void
add_former(GPtrArray *rows, struct app *app)
{
    AUTO(query_free)
    struct query *query = app->session->store ? query_parse(SECTIONS_FORMER, clock_now(), NULL)
                                              : NULL;
    int64_t total = query ? count(app, query, false) : 0;
    if (!total)
        return;
    struct section_row *row = add_row(rows, SECTION_FORMER, _("Not subscribed"));
    row->total = total;
    row->unread = count(app, query, true);
    row->query = g_strdup(SECTIONS_FORMER);
}

/*
 * Takes away what is folded, and what is read where that is hidden; the row with the number `own`
 * stays, on which one is.
 */
static void
hide_rows(GPtrArray *rows, bool hide_read, int64_t own)
{
    for (guint i = 0; i < rows->len; i++) {
        struct section_row *row = g_ptr_array_index(rows, i);
        bool is_read = !row->unread && !row->failed && section_row_number(row) != own;
        row->hidden = row->kind == SECTION_SOURCE &&
                      ((row->group && row->group->folded) || (hide_read && is_read));
        if (row->group)
            row->group->shown += !row->hidden;
    }
    for (guint i = rows->len; i-- > 0;) {
        const struct section_row *row = g_ptr_array_index(rows, i);
        bool empty = row->fold && !row->shown && !row->unread && section_row_number(row) != own;
        if (row->hidden || (empty && hide_read))
            g_ptr_array_remove_index(rows, i);
    }
}

GPtrArray *
sections_rows(struct app *app, int64_t own)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    int64_t total = count(app, NULL, false);
    if (app_sources(app)->len || total) {
        struct section_row *all = add_row(rows, SECTION_ALL, _("All articles"));
        all->total = total;
        all->unread = count(app, NULL, true);
        add_row(rows, SECTION_STARRED, _("Starred"))->total = -1;
    }
    char *nearby = nearby_query(app->session->context->settings->values.near_addresses);
    if (nearby) {
        struct section_row *row = add_row(rows, SECTION_QUERY, _("Near you"));
        row->total = -1;
        row->query = nearby;
    }
    for (guint i = 0; i < app->session->urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(app->session->urls->queries, i);
        struct section_row *row = add_row(rows, SECTION_QUERY, query->title);
        row->total = -1;
        row->query = g_strdup(query->query);
        row->url = g_strdup_printf("query:%s:%s", query->title, query->query);
    }
    if (app->state->by_tag)
        add_by_tag(rows, app);
    else
        add_by_edition(rows, app);
    add_former(rows, app);
    hide_rows(rows, app->state->hide_read, own);
    return rows;
}

bool
sections_is_tag(const struct section_row *row)
{
    return !g_str_equal(row->fold, "#");
}

bool
sections_any_tag(struct app *app)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->tags && *s->tags)
            return true;
    }
    g_autoptr(GPtrArray) tags = app->session->store ? marks_tags(app->session->store, 1) : NULL;
    return tags && tags->len;
}
