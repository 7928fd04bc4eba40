/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chinese addresses, 龙沙区站前大街128号, in text without blanks. */
#include "config.h"

#include "base/number.h"
#include "text/street-parts.h"

#include <string.h>

enum han_use {
    HAN_KIND,
    HAN_AREA,
    HAN_LONGER,
    HAN_OTHER,
    HAN_MARK,
    HAN_UNIT,
    HAN_JOIN,
    HAN_TO,
    HAN_BORDER,
    HAN_EVEN,
    HAN_ODD
};

static const char *const han_words[] = {
#define STREET(kind, place, words)
#define WORDS(use, words)
#define HAN(use, words) [HAN_##use] = (words),
#include "text/streets.def"
#undef STREET
#undef WORDS
#undef HAN
};

#define MAX_NUMBER 99999
#define MAX_UNITS  100 /* of a house */

/* Whether a word of a use stands there: how many bytes it has; 0: none does. */
static gsize
at(const char *p, enum han_use use)
{
    for (const char *words = han_words[use]; *words;) {
        gsize length = strcspn(words, " ");
        if (!strncmp(p, words, length))
            return length;
        words += length + (words[length] == ' ');
    }
    return 0;
}

/* The same of what ends there. */
static bool
ends(const char *begin, const char *p, enum han_use use)
{
    for (const char *words = han_words[use]; *words;) {
        gsize length = strcspn(words, " ");
        if ((gsize)(p - begin) >= length && !strncmp(p - length, words, length))
            return true;
        words += length + (words[length] == ' ');
    }
    return false;
}

static bool
is_han(gunichar c)
{
    return c >= 0x3400 && c <= 0x9fff;
}

static const char *
skip_blanks(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

static const char *
read_digits(const char *p, gint64 *number)
{
    const char *end = p;
    while (g_ascii_isdigit(*end))
        end++;
    g_autofree char *digits = g_strndup(p, (gsize)(end - p));
    if (end > p)
        number_prefix(digits, MAX_NUMBER, number, NULL);
    return end;
}

/* --- an address ----------------------------------------------------------------------------- */

static const char *
read_unit(const char *p, gint64 *unit)
{
    gint64 number = 0;
    const char *end = read_digits(p, &number);
    gsize mark = end > p ? at(end, HAN_UNIT) : 0;
    if (!mark)
        return p;
    *unit = number;
    return end + mark;
}

/* "128号", "128-1号", "12号楼3单元" */
static void
read_house(const char *p, struct street_address *address)
{
    gint64 number = 0, part = 0;
    const char *end = read_digits(p, &number);
    if (end == p)
        return;
    address->has_house = true;
    address->house.number = number;
    if (*end == '-') {
        const char *last = read_digits(end + 1, &part);
        if (part)
            g_snprintf(address->house.part, sizeof address->house.part, "%d", (int)part);
        end = last;
    }
    read_unit(end + at(end, HAN_MARK), &address->unit);
}

struct street_address *
han_parse(const char *folded)
{
    const char *name = folded, *end = NULL, *p = folded;
    for (; *p && (is_han(g_utf8_get_char(p)) || *p == ' '); p = g_utf8_next_char(p)) {
        gsize kind = at(p, HAN_KIND), area = at(p, HAN_AREA);
        bool longer_area = area > kind && p > name;
        if (kind && !longer_area && p > name) {
            end = p + kind;
            p = end - 1;
            while ((*p & 0xc0) == 0x80)
                p--;
        } else if (area && p > name) {
            name = skip_blanks(p + area);
            end = NULL;
            p += area - 1;
            while ((*p & 0xc0) == 0x80)
                p--;
        }
    }
    if (!end || end <= name)
        return NULL;
    struct street_address *address = g_new0(struct street_address, 1);
    address->name = g_ptr_array_new_with_free_func(g_free);
    address->han = true;
    address->word = g_strndup(name, (gsize)(end - name));
    g_ptr_array_add(address->name, g_strdup(address->word));
    read_house(skip_blanks(end), address);
    return address;
}

/* --- a line --------------------------------------------------------------------------------- */

/* Another street or place: 东和平路, 和平街道, 和平路二巷, 和平路小学. */
static bool
is_other(const char *line, const char *p, const char *end)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    if (ends(line, p, HAN_LONGER) || at(end, HAN_OTHER))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(numerals); i++)
        if (g_str_has_prefix(end, numerals[i]) && at(end + strlen(numerals[i]), HAN_KIND))
            return true;
    return false;
}

/* A number that is one of a house if its list has a mark. */
struct found {
    GArray *ranges;
    GArray *units; /* gint64, of the last house */
    bool marked;
};

static const char *
skip_mark(const char *p, struct found *found)
{
    gsize mark = at(p, HAN_MARK);
    found->marked |= mark > 0;
    return p + mark;
}

