/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first view: its rows (ui/sections-rows.h) drawn, folded, gone through and acted on. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "reader/condition.h"
#include "text/cells.h"
#include "ui/fetching.h"
#include "ui/query-counts.h"
#include "ui/sections-former.h"
#include "ui/sections-names.h"
#include "ui/sections-rows.h"
#include "ui/source-actions.h"
#include "ui/views.h"

/* ms that a query is counted at most: on a screen a key ends it, lines wait for it */
#define COUNT_PATIENCE 1000
#define COUNT_SOON     100

struct sections_view {
    struct view base;
    GPtrArray *rows;
    struct query_counts *counts;
    int named; /* the width for which the rows have their names, or 0 */
};

static const struct section_row *
current(const struct sections_view *v)
{
    return v->rows->len ? g_ptr_array_index(v->rows, v->base.scroll.cursor) : NULL;
}

/* Where the row with a number is; -1: nowhere. */
static int64_t
place_of(const struct sections_view *v, int64_t number)
{
    for (guint i = 0; number && i < v->rows->len; i++)
        if (section_row_number(g_ptr_array_index(v->rows, i)) == number)
            return i;
    return -1;
}

/* The query of a row that is counted while nothing else is to be done; borrowed, or NULL. */
static const char *
counted_query(const struct section_row *row)
{
    return row->kind == SECTION_QUERY     ? row->query
           : row->kind == SECTION_STARRED ? "is:starred"
                                          : NULL;
}

static void
take_unread(const struct sections_view *v, struct section_row *row)
{
    int64_t count = query_counts_of(v->counts, counted_query(row), true, &row->more);
    row->counted = count >= 0;
    row->unread = MAX(count, 0);
}

/* A number below that of what is unread is of an earlier moment, or of a shorter look. */
static void
take_total(const struct sections_view *v, struct section_row *row)
{
    int64_t count = query_counts_of(v->counts, counted_query(row), false, &row->total_more);
    row->total = row->counted && count >= row->unread ? count : -1;
}

/* What is known of the queries; of all of them what is unread is counted first. */
static void
take_counts(struct sections_view *v)
{
    for (guint i = 0; i < v->rows->len; i++)
        if (counted_query(g_ptr_array_index(v->rows, i)))
            take_unread(v, g_ptr_array_index(v->rows, i));
    for (guint i = 0; i < v->rows->len; i++)
        if (counted_query(g_ptr_array_index(v->rows, i)))
            take_total(v, g_ptr_array_index(v->rows, i));
    v->named = 0;
}

static void
load(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct section_row *on = current(v);
    int64_t own = on ? section_row_number(on) : 0;
    GPtrArray *rows = sections_rows(app, own);
    g_ptr_array_unref(v->rows);
    v->rows = rows;
    query_counts_renew(v->counts);
    take_counts(v);
    query_counts_keep_asked(v->counts);
    /* of a source with several tags there are several */
    bool there = view->scroll.cursor < v->rows->len &&
                 section_row_number(g_ptr_array_index(v->rows, view->scroll.cursor)) == own;
    int64_t now = there ? view->scroll.cursor : place_of(v, own);
    view->scroll.count = v->rows->len;
    scroller_go(&view->scroll, now >= 0 ? now : view->scroll.cursor);
}

static void
draw_row(const struct sections_view *v, const struct section_row *row, const struct app *app,
         struct grid *grid, const struct area *area, int y)
{
    g_autofree char *counts = section_row_counts(row, area->width);
    int counts_width = cells_width(counts, -1), x = section_row_indent(row);
    enum style style = row->fold ? STYLE_HEADING : row->unread > 0 ? STYLE_UNREAD : STYLE_NORMAL;
    if (row->failed)
        grid_put(grid, area->x, y, app_sign(app, "✗", "!"), 1, STYLE_ERROR);
    else if (row->warned)
        grid_put(grid, area->x, y, "!", 1, STYLE_DIM);
    else if (row->folded)
        grid_put(grid, area->x, y, app_sign(app, "▸", "+"), 1, STYLE_DIM);
    grid_put(grid, area->x + x, y, row->name, area->width - x, style);
    if (v->base.find)
        grid_restyle_matches(grid, area->x + x, y, row->name, v->base.find, STYLE_MATCH);
    grid_put(grid, area->x + area->width - 1 - counts_width, y, counts, counts_width,
             row->unread > 0 ? STYLE_UNREAD : STYLE_DIM);
}

