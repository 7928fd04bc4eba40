/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows: its filter, what it hides, its order; other sections and languages. */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "reader/counterpart.h"
#include "reader/outside.h"
#include "store/edition-groups.h"
#include "ui/list-view.h"
#include "ui/query-complete.h"
#include "ui/sections-former.h"

#include <string.h>

/*
 * By the counters of the store; where somebody has asked for something, what was found is worth
 * more than this would cost.
 */
static void
count_unread(struct list_view *v)
{
    struct listing listing = v->window.listing;
    bool asked = listing.query && (v->filter || g_strcmp0(v->fixed, SECTIONS_FORMER));
    listing.unread_only = true;
    v->unread = !v->window.store || asked ? -1 : listing_count(v->window.store, &listing, NULL);
}

/* Whether there are articles that only hiding what is read takes out of the list. */
static bool
hides_all(const struct window *window)
{
    struct listing listing = window->listing;
    bool more;
    if (!listing.unread_only || !window->store || window->count)
        return false;
    listing.unread_only = false;
    return listing_count_to(window->store, &listing, 1, &more, NULL) > 0;
}

/* Whether it may have an article in several languages. */
static bool
is_of_editions(const struct list_view *v)
{
    return !v->window.listing.source && !v->window.listing.edition;
}

bool
list_is_folded(const struct view *view)
{
    return view->ops->context == CONTEXT_LIST &&
           ((const struct list_view *)view)->window.listing.languages;
}

struct placing {
    struct list_view *list;
    struct app *app;
};

static int64_t
place_of(gpointer data, int64_t article)
{
    const struct placing *placing = data;
    return list_place_of(placing->list, placing->app, article);
}

/* same: it lists what it listed */
static void
load(struct list_view *v, struct app *app, bool same)
{
    const char *folded = is_of_editions(v) ? app_folded(app) : NULL;
    same = same && folded == v->window.listing.languages;
    v->snippet_of = 0;
    v->window.listing.languages = folded;
    (same ? window_reload : window_load)(&v->window, v->base.scroll.cursor);
    v->base.scroll.count = v->window.count;
    scroller_go(&v->base.scroll, v->base.scroll.cursor);
    if (v->window.count)
        selection_follow(&v->selection, v->window.count - 1, place_of, &(struct placing){v, app});
    count_unread(v);
    v->hides = hides_all(&v->window);
    if (v->window.error)
        app_show_error(app, "%s", v->window.error);
}

void
list_load(struct list_view *v, struct app *app)
{
    load(v, app, false);
}

int64_t
list_place_of(struct list_view *v, struct app *app, int64_t article)
{
    int64_t place = window_place(&v->window, article);
    if (place >= 0 || !v->window.listing.languages)
        return place;
    g_autoptr(GArray) others = edition_groups_others(app->session->store, article);
    for (guint i = 0; place < 0 && i < others->len; i++)
        place = window_place(&v->window, g_array_index(others, int64_t, i));
    return place;
}

int64_t
list_left(const struct view *view)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = view->ops->context == CONTEXT_LIST && v->moved
                                        ? window_row(&v->window, view->scroll.cursor)
                                        : NULL;
    return row && row->id == v->moved && v->window.listing.sort == LISTING_UNREAD ? v->left : -1;
}

/*
 * Which row is shown first when the cursor is at `now`: that which was first, `top`, if the cursor
 * is in sight then, else the one that leaves the cursor where it is on the screen.
 */
static int64_t
top_of(struct list_view *v, struct app *app, int64_t top, int64_t now, int64_t offset)
{
    int64_t place = top ? list_place_of(v, app, top) : -1;
    bool seen = place >= 0 && place <= now && now - place < v->base.scroll.height;
    return seen ? place : MAX(now - offset, 0);
}

