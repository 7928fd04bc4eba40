/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chooses which of the groups of rows that repeat (portal/list-groups.h) is the list of a page.
 *
 * The rows of each group are read (portal/row.c), and the group scores by what distinguishes news
 * from a menu: the text of its titles, and above all dates; links of the page's own site count
 * more.  The group with the highest score is the list, of equals the first; what is nearly as good
 * and stands elsewhere is said.
 *
 * Groups without any date are taken only if their titles are long, since menus repeat as well.
 * Lengths are weighed (portal/features.h): a Chinese title of twenty characters weighs 60, an
 * English one of ten words about 50, "Contact us" 9, 首页 6.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "portal/features.h"
#include "portal/file-format.h"
#include "portal/list-groups.h"
#include "portal/list-parts.h"

#include <string.h>

#define MAX_READ 8000 /* rows of all groups */
/* weight of a title that counts: a teaser counts no more than a long title */
#define MAX_TITLE 120

/*
 * What dates are worth beside text.  On 24 list pages whose rows are known, 20 points a date give
 * the same lists as 60, while 0 and 120 lose one of them each; so do 0 points for days in URLs,
 * where 60 do not.
 */
#define DATE_POINTS 60 /* of a row that prints a date: as much as a title */
#define DAY_POINTS  30 /* of one whose URL or title states a day: menus lead to dated pages too */
/*
 * What a group is worth whose titles stand beside its links: a list of headings comes before that
 * of the documents below them.
 */
#define OF_APART 0.9
/* what one is worth whose links lead to pages of other sites: what partners publish */
#define OF_ABROAD 0.3
/* what one is worth without days */
#define OF_UNDATED 0.5
/* mean weight of titles where no row has a date: eight Chinese characters, five words */
#define MIN_UNDATED 24

#define MOST_FILES 12 /* of a meeting, on average: more is a list in a box with a heading */

#define MAX_DAY 40 /* bytes of a title that is a day */

#define NEARLY_ALL   80 /* percent */
#define SIGN_OF_LIST 3  /* rows that are worth a word where no list was found */
/*
 * How near the score of another group must be to be a tie.  On 24 list pages the second group that
 * stands elsewhere has 0.6 of the score and less, but on one that shows two lists (0.94).
 */
#define NEAR_TIE 0.9

/* A group whose rows have been read. */
struct reading {
    const struct list_group *group;
    GPtrArray *parts; /* owned struct row_parts *, of its rows */
    double score;
    guint text;
    /* rows that print a date; rows that print none, but whose URL or title states a day */
    guint dates, days;
    guint links, files;    /* rows with a link; to a document */
    guint foreign, abroad; /* to where people talk; to a page of any other site */
    guint apart;           /* rows whose title stands in no link of theirs */
    guint prose;           /* rows whose link stands within a sentence */
};

static void
parts_free(gpointer data)
{
    row_parts_clear(data);
    g_free(data);
}

static void
reading_free(gpointer data)
{
    struct reading *reading = data;
    g_ptr_array_unref(reading->parts);
    g_free(reading);
}

static const struct row_parts *
part_at(const struct reading *r, guint i)
{
    return g_ptr_array_index(r->parts, i);
}

/* --- reading a group -------------------------------------------------------------------------- */

/*
 * A date without a year on fewer than half of the rows may be anything: a score, a size, a part.
 */
static void
drop_near(struct reading *r)
{
    guint near = 0;
    for (guint i = 0; i < r->parts->len; i++)
        near += part_at(r, i)->near;
    for (guint i = 0; near * 2 < r->parts->len && i < r->parts->len; i++) {
        struct row_parts *parts = g_ptr_array_index(r->parts, i);
        if (!parts->near)
            continue;
        parts->published = (struct date){0};
        parts->dated = parts->near = false;
    }
}

