/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first view: everything, the starred, what is near, the saved queries, then each portal's
 * editions with their sections, and plain feeds; at last what is left of former subscriptions.
 */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/number.h"
#include "text/cells.h"
#include "reader/nearby.h"
#include "ui/app.h"
#include "ui/confirm.h"
#include "ui/fetching.h"
#include "ui/views.h"

#include <string.h>

enum row_kind { ROW_ALL = 1, ROW_STARRED, ROW_QUERY, ROW_EDITION, ROW_SOURCE, ROW_TAG, ROW_FORMER };

struct row {
    enum row_kind kind;
    char *text;
    int64_t unread, total, source;
    char *portal, *edition, *url, *query;
    char *of;   /* of a section: its portal and edition; or NULL */
    char *last; /* of an edition: its name, with which the text ends; NULL when it has none */
    bool failed, warned;
    GArray *sources;   /* of a tag: int64_t */
    struct row *group; /* of a source: what it stands under, borrowed; or NULL */
    char *fold;        /* of a group: what it is called among those that are folded */
    bool folded, hidden;
    guint shown; /* of a group: rows under it */
};

struct sections_view {
    struct view base;
    GPtrArray *rows;
};

static void
row_free(gpointer data)
{
    struct row *row = data;
    g_free(row->text);
    g_free(row->portal);
    g_free(row->edition);
    g_free(row->url);
    g_free(row->query);
    g_free(row->of);
    g_free(row->last);
    if (row->sources)
        g_array_unref(row->sources);
    g_free(row->fold);
    g_free(row);
}

static struct row *
add_row(struct sections_view *v, enum row_kind kind, const char *text)
{
    struct row *row = g_new0(struct row, 1);
    row->kind = kind;
    row->text = g_strdup(text);
    g_ptr_array_add(v->rows, row);
    return row;
}

/* What a list of it has for rows; query: or NULL. */
static int64_t
count(struct app *app, const struct query *query, bool unread)
{
    struct listing listing = {.query = query, .unread_only = unread, .languages = app_folded(app)};
    return app->session->store ? MAX(listing_count(app->session->store, &listing, NULL), 0) : 0;
}

static const struct row *
current(const struct sections_view *v)
{
    return v->rows->len ? g_ptr_array_index(v->rows, v->base.scroll.cursor) : NULL;
}

static int64_t
number_of(const struct row *row)
{
    if (row->kind == ROW_SOURCE)
        return row->source;
    g_autofree char *name = g_strdup_printf("%s/%s/%s", row->portal ? row->portal : "",
                                            row->edition ? row->edition : "",
                                            row->url    ? row->url
                                            : row->fold ? row->fold
                                                        : "");
    return -((int64_t)row->kind << 32 | g_str_hash(name));
}

/* A row of sources; fold: see above, taken over. */
static struct row *
add_group(struct sections_view *v, const struct app *app, enum row_kind kind, const char *text,
          char *fold)
{
    struct row *row = add_row(v, kind, text);
    row->fold = fold;
    row->folded = g_hash_table_contains(app->state->folded, fold);
    return row;
}

static struct row *
add_edition(struct sections_view *v, const struct app *app, const struct source *s)
{
    g_autofree char *text = app_edition_title(app, s);
    struct row *row =
        add_group(v, app, ROW_EDITION, text, g_strconcat(s->portal, "/", s->edition, NULL));
    row->portal = g_strdup(s->portal);
    row->edition = g_strdup(s->edition);
    row->last = g_strdup(s->edition_name);
    return row;
}

static void
add_source(struct sections_view *v, const struct source *s, const char *text, struct row *group)
{
    struct row *row = add_row(v, ROW_SOURCE, text);
    row->source = s->id;
    row->url = g_strdup(s->url);
    row->portal = g_strdup(s->portal);
    row->edition = g_strdup(s->edition);
    row->of = group && group->kind == ROW_EDITION ? g_strdup(group->text) : NULL;
    row->unread = s->unread;
    row->total = s->total;
    row->failed = s->last_error != NULL;
    row->warned = s->warnings->len > 0;
    row->group = group;
    if (!group)
        return;
    group->unread += s->unread;
    group->total += s->total;
    if (group->sources)
        g_array_append_val(group->sources, s->id);
}

