/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iCalendar, a component at a time through libical, which keeps state of its own for the whole
 * process: one calendar is read at a time.
 */
#include "config.h"

#include "feed/ical.h"
#include "base/clean.h"
#include "base/number.h"
#include "feed/ical-time.h"
#include "feed/value.h"

#include <string.h>

static GMutex one_at_a_time;

struct reading {
    struct feed *feed;
    const struct feed_options *options;
    struct ical_zones *zones;
    GHashTable *changed; /* "UID\nOCCURRENCE": occurrences that are items of their own */
    const char *stamp;   /* the DTSTAMP that all have: of the export, and of no event; or NULL */
};

/* --- properties ----------------------------------------------------------------------------- */

static icalproperty *
property_of(icalcomponent *from, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(from, kind);
}

/* A parameter of a property as it is written, or NULL. */
static const char *
parameter(icalproperty *property, icalparameter_kind kind)
{
    icalparameter *found = property ? icalproperty_get_first_parameter(property, kind) : NULL;
    const char *text = NULL;
    switch (found ? kind : ICAL_NO_PARAMETER) {
    case ICAL_TZID_PARAMETER:
        text = icalparameter_get_tzid(found);
        break;
    case ICAL_CN_PARAMETER:
        text = icalparameter_get_cn(found);
        break;
    case ICAL_FMTTYPE_PARAMETER:
        text = icalparameter_get_fmttype(found);
        break;
    case ICAL_LANGUAGE_PARAMETER:
        text = icalparameter_get_language(found);
        break;
    case ICAL_SIZE_PARAMETER:
        text = icalparameter_get_size(found);
        break;
    case ICAL_FILENAME_PARAMETER:
        text = icalparameter_get_filename(found);
        break;
    default:
        break;
    }
    return text && *text ? text : NULL;
}

/* The text of a property, with what is escaped in it resolved (§3.3.11); borrowed, or NULL. */
static const char *
text_of(icalproperty *property)
{
    icalvalue *value = property ? icalproperty_get_value(property) : NULL;
    if (!value)
        return NULL;
    switch (icalvalue_isa(value)) {
    case ICAL_TEXT_VALUE:
        return icalvalue_get_text(value);
    case ICAL_URI_VALUE:
        return icalvalue_get_uri(value);
    case ICAL_CALADDRESS_VALUE:
        return icalvalue_get_caladdress(value);
    case ICAL_X_VALUE:
        return icalvalue_get_x(value);
    default:
        return icalproperty_get_value_as_string(property);
    }
}

static const char *
own_text(icalcomponent *from, icalproperty_kind kind)
{
    return text_of(property_of(from, kind));
}

/* The first property of that name that is not in the standard. */
static icalproperty *
extension(icalcomponent *from, const char *name)
{
    for (icalproperty *p = property_of(from, ICAL_X_PROPERTY); p;
         p = icalcomponent_get_next_property(from, ICAL_X_PROPERTY)) {
        const char *own = icalproperty_get_x_name(p);
        if (own && !g_ascii_strcasecmp(own, name))
            return p;
    }
    return NULL;
}

/* What is escaped in a text that libical takes for one of a kind it does not know. */
static char *
unescape(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (*p != '\\' || !p[1] || !strchr("nN,;\\\"", p[1]))
            g_string_append_c(out, *p);
        else
            g_string_append_c(out, *++p == 'n' || *p == 'N' ? '\n' : *p);
    }
    return g_string_free(out, FALSE);
}

/* --- times ---------------------------------------------------------------------------------- */

/*
 * The time of a property: by libical, else as dates are written elsewhere.  time: as libical has
 * it, null otherwise.
 */
static struct date
date_of(struct reading *r, icalcomponent *from, const struct ical_part *part,
        icalproperty_kind kind, struct icaltimetype *time)
{
    icalproperty *property = property_of(from, kind);
    icalvalue *value = property ? icalproperty_get_value(property) : NULL;
    *time = icaltime_null_time();
    if (value) {
        *time = icalvalue_isa(value) == ICAL_DATE_VALUE ? icalvalue_get_date(value)
                                                        : icalvalue_get_datetime(value);
        struct date date = ical_moment(r->zones, *time, parameter(property, ICAL_TZID_PARAMETER));
        if (date_is_known(&date))
            return date;
        *time = icaltime_null_time();
    }
    g_autofree char *raw = ical_raw_value(part, icalproperty_kind_to_string(kind));
    struct date date = {0};
    if (raw && !text_is_blank(raw) && !date_parse(raw, &r->options->dates, &date)) {
        feed_warn(r->feed, "bad-date", part->line, "'%.60s' is no date", raw);
        date = (struct date){0};
    }
    return date;
}