/* Where nearly all rows print a date or speak of a day in their titles, that is the rows' day. */
static void
take_spoken(struct reading *r)
{
    guint dated = 0, spoken = 0;
    for (guint i = 0; i < r->parts->len; i++) {
        dated += part_at(r, i)->dated;
        spoken += part_at(r, i)->spoken.precision != DATE_NONE;
    }
    if ((spoken + dated) * 100 < r->parts->len * NEARLY_ALL)
        return;
    for (guint i = 0; i < r->parts->len; i++) {
        struct row_parts *parts = g_ptr_array_index(r->parts, i);
        if (!parts->dated)
            parts->published = parts->spoken;
    }
}

/* Reads the rows; what one of them says of the order of day and month holds for all. */
static void
read_rows(struct reading *r, struct row_context context)
{
    context.labels = r->group->labels;
    context.values = r->group->values;
    for (int round = 0; round < 2; round++) {
        enum date_order told = DATE_ORDER_OPEN;
        bool near = false;
        g_ptr_array_set_size(r->parts, 0);
        for (guint i = 0; i < r->group->rows->len; i++) {
            struct row_parts *parts = g_new0(struct row_parts, 1);
            row_read(g_ptr_array_index(r->group->rows, i), &context, parts);
            g_ptr_array_add(r->parts, parts);
            near |= parts->near;
            if (told == DATE_ORDER_OPEN)
                told = parts->order;
        }
        enum date_order usual = context.dates.order;
        if (!near || told == DATE_ORDER_OPEN || told == usual ||
            (told == DATE_MONTH_FIRST && usual == DATE_YEAR_FIRST))
            break;
        context.dates.order = told;
    }
    row_settle_titles(r->parts);
    drop_near(r);
    take_spoken(r);
}

/* --- what a group says ------------------------------------------------------------------------ */

/* Whether a link leads to where people talk to each other and no portal publishes. */
static bool
is_social(const char *host)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(&regex,
                   "(?:^|\\.)(?:facebook|twitter|x|instagram|youtube|linkedin|vk|ok|t|telegram|"
                   "whatsapp|pinterest|tiktok|threads|weibo|flickr|vimeo|rutube|dzen|wa)\\."
                   "(?:com|ru|me|net|org)$"),
        host, 0, NULL);
}

/* Whether a title is a day with its year, and neither a month nor a year. */
static bool
is_day(const char *title, const struct date_style *style)
{
    static GRegex *regex;
    struct date date;
    return strlen(title) <= MAX_DAY &&
           g_regex_match(regex_once(&regex, "\\d{1,2}[^\\d(]{1,15}(?:19|20)\\d\\d|"
                                            "(?:19|20)\\d\\d[^\\d(]{1,15}\\d{1,2}"),
                         title, 0, NULL) &&
           date_parse(title, style, &date);
}

/* Whether a host is a site's own, or one of its names: news.town.example of www.town.example. */
static bool
is_of_site(const char *host, const char *own)
{
    const char *site = g_str_has_prefix(own, "www.") ? own + 4 : own;
    const char *other = g_str_has_prefix(host, "www.") ? host + 4 : host;
    return g_str_has_suffix(other, site) || g_str_has_suffix(site, other);
}

static void
count(struct reading *r, const struct page *page, const struct list_options *o)
{
    g_autofree char *own = page->base ? url_host(page->base) : NULL;
    for (guint i = 0; i < r->parts->len; i++) {
        const struct row_parts *p = part_at(r, i);
        struct date day;
        r->text += p->title ? MIN(features_text_weight(p->title, NULL), MAX_TITLE) : 0;
        r->dates += p->dated;
        /* a day that is no day of news, as that of a meeting to come, is one all the same */
        bool named = !p->dated && p->published.precision == DATE_NONE && p->title &&
                     is_day(p->title, &o->dates);
        if (!p->href)
            continue;
        r->days += !p->dated && (named || p->published.precision != DATE_NONE ||
                                 row_url_day(p->href, &o->dates, o->now, &day));
        g_autofree char *format = file_format_of_url(p->href), *url = page_resolve(page, p->href);
        g_autofree char *host = url ? url_host(url) : NULL;
        r->links++;
        r->apart += p->apart;
        r->prose += p->prose;
        r->files += format != NULL;
        r->abroad += host && own && !format && !is_of_site(host, own);
        r->foreign += host && is_social(host) && g_strcmp0(host, own) != 0;
    }
}