static void
add_by_edition(struct sections_view *v, struct app *app)
{
    struct row *edition = NULL;
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (!s->portal)
            edition = NULL;
        else if (!edition || g_strcmp0(edition->portal, s->portal) ||
                 g_strcmp0(edition->edition, s->edition))
            edition = add_edition(v, app, s);
        add_source(v, s, s->label, edition);
    }
}

/* The sources with a tag, NULL: without any, under it. */
static void
add_tag(struct sections_view *v, struct app *app, const char *tag)
{
    struct row *group = NULL;
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        const char *const *tags = (const char *const *)s->tags;
        if (tag ? !tags || !g_strv_contains(tags, tag) : tags && *tags)
            continue;
        if (!group) {
            group = add_group(v, app, ROW_TAG, tag ? tag : _("without a tag"),
                              g_strconcat("#", tag, NULL));
            group->sources = g_array_new(FALSE, FALSE, sizeof(int64_t));
        }
        g_autofree char *edition = s->portal ? app_edition_title(app, s) : NULL,
                        *text = g_strconcat(edition ? edition : "", edition ? ": " : "", s->label,
                                            NULL);
        add_source(v, s, text, group);
    }
}

static int
compare_tags(gconstpointer a, gconstpointer b)
{
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    int order = g_utf8_collate(one, other);
    return order ? order : strcmp(one, other);
}

static void
add_by_tag(struct sections_view *v, struct app *app)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) tags = g_ptr_array_new();
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        for (char **tag = s->tags; tag && *tag; tag++)
            if (g_hash_table_add(seen, *tag))
                g_ptr_array_add(tags, *tag);
    }
    g_ptr_array_sort(tags, compare_tags);
    for (guint i = 0; i < tags->len; i++)
        add_tag(v, app, g_ptr_array_index(tags, i));
    add_tag(v, app, NULL);
}

/* --- what nobody subscribes to any more ------------------------------------------------------ */

#define FORMER "is:former"

/* Where articles of former subscriptions are, or of what a bundle brought, a row for them. */
static void
add_former(struct sections_view *v, struct app *app)
{
    AUTO(query_free)
    struct query *query = app->session->store ? query_parse(FORMER, clock_now(), NULL) : NULL;
    int64_t total = query ? count(app, query, false) : 0;
    if (!total)
        return;
    struct row *row = add_row(v, ROW_FORMER, _("Not subscribed"));
    row->total = total;
    row->unread = count(app, query, true);
    row->query = g_strdup(FORMER);
}

/*
 * The articles that D deletes there: all but those with a star, be it one that still waits for the
 * store.  None while a line of `urls` cannot be used, which may be the subscription of some.
 */
static GArray *
former_articles(struct app *app, GError **error)
{
    const GPtrArray *problems = app->session->urls->problems;
    if (problems->len) {
        const struct urls_problem *first = g_ptr_array_index(problems, 0);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_READ, first->text);
        return NULL;
    }
    if (!session_flush(app->session, error))
        return NULL;
    AUTO(query_free)
    struct query *query = query_parse(FORMER " is:unstarred", clock_now(), error);
    return query ? listing_articles(app->session->store, &(struct listing){.query = query}, error)
                 : NULL;
}

static void ask_delete_former(struct app *app);

/* data: how many were asked about; when they are others by now, it is asked again. */
static void
delete_former(struct app *app, const char *data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) articles = former_articles(app, &error),
                      changes = g_array_new(FALSE, FALSE, sizeof(struct mark_change));
    gint64 asked = 0;
    if (articles && (!number_parse(data, 0, G_MAXUINT32, &asked) || articles->len != asked)) {
        ask_delete_former(app);
        return;
    }
    for (guint i = 0; articles && i < articles->len; i++) {
        struct mark_change change = {
            .article = g_array_index(articles, int64_t, i), .mark = MARK_DELETED, .on = true};
        g_array_append_val(changes, change);
    }
    if (!articles || !session_mark(app->session, (const struct mark_change *)(void *)changes->data,
                                   changes->len, &error))
        app_show_error(app, "%s", error->message);
    else
        app_say(app,
                ngettext("%u article deleted; u undoes it", "%u articles deleted; u undoes it",
                         changes->len),
                changes->len);
    app_reload(app);
}