/* "1、2单元" behind a house: p where there are none. */
static const char *
read_units(const char *p, struct found *found)
{
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (const char *q = p;;) {
        gint64 number = 0;
        gint64 last = 0;
        const char *end = read_digits(q, &number);
        if (end == q)
            return p;
        gsize to = at(end, HAN_TO);
        const char *after = to ? read_digits(end + to, &last) : end;
        if (last > number && last - number < MAX_UNITS) {
            for (; number < last; number++)
                g_array_append_val(units, number);
            end = after;
        }
        g_array_append_val(units, number);
        gsize mark = at(end, HAN_UNIT), join = at(end, HAN_JOIN);
        if (mark) {
            g_array_set_size(found->units, 0);
            g_array_append_vals(found->units, units->data, units->len);
            return end + mark;
        }
        if (!join)
            return p;
        q = end + join;
    }
}

static enum parity
parity_at(const char *p, gsize *length)
{
    gsize even = at(p, HAN_EVEN), odd = at(p, HAN_ODD);
    *length = even ? even : odd;
    return even ? PARITY_EVEN : odd ? PARITY_ODD : PARITY_ANY;
}

/* One number or range; p where there is none. */
static const char *
read_range(const char *p, struct house_range *range, struct found *found)
{
    gint64 number = 0, last = 0;
    const char *end = read_digits(p, &number);
    *range = (struct house_range){.first = {.number = number}};
    if (end == p)
        return p;
    end = skip_mark(end, found);
    gsize to = at(end, HAN_TO);
    const char *second = to ? skip_blanks(end + to) : end, *after = read_digits(second, &last);
    if (!to || after == second)
        return end;
    if (last > number)
        range->last = last;
    else
        g_snprintf(range->first.part, sizeof range->first.part, "%d", (int)last);
    return skip_mark(after, found);
}

/* The houses behind a name. */
static void
read_list(const char *p, struct found *found, enum parity *side)
{
    enum parity parity = PARITY_ANY;
    p += *p == '\t' || *p == ':' || *p == '(';
    for (bool more = true; more;) {
        gsize length;
        struct house_range range;
        p = skip_blanks(p);
        p += *p == '(';
        enum parity said = parity_at(p, &length);
        if (said != PARITY_ANY) {
            if (found->ranges->len) /* behind those that it is of */
                for (guint i = 0; i < found->ranges->len; i++) {
                    struct house_range *one = &g_array_index(found->ranges, struct house_range, i);
                    one->parity = one->parity == PARITY_ANY ? said : one->parity;
                }
            else
                parity = said;
            p += length;
            more = true;
        } else {
            const char *end = read_range(p, &range, found);
            more = end > p;
            range.parity = parity;
            if (more)
                g_array_append_val(found->ranges, range);
            p = more ? read_units(end, found) : end;
        }
        p += *p == ')';
        p += at(p, HAN_JOIN);
    }
    *side = parity;
}

static bool
has_unit(const struct street_address *address, const struct found *found)
{
    bool has = !address->unit || !found->units->len;
    for (guint i = 0; i < found->units->len; i++)
        has |= g_array_index(found->units, gint64, i) == address->unit;
    return has;
}

static enum street_hit
judge(const struct street_address *address, const char *line, const char *p, const char *end,
      bool *misses)
{
    g_autoptr(GArray) ranges = g_array_new(FALSE, TRUE, sizeof(struct house_range)),
                      units = g_array_new(FALSE, FALSE, sizeof(gint64));
    struct found found = {ranges, units, false};
    enum parity side;
    read_list(end, &found, &side);
    if (ranges->len && !found.marked && *end != '\t' && side == PARITY_ANY)
        g_array_set_size(ranges, 0);
    if (!ranges->len && side != PARITY_ANY) {
        struct house_range all = {.first = {.number = 1}, .last = G_MAXINT64, .parity = side};
        g_array_append_val(ranges, all);
    }
    if (!ranges->len) {
        bool border = ends(line, p, HAN_BORDER) || at(end, HAN_BORDER);
        return border ? STREET_NONE : STREET_WHOLE;
    }
    if (!address->has_house)
        return STREET_WHOLE;
    for (guint i = 0; i < ranges->len; i++)
        if (house_is_in(&address->house, &g_array_index(ranges, struct house_range, i)) &&
            has_unit(address, &found))
            return STREET_HOUSE;
    *misses = true;
    return STREET_NONE;
}

enum street_hit
han_find(const struct street_address *address, const char *folded, bool *misses)
{
    enum street_hit hit = STREET_NONE;
    gsize length = strlen(address->word);
    for (const char *p = folded; (p = strstr(p, address->word)); p += length) {
        if (is_other(folded, p, p + length))
            continue;
        hit = MAX(hit, judge(address, folded, p, p + length, misses));
    }
    return hit;
}