static void
lay_out(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    if (v->named != view->area.width) {
        sections_name_rows(v->rows, app, view->area.width);
        v->named = view->area.width;
    }
    scroller_fit(&view->scroll, view->area.height);
}

static char *
text_of_nothing(const struct app *app)
{
    if (app->session->urls->problems->len)
        return keymap_text(
            app->keymap, CONTEXT_SECTIONS,
            _("No line of urls can be used: {errors} tells why. {add} chooses a portal or takes an address."));
    return keymap_text(
        app->keymap, CONTEXT_SECTIONS,
        _("Nothing is subscribed to yet. {add} chooses a portal or takes an address; {help} helps."));
}

static void
draw(const struct view *view, const struct app *app, struct grid *grid, bool focused)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct area *area = &view->area;
    if (!v->rows->len) {
        int left, width;
        app_measure(app, area, &left, &width);
        g_autofree char *text = text_of_nothing(app);
        grid_put_paragraph(grid, left, area->y + (area->height > 2), width, area->y + area->height,
                           text, STYLE_NORMAL);
        return;
    }
    for (int i = 0; i < scroller_shown(&view->scroll); i++) {
        const struct section_row *row = g_ptr_array_index(v->rows, view->scroll.top + i);
        int y = area->y + i;
        draw_row(v, row, app, grid, area, y);
        if (view->scroll.top + i != view->scroll.cursor)
            continue;
        grid_set_off(grid, area->x, y, area->width, focused ? STYLE_FOCUS : STYLE_SELECTED);
        if (focused) {
            grid->cursor_x = area->x + section_row_indent(row);
            grid->cursor_y = y;
        }
    }
}

static int64_t
target(struct view *view, struct target *target)
{
    const struct section_row *row = current((const struct sections_view *)view);
    if (!row)
        return 0;
    bool edition = row->kind == SECTION_EDITION;
    if (target)
        *target = (struct target){.kind = TARGET_LIST,
                                  .scope = {.source = row->source,
                                            .portal = edition ? row->portal : NULL,
                                            .edition = edition ? row->edition : NULL,
                                            .sources = row->sources,
                                            .query = row->query,
                                            .starred = row->kind == SECTION_STARRED,
                                            .title = row->text}};
    return section_row_number(row);
}

/* The sources of an edition or a tag, or the one that a row is. */
static bool
is_of_row(const struct section_row *row, const struct source *s)
{
    if (row->kind == SECTION_EDITION)
        return !g_strcmp0(s->portal, row->portal) && !g_strcmp0(s->edition, row->edition);
    for (guint i = 0; row->sources && i < row->sources->len; i++)
        if (g_array_index(row->sources, int64_t, i) == s->id)
            return true;
    return row->source && s->id == row->source;
}

static void
ask_remove_edition(const struct section_row *row, struct app *app)
{
    g_autoptr(GPtrArray) urls = g_ptr_array_new();
    for (guint i = 0; i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (is_of_row(row, s))
            g_ptr_array_add(urls, s->url);
    }
    g_autofree char *label =
        g_strdup_printf(ngettext("Unsubscribe from the %u section of %s? (y/n) ",
                                 "Unsubscribe from the %u sections of %s? (y/n) ", urls->len),
                        urls->len, row->text);
    g_ptr_array_add(urls, NULL);
    source_action_ask_remove(app, label, row->text, row->text, (char **)urls->pdata);
}

/* A section says whose it is: several portals and editions have a "News". */
static char *
name_of(const struct section_row *row)
{
    /* TRANSLATORS: a section, and the portal and edition to which it belongs */
    return row->of ? g_strdup_printf(_("%s, of %s"), row->text, row->of) : g_strdup(row->text);
}