static void
ask_delete_former(struct app *app)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) articles = former_articles(app, &error);
    if (!articles) {
        app_show_error(app, "%s", error->message);
        return;
    }
    if (!articles->len) {
        app_say(app, _("these have a star; in their list D deletes them one by one"));
        return;
    }
    g_autofree char *label = g_strdup_printf(
        ngettext("Delete %u article without a subscription, but none with a star? (y/n) ",
                 "Delete %u articles without a subscription, but none with a star? (y/n) ",
                 articles->len),
        articles->len);
    confirm(app, label, delete_former, g_strdup_printf("%u", articles->len));
}

/*
 * Takes away what is folded, and what is read where that is hidden; the row with the number `own`
 * stays, on which one is.
 */
static void
hide_rows(struct sections_view *v, bool hide_read, int64_t own)
{
    for (guint i = 0; i < v->rows->len; i++) {
        struct row *row = g_ptr_array_index(v->rows, i);
        bool is_read = !row->unread && !row->failed && number_of(row) != own;
        row->hidden = row->kind == ROW_SOURCE &&
                      ((row->group && row->group->folded) || (hide_read && is_read));
        if (row->group)
            row->group->shown += !row->hidden;
    }
    for (guint i = v->rows->len; i-- > 0;) {
        const struct row *row = g_ptr_array_index(v->rows, i);
        bool empty = row->fold && !row->shown && !row->unread && number_of(row) != own;
        if (row->hidden || (empty && hide_read))
            g_ptr_array_remove_index(v->rows, i);
    }
}

/* Where the row with a number is; -1: nowhere. */
static int64_t
place_of(const struct sections_view *v, int64_t number)
{
    for (guint i = 0; number && i < v->rows->len; i++)
        if (number_of(g_ptr_array_index(v->rows, i)) == number)
            return i;
    return -1;
}

static void
load(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct row *on = current(v);
    int64_t own = on ? number_of(on) : 0;
    g_ptr_array_set_size(v->rows, 0);
    int64_t total = count(app, NULL, false);
    if (app_sources(app)->len || total) {
        struct row *all = add_row(v, ROW_ALL, _("All articles"));
        all->total = total;
        all->unread = count(app, NULL, true);
        add_row(v, ROW_STARRED, _("Starred"))->total = -1;
    }
    char *nearby = nearby_query(app->session->context->settings->values.near_addresses);
    if (nearby) {
        struct row *row = add_row(v, ROW_QUERY, _("Near you"));
        row->total = -1;
        row->query = nearby;
    }
    for (guint i = 0; i < app->session->urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(app->session->urls->queries, i);
        struct row *row = add_row(v, ROW_QUERY, query->title);
        row->total = -1;
        row->query = g_strdup(query->query);
        row->url = g_strdup_printf("query:%s:%s", query->title, query->query);
    }
    if (app->state->by_tag)
        add_by_tag(v, app);
    else
        add_by_edition(v, app);
    add_former(v, app);
    hide_rows(v, app->state->hide_read, own);
    /* of a source with several tags there are several */
    bool there = view->scroll.cursor < v->rows->len &&
                 number_of(g_ptr_array_index(v->rows, view->scroll.cursor)) == own;
    int64_t now = there ? view->scroll.cursor : place_of(v, own);
    view->scroll.count = v->rows->len;
    scroller_go(&view->scroll, now >= 0 ? now : view->scroll.cursor);
}

/*
 * The row's text in so many cells; of an edition its language is kept, and the portal's name cut.
 */
