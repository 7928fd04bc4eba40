/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the date of a row.  In order of certainty (enum row_date_rank): what is written for
 * machines, what is named a date, an element that is a date and nothing else, in one text or in
 * pieces ("20" over "2026.11"), a date among other words or at the edge of the title.  Where the
 * row prints none, its URL may state a day. What looks like a date and is none is the danger:
 * numbers alone are never one, unless an element's name says so, and what the title speaks of
 * ("Opening on 20.11.2026") is left to the title.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/row.h"

#include <string.h>

#define LONGEST   80   /* bytes of an element that is a date and nothing else */
#define MAX_NODES 300  /* of a row that are looked at */
#define MAX_REST  2000 /* bytes of what is neither title nor date */

/* --- texts ------------------------------------------------------------------------------------ */

/*
 * The text of an element up to LONGEST bytes, its pieces with a blank between them where `apart`;
 * NULL when it is longer or empty.
 */
static char *
short_text(const xmlNode *node, bool apart)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        if (node_is(n, "img input select textarea script style"))
            return NULL;
        if (n->type != XML_TEXT_NODE || !n->content)
            continue;
        if (apart)
            g_string_append_c(text, ' ');
        g_string_append(text, (const char *)n->content);
        if (text->len > 4 * LONGEST)
            return NULL;
    }
    g_autofree char *line = text_squeeze(text->str, (gssize)text->len);
    return *line && strlen(line) <= LONGEST ? g_steal_pointer(&line) : NULL;
}

static bool
is_named_date(const xmlNode *node)
{
    static GRegex *regex;
    if (node_is(node, "time"))
        return true;
    return node_matches(
        node,
        regex_once(
            &regex,
            "date|time|(?:^|[^a-z])(?:day|days|pub|stamp|when|sj|rq|riqi|shijian|fbsj|datum|data|fecha|"
            "month|year)(?:[^a-z]|$)"));
}

static const char *
past_edge(const char *text)
{
    static const char *const edges[] = {"[",  "]",  "(",  ")", "【", "】", "（", "）", "〔",
                                        "〕", "|",  "｜", "·", "•",  "-",  "–",  "—",  ",",
                                        "，", "：", ":",  "/", "»",  ">",  " ",  NULL};
    for (bool moved = true; moved && *text;) {
        moved = false;
        for (int i = 0; edges[i] && !moved; i++) {
            moved = g_str_has_prefix(text, edges[i]);
            text += moved ? strlen(edges[i]) : 0;
        }
    }
    return text;
}

/* Whether nothing is left but brackets, signs and a weekday. */
static bool
is_rest(const char *text)
{
    static GRegex *regex;
    text = past_edge(text);
    return !*text || *text == '.' ||
           g_regex_match(
               regex_once(&regex,
                          "^[.,]?\\s*\\(?(?:周.|星期.|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|"
                          "sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so|"
                          "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|пн|вт|ср|чт|пт|сб|вс|г|"
                          "года)\\.?\\)?[,，]?\\s*$"),
               text, 0, NULL);
}

/* A time of day that stands before its day: "21:37, " */
static bool
is_clock(const char *text)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(&regex, "^\\s*(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?\\s*[,，|·•–—-]?\\s*$"),
        text, 0, NULL);
}

/* A text that is a date and nothing else, in full. */
static bool
is_full_date(const char *text, const struct row_context *c, struct date *out)
{
    static GRegex *label;
    const char *start = past_edge(text);
    regex_once(
        &label,
        "^(?:发布时间|发布日期|发表时间|发稿时间|更新时间|时间|日期|發布日期|published(?: on)?|posted(?: on)?|date|updated?|опубликовано|дата(?: публикации)?|"
        "добавлено|veröffentlicht(?: am)?|datum|publié le|le|el|publicado(?: el)?|am|vom|от|작성일|등록일)\\s*[:：]?\\s+|"
        "^[^\\d\\s]{2,12}[:：]\\s*");
    g_autoptr(GMatchInfo) match = NULL;
    int behind = 0;
    if (g_regex_match(label, start, 0, &match))
        g_match_info_fetch_pos(match, 0, NULL, &behind);
    gsize from, to;
    start += behind;
    if (!date_find(start, &c->dates, out, &from, &to) || !date_is_plausible(out, c->now))
        return false;
    g_autofree char *before = g_strndup(start, from);
    return (is_rest(before) || is_clock(before)) && is_rest(start + to);
}