/* A row to who listens: a tag is called one, and what stands under it says so. */
static char *
spoken_name(const struct section_row *row)
{
    const struct section_row *tag = row->kind == SECTION_TAG                        ? row
                                    : row->group && row->group->kind == SECTION_TAG ? row->group
                                                                                    : NULL;
    if (!tag || !sections_is_tag(tag))
        return name_of(row);
    return row == tag ? g_strdup_printf(_("tag %s"), tag->text)
                      : g_strdup_printf(_("%s, tagged %s"), row->text, tag->text);
}

static void
ask_remove(const struct sections_view *v, struct app *app)
{
    const struct section_row *row = current(v);
    if (!row) {
        app_say(app, _("there is no source here to unsubscribe from"));
        return;
    }
    switch (row->kind) {
    case SECTION_FORMER:
        sections_former_ask_delete(app);
        return;
    case SECTION_EDITION:
        ask_remove_edition(row, app);
        return;
    case SECTION_TAG:
        app_say(app, _("a tag is no subscription: its sources can be removed one by one"));
        return;
    case SECTION_ALL:
    case SECTION_STARRED:
        app_say(app, _("this row is no subscription: it cannot be removed"));
        return;
    case SECTION_QUERY:
    case SECTION_SOURCE:
        break;
    }
    if (!row->url) {
        app_say(app, _("this row comes from the setting near.addresses"));
        return;
    }
    if (g_str_has_prefix(row->url, SECTIONS_TAGGED)) {
        app_say(app, _("this row is of articles with a tag, which {tag} takes away from them"));
        return;
    }
    g_autofree char *name = name_of(row);
    g_autofree char *label = g_strdup_printf(row->kind == SECTION_QUERY
                                                 ? _("Remove the saved query %s? (y/n) ")
                                                 : _("Unsubscribe from %s? (y/n) "),
                                             name);
    source_action_ask_remove(app, label, name, NULL, (char *[]){row->url, NULL});
}

/* What the list of a row has; the query is the caller's. */
static struct listing
listing_of(const struct section_row *row, const struct query *query)
{
    return (struct listing){.query = query,
                            .source = row->source,
                            .sources = row->sources,
                            .starred_only = row->kind == SECTION_STARRED,
                            .portal = row->kind == SECTION_EDITION ? row->portal : NULL,
                            .edition = row->kind == SECTION_EDITION ? row->edition : NULL};
}

/* What a row is of: all of its sources, or where any may bring something, all that there are. */
static void
fetch_row(const struct section_row *row, struct app *app)
{
    if (!row) {
        fetching_ask_all(app);
    } else if (row->kind == SECTION_FORMER) {
        app_say(app, _("there is no source here that could be fetched"));
    } else {
        AUTO(query_free)
        struct query *query = row->query ? query_parse(row->query, clock_now(), NULL) : NULL;
        struct listing listing = listing_of(row, query);
        fetching_ask_listing(app, &listing);
    }
}

static void
browse_row(const struct section_row *row, struct app *app)
{
    for (guint i = 0; row && i < app_sources(app)->len; i++) {
        const struct source *s = g_ptr_array_index(app_sources(app), i);
        if (row->kind == SECTION_EDITION && is_of_row(row, s)) {
            source_action_browse_site(app, s->id);
            return;
        }
    }
    source_action_browse(app, row ? row->source : 0);
}

static void
mark_all(const struct sections_view *v, struct app *app)
{
    const struct section_row *row = current(v);
    if (!row) {
        app_say(app, _("there is no article here"));
        return;
    }
    g_autoptr(GError) error = NULL;
    AUTO(query_free)
    struct query *query = row->query ? query_parse(row->query, clock_now(), &error) : NULL;
    if (error) {
        app_show_error(app, "%s", error->message);
        return;
    }
    struct listing listing = listing_of(row, query);
    listing.languages = listing.source || listing.edition ? NULL
                                                          : app_folded(app); /* as its list */
    app_mark_listing(app, &listing);
}

static int64_t
idle_due(const struct view *view)
{
    return query_counts_due(((const struct sections_view *)view)->counts);
}

static void
idle(struct view *view, struct app *app, bool (*interrupt)(gpointer data), gpointer data)
{
    struct sections_view *v = (struct sections_view *)view;
    query_counts_go_on(v->counts, app, COUNT_PATIENCE, interrupt, data);
    take_counts(v);
}