/* Whether a group may be a list at all: paragraphs of an article that have links are none. */
static bool
is_likely(const struct reading *r)
{
    if (r->links < 2 || (r->prose * 3 > r->links && r->dates * 2 < r->parts->len))
        return false;
    return r->dates || r->days * 2 > r->parts->len || r->text / r->parts->len >= MIN_UNDATED;
}

static double
score_of(const struct reading *r)
{
    double score = r->text + (double)DATE_POINTS * r->dates + (double)DAY_POINTS * r->days;
    double dated = (double)(r->dates + r->days) / r->parts->len;
    /* rows of one kind have days, or have none; those that have none may be a menu */
    score *= dated >= 0.5 ? dated : (1 - dated) * OF_UNDATED;
    score *= r->apart * 2 > r->links ? OF_APART : 1;
    score = r->group->doubtful ? score / 2 : score;
    score *= r->abroad * 2 > r->links ? OF_ABROAD : 1;
    return r->foreign * 2 > r->links ? score / 10 : score;
}

static GPtrArray *
read_all(const GPtrArray *groups, const struct page *page, const struct row_context *context,
         const struct list_options *o)
{
    GPtrArray *readings = g_ptr_array_new_with_free_func(reading_free);
    guint read = 0;
    for (guint i = 0; i < groups->len; i++) {
        const struct list_group *group = g_ptr_array_index(groups, i);
        if (read + group->rows->len > MAX_READ)
            continue;
        read += group->rows->len;
        struct reading *r = g_new0(struct reading, 1);
        r->group = group;
        r->parts = g_ptr_array_new_with_free_func(parts_free);
        read_rows(r, *context);
        count(r, page, o);
        r->score = is_likely(r) ? score_of(r) : 0;
        g_ptr_array_add(readings, r);
    }
    return readings;
}

/* --- choosing --------------------------------------------------------------------------------- */

/* How many rows of one group stand within those of another, or are the same. */
static guint
rows_within(const struct list_group *inner, const struct list_group *outer)
{
    g_autoptr(GHashTable) around = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < outer->rows->len; i++) {
        const struct row *row = g_ptr_array_index(outer->rows, i);
        g_hash_table_add(around, (gpointer)row->node);
        for (guint n = 0; row->beside && n < row->beside->len; n++)
            g_hash_table_add(around, g_ptr_array_index(row->beside, n));
    }
    guint within = 0;
    for (guint i = 0; i < inner->rows->len; i++) {
        const xmlNode *node = ((const struct row *)g_ptr_array_index(inner->rows, i))->node;
        int depth = 0;
        while (node && depth < 40 && !g_hash_table_contains(around, node)) {
            node = node->parent;
            depth++;
        }
        within += node && depth < 40;
    }
    return within;
}

/*
 * Whether a group is what the documents of meetings are listed under: rows with days, in which
 * nearly all of the other group's rows stand, and these are documents without.
 */
static bool
is_around_files(const struct reading *outer, const struct reading *inner)
{
    guint rows = inner->parts->len;
    return outer->score > 0 && outer->dates * 100 >= outer->parts->len * NEARLY_ALL &&
           outer->parts->len >= SIGN_OF_LIST && rows * 2 >= outer->parts->len * 3 &&
           rows <= outer->parts->len * MOST_FILES && inner->files * 4 >= inner->links &&
           (inner->dates * 2 < rows || inner->files * 100 >= inner->links * NEARLY_ALL) &&
           rows_within(inner->group, outer->group) * 100 >= rows * NEARLY_ALL;
}