bool
row_is_date(const char *text, const struct row_context *context)
{
    struct date date;
    return strlen(text) <= LONGEST && strpbrk(text, "0123456789") &&
           is_full_date(text, context, &date);
}

static bool
is_near_date(const char *text, const struct row_context *c, struct date *out)
{
    return date_parse_near(text, &c->dates, c->now, out) && date_is_plausible(out, c->now);
}

/*
 * Whether pieces say by themselves that they are a date: two numbers alone may be counts of
 * anything.
 */
static bool
is_told(const char *text)
{
    static GRegex *regex;
    return g_regex_match(regex_once(&regex, "\\d{4}|[[:alpha:]]{3}|月|월|\\d[-./]\\d"), text, 0,
                         NULL);
}

static bool
has_year(const char *text)
{
    static GRegex *regex;
    return g_regex_match(regex_once(&regex, "(?<!\\d)(?:19|20)\\d\\d(?!\\d)"), text, 0, NULL);
}

/* --- elements --------------------------------------------------------------------------------- */

struct search {
    const struct row_context *context;
    GHashTable *nodes;
    struct row_date best;
    bool found, clock; /* the best is a time of day alone, taken as today's */
};

/* A time of day and nothing else. */
static bool
is_clock_alone(const char *text)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(&regex, "^\\W*\\d{1,2}:\\d\\d(?::\\d\\d)?\\s*(?:uhr|h|[ap]\\.?m\\.?)?\\W*$"),
        text, 0, NULL);
}

/* A day with a time of day that stands apart from it. */
static struct date
with_clock(const struct date *day, const struct date *clock)
{
    struct date both = *day;
    if (day->precision != DATE_DAY)
        return both;
    int64_t local = clock->time + (int64_t)clock->offset * 60;
    both.time += ((local % 86400) + 86400) % 86400;
    both.precision = clock->precision;
    return both;
}

/* Whether two dates are of one day of the year. */
static bool
is_of_day(const struct date *a, const struct date *b)
{
    g_autoptr(GDateTime) first = g_date_time_new_from_unix_utc(a->time + (int64_t)a->offset * 60),
                         second = g_date_time_new_from_unix_utc(b->time + (int64_t)b->offset * 60);
    return first && second && g_date_time_get_month(first) == g_date_time_get_month(second) &&
           g_date_time_get_day_of_month(first) == g_date_time_get_day_of_month(second);
}

static void
offer(struct search *s, const struct date *date, enum row_date_rank rank, bool near,
      const char *text)
{
    if (near && s->best.order == DATE_ORDER_OPEN)
        s->best.order = date_order_of(text);
    bool clock = near && is_clock_alone(text);
    /* a day in full is that of a time beside it, which is none of today */
    if (s->found && !near && s->clock) {
        s->best.date = with_clock(date, &s->best.date);
    } else if (s->found && !s->best.near && clock) {
        s->best.date = with_clock(&s->best.date, date);
        return;
    } else if (s->found && s->best.near && !near && is_of_day(&s->best.date, date)) {
        s->best.date = *date; /* the year of "14 February" stands beside it */
    } else if (s->found && s->best.rank <= rank) {
        return;
    } else {
        s->best.date = *date;
    }
    s->best.rank = rank;
    s->best.near = near;
    s->clock = clock;
    s->found = true;
}

/* What machines are told: the moment of <time>, or of what shows "3 hours ago". */
static bool
take_attributes(struct search *s, const xmlNode *node, bool named)
{
    static const char *const attributes[] = {"datetime",  "data-datetime",  "data-time",
                                             "data-date", "data-timestamp", "content",
                                             "title"};
    struct date date;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        bool certain = node_is(node, "time") || g_str_equal(attributes[i], "datetime");
        if (!value || !*value || strlen(value) > LONGEST ||
            !(certain || named || g_str_has_prefix(attributes[i], "data-")))
            continue;
        if (date_parse(value, &s->context->dates, &date) &&
            date_is_plausible(&date, s->context->now)) {
            offer(s, &date, certain ? ROW_DATE_MACHINE : ROW_DATE_NAMED, false, value);
            return true;
        }
    }
    return false;
}

