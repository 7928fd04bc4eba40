/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most feeds write dates by their standard, and nothing is asked of them. The order of day and
 * month is left open until the first date that needs it, and then taken from all dates of the
 * text; the language of the names of months and the zone from the head of the document.
 */
#include "config.h"

#include "feed/feed-dates.h"
#include "base/clean.h"
#include "text/date-style.h"

#include <string.h>

#define HEAD    4096 /* bytes in which a feed speaks of itself */
#define LONGEST 60   /* bytes of a value that is looked at */

/*
 * What stands behind the first of the marks up to one of the ends, in the head; NULL for nothing.
 */
static char *
value_behind(const char *head, const char *const *marks, const char *ends)
{
    for (; *marks; marks++) {
        const char *at = strstr(head, *marks);
        if (!at)
            continue;
        at += strlen(*marks);
        at += strspn(at, " \t\r\n:\"");
        gsize length = strcspn(at, ends);
        if (length && length <= LONGEST)
            return g_strndup(at, length);
    }
    return NULL;
}

static void
settle(struct feed_dates *dates, const char *url, const struct date_votes *votes)
{
    static const char *const languages[] = {"<language>", "<dc:language>",
                                            "xml:lang=", "\"language\"", NULL};
    static const char *const moments[] = {"<lastBuildDate>", "<pubDate>", "<updated>", NULL};
    g_autofree char *head = text_beginning(dates->text, dates->length, HEAD);
    g_autofree char *language = value_behind(head, languages, "<\"'> \t\r\n"),
                    *dated = value_behind(head, moments, "<");
    date_style_settle(&dates->style,
                      &(const struct date_evidence){
                          .language = language, .url = url, .dated = dated, .votes = votes});
}

void
feed_dates_begin(struct feed *feed, const char *text, gsize length,
                 const struct feed_options *options)
{
    struct feed_dates *dates = &feed->dates;
    *dates = (struct feed_dates){.style = options->dates, .text = text, .length = length};
    dates->stated = options->dates.zoned;
    settle(dates, options->url, NULL);
    dates->usual = dates->style.order;
    /* the dates themselves know better than the country, if any is in doubt */
    if (options->dates.order == DATE_ORDER_OPEN && dates->usual != DATE_YEAR_FIRST)
        dates->style.order = DATE_ORDER_OPEN;
    dates->counted = options->dates.order != DATE_ORDER_OPEN;
}

void
feed_dates_end(struct feed *feed)
{
    feed->dates.text = NULL;
}

static void
count_dates(struct feed_dates *dates)
{
    g_autofree struct date_votes *votes = g_new0(struct date_votes, 1);
    date_votes_add(votes, dates->text, dates->length);
    dates->counted = true;
    struct date_style style = dates->style;
    style.order = DATE_ORDER_OPEN;
    date_style_settle(&style, &(const struct date_evidence){.votes = votes});
    dates->style.order = style.order != DATE_ORDER_OPEN ? style.order : dates->usual;
}

bool
feed_dates_parse(struct feed *feed, const char *raw, int line, struct date *out)
{
    struct feed_dates *dates = &feed->dates;
    if (!date_parse(raw, &dates->style, out))
        return false;
    if (out->ambiguous && !dates->counted && dates->text) {
        count_dates(dates);
        date_parse(raw, &dates->style, out);
    }
    /* a moment is made of it; where the zone is a guess, that of UTC keeps the day for everybody */
    if (out->precision == DATE_DAY && !out->zoned && !dates->stated) {
        out->time += (int64_t)out->offset * 60;
        out->offset = 0;
    }
    if (out->ambiguous && !dates->warned) {
        feed_warn(feed, "ambiguous-dates", line, "nothing tells day from month in '%.60s'", raw);
        dates->warned = true;
    }
    return true;
}
