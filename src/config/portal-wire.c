/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portals as bytes, key by key: the tables of portal-keys.h say what each is, so that a new key
 * travels without a word here.  Who writes is trusted; it is the pages that are not.
 */
#include "config.h"

#include "config/portal-wire.h"
#include "base/url.h"
#include "config/portal-keys.h"

#define MAX_TEXT (4 << 20) /* bytes: as much as a portal file may have */
#define MAX_MANY 100000    /* sections, alternatives of a rule, and the like */

/* --- writing ------------------------------------------------------------------------------ */

static void
put_url(GByteArray *out, const char *url)
{
    g_autofree char *login = NULL, *plain = url ? url_without_login(url, &login) : NULL;
    wire_put_text(out, plain);
}

static void
put_regex(GByteArray *out, const GRegex *regex)
{
    wire_put_text(out, regex ? g_regex_get_pattern(regex) : NULL);
}

static void
put_rule(GByteArray *out, const struct portal_rule *rule)
{
    wire_put_text(out, rule->key);
    wire_put_text(out, rule->file);
    wire_put_number(out, rule->line);
    wire_put_texts(out, rule->paths);
    put_regex(out, rule->from_page);
    put_regex(out, rule->from_url);
    wire_put_bool(out, rule->unescape);
    put_regex(out, rule->strip);
    put_regex(out, rule->capture);
    wire_put_text(out, rule->template);
    wire_put_texts(out, rule->formats);
}

static void
put_pairs(GByteArray *out, GHashTable *pairs)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key, value;
    if (pairs) {
        g_hash_table_iter_init(&iter, pairs);
        while (g_hash_table_iter_next(&iter, &key, &value)) {
            g_ptr_array_add(texts, key);
            g_ptr_array_add(texts, value);
        }
    }
    wire_put_texts(out, pairs ? texts : NULL);
}

static void
put_value(GByteArray *out, const struct portal_key *key, const void *at)
{
    switch (key->kind) {
    case TEXT:
    case CHARSET:
    case EDITION:
    case SAVED_PAGE:
        wire_put_text(out, *(char *const *)at);
        break;
    case URL:
    case URL_TEMPLATE:
        put_url(out, *(char *const *)at);
        break;
    case ZONE: {
        const struct date_style *style = at;
        wire_put_number(out, style->offset);
        wire_put_text(out, style->zone);
        wire_put_bool(out, style->zoned);
        break;
    }
    case ORDER:
        wire_put_number(out, *(const enum date_order *)at);
        break;
    case NUMBER:
    case FORMAT:
    case KIND:
        wire_put_number(out, *(const int *)at);
        break;
    case FLAG:
        wire_put_bool(out, *(const bool *)at);
        break;
    case REGEX:
        put_regex(out, *(GRegex *const *)at);
        break;
    case RULE:
        put_rule(out, at);
        break;
    case COUNTERPARTS:
        put_pairs(out, *(GHashTable *const *)at);
        break;
    case TEMPLATE: /* of requests, as headers are */
    case HEADERS:
    case NAMES:
        break;
    }
}

static void
put_group(GByteArray *out, enum portal_group group, const void *base)
{
    for (const struct portal_key *key = portal_keys_of(group); key->name; key++)
        put_value(out, key, (const char *)base + key->offset);
}

static gint64
place_of(const GPtrArray *editions, const struct portal_edition *edition)
{
    guint place = 0;
    while (place < editions->len && g_ptr_array_index(editions, place) != edition)
        place++;
    return place;
}

void
portal_put(GByteArray *out, const struct portal *portal)
{
    wire_put_text(out, portal->id);
    wire_put_text(out, portal->file);
    put_group(out, GROUP_PORTAL, portal);
    put_group(out, GROUP_PROFILE, portal);
    wire_put_number(out, portal->editions->len);
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        wire_put_text(out, edition->id);
        put_group(out, GROUP_EDITION, edition);
    }
    wire_put_number(out, portal->sections->len);
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        wire_put_text(out, section->id);
        wire_put_number(out, place_of(portal->editions, section->edition));
        put_group(out, GROUP_SECTION, section);
    }
    wire_put_number(out, portal->articles->len);
    for (guint i = 0; i < portal->articles->len; i++) {
        const struct portal_article *article = g_ptr_array_index(portal->articles, i);
        wire_put_text(out, article->edition);
        put_group(out, GROUP_ARTICLE, article);
    }
}

/* --- reading ------------------------------------------------------------------------------ */

static void
get_string(struct wire_input *in, char **to)
{
    g_free(*to);
    *to = wire_get_string(in, MAX_TEXT);
}

