/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zones and recurrences.  A zone that the system knows by name is the system's: definitions in
 * calendars are often cut to one year.  libical goes through every occurrence, so it gets no rule
 * that has more than one a day, and none without end.
 */
#include "config.h"

#include "feed/ical-time.h"

#include <string.h>

#define MAX_RULES       4    /* of one event */
#define MAX_OCCURRENCES 4000 /* of a rule that states how many: ten years of days */
/*
 * Microseconds for the rules of one calendar: 5000 weekly events take a tenth; one rule that never
 * comes true ("30 February") takes a twentieth by itself.
 */
#define MAX_TIME 500000

struct zone {
    GTimeZone *known;      /* the system's, or NULL */
    icaltimezone *defined; /* the calendar's, or NULL */
};

struct ical_zones {
    GHashTable *by_name; /* name -> struct zone * */
    int default_offset;
    char *default_name;
    int64_t spent; /* microseconds on rules */
};

static void
zone_free(gpointer data)
{
    struct zone *zone = data;
    if (zone->known)
        g_time_zone_unref(zone->known);
    if (zone->defined)
        icaltimezone_free(zone->defined, 1);
    g_free(zone);
}

struct ical_zones *
ical_zones_new(int default_offset)
{
    struct ical_zones *zones = g_new0(struct ical_zones, 1);
    zones->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_free);
    zones->default_offset = default_offset;
    return zones;
}

void
ical_zones_free(struct ical_zones *zones)
{
    g_hash_table_unref(zones->by_name);
    g_free(zones->default_name);
    g_free(zones);
}

/*
 * The system's zone of that name; programs put something of their own before it
 * ("/example.org/2021/Europe/Berlin").
 */
