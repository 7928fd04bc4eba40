/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An RSS item: its own elements, those of Atom that feeds borrow, and modules. */
#include "config.h"

#include "feed/rss.h"
#include "feed/feed-dates.h"
#include "feed/module.h"

#include <string.h>

/* bytes of a date that stands in an element of its own: 20260216; a date with weekday and zone */
#define SHORTEST_DATE 8
#define LONGEST_DATE  60
#define YEAR_1990     631152000

/* Of several links the first web one counts. */
static void
read_link(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    struct feed_item *item = b->item;
    g_autofree char *base = element_base(element, b->base);
    char *url = value_url(element_text(element), base);
    if (!url)
        return;
    value_add_link(item->links, url, "alternate");
    if (!item->link || (g_str_has_prefix(url, "http") && !g_str_has_prefix(item->link, "http"))) {
        g_free(item->link);
        item->link = url;
    } else {
        g_free(url);
    }
}

static void
read_guid(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    const char *raw = element_text(element);
    if (b->item->id || !raw)
        return;
    b->item->id = g_strdup(raw);
    const char *permalink = element_attribute(element, "isPermaLink");
    bool absolute = g_str_has_prefix(raw, "http://") || g_str_has_prefix(raw, "https://");
    b->item->id_is_permalink = absolute && !(permalink && !g_ascii_strcasecmp(permalink, "false"));
}

static void
read_source(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    const char *url = element_attribute(element, "url");
    b->item->has_source = url || element_text(element);
    value_take(&b->item->source_title, value_rss_text(element));
    value_take(&b->item->source_link, value_url(url, base));
}

static void
read_author(struct item_builder *b, const struct element *element, int rank)
{
    item_add_author(b, rank,
                    element_first(element) ? atom_read_person(element, b->base)
                                           : value_person(element_text(element)));
}

static void
read_comments(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    g_autofree char *base = element_base(element, b->base);
    value_take(&b->item->comments, value_url(element_text(element), base));
}

static void
read_category(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    rss_add_category(b->item->categories, element);
}

static void
read_enclosure(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    struct feed_item *item = b->item;
    g_autofree char *base = element_base(element, b->base);
    char *url = value_url(element_attribute(element, "url"), base);
    if (!url)
        return;
    if (item->enclosures->len >= MAX_LIST) {
        g_free(url);
        return;
    }
    struct feed_enclosure *e = g_new0(struct feed_enclosure, 1);
    *e = (struct feed_enclosure){url,
                                 g_strdup(element_attribute(element, "type")),
                                 NULL,
                                 NULL,
                                 value_number(element_attribute(element, "length")),
                                 FEED_NO_NUMBER,
                                 FEED_NO_NUMBER,
                                 FEED_NO_NUMBER};
    g_ptr_array_add(item->enclosures, e);
    struct feed_link *link = value_add_link(item->links, url, "enclosure");
    if (link) {
        link->type = g_strdup(e->type);
        link->length = e->length;
    }
}

static void
read_atom_link(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    atom_add_item_link(b->item, element, b->base);
}

static void
read_atom_author(struct item_builder *b, const struct element *element, int rank)
{
    item_add_author(b, rank, atom_read_person(element, b->base));
}

static void
read_atom_id(struct item_builder *b, const struct element *element, int rank)
{
    (void)rank;
    value_take(&b->item->id, g_strdup(element_text(element)));
}

static void
read_atom_summary(struct item_builder *b, const struct element *element, int rank)
{
    atom_offer(b, &b->summary, element, rank);
}

static void
read_atom_content(struct item_builder *b, const struct element *element, int rank)
{
    atom_offer(b, &b->content, element, rank);
}

/* --- dates of elements that no format has -------------------------------------------------- */

static bool
contains_any(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strstr(name, *words))
            return true;
    return false;
}

/* Whether the name of an element says that it is the day on which the item came to be. */
static bool
is_named_date(const char *name)
{
    static const char *const words[] = {"date", "time",  "pnttm", "created", "regdt", "regist",
                                        "등록", "작성",  "게시",  "日期",    "时间",  "時間",
                                        "дата", "fecha", "datum", "data",    NULL};
    /* when something begins and ends is no such day */
    static const char *const others[] = {"end",  "start", "begin", "expir", "close",
                                         "open", "dead",  "until", "valid", "event",
                                         "마감", "시작",  "종료",  NULL};
    g_autofree char *lower = g_utf8_strdown(name, -1);
    return (contains_any(lower, words) || g_str_equal(lower, "dt") ||
            g_str_has_suffix(lower, "_dt") || g_str_has_suffix(name, "Dt")) &&
           !contains_any(lower, others);
}