/* <li data-date="2026-11-20"> */
static void
take_data(struct search *s, const xmlNode *node)
{
    static const char *const attributes[] = {"data-datetime", "data-date", "data-time",
                                             "data-timestamp", "data-pubdate"};
    struct date date;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        if (value && strlen(value) <= LONGEST && date_parse(value, &s->context->dates, &date) &&
            date_is_plausible(&date, s->context->now))
            offer(s, &date, ROW_DATE_NAMED, false, value);
    }
}

/* What is named as the small print of an article, "2026-11-20 · Daily News", and holds a date. */
static bool
take_small_print(struct search *s, const xmlNode *node, const char *text)
{
    static GRegex *regex;
    struct date date;
    regex_once(
        &regex,
        "(?:^|[^a-z])(?:meta|info|byline|source|from|ly|laiyuan|author|details|data|date|time)(?:[^a-z]|$)|meta|date|time");
    if (!node_matches(node, regex) || !date_find(text, &s->context->dates, &date, NULL, NULL) ||
        !date_is_plausible(&date, s->context->now))
        return false;
    offer(s, &date, ROW_DATE_ALONE, false, text);
    return true;
}

/* Whether the whole of an element is a date: then it is noted, and nothing within is looked at. */
static bool
take_element(struct search *s, const xmlNode *node)
{
    bool element = node->type == XML_ELEMENT_NODE, named = element && is_named_date(node);
    g_autofree char *text = element ? short_text(node, false)
                                    : text_squeeze((const char *)node->content, -1);
    if (!text || !*text || strlen(text) > LONGEST)
        return false;
    struct date date;
    bool stated = element && take_attributes(s, node, named);
    if (is_full_date(text, s->context, &date)) {
        if (!stated)
            offer(s, &date, named ? ROW_DATE_NAMED : ROW_DATE_ALONE, false, text);
        return true;
    }
    if (is_near_date(text, s->context, &date)) {
        if (!stated)
            offer(s, &date, named ? ROW_DATE_NAMED : ROW_DATE_ALONE, true, text);
        return true;
    }
    if (stated ||
        (element && !xmlChildElementCount((xmlNode *)node) && take_small_print(s, node, text)))
        return true;
    g_autofree char *pieces =
        element && xmlChildElementCount((xmlNode *)node) > 0 ? short_text(node, true) : NULL;
    if (!pieces || (!named && !is_told(pieces)))
        return false;
    bool near = false, whole = is_full_date(pieces, s->context, &date);
    if (!whole) {
        near = !has_year(pieces);
        whole = date_parse_pieces(pieces, &s->context->dates, s->context->now, &date) &&
                date_is_plausible(&date, s->context->now);
    }
    if (whole)
        offer(s, &date, named ? ROW_DATE_NAMED : ROW_DATE_ALONE, near, pieces);
    return whole;
}

/* Pieces of a date that stand side by side in the row itself: <b>20</b><i>2026.11</i><a>…</a> */
static bool
take_neighbours(struct search *s, const xmlNode *node)
{
    const xmlNode *run[3];
    gsize ends[3];
    guint count = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    struct date date;
    for (const xmlNode *n = node; n && count < G_N_ELEMENTS(run); n = n->next) {
        if (n->type == XML_COMMENT_NODE ||
            (n->type == XML_TEXT_NODE && text_is_blank((const char *)n->content)))
            continue;
        g_autofree char *piece = n->type == XML_ELEMENT_NODE && !node_is(n, "a br")
                                     ? short_text(n, true)
                                 : n->type == XML_TEXT_NODE
                                     ? text_squeeze((const char *)n->content, -1)
                                     : NULL;
        if (!piece || strlen(piece) > 24)
            break;
        g_string_append_printf(text, "%s%s", count ? " " : "", piece);
        ends[count] = text->len;
        run[count++] = n;
    }
    for (; count > 1; count--) {
        if (is_told(text->str) &&
            date_parse_pieces(text->str, &s->context->dates, s->context->now, &date) &&
            date_is_plausible(&date, s->context->now)) {
            for (guint i = 0; i < count; i++)
                g_hash_table_add(s->nodes, (gpointer)run[i]);
            offer(s, &date, ROW_DATE_ALONE, !has_year(text->str), text->str);
            return true;
        }
        g_string_truncate(text, ends[count - 2]);
    }
    return false;
}

