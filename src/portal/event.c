/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event of a page: the only one that it states. */
#include "config.h"

#include "portal/event.h"
#include "base/clean.h"
#include "document/html.h"

#include <string.h>

/* Without one of these in its text a page states no event: none of its elements is looked at. */
static bool
may_state(const struct page *page)
{
    return page->source && (strstr(page->source, "startDate") || strstr(page->source, "dt-start") ||
                            strstr(page->source, "dtstart"));
}

static bool
has_class(const xmlNode *node, const char *name)
{
    g_autofree char *value = html_attribute(node, "class");
    g_auto(GStrv) words = g_strsplit_set(value ? value : "", " \t\r\n\f", -1);
    return g_strv_contains((const char *const *)words, name);
}

static bool
has_property(const xmlNode *node, const char *name)
{
    g_autofree char *value = html_attribute(node, "itemprop");
    g_auto(GStrv) words = g_strsplit_set(value ? value : "", " \t\r\n\f", -1);
    return g_strv_contains((const char *const *)words, name);
}

static bool
is_event(const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    g_autofree char *type = html_attribute(node, "itemtype");
    if (type && strstr(type, "schema.org/"))
        return g_str_has_suffix(g_strchomp(type), "Event");
    return has_class(node, "h-event") || has_class(node, "vevent");
}

/* The element of an event that says this, by one of three vocabularies; or NULL. */
static const xmlNode *
part_of(const xmlNode *event, const char *property, const char *h, const char *old)
{
    for (const xmlNode *node = event->children; node; node = node_next(node, event))
        if (node->type == XML_ELEMENT_NODE &&
            (has_property(node, property) || has_class(node, h) || has_class(node, old)))
            return node;
    return NULL;
}

/* What an element says for machines, else what it shows; the caller's. */
static char *
value_of(const xmlNode *node)
{
    static const char *const attributes[] = {"content", "datetime"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        char *value = html_attribute(node, attributes[i]);
        if (value && !text_is_blank(value))
            return value;
        g_free(value);
    }
    if (node_is(node, "abbr"))
        return html_attribute(node, "title");
    return html_text(node);
}

static void
take_date(const char *text, const struct date_style *style, struct date *out)
{
    if (!text || !date_parse(text, style, out))
        *out = (struct date){0};
}

static void
settle(struct event *event)
{
    if (event->ends.time <= event->starts.time)
        event->ends = (struct date){0};
    if (!date_is_known(&event->starts))
        event_clear(event);
}

static void
read_element(const xmlNode *element, const struct date_style *style, struct event *out)
{
    const xmlNode *starts = part_of(element, "startDate", "dt-start", "dtstart"),
                  *ends = part_of(element, "endDate", "dt-end", "dtend"),
                  *place = part_of(element, "location", "p-location", "location");
    g_autofree char *first = starts ? value_of(starts) : NULL, *last = ends ? value_of(ends) : NULL;
    take_date(first, style, &out->starts);
    take_date(last, style, &out->ends);
    const xmlNode *name = place ? part_of(place, "name", "p-name", "fn") : NULL;
    g_autofree char *words = place ? value_of(name ? name : place) : NULL;
    if (words && !text_is_blank(words))
        out->place = text_squeeze(words, -1);
}

static void
in_elements(struct page *page, const struct date_style *style, struct event *out)
{
    const xmlNode *found = NULL;
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!is_event(node))
            continue;
        if (found)
            return; /* several */
        found = node;
    }
    if (found)
        read_element(found, style, out);
}

void
event_find(struct page *page, const struct linked_data *linked, const struct date_style *style,
           struct event *out)
{
    *out = (struct event){0};
    if (linked->events > 1 || !may_state(page))
        return;
    if (linked->events) {
        take_date(linked->starts, style, &out->starts);
        take_date(linked->ends, style, &out->ends);
        if (linked->place)
            out->place = text_squeeze(linked->place, -1);
    } else {
        in_elements(page, style, out);
    }
    settle(out);
}