static const char *
text_at(const void *data, int64_t place)
{
    const struct sections_view *v = data;
    return ((const struct section_row *)g_ptr_array_index(v->rows, place))->text;
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
        if (((const struct section_row *)g_ptr_array_index(v->rows, i))->unread > 0)
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
        app_say_no_unread(app, -1, unread_row(v, v->base.scroll.cursor + 1, 1) < 0 ? 0 : -1);
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
    const struct section_row *row = current(v), *group = row && row->group ? row->group : row;
    if (!group || !group->fold) {
        app_say(app, _("only groups of sources can be folded"));
        return;
    }
    int64_t number = section_row_number(group);
    if (!g_hash_table_remove(app->state->folded, group->fold))
        g_hash_table_add(app->state->folded, g_strdup(group->fold));
    v->base.scroll.cursor = MAX(place_of(v, number), 0);
    load(&v->base, app);
    const struct section_row *now = current(v);
    if (app->plain && now)
        app_say(app, now->folded ? _("folded: %s") : _("unfolded: %s"), now->text);
}

static void
hide_read(struct sections_view *v, struct app *app)
{
    app->state->hide_read = !app->state->hide_read;
    load(&v->base, app);
    app_say(app, app->state->hide_read ? _("what is read is hidden; {hide-read} shows it again")
                                       : _("what is read is shown again"));
}

static void
group_by_tag(struct sections_view *v, struct app *app)
{
    if (!app->state->by_tag && !sections_any_tag(app)) {
        app_say(
            app,
            _("nothing has a tag yet: {tag} tags an article; that of a source stands behind its address in urls"));
        return;
    }
    app->state->by_tag = !app->state->by_tag;
    load(&v->base, app);
    app_say(app, app->state->by_tag ? _("by tag; {group} shows portals and editions again")
                                    : _("by portal and edition"));
}

static unsigned
act(struct view *view, struct app *app, enum action action, int count)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct section_row *row = current(v);
    switch (action) {
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        scroller_move(&view->scroll, action == ACTION_NEXT ? ACTION_DOWN : ACTION_UP, count);
        return VIEW_DONE;
    case ACTION_PAGE_DOWN:
        return is_all_seen(view, app) && read_on(v, app) ? VIEW_DONE : 0;
    case ACTION_NEXT_UNREAD:
        if (!read_on(v, app))
            app_say_no_unread(app, 1, 0);
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
    case ACTION_BROWSER:
        browse_row(row, app);
        return VIEW_DONE;
    case ACTION_FETCH:
        fetch_row(row, app);
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

/* Where the first row of a source, or that of its group, is; -1: nowhere. */
static int64_t
place_of_source(const struct sections_view *v, const struct source *s, const char *url, bool group)
{
    for (guint i = 0; i < v->rows->len; i++) {
        const struct section_row *row = g_ptr_array_index(v->rows, i);
        if (group ? row->fold && s && is_of_row(row, s) : !g_strcmp0(row->url, url))
            return i;
    }
    return -1;
}

void
sections_go_to(struct view *view, struct app *app, const char *url, bool group)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct source *s = NULL;
    app_refresh(app, view);
    for (guint i = 0; !s && i < app_sources(app)->len; i++) {
        const struct source *one = g_ptr_array_index(app_sources(app), i);
        s = g_str_equal(one->url, url) ? one : NULL;
    }
    int64_t place = place_of_source(v, s, url, group);
    if (place < 0)
        place = place_of_source(v, s, url, !group);
    if (place >= 0)
        scroller_go(&view->scroll, place);
}

void
sections_go_to_former(struct view *view, struct app *app, int64_t article)
{
    const struct sections_view *v = (const struct sections_view *)view;
    AUTO(article_row_free)
    struct article_row *row = listing_article(app->session->store, article, NULL);
    if (!row || source_action_find(app, row->source))
        return;
    app_refresh(app, view);
    for (guint i = 0; i < v->rows->len; i++)
        if (((const struct section_row *)g_ptr_array_index(v->rows, i))->kind == SECTION_FORMER)
            scroller_go(&view->scroll, i);
}