/* The text of the next element, unless it is a link or other words stand between; else NULL. */
static char *
text_beside(const xmlNode *node)
{
    const xmlNode *next = node->next;
    while (next && next->type == XML_TEXT_NODE && text_is_blank((const char *)next->content))
        next = next->next;
    return next && next->type == XML_ELEMENT_NODE && !node_is(next, "a") ? short_text(next, false)
                                                                         : NULL;
}

/* Whether the next element is a time of day: "17:00 Uhr". */
static bool
has_clock_beside(const xmlNode *node)
{
    static GRegex *regex;
    g_autofree char *text = text_beside(node);
    return text &&
           g_regex_match(
               regex_once(&regex, "^\\d{1,2}:\\d\\d(?::\\d\\d)?\\s*(?:uhr|h|[ap]\\.?m\\.?)?$"),
               text, 0, NULL);
}

/* Whether the next element is a year alone, which completes what stands before it: "20 Nov", "2026". */
static bool
has_year_beside(const xmlNode *node)
{
    static GRegex *regex;
    g_autofree char *text = text_beside(node);
    return text && g_regex_match(regex_once(&regex, "^(?:19|20)\\d\\d$"), text, 0, NULL);
}

static void
search_below(struct search *s, const xmlNode *root)
{
    guint seen = 0;
    for (const xmlNode *node = root; node && seen < MAX_NODES;) {
        bool skip = g_hash_table_contains(s->nodes, node) || node_is(node, "script style") ||
                    node->type == XML_COMMENT_NODE ||
                    (node != root && node_is(node, "a span") && row_is_hidden(node));
        bool text = node->type == XML_TEXT_NODE && node->content &&
                    !text_is_blank((const char *)node->content);
        seen++;
        /*
         * the text of a link is its title, whatever it is; what is within a link may be a date
         * beside one
         */
        bool may = !skip && node != root && !node_is(node, "a") &&
                   (text || node->type == XML_ELEMENT_NODE);
        bool only = text && node->parent && node_is(node->parent, "a") && !node->prev &&
                    !node->next;
        if (may && !only) {
            if (node->type == XML_ELEMENT_NODE &&
                (has_clock_beside(node) || has_year_beside(node)) && take_neighbours(s, node)) {
                skip = true;
            } else if (take_element(s, node)) {
                g_hash_table_add(s->nodes, (gpointer)node);
                skip = true;
            } else if (take_neighbours(s, node)) {
                skip = true;
            }
        }
        const xmlNode *next = skip ? NULL : node_next(node, root);
        if (skip) {
            while (node != root && !node->next)
                node = node->parent;
            next = node == root ? NULL : node->next;
        }
        node = next;
    }
}

bool
row_find_date(const struct row *row, const struct row_context *context, GHashTable *nodes,
              struct row_date *out)
{
    struct search s = {.context = context, .nodes = nodes};
    take_data(&s, row->node);
    search_below(&s, row->node);
    for (guint i = 0; row->beside && i < row->beside->len; i++) {
        const xmlNode *node = g_ptr_array_index(row->beside, i);
        if (take_element(&s, node))
            g_hash_table_add(nodes, (gpointer)node);
        else
            search_below(&s, node);
    }
    *out = s.best;
    return s.found;
}

/* Appends the text of a tree without that of nodes in `skip`, a line for each piece. */
static void
append_rest(GString *rest, const xmlNode *root, GHashTable *skip)
{
    for (const xmlNode *n = root; n && rest->len < MAX_REST;) {
        bool leave = g_hash_table_contains(skip, n) || node_is(n, "script style");
        if (!leave && n->type == XML_TEXT_NODE && n->content)
            g_string_append_printf(rest, "\n%s", (const char *)n->content);
        const xmlNode *next = leave ? NULL : node_next(n, root);
        if (leave) {
            while (n != root && !n->next)
                n = n->parent;
            next = n == root ? NULL : n->next;
        }
        n = next;
    }
}