void
list_reload(struct view *view, struct app *app)
{
    struct list_view *v = (struct list_view *)view;
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    int64_t id = row ? row->id : 0, offset = v->base.scroll.cursor - v->base.scroll.top;
    int64_t before = v->base.scroll.cursor;
    bool was_unread = row && row->unread;
    row = window_row(&v->window, v->base.scroll.top);
    int64_t top = row ? row->id : 0;
    if (v->window.listing.unread_only)
        window_keep(&v->window);
    load(v, app, true);
    int64_t now = id ? list_place_of(v, app, id) : -1; /* what stands where it stood may be far */
    if (now < 0 || now == v->base.scroll.cursor)
        return;
    v->base.scroll.cursor = now;
    v->base.scroll.top = top_of(v, app, top, now, offset);
    row = window_row(&v->window, now);
    if (was_unread && row && !row->unread && v->window.listing.sort == LISTING_UNREAD) {
        v->moved = id;
        v->left = before;
    } else if (v->moved == id) { /* others have come above it */
        v->left = CLAMP(v->left + now - before, 0, v->window.count);
    }
}

/* What is selected stays the same articles when other rows come to stand there. */
static void
hold_selection(struct list_view *v)
{
    selection_close_range(&v->selection, &v->window, v->base.scroll.cursor);
}

/* False and error when the filter is wrong: what is listed stays. */
static bool
set_filter(struct list_view *v, struct app *app, const char *filter, GError **error)
{
    g_autofree char *text = v->fixed && filter ? g_strdup_printf("(%s) %s", v->fixed, filter)
                                               : g_strdup(filter ? filter : v->fixed);
    struct query *query = text ? query_parse(text, clock_now(), error) : NULL;
    if (text && !query)
        return false;
    hold_selection(v);
    if (v->query)
        query_free(v->query);
    v->query = query;
    v->window.listing.query = query;
    g_autofree char *copy = g_strdup(filter);
    g_free(v->filter);
    v->filter = g_steal_pointer(&copy);
    v->window.count_limit = 0; /* of other rows */
    v->base.scroll.cursor = v->base.scroll.top = 0;
    list_load(v, app);
    return true;
}

bool
list_set_filter(struct list_view *v, struct app *app, const char *filter, bool show_error)
{
    g_autoptr(GError) error = NULL;
    bool set = set_filter(v, app, filter, &error);
    if (!set && show_error)
        app_show_error(app, "%s", error->message);
    return set;
}

/* The number of the article under the cursor; 0: there is none. */
static int64_t
current(struct list_view *v)
{
    const struct article_row *row = window_row(&v->window, v->base.scroll.cursor);
    return row ? row->id : 0;
}

/* Puts the cursor on an article, if it is listed, else on the first one. */
static void
go_to(struct list_view *v, struct app *app, int64_t article)
{
    int64_t place = article ? list_place_of(v, app, article) : -1;
    scroller_go(&v->base.scroll, MAX(place, 0));
}

static void
filter_change(struct app *app, struct view *view, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&app->message, g_free); /* of what was typed before */
    if (!set_filter((struct list_view *)view, app, text_is_blank(text) ? NULL : text, &error))
        app_refuse(app, "%s", error->message);
}

static void
filter_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)data;
    struct list_view *v = (struct list_view *)view;
    const char *filter = text_is_blank(text) ? NULL : text;
    g_autoptr(GError) error = NULL;
    if ((g_strcmp0(v->filter, filter) || (filter && !v->query)) &&
        !set_filter(v, app, filter, &error)) {
        app_refuse_answer(app, error->message);
        return;
    }
    list_count_soon(v);
    if (!filter)
        go_to(v, app, v->filter_at);
}

static void
filter_cancel(struct app *app, struct view *view)
{
    struct list_view *v = (struct list_view *)view;
    g_clear_pointer(&app->message, g_free); /* of what is not asked for any more */
    if (g_strcmp0(v->filter, v->filter_before))
        list_set_filter(v, app, v->filter_before, false);
    go_to(v, app, v->filter_at);
}