static const struct reading *
best_of(const GPtrArray *readings)
{
    const struct reading *best = NULL;
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *r = g_ptr_array_index(readings, i);
        if (r->score > (best ? best->score : 0))
            best = r;
    }
    for (guint i = 0; best && i < readings->len; i++) {
        const struct reading *r = g_ptr_array_index(readings, i);
        if (r != best && r->group->headed && is_around_files(r, best))
            return r;
    }
    return best;
}

/* --- what is said of the choice --------------------------------------------------------------- */

/* Whether two groups stand in one another, or have rows in common. */
static bool
are_entangled(const struct reading *a, const struct reading *b)
{
    return rows_within(a->group, b->group) || rows_within(b->group, a->group);
}

/* The group elsewhere on the page that is nearly as good as the one that was taken, or NULL. */
static const struct reading *
rival_of(const struct reading *best, const GPtrArray *readings)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *r = g_ptr_array_index(readings, i);
        if (r != best && r->score >= best->score * NEAR_TIE && !are_entangled(r, best))
            return r;
    }
    return NULL;
}

/* Whether a row's link leads up, to a page below which this one or nearly all rows are. */
static bool
leads_up(const struct reading *r, guint at, const struct page *page)
{
    g_autofree char *up = page_resolve(page, part_at(r, at)->href);
    if (!up || !g_str_has_suffix(up, "/"))
        return false;
    guint below = 0;
    for (guint i = 0; i < r->parts->len; i++) {
        g_autofree char *url = part_at(r, i)->href ? page_resolve(page, part_at(r, i)->href) : NULL;
        below += url && i != at && g_str_has_prefix(url, up);
    }
    return (page->url && g_str_has_prefix(page->url, up)) ||
           below * 100 >= r->parts->len * NEARLY_ALL;
}

/* How many parts the path of a URL has, and how long it is up to its query. */
static guint
depth_of(const char *url, gsize *length)
{
    const char *host = strstr(url, "://");
    const char *path = host ? strchr(host + 3, '/') : NULL;
    guint depth = 0;
    *length = strcspn(url, "?#");
    for (const char *p = path; p && p + 1 < url + *length; p++)
        depth += *p == '/' && p[1] != '/';
    return depth;
}

/* Whether a row's link leads to the page itself in another order, or to its next part. */
static bool
leads_here(const struct reading *r, guint at, const struct page *page)
{
    g_autofree char *url = page_resolve(page, part_at(r, at)->href);
    gsize length, own;
    if (!url || !page->url)
        return false;
    depth_of(url, &length);
    depth_of(page->url, &own);
    if (length != own || strncmp(url, page->url, own) != 0 || !url[length])
        return false;
    guint same = 0;
    for (guint i = 0; i < r->parts->len; i++) {
        g_autofree char *other = part_at(r, i)->href ? page_resolve(page, part_at(r, i)->href)
                                                     : NULL;
        same += other && !strncmp(other, url, length) && strchr("?#", other[length]);
    }
    return same * 2 < r->parts->len;
}

/*
 * Whether the first or the last row leads to a place that is above those of all others, as "Full
 * calendar" and "Archive" do.
 */
static bool
leads_aside(const struct reading *r, guint at, const struct page *page)
{
    if (at > 0 && at + 1 < r->parts->len)
        return false;
    g_autofree char *url = page_resolve(page, part_at(r, at)->href);
    gsize length;
    guint depth = url ? depth_of(url, &length) : 0;
    for (guint i = 0; url && i < r->parts->len; i++) {
        g_autofree char *other =
            i != at && part_at(r, i)->href ? page_resolve(page, part_at(r, i)->href) : NULL;
        if (other && depth_of(other, &length) <= depth)
            return false;
    }
    return url != NULL;
}

/*
 * Whether a row without a day, where nearly all others have one, is a way elsewhere that stands
 * among them: "Back to all opinions", "Full calendar", the head of a column by which one sorts.
 */