bool
row_find_in_rest(const struct row *row, const struct row_context *context, GHashTable *skip,
                 const char *title, struct row_date *out)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    append_rest(rest, row->node, skip);
    for (guint i = 0; row->beside && i < row->beside->len; i++)
        append_rest(rest, g_ptr_array_index(row->beside, i), skip);
    static GRegex *between;
    g_auto(GStrv) parts = g_regex_split(
        regex_once(&between, "\\s*[|｜·•\\n()（）\\[\\]]\\s*|(?<!\\S)[–—-]\\s|\\s{2,}|,\\s"),
        rest->str, 0);
    *out = (struct row_date){.rank = ROW_DATE_FORM};
    struct date near, clock = {0};
    for (char **part = parts; *part; part++) {
        g_autofree char *line = text_squeeze(*part, -1);
        /* what the title speaks of is none of the row's */
        if (!*line || strlen(line) > LONGEST || (title && strstr(title, line)))
            continue;
        if (is_full_date(line, context, &out->date))
            return true;
        if (!is_near_date(line, context, &near))
            continue;
        if (is_clock_alone(line)) { /* of a day that may stand beside it in full */
            clock = near;
            continue;
        }
        out->date = near;
        out->near = true;
        out->order = date_order_of(line);
        return true;
    }
    g_autofree char *line = text_squeeze(rest->str, -1);
    char *own = title && *title ? strstr(line, title) : NULL;
    if (own) /* what the title speaks of is none of the row's */
        memset(own, '|', strlen(title));
    out->worded = true;
    if (date_find(line, &context->dates, &out->date, NULL, NULL) &&
        date_is_plausible(&out->date, context->now))
        return true;
    out->worded = false;
    out->date = clock;
    out->near = clock.precision != DATE_NONE;
    return out->near;
}

/* --- around a title --------------------------------------------------------------------------- */

static bool
take_bracketed(const char *text, const struct row_context *c, struct row_date *out)
{
    out->near = !is_full_date(text, c, &out->date);
    if (out->near && !is_near_date(text, c, &out->date))
        return false;
    out->rank = ROW_DATE_ALONE;
    out->order = out->near ? date_order_of(text) : DATE_ORDER_OPEN;
    return true;
}

/*
 * Whether what stands between a date and a title says that they are two things; clear: the date's
 * form says so too.
 */
static bool
is_apart(const char *between, bool clear)
{
    static GRegex *regex, *blank;
    regex_once(&regex, "^\\s*[-–—|｜:：·•/»>]\\s*$|\\s{2,}|\\x{3000}");
    return g_regex_match(regex, between, 0, NULL) ||
           (clear && g_regex_match(regex_once(&blank, "^\\s+$"), between, 0, NULL));
}

/* Where the edge begins that stands at the end of the first `length` bytes. */
static gsize
before_edge(const char *text, gsize length)
{
    for (gsize at = length; at > 0;) {
        const char *last = g_utf8_prev_char(text + at);
        g_autofree char *edge = g_strndup(last, (gsize)(text + at - last));
        if (*past_edge(edge))
            return at;
        at = (gsize)(last - text);
    }
    return 0;
}

/* "[2026-11-20] Title", "Title (20.11.)" */
static bool
cut_bracketed(char **title, const struct row_context *context, struct row_date *out)
{
#define OPENING "[\\[(（【〔]"
#define WITHIN  "([^\\[\\]()（）【】〔〕]{4,40})"
#define CLOSING "[\\])）】〕]"
    static GRegex *regex;
    regex_once(&regex, "^\\s*" OPENING WITHIN CLOSING
                       "\\s*(?=\\S)|(?<=\\S)\\s*" OPENING WITHIN CLOSING "\\s*$");
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, *title, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *first = g_match_info_fetch(match, 1), *last = g_match_info_fetch(match, 2);
        bool leads = first && *first;
        int start, end;
        if (!take_bracketed(leads ? first : last, context, out) ||
            !g_match_info_fetch_pos(match, 0, &start, &end))
            continue;
        char *rest = leads ? g_strdup(*title + end) : g_strndup(*title, (gsize)start);
        g_free(*title);
        *title = g_strstrip(rest);
        return true;
    }
    return false;
}