/* When it was written, as all formats say that. */
static struct date
moment_of(struct reading *r, icalcomponent *from, const struct ical_part *part,
          icalproperty_kind kind)
{
    struct icaltimetype time;
    struct date date = date_of(r, from, part, kind, &time);
    if (date_is_known(&date) && date.time < 631152000) /* 1990: programs write 1900 for "unknown" */
        return (struct date){0};
    if (date_is_known(&date))
        date.precision = DATE_SECOND;
    return date;
}

static void
read_written(struct reading *r, icalcomponent *from, const struct ical_part *part,
             struct feed_item *item)
{
    item->published = moment_of(r, from, part, ICAL_CREATED_PROPERTY);
    item->updated = moment_of(r, from, part, ICAL_LASTMODIFIED_PROPERTY);
    g_autofree char *raw = ical_raw_value(part, "DTSTAMP");
    bool stamped = raw && g_strcmp0(raw, r->stamp);
    if (!date_is_known(&item->updated) && stamped)
        item->updated = moment_of(r, from, part, ICAL_DTSTAMP_PROPERTY);
    if (!date_is_known(&item->published))
        item->published = item->updated;
}

static char *
occurrence_key(const char *uid, struct icaltimetype start)
{
    return start.is_date
               ? g_strdup_printf("%s\n%04d%02d%02d", uid, start.year, start.month, start.day)
               : g_strdup_printf("%s\n%04d%02d%02dT%02d%02d%02d", uid, start.year, start.month,
                                 start.day, start.hour, start.minute, start.second);
}

struct skipping {
    const struct reading *reading;
    icalcomponent *event;
    const char *uid;
};

/* Whether an occurrence was called off (EXDATE) or is an item of its own. */
static bool
is_skipped(struct icaltimetype start, gconstpointer data)
{
    const struct skipping *s = data;
    g_autofree char *key = occurrence_key(s->uid ? s->uid : "", start);
    if (g_hash_table_contains(s->reading->changed, key))
        return true;
    int count = 0;
    for (icalproperty *p = property_of(s->event, ICAL_EXDATE_PROPERTY); p && count < MAX_LIST;
         p = icalcomponent_get_next_property(s->event, ICAL_EXDATE_PROPERTY), count++) {
        struct icaltimetype off = icalproperty_get_exdate(p);
        if (off.is_date ? !icaltime_compare_date_only(off, start) : !icaltime_compare(off, start))
            return true;
    }
    return false;
}

/* The day before: a calendar states the day on which something is over, people the last one. */
static struct date
last_day(struct date end)
{
    end.time -= 86400;
    return end;
}