static char *
cut_text(const struct row *row, const struct app *app, int room)
{
    const char *ellipsis = app_sign(app, "…", "~"), *dot = app_sign(app, " · ", " - ");
    int last = row->last ? cells_width(row->last, -1) + cells_width(dot, -1) : 0;
    if (!last || cells_width(row->text, -1) <= room || room < last + 4)
        return cells_ellipsize(row->last && room < last + 4 ? row->last : row->text, room,
                               ellipsis);
    g_autofree char *head = cells_ellipsize(row->text, room - last, ellipsis);
    return g_strconcat(head, dot, row->last, NULL);
}

static void
draw_row(const struct sections_view *v, const struct row *row, const struct app *app,
         struct grid *grid, const struct area *area, int y)
{
    bool narrow = area->width < 60;
    g_autofree char *counts = row->total < 0 ? g_strdup("")
                              : narrow       ? g_strdup_printf("%" G_GINT64_FORMAT, row->unread)
                                       : g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                         row->unread, row->total);
    int counts_width = cells_width(counts, -1);
    int x = row->group ? 4 : 2;
    enum style style = row->fold ? STYLE_HEADING : row->unread > 0 ? STYLE_UNREAD : STYLE_NORMAL;
    g_autofree char *cut = cut_text(row, app, area->width - x - counts_width - 3);
    if (row->failed)
        grid_put(grid, area->x, y, app_sign(app, "✗", "!"), 1, STYLE_ERROR);
    else if (row->warned)
        grid_put(grid, area->x, y, "!", 1, STYLE_DIM);
    else if (row->folded)
        grid_put(grid, area->x, y, app_sign(app, "▸", "+"), 1, STYLE_DIM);
    grid_put(grid, area->x + x, y, cut, area->width - x, style);
    if (v->base.find)
        grid_restyle_matches(grid, area->x + x, y, cut, v->base.find);
    grid_put(grid, area->x + area->width - 1 - counts_width, y, counts, counts_width,
             row->unread > 0 ? STYLE_UNREAD : STYLE_DIM);
}

static void
lay_out(struct view *view, struct app *app)
{
    (void)app;
    scroller_fit(&view->scroll, view->area.height);
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct area *area = &view->area;
    if (!v->rows->len) {
        int left, width;
        app_measure(app, area, &left, &width);
        grid_put_paragraph(
            grid, left, area->y + (area->height > 2), width, area->y + area->height,
            _("Nothing is subscribed to yet. a chooses a portal or takes an address; ? helps."),
            STYLE_NORMAL);
        return;
    }
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const struct row *row = g_ptr_array_index(v->rows, view->scroll.top + i);
        int y = area->y + i;
        draw_row(v, row, app, grid, area, y);
        if (view->scroll.top + i != view->scroll.cursor)
            continue;
        grid_set_off(grid, area->x, y, area->width, focused ? STYLE_FOCUS : STYLE_SELECTED);
        if (focused) {
            grid->cursor_x = area->x + (row->group ? 4 : 2);
            grid->cursor_y = y;
        }
    }
}

static int64_t
target(struct view *view, struct target *target)
{
    const struct row *row = current((const struct sections_view *)view);
    if (!row)
        return 0;
    bool edition = row->kind == ROW_EDITION;
    if (target)
        *target = (struct target){.kind = TARGET_LIST,
                                  .scope = {.source = row->source,
                                            .portal = edition ? row->portal : NULL,
                                            .edition = edition ? row->edition : NULL,
                                            .sources = row->sources,
                                            .query = row->query,
                                            .starred = row->kind == ROW_STARRED,
                                            .title = row->text}};
    return number_of(row);
}

static bool
has_articles(struct app *app, const char *url)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (g_str_equal(s->url, url))
            return s->total > 0;
    }
    return false;
}

static void
remove_row(struct app *app, const char *url)
{
    g_autoptr(GError) error = NULL;
    bool articles = has_articles(app, url);
    if (session_unsubscribe(app->session, url, &error))
        app_say(
            app, "%s",
            g_str_has_prefix(url, "query:") ? _("the saved query is removed; u undoes it")
            : articles
                ? _("unsubscribed; its articles stay in the last row (D deletes them); u undoes it")
                : _("unsubscribed; u undoes it"));
    else
        app_show_error(app, "%s", error->message);
    app_reload(app);
}