static void
ask_filter(struct list_view *v, struct app *app)
{
    g_free(v->filter_before);
    v->filter_before = g_strdup(v->filter);
    v->filter_at = current(v);
    prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_FILTER,
                                                       .label = _("Filter: "),
                                                       .text = v->filter,
                                                       .view = &v->base,
                                                       .done = filter_done,
                                                       .change = filter_change,
                                                       .complete = query_complete,
                                                       .cancel = filter_cancel});
}

static void
clear_filter(struct list_view *v, struct app *app)
{
    if (v->search || (!v->filter && !v->window.listing.unread_only)) {
        app_say(app, _("this list has no filter"));
        return;
    }
    int64_t article = current(v);
    hold_selection(v);
    v->window.listing.unread_only = false;
    window_keep_none(&v->window);
    list_set_filter(v, app, NULL, true);
    go_to(v, app, article);
}

/* The article to go to when what is read is hidden: the unread one that is next, else the last. */
static int64_t
next_unread(struct list_view *v)
{
    int64_t cursor = v->base.scroll.cursor, place = window_find_unread(&v->window, cursor, 1);
    if (place < 0)
        place = window_find_unread(&v->window, cursor, -1);
    const struct article_row *row = window_row(&v->window, place);
    return row ? row->id : 0;
}

static void
hide_read(struct list_view *v, struct app *app)
{
    bool hide = !v->window.listing.unread_only;
    hold_selection(v);
    window_keep_none(&v->window);
    list_reload(&v->base, app);
    int64_t article = current(v), next = hide && article ? next_unread(v) : 0;
    v->window.listing.unread_only = hide;
    window_keep_none(&v->window);
    list_load(v, app);
    go_to(v, app, article && list_place_of(v, app, article) >= 0 ? article : next);
    app_say(app, hide ? _("what is read is hidden; {hide-read} shows it again")
                      : _("what is read is shown again"));
}

/*
 * The cursor stays on its article, where it is soon known where that stands now; at the beginning
 * it stays there, for who wants to see what comes first.  Who has the list read out hears another
 * order from its beginning on.
 */
static void
put_in_order(struct list_view *v, struct app *app, enum listing_sort sort)
{
    bool stays = v->base.scroll.cursor && !(app->plain && sort != v->window.listing.sort);
    int64_t article = stays ? current(v) : 0;
    hold_selection(v);
    v->window.listing.sort = sort;
    g_ptr_array_set_size(v->window.rows, 0); /* in another order */
    v->base.scroll.cursor = v->base.scroll.top = 0;
    list_load(v, app);
    int64_t place = article ? window_reach(&v->window, article) : -1;
    if (place > 0)
        scroller_go(&v->base.scroll, place);
}

static void
sort_by(struct list_view *v, struct app *app, enum listing_sort sort)
{
    if (!v->search)
        app->state->sort = (int)sort; /* of lists that are opened later, too */
    put_in_order(v, app, sort);
}

/* What fits best is known of a search alone: other lists are of whatever is there. */
static void
sort_by_rank(struct list_view *v, struct app *app)
{
    if (!v->search) {
        app_say(app, _("only what a search found can be sorted by how well it fits"));
        return;
    }
    sort_by(v, app, LISTING_RELEVANCE);
    app_say(app, _("what fits best first"));
}

void
list_sort(struct view *view, struct app *app, enum listing_sort sort)
{
    struct list_view *v = (struct list_view *)view;
    if (view->ops->context == CONTEXT_LIST && !v->search)
        put_in_order(v, app, sort);
}

/* A query for what this list shows: its scope and its filter. */
static char *
own_query(const struct list_view *v)
{
    const struct listing *l = &v->window.listing;
    GString *text = g_string_new(NULL);
    if (l->source)
        g_string_append_printf(text, "source:%" G_GINT64_FORMAT " ", l->source);
    if (l->portal)
        g_string_append_printf(text, "portal:%s ", l->portal);
    if (l->edition)
        g_string_append_printf(text, "lang:%s ", l->edition);
    if (l->starred_only)
        g_string_append(text, "is:starred ");
    if (l->unread_only)
        g_string_append(text, "is:unread ");
    if (v->fixed)
        g_string_append_printf(text, "(%s) ", v->fixed);
    if (v->filter)
        g_string_append_printf(text, "(%s) ", v->filter);
    return g_strchomp(g_string_free(text, FALSE));
}

