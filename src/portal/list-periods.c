/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the headings above rows say of when: the year that completes "20 Nov", the day of rows that
 * print but a time.
 */
#include "config.h"

#include "base/clean.h"
#include "base/number.h"
#include "base/regex.h"
#include "document/html.h"
#include "portal/list-groups.h"
#include "portal/list-kinds.h"

#include <string.h>

#define MAX_DEPTH   60
#define MAX_ABOVE   6  /* elements before a row that are looked at, on each level */
#define MAX_HEADING 60 /* bytes of what stands above rows and says when */

struct period {
    struct date day;
    int year;
    bool bare; /* the year stands alone, or after a month */
};

/* Whether a text is a year alone, or a month of it: a day completes it to a date. */
static bool
is_bare_year(const char *text, const struct date_style *style)
{
    struct date date;
    g_autofree char *first = g_strconcat("1 ", text, NULL), *last = g_strconcat(text, "1日", NULL);
    return strlen(text) <= 4 || date_parse(first, style, &date) || date_parse(last, style, &date);
}

bool
list_is_period(const char *text, const struct date_style *style)
{
    static GRegex *year;
    struct date date;
    if (strlen(text) > MAX_HEADING)
        return false;
    g_autofree char *month = g_strconcat("1 ", text, " 2000", NULL);
    return g_regex_match(regex_once(&year, "(?<!\\d)(?:19|20)\\d\\d(?!\\d)"), text, 0, NULL) ||
           date_parse(month, style, &date) || date_parse(text, style, &date);
}

/* Whether all of an element's text is set in bold: it is a heading to those who see it. */
static bool
is_bold_line(const xmlNode *node)
{
    const xmlNode *bold = NULL;
    for (const xmlNode *n = node->children; n; n = n->next) {
        bool blank = n->type == XML_COMMENT_NODE ||
                     (n->type == XML_TEXT_NODE && text_is_blank((const char *)n->content));
        if (blank || node_is(n, "br"))
            continue;
        if (bold || !node_is(n, "b strong"))
            return false;
        bold = n;
    }
    return bold != NULL;
}

/* The day with which a heading ends: "Published on 20 November 2026:" */
static bool
ends_with_day(const char *text, const struct date_style *style, struct date *out)
{
    gsize from, to;
    if (!date_find(text, style, out, &from, &to))
        return false;
    return !text[to + strspn(text + to, " .:")];
}

/* The year or the day that an element says, and nothing else but words. */
static bool
take_period(const xmlNode *node, const struct row_context *context, struct period *out)
{
    static GRegex *year;
    bool heading = node_is(node, "h1 h2 h3 h4 h5 h6 caption th summary legend button dt strong b");
    if (!heading && !node_is(node, "p div span li tr td thead"))
        return false;
    guint nodes = 0, bytes = 0;
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        bytes += n->type == XML_TEXT_NODE && n->content ? (guint)strlen((const char *)n->content)
                                                        : 0;
        if (++nodes > 20 || bytes > 4 * MAX_HEADING)
            return false;
    }
    g_autofree char *text = html_text_of_link(node);
    if (!*text || strlen(text) > MAX_HEADING)
        return false;
    struct period found = {.bare = is_bare_year(text, &context->dates)};
    bool day = !found.bare && (date_parse(text, &context->dates, &found.day) ||
                               date_parse_near(text, &context->dates, context->now, &found.day));
    heading = heading || is_bold_line(node);
    day = day || (heading && ends_with_day(text, &context->dates, &found.day));
    day = day && date_is_plausible(&found.day, context->now) && found.day.precision == DATE_DAY;
    if (day) {
        *out = found;
        return true;
    }
    g_autoptr(GMatchInfo) match = NULL;
    if (!heading ||
        !g_regex_match(regex_once(&year, "(?<!\\d)((?:19|20)\\d\\d)(?!\\d)"), text, 0, &match))
        return false;
    g_autofree char *digits = g_match_info_fetch(match, 1);
    gint64 number = 0;
    number_prefix(digits, 9999, &number, NULL);
    found.day = (struct date){0};
    found.year = (int)number;
    *out = found;
    return true;
}

static bool
is_within(const xmlNode *node, const xmlNode *around)
{
    for (int depth = 0; node && depth < MAX_DEPTH; depth++, node = node->parent)
        if (node == around)
            return true;
    return false;
}

/*
 * Looks above a row, up to the row before, for what says when; true when a new period begins there.
 */
static bool
period_above(const xmlNode *row, const xmlNode *before, const struct row_context *context,
             struct period *out)
{
    int up = 0;
    for (const xmlNode *n = row; n && up < LIST_MAX_CLIMB; n = list_parent(n), up++) {
        int seen = 0;
        for (const xmlNode *s = n->prev; s && seen < MAX_ABOVE; s = s->prev) {
            if (s->type != XML_ELEMENT_NODE)
                continue;
            seen++;
            if (before && is_within(before, s))
                return false;
            if (take_period(s, context, out))
                return true;
        }
    }
    return false;
}

/*
 * Days hold only where there are several, for one alone may be the page's clock; so do years in
 * other words, for one may be what the list is about.
 */
void
list_add_periods(GPtrArray *rows, const struct row_context *context)
{
    struct period now = {0};
    const xmlNode *before = NULL;
    guint days = 0, years = 0;
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        struct period found = {0};
        if (period_above(row->node, before, context, &found)) {
            days += found.day.precision != DATE_NONE && date_compare(&now.day, &found.day);
            years += !found.year ? 0 : found.bare ? 2 : found.year != now.year;
            now = found;
        }
        row->day = now.day;
        row->year = now.year;
        before = row->node;
    }
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        if (days < 2)
            row->day = (struct date){0};
        if (years < 2)
            row->year = 0;
    }
}