static void
ask_remove(const struct sections_view *v, struct app *app)
{
    const struct row *row = current(v);
    if (row && row->kind == ROW_FORMER)
        ask_delete_former(app);
    if (!row || !row->url)
        return;
    g_autofree char *label = g_strdup_printf(row->kind == ROW_QUERY
                                                 ? _("Remove the saved query %s? (y/n) ")
                                                 : _("Unsubscribe from %s? (y/n) "),
                                             row->text);
    confirm(app, label, remove_row, g_strdup(row->url));
}

static void
mark_all(const struct sections_view *v, struct app *app)
{
    const struct row *row = current(v);
    if (!row || row->kind == ROW_QUERY)
        return;
    AUTO(query_free)
    struct query *former = row->kind == ROW_FORMER ? query_parse(row->query, clock_now(), NULL)
                                                   : NULL;
    struct listing listing = {.query = former,
                              .source = row->source,
                              .sources = row->sources,
                              .starred_only = row->kind == ROW_STARRED,
                              .portal = row->kind == ROW_EDITION ? row->portal : NULL,
                              .edition = row->kind == ROW_EDITION ? row->edition : NULL};
    listing.languages = listing.source || listing.edition ? NULL
                                                          : app_folded(app); /* as its list */
    app_mark_listing(app, &listing);
}

static const char *
text_at(const void *data, int64_t place)
{
    const struct sections_view *v = data;
    return ((const struct row *)g_ptr_array_index(v->rows, place))->text;
}

static int64_t
find(struct view *view, int64_t from, int step, bool here)
{
    return scroller_find(&view->scroll, from, step, here, view->find, text_at, view);
}

/* The nearest row with unread articles from a place on, in steps; -1: there is none. */
static int64_t
unread_row(const struct sections_view *v, int64_t from, int step)
{
    for (int64_t i = from; i >= 0 && i < (int64_t)v->rows->len; i += step)
        if (((const struct row *)g_ptr_array_index(v->rows, i))->unread > 0)
            return i;
    return -1;
}

/* Opens the next unread article of this row, else of the next one that has any; false: of none. */
static bool
read_on(struct sections_view *v, struct app *app)
{
    int64_t row = unread_row(v, v->base.scroll.cursor, 1);
    if (row < 0)
        row = unread_row(v, 0, 1);
    if (row < 0)
        return false;
    v->base.scroll.cursor = row;
    app_enter(app);
    struct view *list = app_top(app);
    if (list != &v->base)
        list->ops->act(list, app, ACTION_NEXT_UNREAD, 0);
    return true;
}

/* To the row before that has unread articles. */
static void
previous_row(struct sections_view *v, struct app *app)
{
    int64_t row = unread_row(v, v->base.scroll.cursor - 1, -1);
    if (row >= 0)
        v->base.scroll.cursor = row;
    else
        app_say(app, _("no more unread articles here"));
}

/* Space shows what is below, and reads on where that is nothing. */
static bool
is_all_seen(const struct view *view, const struct app *app)
{
    const struct scroller *scroll = &view->scroll;
    return app->session->context->settings->values.read_next &&
           scroll->top + scroll->height >= scroll->count;
}

/* Folds the group of the row under the cursor, on which one is then, or unfolds it. */
static void
fold(struct sections_view *v, struct app *app)
{
    const struct row *row = current(v), *group = row && row->group ? row->group : row;
    if (!group || !group->fold) {
        app_say(app, _("only groups of sources can be folded"));
        return;
    }
    int64_t number = number_of(group);
    if (!g_hash_table_remove(app->state->folded, group->fold))
        g_hash_table_add(app->state->folded, g_strdup(group->fold));
    v->base.scroll.cursor = MAX(place_of(v, number), 0);
    load(&v->base, app);
}

static void
hide_read(struct sections_view *v, struct app *app)
{
    app->state->hide_read = !app->state->hide_read;
    load(&v->base, app);
    app_say(app, app->state->hide_read ? _("what is read is hidden; H shows it again")
                                       : _("what is read is shown again"));
}