static void
read_when(struct reading *r, icalcomponent *from, const struct ical_part *part,
          struct feed_item *item)
{
    struct icaltimetype start, end;
    icalproperty_kind end_kind = g_str_equal(part->name, "VTODO") ? ICAL_DUE_PROPERTY
                                                                  : ICAL_DTEND_PROPERTY;
    item->event.starts = date_of(r, from, part, ICAL_DTSTART_PROPERTY, &start);
    item->event.ends = date_of(r, from, part, end_kind, &end);
    icalproperty *lasting = property_of(from, ICAL_DURATION_PROPERTY);
    int64_t length = date_is_known(&item->event.ends) && date_is_known(&item->event.starts)
                         ? item->event.ends.time - item->event.starts.time
                         : 0;
    if (!date_is_known(&item->event.ends) && lasting && date_is_known(&item->event.starts)) {
        length = icaldurationtype_as_int(icalproperty_get_duration(lasting));
        item->event.ends = item->event.starts;
        item->event.ends.time += length;
    }
    if (length < 0 || length > INT64_C(36600) * 86400)
        length = 0;
    bool recurs = property_of(from, ICAL_RRULE_PROPERTY) || property_of(from, ICAL_RDATE_PROPERTY);
    if (recurs && !icaltime_is_null_time(start) && r->options->now) {
        const struct skipping skipping = {r, from, own_text(from, ICAL_UID_PROPERTY)};
        const struct ical_span span = {
            start, parameter(property_of(from, ICAL_DTSTART_PROPERTY), ICAL_TZID_PARAMETER),
            length};
        struct icaltimetype next =
            ical_next(r->zones, from, &span, r->options->now, is_skipped, &skipping);
        struct date date = ical_moment(r->zones, next, span.zone);
        if (date_is_known(&item->event.ends)) {
            item->event.ends.time = date.time + length;
            item->event.ends.offset = date.offset;
        }
        item->event.starts = date;
    }
    if (item->event.ends.precision == DATE_DAY && end_kind == ICAL_DTEND_PROPERTY)
        item->event.ends = last_day(item->event.ends);
    if (!date_is_known(&item->event.starts) && end_kind == ICAL_DUE_PROPERTY)
        item->event.starts = item->event.ends;
    /* what ends as it begins says no more than when it begins; before that, it says nothing */
    if (item->event.ends.time <= item->event.starts.time)
        item->event.ends = (struct date){0};
}

/* --- the rest of an item -------------------------------------------------------------------- */

/* Takes what a program has written as HTML, or as text that may be HTML too. */
static void
read_texts(icalcomponent *from, struct feed_item *item, const char *base)
{
    icalproperty *alternative = extension(from, "X-ALT-DESC");
    const char *type = parameter(alternative, ICAL_FMTTYPE_PARAMETER), *raw = text_of(alternative),
               *text = own_text(from, ICAL_DESCRIPTION_PROPERTY);
    g_autofree char *html = raw ? unescape(raw) : NULL;
    if (html && !text_is_blank(html) &&
        ((type && !g_ascii_strcasecmp(type, "text/html")) || value_looks_like_html(html))) {
        item->content_html = g_steal_pointer(&html);
        item->content_base = g_strdup(base);
    }
    if (!text || text_is_blank(text))
        return;
    if (value_looks_like_html(text)) {
        item->summary_html = g_strstrip(g_strdup(text));
    } else {
        item->summary_plain = g_strstrip(g_strdup(text));
        item->summary_html = value_escape(item->summary_plain);
    }
    item->summary_base = g_strdup(base);
}

static void
read_organizer(icalcomponent *from, struct feed_item *item)
{
    icalproperty *property = property_of(from, ICAL_ORGANIZER_PROPERTY);
    const char *name = parameter(property, ICAL_CN_PARAMETER), *address = text_of(property);
    if (!name && !address)
        return;
    struct feed_person *person = g_new0(struct feed_person, 1);
    person->name = value_text(name, false);
    if (address && !g_ascii_strncasecmp(address, "mailto:", 7))
        person->email = value_text(address + 7, false);
    if (person->name || person->email)
        value_add_person(item->authors, person);
    else
        feed_person_free(person);
}

static void
read_categories(icalcomponent *from, struct feed_item *item)
{
    const char *status = own_text(from, ICAL_STATUS_PROPERTY);
    if (status && !g_ascii_strcasecmp(status, "CANCELLED"))
        value_add_category(item->categories, g_strdup("CANCELLED"), NULL, NULL);
    for (icalproperty *p = property_of(from, ICAL_CATEGORIES_PROPERTY); p;
         p = icalcomponent_get_next_property(from, ICAL_CATEGORIES_PROPERTY)) {
        const char *text = text_of(p);
        g_auto(GStrv) words = g_strsplit(text ? text : "", ",", MAX_LIST);
        for (char **word = words; *word; word++)
            value_add_category(item->categories, value_text(*word, false), NULL, NULL);
    }
}