static bool
is_way_back(const struct reading *r, guint at, const struct page *page)
{
    const struct row_parts *parts = part_at(r, at);
    return r->dates * 100 >= (r->parts->len - 1) * NEARLY_ALL && r->parts->len >= 4 &&
           !parts->dated && parts->published.precision == DATE_NONE &&
           (leads_up(r, at, page) || leads_here(r, at, page) || leads_aside(r, at, page));
}

/*
 * What of a list stands in one place: the rows of a table, or of another parent.  A place without
 * any day, where most rows of the list have one, is that of icons, of a menu, of the years of an
 * archive; as by itself (is_likely()) it is one of the list only if its titles are long.
 */
struct place {
    guint rows, dates, text;
};

static const xmlNode *
place_of(const struct reading *r, guint at)
{
    const struct row *row = g_ptr_array_index(r->group->rows, at);
    const xmlNode *parent = row->node->parent;
    while (node_is(parent, "tr tbody") && parent->parent &&
           parent->parent->type == XML_ELEMENT_NODE)
        parent = parent->parent;
    return parent;
}

static GHashTable *
places_of(const struct reading *r)
{
    GHashTable *places = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (guint i = 0; i < r->parts->len; i++) {
        const struct row_parts *parts = part_at(r, i);
        gpointer node = (gpointer)place_of(r, i);
        struct place *place = g_hash_table_lookup(places, node);
        if (!place) {
            place = g_new0(struct place, 1);
            g_hash_table_insert(places, node, place);
        }
        place->rows++;
        place->dates += parts->dated || parts->published.precision != DATE_NONE;
        place->text += parts->title ? features_text_weight(parts->title, NULL) : 0;
    }
    return places;
}

static bool
is_elsewhere(const struct reading *r, guint at, GHashTable *places)
{
    const struct place *place = g_hash_table_lookup(places, place_of(r, at));
    return (r->dates + r->days) * 2 > r->parts->len && !place->dates &&
           place->text / place->rows < MIN_UNDATED;
}

/* The rows of the largest group whose links lead to places of the site. */
static guint
most_seen(const GPtrArray *readings)
{
    guint most = 0;
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *r = g_ptr_array_index(readings, i);
        if (r->links >= SIGN_OF_LIST && r->foreign * 2 <= r->links && !r->group->doubtful)
            most = MAX(most, r->links);
    }
    return most;
}

void
list_by_repetition(struct list *list, struct page *page, const struct list_options *o)
{
    g_autofree char *host = page->base ? url_host(page->base) : NULL;
    const struct row_context context = {.dates = o->dates, .now = o->now, .host = host};
    g_autoptr(GPtrArray) groups = list_groups(page, &context);
    g_autoptr(GPtrArray) readings = read_all(groups, page, &context, o);
    const struct reading *best = best_of(readings);
    if (!best) {
        list->doubts.seen = MAX(list->doubts.seen, most_seen(readings));
        return;
    }
    if (o->want_path) {
        g_free(list->rows);
        list->rows = list_path(page, best->group->rows);
        if (!list->row_nodes)
            list->row_nodes = g_ptr_array_new();
    }
    g_autoptr(GHashTable) places = places_of(best);
    for (guint i = 0; i < best->parts->len; i++) {
        struct row_parts *parts = g_ptr_array_index(best->parts, i);
        guint before = list->entries->len;
        if (parts->href && !is_way_back(best, i, page) && !is_elsewhere(best, i, places))
            list_add_row(list, page, parts, o);
        if (list->row_nodes && list->entries->len > before)
            g_ptr_array_add(
                list->row_nodes,
                (gpointer)((struct row *)g_ptr_array_index(best->group->rows, i))->node);
    }
    list->cut += best->group->more;
    if (list->entries->len < 2) { /* all of them lead to one place */
        g_ptr_array_set_size(list->entries, 0);
        list->doubts.seen = best->parts->len;
        return;
    }
    const struct reading *rival = rival_of(best, readings);
    list->doubts.guessed = true;
    list->doubts.rivals = rival ? rival->parts->len : 0;
}