static bool
offers(const struct view *view, const struct app *app, enum action action)
{
    (void)app;
    return action == ACTION_NEXT_UNREAD &&
           unread_row((const struct sections_view *)view, 0, 1) >= 0;
}

static void
describe(const struct view *view, const struct app *app, struct view_info *info)
{
    const struct sections_view *v = (const struct sections_view *)view;
    const struct section_row *all = v->rows->len ? g_ptr_array_index(v->rows, 0) : NULL,
                             *row = current(v);
    const char *arrow = app->plain ? _(", ") : app_sign(app, " › ", " > ");
    bool hides = app->state->hide_read; /* which it does after a restart, too */
    info->title = g_strdup_printf("%s%s%s", _("crier: municipal news"), hides ? arrow : "",
                                  hides ? _("unread only") : "");
    if (all && all->kind == SECTION_ALL)
        info->position = g_strdup_printf(_("%ld unread"), (long)all->unread);
    info->portal = row ? row->portal : NULL;
    info->edition = row ? row->edition : NULL;
}

static void
to_text(struct view *view, struct app *app, GString *out)
{
    const struct sections_view *v = (const struct sections_view *)view;
    g_autofree char *text = v->rows->len ? NULL : text_of_nothing(app);
    if (text)
        g_string_append_printf(out, "%s\n", text);
}

/* Whether the host of a source wants no request yet. */
static bool
waits(struct app *app, const struct section_row *row)
{
    int64_t now = clock_now();
    const struct source *source = source_action_find(app, row->source);
    g_autoptr(GHashTable) hosts = source ? sources_waiting_hosts(app->session->store, now, NULL)
                                         : NULL;
    return hosts &&
           source_waits_until(source, urls_find(app->session->urls, source->url), hosts, now);
}

/* Who listens hears of a row once: what is not known by then is not said. */
static void
count_soon(struct sections_view *v, struct app *app)
{
    /* nothing interrupts it, so each is counted once */
    while (query_counts_due(v->counts) != G_MAXINT64)
        query_counts_go_on(v->counts, app, COUNT_SOON, NULL, NULL);
    take_counts(v);
}

static void
append_counts(const struct section_row *row, GString *out)
{
    long unread = (long)row->unread, total = (long)row->total;
    if (row->counted && (row->more || total < 0))
        g_string_append_printf(out, row->more ? _(": more than %ld unread") : _(": %ld unread"),
                               unread);
    else if (total >= 0)
        g_string_append_printf(
            out, row->total_more ? _(": %ld unread of more than %ld") : _(": %ld unread of %ld"),
            unread, total);
}

static void
row_to_text(struct view *view, struct app *app, int64_t place, GString *out)
{
    struct sections_view *v = (struct sections_view *)view;
    const struct section_row *row = g_ptr_array_index(v->rows, place);
    g_autofree char *name = spoken_name(row);
    g_string_append(out, name);
    if (counted_query(row))
        count_soon(v, app);
    append_counts(row, out);
    if (row->failed)
        g_string_append_printf(out, "%s%s", _(", "), _("failed"));
    else if (row->warned)
        g_string_append_printf(out, "%s%s", _(", "), _("with warnings"));
    else if (waits(app, row))
        g_string_append_printf(out, "%s%s", _(", "), condition_text(SOURCE_WAITING));
    if (row->folded) /* TRANSLATORS: of a group of rows: those in it are not shown */
        g_string_append_printf(out, "%s%s", _(", "), C_("a group", "folded"));
}

static void
free_view(struct view *view, struct app *app)
{
    struct sections_view *v = (struct sections_view *)view;
    (void)app;
    g_ptr_array_unref(v->rows);
    query_counts_free(v->counts);
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
        .offers = offers,
        .find = find,
        .idle_due = idle_due,
        .idle = idle,
    };
    struct sections_view *v = g_new0(struct sections_view, 1);
    v->base.ops = &ops;
    v->rows = g_ptr_array_new(); /* which load() replaces */
    v->counts = query_counts_new();
    load(&v->base, app);
    return &v->base;
}