static GTimeZone *
known_zone(const char *name)
{
    static const char *const utc[] = {"UTC", "Etc/UTC", "GMT", "Z", NULL};
    if (g_strv_contains(utc, name))
        return g_time_zone_new_utc();
    for (const char *p = name; p; p = strchr(p + 1, '/')) {
        const char *place = p + (*p == '/');
        bool plain = g_ascii_isupper(*place) && strchr(place, '/') && !strstr(place, "..") &&
                     strspn(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789_+-/") == strlen(place);
        GTimeZone *zone = plain ? g_time_zone_new_identifier(place) : NULL;
        if (zone)
            return zone;
    }
    return NULL;
}

static struct zone *
find_zone(struct ical_zones *zones, const char *name)
{
    struct zone *zone = g_hash_table_lookup(zones->by_name, name);
    if (!zone) {
        zone = g_new0(struct zone, 1);
        zone->known = known_zone(name);
        g_hash_table_insert(zones->by_name, g_strdup(name), zone);
    }
    return zone;
}

/* --- zones as calendars define them --------------------------------------------------------- */

/* Whether the rule of a zone is what such rules are: once a year. */
static bool
is_yearly(icalproperty *rule)
{
    struct icalrecurrencetype r = icalproperty_get_rrule(rule);
    return r.freq == ICAL_YEARLY_RECURRENCE && r.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX &&
           r.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
           r.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX && !r.rscale;
}

/* libical follows a zone's rules through all years to come, so they have to be harmless. */
static bool
is_harmless(icalcomponent *definition)
{
    int halves = 0, rules = 0;
    for (icalcomponent *half = icalcomponent_get_first_component(definition, ICAL_ANY_COMPONENT);
         half; half = icalcomponent_get_next_component(definition, ICAL_ANY_COMPONENT)) {
        struct icaltimetype start = icalcomponent_get_dtstart(half);
        if (++halves > 200 || start.year < 1500 || start.year > 2200)
            return false;
        for (icalproperty *rule = icalcomponent_get_first_property(half, ICAL_RRULE_PROPERTY); rule;
             rule = icalcomponent_get_next_property(half, ICAL_RRULE_PROPERTY))
            if (++rules > 200 || !is_yearly(rule))
                return false;
    }
    return halves > 0;
}

void
ical_zones_add(struct ical_zones *zones, icalcomponent *definition)
{
    icalproperty *property = icalcomponent_get_first_property(definition, ICAL_TZID_PROPERTY);
    const char *name = property ? icalproperty_get_tzid(property) : NULL;
    struct zone *zone = name && *name ? find_zone(zones, name) : NULL;
    if (!zone || zone->known || zone->defined || !is_harmless(definition)) {
        icalcomponent_free(definition);
        return;
    }
    zone->defined = icaltimezone_new();
    if (!icaltimezone_set_component(zone->defined, definition)) {
        icaltimezone_free(zone->defined, 1);
        zone->defined = NULL;
        icalcomponent_free(definition);
    }
}

void
ical_zones_set_default(struct ical_zones *zones, const char *name)
{
    g_free(zones->default_name);
    zones->default_name = g_strdup(name);
}

/* --- moments -------------------------------------------------------------------------------- */

/* Minutes east of UTC at a local time; false where nothing tells. */
static bool
offset_of(struct ical_zones *zones, const char *name, struct icaltimetype time, int64_t local,
          int *minutes)
{
    struct zone *zone = name && *name ? find_zone(zones, name) : NULL;
    if (zone && zone->known) {
        int interval = g_time_zone_find_interval(zone->known, G_TIME_TYPE_STANDARD, local);
        if (interval < 0) /* a clock that is put forward leaves this out */
            interval = MAX(0, g_time_zone_find_interval(zone->known, G_TIME_TYPE_UNIVERSAL, local));
        *minutes = g_time_zone_get_offset(zone->known, interval) / 60;
        return true;
    }
    if (!zone || !zone->defined)
        return false;
    int is_daylight;
    time.is_date = 0;
    *minutes = icaltimezone_get_utc_offset(zone->defined, &time, &is_daylight) / 60;
    return ABS(*minutes) <= 24 * 60;
}

struct date
ical_moment(struct ical_zones *zones, struct icaltimetype time, const char *zone)
{
    struct date date = {0};
    if (icaltime_is_null_time(time) || time.year < 1900 || time.year > 9000 ||
        !icaltime_is_valid_time(time))
        return date;
    bool day = icaltime_is_date(time), utc = icaltime_is_utc(time);
    g_autoptr(GDateTime) clock = g_date_time_new_utc(time.year, time.month, time.day,
                                                     day ? 0 : time.hour, day ? 0 : time.minute, 0);
    if (!clock)
        return date;
    int64_t local = g_date_time_to_unix(clock) + (day ? 0 : MIN(time.second, 59));
    int minutes = utc && !day ? 0 : zones->default_offset;
    bool zoned = (utc && !day) || offset_of(zones, zone && *zone ? zone : zones->default_name, time,
                                            local, &minutes);
    return (struct date){.time = local - (int64_t)minutes * 60,
                         .offset = (int16_t)minutes,
                         .zoned = zoned,
                         .precision = day ? DATE_DAY : DATE_MINUTE};
}

/* --- what recurs ---------------------------------------------------------------------------- */

struct search {
    struct ical_zones *zones;
    const struct ical_span *span;
    int64_t now;
    bool (*skip)(struct icaltimetype start, gconstpointer data);
    gconstpointer data;
    struct icaltimetype next, last; /* null: none */
    int64_t next_time, last_time;
};

/* Takes an occurrence; true when those that follow it need not be looked at. */
static bool
consider(struct search *s, struct icaltimetype start)
{
    struct date date = ical_moment(s->zones, start, s->span->zone);
    if (!date_is_known(&date) || s->skip(start, s->data))
        return false;
    if (date.time + s->span->length < s->now) {
        if (icaltime_is_null_time(s->last) || date.time > s->last_time) {
            s->last = start;
            s->last_time = date.time;
        }
        return false;
    }
    if (icaltime_is_null_time(s->next) || date.time < s->next_time) {
        s->next = start;
        s->next_time = date.time;
    }
    return true;
}

static void
follow_rule(struct search *s, icalproperty *property)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE || rule.rscale ||
        rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
        rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX)
        return;
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, s->span->start);
    if (!iterator)
        return;
    /* a rule that counts has to be followed from its beginning, others from a while ago */
    struct icaltimetype from = icaltime_from_timet_with_zone(
        (time_t)(s->now - s->span->length - 370 * INT64_C(86400)), s->span->start.is_date, NULL);
    if (!rule.count && icaltime_compare(from, s->span->start) > 0)
        icalrecur_iterator_set_start(iterator, from);
    for (int i = 0; i < MAX_OCCURRENCES; i++) {
        struct icaltimetype start = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(start) || consider(s, start))
            break;
    }
    icalrecur_iterator_free(iterator);
}

static void
follow_dates(struct search *s, icalcomponent *event)
{
    int count = 0;
    for (icalproperty *property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
         property && count < MAX_OCCURRENCES;
         property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY), count++) {
        struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
        consider(s, icaltime_is_null_time(date.time) ? date.period.start : date.time);
    }
}

struct icaltimetype
ical_next(struct ical_zones *zones, icalcomponent *event, const struct ical_span *span, int64_t now,
          bool (*skip)(struct icaltimetype start, gconstpointer data), gconstpointer data)
{
    struct search s = {zones, span, now, skip, data, icaltime_null_time(), icaltime_null_time(),
                       0,     0};
    if (zones->spent > MAX_TIME)
        return span->start;
    int64_t began = g_get_monotonic_time();
    consider(&s, span->start);
    int rules = 0;
    for (icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
         rule && rules < MAX_RULES;
         rule = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY), rules++)
        follow_rule(&s, rule);
    follow_dates(&s, event);
    zones->spent += g_get_monotonic_time() - began;
    if (!icaltime_is_null_time(s.next))
        return s.next;
    return icaltime_is_null_time(s.last) ? span->start : s.last;
}
