/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page and its rules as bytes; who asks is trusted, so these are checked for sense alone. */
#include "config.h"

#include "parse/question.h"

#define MAX_TEXT (4 << 20) /* bytes of a URL, a type, a label */

static int64_t
place_of(const struct portal *portal, const struct portal_section *section)
{
    for (guint i = 0; portal && i < portal->sections->len; i++)
        if (g_ptr_array_index(portal->sections, i) == section)
            return i;
    return -1;
}

static void
put_style(GByteArray *out, const struct date_style *style)
{
    wire_put_number(out, style->offset);
    wire_put_text(out, style->zone);
    wire_put_bool(out, style->zoned);
    wire_put_number(out, style->order);
    wire_put_number(out, style->language);
    wire_put_number(out, style->home);
}

void
question_put(GByteArray *out, const struct parse_page *page, const struct parse_rules *rules,
             int64_t portal)
{
    wire_put_number(out, page->kind);
    wire_put_text(out, page->content_type);
    wire_put_text(out, page->url);
    wire_put_text(out, page->link);
    wire_put_number(out, portal);
    wire_put_number(out, place_of(rules->portal, rules->section));
    wire_put_bool(out, rules->profiles != NULL);
    wire_put_text(out, rules->language);
    wire_put_text(out, rules->charset_forced);
    wire_put_text(out, rules->charset_default);
    put_style(out, &rules->dates);
    wire_put_number(out, rules->now);
    wire_put_bool(out, rules->keeps_files);
}

static void
get_style(struct wire_input *in, struct date_style *style)
{
    style->offset = (int)wire_get_number(in, -G_MAXINT16, G_MAXINT16);
    g_autofree char *zone = wire_get_string(in, MAX_TEXT);
    style->zone = g_intern_string(zone);
    style->zoned = wire_get_bool(in);
    style->order = (enum date_order)wire_get_number(in, 0, DATE_YEAR_FIRST);
    style->language = (uint16_t)wire_get_number(in, 0, G_MAXUINT16);
    style->home = (uint16_t)wire_get_number(in, 0, G_MAXUINT16);
}

bool
question_get(struct wire_input *in, const GPtrArray *portals, const GPtrArray *profiles,
             struct question *q)
{
    *q = (struct question){0};
    guint next = 0;
    q->page.kind = (enum parse_kind)wire_get_number(in, PARSE_FEED, PARSE_TOKEN);
    q->page.content_type = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    q->page.url = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    q->page.link = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    int64_t portal = wire_get_number(in, -1, (int64_t)portals->len - 1);
    q->rules.portal = !in->bad && portal >= 0 ? g_ptr_array_index(portals, (guint)portal) : NULL;
    int64_t section =
        wire_get_number(in, -1, q->rules.portal ? (int64_t)q->rules.portal->sections->len - 1 : -1);
    q->rules.section = !in->bad && section >= 0
                           ? g_ptr_array_index(q->rules.portal->sections, (guint)section)
                           : NULL;
    q->rules.profiles = wire_get_bool(in) ? profiles : NULL;
    q->rules.language = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    q->rules.charset_forced = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    q->rules.charset_default = q->strings[next++] = wire_get_string(in, MAX_TEXT);
    get_style(in, &q->rules.dates);
    q->rules.now = wire_get_number(in, G_MININT64, G_MAXINT64);
    q->rules.keeps_files = wire_get_bool(in);
    q->page.bytes = (const char *)in->at;
    q->page.length = (gsize)(in->end - in->at);
    in->bad |= !q->page.url || (q->page.kind == PARSE_ARTICLE && !q->page.link) ||
               (q->page.kind == PARSE_TOKEN && !q->rules.section);
    return !in->bad;
}

void
question_clear(struct question *q)
{
    for (size_t i = 0; i < G_N_ELEMENTS(q->strings); i++)
        g_free(q->strings[i]);
}