static void
save_query_done(struct app *app, struct view *view, const char *text, gpointer data)
{
    (void)data;
    g_autofree char *own = own_query((const struct list_view *)view),
                    *query = query_of_addresses(app->session->store, own),
                    *title = urls_query_title(text);
    g_autoptr(GError) error = NULL;
    if (text_is_blank(text))
        return;
    if (!outside_save_query(app->session->context->config_dir, text, query, &error)) {
        app_refuse_answer(app, error->message);
        return;
    }
    if (!session_reload(app->session, &error))
        app_show_error(app, "%s", error->message);
    else if (strchr(text, ':'))
        app_say(app, _("kept among the sections: %s (a name has no colon)"), title);
    else
        app_say(app, _("kept among the sections: %s"), title);
    app_reload(app);
}

static void
save_query(struct list_view *v, struct app *app)
{
    g_autofree char *query = own_query(v),
                    *proposed = v->filter ? urls_query_title(v->filter) : NULL;
    if (*query)
        prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_NAME,
                                                           .label = _("Keep this query as: "),
                                                           .text = proposed,
                                                           .view = &v->base,
                                                           .done = save_query_done});
    else
        app_say(app, _("filter the list first; then its query can be kept"));
}

static void
show_source(struct list_view *v, struct app *app, const struct source *source)
{
    v->window.listing.source = source->id;
    g_free(v->title);
    g_free(v->portal);
    g_free(v->edition);
    v->title = g_strdup(source->name);
    v->portal = g_strdup(source->portal);
    v->edition = g_strdup(source->edition);
    v->base.scroll.cursor = v->base.scroll.top = 0;
    v->base.opened_for = 0; /* no longer what the cursor to the left is on */
    selection_clear(&v->selection);
    list_set_filter(v, app, NULL, true);
}

/* The list of a source so far behind or before this one in the order of `urls`, or the last. */
static void
other_source(struct list_view *v, struct app *app, int step)
{
    for (guint i = 0; v->window.listing.source && i < app_sources(app)->len; i++) {
        if (((const struct source *)g_ptr_array_index(app_sources(app), i))->id !=
            v->window.listing.source)
            continue;
        gint64 to = CLAMP((gint64)i + step, 0, (gint64)app_sources(app)->len - 1);
        if (to != i)
            show_source(v, app, g_ptr_array_index(app_sources(app), to));
        else
            app_say(app, step > 0 ? _("this is the last source") : _("this is the first source"));
        return;
    }
    app_say(app, _("this list is of no single source"));
}

bool
list_next_unread_source(struct list_view *v, struct app *app)
{
    guint own = 0;
    while (own < app_sources(app)->len &&
           ((const struct source *)g_ptr_array_index(app_sources(app), own))->id !=
               v->window.listing.source)
        own++;
    if (!v->window.listing.source || own == app_sources(app)->len || v->filter)
        return false;
    for (guint n = 1; n < app_sources(app)->len; n++) {
        const struct source *s =
            g_ptr_array_index(app_sources(app), (own + n) % app_sources(app)->len);
        if (s->unread <= 0)
            continue;
        show_source(v, app, s);
        app_say(app, _("the next source: %s"), v->title);
        return true;
    }
    return false;
}

bool
list_has_other_edition(const struct list_view *v, const struct app *app)
{
    for (guint i = 0; v->portal && i < app->sources->len; i++) {
        const struct source *s = g_ptr_array_index(app->sources, i);
        if (!g_strcmp0(s->portal, v->portal) && g_strcmp0(s->edition, v->edition))
            return true;
    }
    return false;
}