static void
get_regex(struct wire_input *in, GRegex **to)
{
    g_autofree char *pattern = wire_get_string(in, MAX_TEXT);
    g_clear_pointer(to, g_regex_unref);
    *to = pattern ? g_regex_new(pattern, 0, 0, NULL) : NULL;
    in->bad |= pattern && !*to;
}

static const char *
get_interned(struct wire_input *in)
{
    g_autofree char *text = wire_get_string(in, MAX_TEXT);
    return g_intern_string(text);
}

static void
get_rule(struct wire_input *in, struct portal_rule *rule)
{
    rule->key = get_interned(in);
    rule->file = get_interned(in);
    rule->line = (int)wire_get_number(in, 0, G_MAXINT);
    rule->paths = wire_get_strings(in, MAX_MANY, MAX_TEXT);
    get_regex(in, &rule->from_page);
    get_regex(in, &rule->from_url);
    rule->unescape = wire_get_bool(in);
    get_regex(in, &rule->strip);
    get_regex(in, &rule->capture);
    get_string(in, &rule->template);
    rule->formats = wire_get_strings(in, MAX_MANY, MAX_TEXT);
}

static GHashTable *
get_pairs(struct wire_input *in)
{
    g_autoptr(GPtrArray) texts = wire_get_strings(in, MAX_MANY, MAX_TEXT);
    if (!texts)
        return NULL;
    GHashTable *pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i + 1 < texts->len; i += 2)
        g_hash_table_insert(pairs, g_strdup(g_ptr_array_index(texts, i)),
                            g_strdup(g_ptr_array_index(texts, i + 1)));
    return pairs;
}

static void
get_value(struct wire_input *in, const struct portal_key *key, void *at)
{
    switch (key->kind) {
    case TEXT:
    case CHARSET:
    case EDITION:
    case SAVED_PAGE:
    case URL:
    case URL_TEMPLATE:
        get_string(in, at);
        break;
    case ZONE: {
        struct date_style *style = at;
        style->offset = (int)wire_get_number(in, G_MININT, G_MAXINT);
        style->zone = get_interned(in);
        style->zoned = wire_get_bool(in);
        break;
    }
    case ORDER:
        *(enum date_order *)at = (enum date_order)wire_get_number(in, 0, DATE_YEAR_FIRST);
        break;
    case NUMBER:
    case FORMAT:
    case KIND:
        *(int *)at = (int)wire_get_number(in, G_MININT, G_MAXINT);
        break;
    case FLAG:
        *(bool *)at = wire_get_bool(in);
        break;
    case REGEX:
        get_regex(in, at);
        break;
    case RULE:
        get_rule(in, at);
        break;
    case COUNTERPARTS:
        *(GHashTable **)at = get_pairs(in);
        break;
    case TEMPLATE:
    case HEADERS:
    case NAMES:
        break;
    }
}

static void
get_group(struct wire_input *in, enum portal_group group, void *base)
{
    for (const struct portal_key *key = portal_keys_of(group); key->name; key++)
        get_value(in, key, (char *)base + key->offset);
}

struct portal *
portal_get(struct wire_input *in)
{
    AUTO(portal_free) struct portal *portal = portal_new();
    portal->id = wire_get_string(in, MAX_TEXT);
    portal->file = wire_get_string(in, MAX_TEXT);
    get_group(in, GROUP_PORTAL, portal);
    get_group(in, GROUP_PROFILE, portal);
    gint64 editions = wire_get_number(in, 0, MAX_MANY);
    for (gint64 i = 0; i < editions && !in->bad; i++) {
        g_autofree char *id = wire_get_string(in, MAX_TEXT);
        get_group(in, GROUP_EDITION, portal_add_edition(portal, id));
    }
    gint64 sections = wire_get_number(in, 0, MAX_MANY);
    for (gint64 i = 0; i < sections && !in->bad; i++) {
        g_autofree char *id = wire_get_string(in, MAX_TEXT);
        struct portal_section *section = portal_add_section(portal, id);
        guint place = (guint)wire_get_number(in, 0, G_MAXUINT);
        in->bad |= place >= portal->editions->len;
        if (!in->bad)
            section->edition = g_ptr_array_index(portal->editions, place);
        get_group(in, GROUP_SECTION, section);
    }
    gint64 articles = wire_get_number(in, 0, MAX_MANY);
    for (gint64 i = 0; i < articles && !in->bad; i++) {
        struct portal_article *article = portal_add_article(portal);
        article->edition = wire_get_string(in, MAX_TEXT);
        get_group(in, GROUP_ARTICLE, article);
    }
    return in->bad ? NULL : g_steal_pointer(&portal);
}