static bool
any_tag(struct app *app)
{
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->tags && *s->tags)
            return true;
    }
    return false;
}

static void
group_by_tag(struct sections_view *v, struct app *app)
{
    if (!app->state->by_tag && !any_tag(app)) {
        app_say(app, _("no source has a tag; it stands behind the address in urls"));
        return;
    }
    app->state->by_tag = !app->state->by_tag;
    load(&v->base, app);
    app_say(app, app->state->by_tag ? _("by tag; t shows portals and editions again")
                                    : _("by portal and edition"));
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct row *row = current(v);
    (void)count;
    switch (action) {
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        scroller_move(&view->scroll, action == ACTION_NEXT ? ACTION_DOWN : ACTION_UP, 1);
        return VIEW_DONE;
    case ACTION_PAGE_DOWN:
        return is_all_seen(view, app) && read_on(v, app) ? VIEW_DONE : 0;
    case ACTION_NEXT_UNREAD:
        if (!read_on(v, app))
            app_say(app, _("no more unread articles here"));
        return VIEW_DONE;
    case ACTION_PREVIOUS_UNREAD:
        previous_row(v, app);
        return VIEW_DONE;
    case ACTION_FOLD:
        fold(v, app);
        return VIEW_DONE;
    case ACTION_HIDE_READ:
        hide_read(v, app);
        return VIEW_DONE;
    case ACTION_GROUP:
        group_by_tag(v, app);
        return VIEW_DONE;
    case ACTION_REMOVE:
        ask_remove(v, app);
        return VIEW_DONE;
    case ACTION_FETCH:
        fetching_ask(app, row ? row->source : 0);
        return VIEW_DONE;
    case ACTION_MARK_ALL_READ:
        mark_all(v, app);
        return VIEW_DONE;
    case ACTION_INFO:
        if (row && row->source)
            app_open(app, &(struct target){.kind = TARGET_INFO, .source = row->source});
        else
            app_say(app, _("only sources have information to show"));
        return VIEW_DONE;
    default:
        return 0;
    }
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct row *all = v->rows->len ? g_ptr_array_index(v->rows, 0) : NULL, *row = current(v);
    (void)app;
    info->title = g_strdup(_("crier: municipal news"));
    if (all && all->kind == ROW_ALL)
        info->position = g_strdup_printf(_("%ld unread"), (long)all->unread);
    info->portal = row ? row->portal : NULL;
    info->edition = row ? row->edition : NULL;
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct sections_view *v = (const struct sections_view *)view;
    if (!v->rows->len)
        g_string_append_printf(
            out, "%s\n",
            _("Nothing is subscribed to yet. a chooses a portal or takes an address; ? helps."));
    (void)app;
}

/* A section says whose it is: several portals and editions have a "News". */
static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct row *row = g_ptr_array_index(v->rows, place);
    (void)app;
    if (row->of)
        /* TRANSLATORS: a section, and the portal and edition to which it belongs */
        g_string_append_printf(out, _("%s, of %s"), row->text, row->of);
    else
        g_string_append(out, row->text);
    if (row->total >= 0)
        g_string_append_printf(out, _(": %ld unread of %ld"), (long)row->unread, (long)row->total);
    if (row->failed)
        g_string_append_printf(out, ", %s", _("failed"));
    else if (row->warned)
        g_string_append_printf(out, ", %s", _("needed repair"));
}

static void
free_view(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    (void)app;
    g_ptr_array_unref(v->rows);
    g_free(v);
}

struct view *
sections_view_new(struct app *app)
{
    static const struct view_ops ops = {
        .context = CONTEXT_SECTIONS,
        .pane = PANE_SECTIONS,
        .lay_out = lay_out,
        .draw = draw,
        .act = act,
        .describe = describe,
        .to_text = to_text,
        .row_to_text = row_to_text,
        .free = free_view,
        .load = load,
        .target = target,
        .find = find,
    };
    struct sections_view *v = g_new0(struct sections_view, 1);
    v->base.ops = &ops;
    v->rows = g_ptr_array_new_with_free_func(row_free);
    load(&v->base, app);
    return &v->base;
}
