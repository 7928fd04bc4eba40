/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as a message: who sends it is its source, at an address that is nobody's. */
#include "config.h"

#include "reader/mailbox.h"
#include "document/document.h"
#include "reader/heading.h"
#include "reader/page.h"
#include "reader/publish.h"
#include "store/exchange.h"
#include "text/mail.h"

#include <string.h>

#define ADDRESS "crier@localhost"

static struct date
date_of(const struct article_row *row)
{
    return row->published.precision == DATE_NONE ? (struct date){.time = row->first_seen}
                                                 : row->published;
}

char *
mailbox_separator(const struct article_row *row)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(date_of(row).time);
    if (!moment)
        moment = g_date_time_new_from_unix_utc(0);
    return g_strdup_printf("From " ADDRESS " %s %s %2d %02d:%02d:%02d %04d\n",
                           days[g_date_time_get_day_of_week(moment) - 1],
                           months[g_date_time_get_month(moment) - 1],
                           g_date_time_get_day_of_month(moment), g_date_time_get_hour(moment),
                           g_date_time_get_minute(moment), g_date_time_get_second(moment),
                           g_date_time_get_year(moment));
}

char *
mailbox_name(const struct article_row *row)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "_%d.crier", row->first_seen,
                           row->id, row->revisions);
}

/* The source as a name, without what has a meaning in an address. */
static char *
sender_of(const struct article_row *row)
{
    g_autofree char *name = g_strdelimit(g_strdup(row->source_label), "<>\"@,;:()[]\\", ' '),
                    *from = g_strdup_printf("%s <" ADDRESS ">", g_strstrip(name)),
                    *checked = *name ? mail_address(from) : NULL;
    return checked ? g_steal_pointer(&from) : g_strdup(ADDRESS);
}

/* The same in every store, and another one for each text. */
static char *
id_of(const struct article_row *row, const struct article_origin *origin)
{
    g_autofree char *name = g_strdup_printf("%s\n%s", origin->source, origin->key),
                    *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    return g_strdup_printf("%.32s.%d.%s", sum, row->revisions, ADDRESS);
}

char *
mailbox_message(struct store *store, const struct article_row *row, GError **error)
{
    AUTO(article_origin_clear) struct article_origin origin = {0};
    AUTO(document_free) struct document *body = publish_document(store, row->id, error);
    if (!body || !exchange_origin(store, row->id, &origin, error))
        return NULL;
    AUTO(document_free) struct document *page = page_compose(store, row, body);
    page_keep_pictures_away(page);
    const struct date date = date_of(row);
    g_autofree char *text = document_plain(page), *from = sender_of(row), *id = id_of(row, &origin),
                    *begin = page_html_begin(heading_title(row)),
                    *article = page_html_article(row, page),
                    *html = g_strconcat(begin, article, page_html_end, NULL);
    char *const nobody[] = {NULL};
    const struct mail mail = {.from = from,
                              .to = nobody,
                              .subject = heading_title(row),
                              .id = id,
                              .date = date.time,
                              .offset = date.offset,
                              .text = text,
                              .html = html};
    return mail_compose(&mail);
}