static void
read_attachments(icalcomponent *from, struct feed_item *item, const char *base)
{
    for (icalproperty *p = property_of(from, ICAL_ATTACH_PROPERTY);
         p && item->enclosures->len < MAX_LIST;
         p = icalcomponent_get_next_property(from, ICAL_ATTACH_PROPERTY)) {
        icalattach *attach = icalproperty_get_attach(p);
        /* a file within the calendar has no address */
        const char *address = attach && icalattach_get_is_url(attach) ? icalattach_get_url(attach)
                                                                      : NULL;
        char *url = value_url(address, base);
        if (!url)
            continue;
        struct feed_enclosure *e = g_new0(struct feed_enclosure, 1);
        *e = (struct feed_enclosure){url,
                                     g_strdup(parameter(p, ICAL_FMTTYPE_PARAMETER)),
                                     value_text(parameter(p, ICAL_FILENAME_PARAMETER), false),
                                     NULL,
                                     value_number(parameter(p, ICAL_SIZE_PARAMETER)),
                                     FEED_NO_NUMBER,
                                     FEED_NO_NUMBER,
                                     FEED_NO_NUMBER};
        g_ptr_array_add(item->enclosures, e);
    }
}

static void
read_identity(icalcomponent *from, struct feed_item *item, const char *base)
{
    const char *uid = own_text(from, ICAL_UID_PROPERTY);
    icalproperty *of = property_of(from, ICAL_RECURRENCEID_PROPERTY);
    const char *occurrence = of ? icalproperty_get_value_as_string(of) : NULL;
    if (uid && !text_is_blank(uid))
        item->id = occurrence ? g_strdup_printf("%s#%s", uid, occurrence) : g_strdup(uid);
    if (item->id)
        g_strstrip(item->id);
    item->link = value_url(own_text(from, ICAL_URL_PROPERTY), base);
    if (item->link)
        value_add_link(item->links, item->link, "alternate");
}

/* A place in one line; the lines of an address are parted by commas. */
static char *
place_of(const char *text)
{
    if (!text)
        return NULL;
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", MAX_LIST);
    GString *out = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        g_autofree char *words = value_text(*line, false);
        if (!words)
            continue;
        gsize end = out->len;
        if (end)
            g_string_append(out, strchr(",;", out->str[end - 1]) ? " " : ", ");
        g_string_append(out, words);
    }
    return g_string_free(out, !out->len);
}

static void
read_item(struct reading *r, icalcomponent *from, const struct ical_part *part)
{
    struct feed_item *item = feed_add_item(r->feed);
    const char *base = r->options->url;
    icalproperty *title = property_of(from, ICAL_SUMMARY_PROPERTY);
    const char *language = parameter(title, ICAL_LANGUAGE_PARAMETER);
    item->title = value_text(text_of(title), false);
    item->language = g_strdup(language ? language : r->feed->language);
    item->event.place = place_of(own_text(from, ICAL_LOCATION_PROPERTY));
    read_identity(from, item, base);
    read_written(r, from, part, item);
    read_when(r, from, part, item);
    read_texts(from, item, base);
    read_organizer(from, item);
    read_categories(from, item);
    read_attachments(from, item, base);
}

/* --- the calendar --------------------------------------------------------------------------- */

static bool
is_item(const struct ical_part *part)
{
    static const char *const kinds[] = {"VEVENT", "VTODO", "VJOURNAL", NULL};
    return g_strv_contains(kinds, part->name);
}

/* The caller's, or NULL when libical can make nothing of it. */
static icalcomponent *
parse(const char *text)
{
    icalcomponent *component = icalparser_parse_string(text);
    if (component && icalcomponent_isa(component) != ICAL_XROOT_COMPONENT)
        return component;
    if (component)
        icalcomponent_free(component);
    return NULL;
}