/* Whether a portal, of which one edition is subscribed to, has others. */
static bool
has_more_editions(const struct app *app, const char *portal)
{
    const GPtrArray *portals = app->session->urls->portals;
    for (guint i = 0; portal && i < portals->len; i++) {
        const struct portal *p = g_ptr_array_index(portals, i);
        if (g_str_equal(p->id, portal))
            return p->editions->len > 1;
    }
    return false;
}

/* The same section, else the first one, of the portal's next edition. */
static void
next_edition(struct list_view *v, struct app *app)
{
    g_autoptr(GPtrArray) editions = counterpart_editions(app_sources(app), v->portal);
    guint behind = 0;
    for (guint i = 0; i < editions->len; i++)
        if (!g_strcmp0(((const struct source *)g_ptr_array_index(editions, i))->edition,
                       v->edition))
            behind = (i + 1) % editions->len;
    const struct source *next = editions->len ? g_ptr_array_index(editions, behind) : NULL;
    if (next && !g_strcmp0(next->edition, v->edition))
        next = NULL;
    const char *section = NULL;
    for (guint i = 0; next && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (s->id == v->window.listing.source)
            section = s->section;
    }
    for (guint i = 0; next && section && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (!g_strcmp0(s->portal, v->portal) && !g_strcmp0(s->edition, next->edition) &&
            !g_strcmp0(s->section, section))
            next = s;
    }
    if (!next) {
        app_say(app, has_more_editions(app, v->portal)
                         ? _("you are subscribed to this edition alone; {add} subscribes to others")
                         : _("this list has no other language"));
    } else if (v->window.listing.source) {
        show_source(v, app, next);
    } else {
        g_free(v->edition);
        v->edition = g_strdup(next->edition);
        v->window.listing.edition = v->edition;
        g_free(v->title);
        v->base.opened_for = 0; /* as above */
        v->title = app_edition_title(app, next);
        selection_clear(&v->selection);
        list_set_filter(v, app, NULL, true);
    }
}

static unsigned
fold_editions(struct list_view *v, struct app *app)
{
    if (!is_of_editions(v)) {
        app_say(app, _("this list is of one edition"));
        return VIEW_DONE;
    }
    hold_selection(v);
    app->folds = !app->folds;
    app_say(app, app->folds
                     ? _("an article in several languages is one row; {fold-editions} shows each")
                     : _("each edition of an article has its row; {fold-editions} makes them one"));
    return VIEW_DONE | VIEW_CHANGED_STORE;
}

unsigned
list_act_on_query(struct list_view *v, struct app *app, enum action action, int count)
{
    switch (action) {
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        other_source(v, app, action == ACTION_NEXT ? MAX(count, 1) : -MAX(count, 1));
        return VIEW_DONE;
    case ACTION_FILTER:
        ask_filter(v, app);
        return VIEW_DONE;
    case ACTION_CLEAR_FILTER:
        clear_filter(v, app);
        return VIEW_DONE;
    case ACTION_HIDE_READ:
        hide_read(v, app);
        return VIEW_DONE;
    case ACTION_SAVE_QUERY:
        save_query(v, app);
        return VIEW_DONE;
    case ACTION_SORT_DATE:
        sort_by(v, app, LISTING_DATE);
        app_say(app, _("the newest first"));
        return VIEW_DONE;
    case ACTION_SORT_RANK:
        sort_by_rank(v, app);
        return VIEW_DONE;
    case ACTION_SORT_TITLE:
        sort_by(v, app, LISTING_TITLE);
        return VIEW_DONE;
    case ACTION_SORT_SOURCE:
        sort_by(v, app, LISTING_SOURCE);
        return VIEW_DONE;
    case ACTION_SORT_UNREAD:
        sort_by(v, app, LISTING_UNREAD);
        return VIEW_DONE;
    case ACTION_FOLD_EDITIONS:
        return fold_editions(v, app);
    case ACTION_EDITION:
        next_edition(v, app);
        return VIEW_DONE;
    default:
        return 0;
    }
}