/* "2026-11-20 Title", "20.11.2026 – Title", "Title 2026-11-20", but not "Opening on 20.11.2026" */
static bool
cut_plain(char **title, const struct row_context *context, struct row_date *out)
{
    static GRegex *iso, *numbers;
    regex_once(&iso, "^\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?!\\d)|^\\d{4}年\\d{1,2}月\\d{1,2}日");
    regex_once(&numbers, "^\\d{1,2}[./]\\d{1,2}[./]\\d{4}(?!\\d)");
    const char *text = *title;
    struct date date;
    gsize from, to, at = 0;
    for (; date_find(text + at, &context->dates, &date, &from, &to); at += to) {
        gsize start = at + from, end = at + to, kept = before_edge(text, start);
        bool is_iso = g_regex_match(iso, text + start, 0, NULL);
        bool clear = is_iso || (start == 0 && g_regex_match(numbers, text, 0, NULL));
        const char *rest = past_edge(text + end);
        bool leads = start == 0 && *rest, trails = !*rest && kept;
        if (!(leads || trails) || !date_is_plausible(&date, context->now))
            continue;
        g_autofree char *between = leads ? g_strndup(text + end, (gsize)(rest - text - end))
                                         : g_strndup(text + kept, start - kept);
        /* Chinese needs no blank: "…会议2026-11-20" */
        gunichar neighbour = g_utf8_get_char(leads ? rest : g_utf8_prev_char(text + kept));
        bool glued = is_iso && !*between && neighbour >= 0x2e80;
        if (!glued && !is_apart(between, clear))
            continue;
        char *shorter = leads ? g_strdup(rest) : g_strndup(text, kept);
        g_free(*title);
        *title = shorter;
        *out = (struct row_date){.date = date, .rank = ROW_DATE_ALONE};
        return true;
    }
    return false;
}

bool
row_cut_date(char **title, const struct row_context *context, struct row_date *out)
{
    return cut_bracketed(title, context, out) || cut_plain(title, context, out);
}

/* --- in the URL ------------------------------------------------------------------------------- */

bool
row_url_day(const char *url, const struct date_style *style, int64_t now, struct date *out)
{
    static GRegex *regex;
    /*
     * "20261120", "2026-11-20", "2026/1120", "2026/11/20/"; "202611/20.html" is the twentieth text
     * of a month
     */
#define MM "(0[1-9]|1[0-2])"
#define DD "(0[1-9]|[12]\\d|3[01])"
    regex_once(
        &regex,
        "[/_.=-][a-z]{0,2}(?|((?:19|20)\\d\\d)" MM DD "(?!\\d)|((?:19|20)\\d\\d)[/_-]" MM "[_-]?" DD
        "(?!\\d)|((?:19|20)\\d\\d)[/_-]" MM "/" DD "(?![\\d.])|"
        "((?:19|20)\\d\\d)/(1[0-2]|0?[1-9])/(3[01]|[12]\\d|0?[1-9])(?=/)|((?:19|20)\\d\\d)-(1[0-2]|0?[1-9])-(3[01]|[12]\\d|"
        "0?[1-9])(?=[/-]))");
    g_autoptr(GMatchInfo) match = NULL;
    const char *path = strstr(url, "://");
    path = path ? strchr(path + 3, '/') : url;
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    for (bool more = lower && g_regex_match(regex, lower, 0, &match);
         more && g_match_info_matches(match); more = g_match_info_next(match, NULL)) {
        g_autofree char *y = g_match_info_fetch(match, 1), *m = g_match_info_fetch(match, 2),
                        *d = g_match_info_fetch(match, 3);
        g_autofree char *text = g_strdup_printf("%s-%s-%s", y, m, d);
        if (date_parse(text, style, out) && date_is_plausible(out, now))
            return true;
    }
    *out = (struct date){0};
    return false;
}