static void
read_head(struct reading *r, const char *text)
{
    icalcomponent *head = parse(text);
    if (!head)
        return;
    struct feed *feed = r->feed;
    const char *base = r->options->url, *version = own_text(head, ICAL_VERSION_PROPERTY);
    icalproperty *period = property_of(head, ICAL_REFRESHINTERVAL_PROPERTY);
    const char *zone = text_of(extension(head, "X-WR-TIMEZONE")),
               *every = period ? icalproperty_get_value_as_string(period)
                               : text_of(extension(head, "X-PUBLISHED-TTL"));
    const char *names[] = {own_text(head, ICAL_NAME_PROPERTY),
                           text_of(extension(head, "X-WR-CALNAME"))},
               *texts[] = {own_text(head, ICAL_DESCRIPTION_PROPERTY),
                           text_of(extension(head, "X-WR-CALDESC"))};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = names[i] ? unescape(names[i]) : NULL,
                        *words = texts[i] ? unescape(texts[i]) : NULL;
        value_take(&feed->title, value_text(name, false));
        value_take(&feed->description, value_text(words, false));
    }
    feed->version = value_text(version, false);
    feed->generator = value_text(own_text(head, ICAL_PRODID_PROPERTY), false);
    feed->link = value_url(own_text(head, ICAL_URL_PROPERTY), base);
    feed->updated = (struct date){0};
    if (zone)
        ical_zones_set_default(r->zones, zone);
    struct icaldurationtype wait = every ? icaldurationtype_from_string(every)
                                         : icaldurationtype_null_duration();
    if (!icaldurationtype_is_bad_duration(wait) && icaldurationtype_as_int(wait) >= 60)
        feed->ttl = icaldurationtype_as_int(wait) / 60;
    icalcomponent_free(head);
}

/* Zones come first, wherever they stand, and what is changed of recurring events. */
static void
read_zones(struct reading *r, const struct ical_parts *parts)
{
    for (guint i = 0; i < parts->parts->len; i++) {
        const struct ical_part *part = g_ptr_array_index(parts->parts, i);
        if (g_str_equal(part->name, "VTIMEZONE")) {
            icalcomponent *zone = parse(part->text->str);
            if (zone)
                ical_zones_add(r->zones, zone);
        } else if (is_item(part)) {
            g_autofree char *uid = ical_raw_value(part, "UID"),
                            *occurrence = ical_raw_value(part, "RECURRENCE-ID");
            if (uid && occurrence)
                g_hash_table_add(r->changed, g_strdup_printf("%s\n%.*s", uid,
                                                             (int)strspn(occurrence, "0123456789T"),
                                                             occurrence));
        }
    }
}

/* The DTSTAMP that two items or more have, all of them; newly allocated, or NULL. */
static char *
common_stamp(const struct ical_parts *parts)
{
    g_autofree char *stamp = NULL;
    guint count = 0;
    for (guint i = 0; i < parts->parts->len; i++) {
        const struct ical_part *part = g_ptr_array_index(parts->parts, i);
        if (!is_item(part))
            continue;
        g_autofree char *own = ical_raw_value(part, "DTSTAMP");
        if (!own || (stamp && !g_str_equal(stamp, own)))
            return NULL;
        if (!stamp)
            stamp = g_steal_pointer(&own);
        count++;
    }
    return count > 1 ? g_steal_pointer(&stamp) : NULL;
}

static void
read_items(struct reading *r, const struct ical_parts *parts)
{
    for (guint i = 0; i < parts->parts->len; i++) {
        const struct ical_part *part = g_ptr_array_index(parts->parts, i);
        if (!is_item(part))
            continue;
        icalcomponent *component = parse(part->text->str);
        if (!component) {
            feed_warn(r->feed, "malformed", part->line, "this %s cannot be read", part->name);
            continue;
        }
        if (part->repaired)
            feed_warn(r->feed, "malformed", part->line, "a line of this %s is no property",
                      part->name);
        if (part->cut)
            feed_warn(r->feed, "limit", part->line, "a part of this %s is too long", part->name);
        read_item(r, component, part);
        icalcomponent_free(component);
    }
}

void
ical_read(struct feed *feed, const char *text, gsize length, const struct feed_options *options)
{
    struct ical_parts *parts = ical_split(text, length);
    g_autofree char *stamp = common_stamp(parts);
    struct reading r = {feed, options, ical_zones_new(options->dates.offset),
                        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), stamp};
    feed->format = "ical";
    g_mutex_lock(&one_at_a_time);
    icalerror_set_errors_are_fatal(0);
    read_head(&r, parts->head->str);
    read_zones(&r, parts);
    read_items(&r, parts);
    if (parts->truncated)
        feed_warn(feed, "malformed", 0, "the end of the calendar is missing");
    if (parts->cut)
        feed_warn(feed, "limit", 0, "the first %u components were read", parts->parts->len);
    ical_zones_free(r.zones);
    icalmemory_free_ring();
    g_mutex_unlock(&one_at_a_time);
    g_hash_table_unref(r.changed);
    ical_parts_free(parts);
}