static bool
is_named_change(const char *name)
{
    static const char *const words[] = {"upd", "modif", "chang", "last", "수정", "更新", NULL};
    g_autofree char *lower = g_utf8_strdown(name, -1);
    return contains_any(lower, words);
}

/* Whether a text that holds a date is nothing else, but for a weekday or a label before it. */
static bool
is_whole(const struct feed *feed, const char *text)
{
    struct date date;
    gsize start, end;
    return !date_find(text, &feed->dates.style, &date, &start, &end) ||
           (start < 20 && !text[end + strspn(text + end, " .)")]);
}

/*
 * Programs of town halls name the date in their own way (<regdate>, <등록일>): an element whose
 * name says so, and whose whole text is one, where the item has no other.
 */
static void
find_named_date(struct item_builder *b, const struct element *root)
{
    for (const struct element *e = element_first(root); e; e = element_next(e)) {
        bool named = element_is_core(e, e->name) && is_named_date(e->name);
        const char *text = named ? element_text(e) : NULL;
        gsize length = text ? strlen(text) : 0;
        struct date date;
        if (length < SHORTEST_DATE || length > LONGEST_DATE || !is_whole(b->feed, text) ||
            !feed_dates_parse(b->feed, text, e->line, &date) || date.time < YEAR_1990)
            continue;
        date.precision = DATE_SECOND;
        struct date *to = is_named_change(e->name) ? &b->item->updated : &b->item->published;
        if (!date_is_known(to))
            *to = date;
    }
}

static void
finish(struct item_builder *b, const struct element *root)
{
    if (!date_is_known(&b->item->published) && !date_is_known(&b->item->updated) &&
        !date_is_known(&b->dc_date))
        find_named_date(b, root);
    struct feed_item *item = b->item;
    for (guint i = 0; i < item->links->len && !item->link; i++) {
        const struct feed_link *link = g_ptr_array_index(item->links, i);
        if (g_str_equal(link->rel, "alternate"))
            item->link = g_strdup(link->url);
    }
    atom_take_replies(item);
    if (!item->link && item->id_is_permalink == 1)
        item->link = g_strdup(item->id);
    value_take(&item->id, g_strdup(element_attribute_ns(root, NS_RDF, "about")));
    item_finish(b);
}

void
rss_read_item(struct rss_state *s, const struct element *root)
{
    static const struct item_row own[] = {
        {NS_NONE, "title", item_title, 0},         {NS_NONE, "link", read_link, 0},
        {NS_NONE, "description", item_summary, 0}, {NS_NONE, "guid", read_guid, 0},
        {NS_NONE, "pubDate", item_published, 0},   {NS_NONE, "category", read_category, 0},
        {NS_NONE, "enclosure", read_enclosure, 0}, {NS_NONE, "author", read_author, 0},
        {NS_NONE, "writer", read_author, 0},       {NS_NONE, "comments", read_comments, 0},
        {NS_NONE, "source", read_source, 0},       {NS_NONE, "copyright", item_rights, 0},
        {NS_NONE, "fullitem", item_content, 3},    {NS_NONE, "body", item_content, 2},
    };
    static const struct item_row borrowed[] = {
        {NS_ATOM, "title", item_title, 1},          {NS_ATOM, "link", read_atom_link, 0},
        {NS_ATOM, "id", read_atom_id, 0},           {NS_ATOM, "author", read_atom_author, 1},
        {NS_ATOM, "summary", read_atom_summary, 2}, {NS_ATOM, "content", read_atom_content, 1},
        {NS_ATOM, "published", item_published, 0},  {NS_ATOM, "updated", item_updated, 0},
        {NS_ATOM03, "link", read_atom_link, 0},
    };
    struct item_builder b;
    item_begin(&b, s->feed, s->base);
    for (const struct element *e = element_first(root); e; e = element_next(e))
        if (!item_read(&b, e, own, G_N_ELEMENTS(own)) && !module_read(&b, e))
            item_read(&b, e, borrowed, G_N_ELEMENTS(borrowed));
    finish(&b, root);
}
