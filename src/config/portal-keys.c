/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of keys, what each kind of value is, and how it is checked and kept. */
#include "config.h"

#include "config/portal-keys.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/url.h"
#include "config/header.h"
#include "config/settings.h"
#include "config/template.h"
#include "text/charset.h"
#include "text/date.h"

#include <string.h>

#define AT(type, member) offsetof(struct type, member)

static const struct portal_key portal_keys[] = {
    {"Name", NAMES, AT(portal, names), 0, 0},
    {"Country", TEXT, AT(portal, place.country), 0, 0},
    {"Region", TEXT, AT(portal, place.region), 0, 0},
    {"Kind", TEXT, AT(portal, place.kind), 0, 0},
    {"Spellings", TEXT, AT(portal, place.spellings), 0, 0},
    {"Origin", TEXT, AT(portal, place.origin), 0, 0},
    {"Verified", TEXT, AT(portal, place.verified), 0, 0},
    {"Home", URL, AT(portal, home), 0, 0},
    {"Charset", CHARSET, AT(portal, charset), 0, 0},
    {"TimeZone", ZONE, AT(portal, dates), 0, 0},
    {"DateOrder", ORDER, AT(portal, dates.order), 0, 0},
    {"Profile", TEXT, AT(portal, profile), 0, 0},
    {"Delay", NUMBER, AT(portal, delay), 0, 60},
    {"Connections", NUMBER, AT(portal, connections), 1, 8},
    {"Cookies", FLAG, AT(portal, cookies), 0, 0},
    {"Header", HEADERS, AT(portal, headers), 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key profile_keys[] = {
    {"Name", NAMES, AT(portal, names), 0, 0},
    {"Fingerprint", REGEX, AT(portal, fingerprint), 0, 0},
    {"Feed", RULE, AT(portal, feeds), 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key edition_keys[] = {
    {"Name", NAMES, AT(portal_edition, names), 0, 0},
    {"Language", TEXT, AT(portal_edition, language), 0, 0},
    {"Home", URL, AT(portal_edition, home), 0, 0},
    {"Charset", CHARSET, AT(portal_edition, charset), 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key section_keys[] = {
    {"Name", NAMES, AT(portal_section, names), 0, 0},
    {"Profile", TEXT, AT(portal_section, profile), 0, 0},
    {"Kind", KIND, AT(portal_section, kind), 0, 0},
    {"Url", URL_TEMPLATE, AT(portal_section, url), 0, 0},
    {"Charset", CHARSET, AT(portal_section, charset), 0, 0},
    {"Depth", NUMBER, AT(portal_section, depth), 1, 1000},
    {"Post", TEMPLATE, AT(portal_section, transfer.post), 0, 0},
    {"Post.Type", TEXT, AT(portal_section, transfer.post_type), 0, 0},
    {"Header", HEADERS, AT(portal_section, transfer.headers), 0, 0},
    {"Token.Url", URL, AT(portal_section, token_url), 0, 0},
    {"Token", RULE, AT(portal_section, token), 0, 0},
    {"Pages.First", NUMBER, AT(portal_section, pages_first), 0, 1000000},
    {"Pages.Step", NUMBER, AT(portal_section, pages_step), 1, 1000},
    {"Pages.Size", NUMBER, AT(portal_section, pages_size), 1, 1000},
    {"Pages", TEMPLATE, AT(portal_section, pages), 0, 0},
    {"Format", FORMAT, AT(portal_section, format), 0, 0},
    {"Json", REGEX, AT(portal_section, json), 0, 0},
    {"Html", TEXT, AT(portal_section, html), 0, 0},
    {"Keep.Title", REGEX, AT(portal_section, keep_title), 0, 0},
    {"Keep.Link", REGEX, AT(portal_section, keep_link), 0, 0},
    {"Drop.Title", REGEX, AT(portal_section, drop_title), 0, 0},
    {"Drop.Link", REGEX, AT(portal_section, drop_link), 0, 0},
    {"Rows", RULE, AT(portal_section, rows), 0, 0},
    {"Title", RULE, AT(portal_section, title), 0, 0},
    {"Link", RULE, AT(portal_section, link), 0, 0},
    {"Date", RULE, AT(portal_section, date), 0, 0},
    {"Summary", RULE, AT(portal_section, summary), 0, 0},
    {"Next", RULE, AT(portal_section, next), 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key article_keys[] = {
    {"Match", REGEX, AT(portal_article, match), 0, 0},
    {"Url", URL_TEMPLATE, AT(portal_article, url), 0, 0},
    {"Post", TEMPLATE, AT(portal_article, transfer.post), 0, 0},
    {"Post.Type", TEXT, AT(portal_article, transfer.post_type), 0, 0},
    {"Header", HEADERS, AT(portal_article, transfer.headers), 0, 0},
    {"Format", FORMAT, AT(portal_article, format), 0, 0},
    {"Json", REGEX, AT(portal_article, json), 0, 0},
    {"Counterpart", COUNTERPARTS, AT(portal_article, counterparts), 0, 0},
    {"Stop", REGEX, AT(portal_article, stop), 0, 0},
    {"Drop", REGEX, AT(portal_article, drop), 0, 0},
    {"Ignore", REGEX, AT(portal_article, ignore), 0, 0},
    {"Ignore.Elements", RULE, AT(portal_article, ignore_elements), 0, 0},
    {"Title", RULE, AT(portal_article, title), 0, 0},
    {"Date", RULE, AT(portal_article, date), 0, 0},
    {"Source", RULE, AT(portal_article, source), 0, 0},
    {"Author", RULE, AT(portal_article, author), 0, 0},
    {"Section", RULE, AT(portal_article, section), 0, 0},
    {"Number", RULE, AT(portal_article, number), 0, 0},
    {"Body", RULE, AT(portal_article, body), 0, 0},
    {"Remove", RULE, AT(portal_article, remove), 0, 0},
    {"Attachments", RULE, AT(portal_article, attachments), 0, 0},
    {"Next", RULE, AT(portal_article, next), 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key test_keys[] = {
    {"Url", URL, AT(portal_test, url), 0, 0},
    {"Page", SAVED_PAGE, AT(portal_test, page), 0, 0},
    {"Section", TEXT, AT(portal_test, section_id), 0, 0},
    {"Edition", EDITION, AT(portal_test, edition), 0, 0},
    {"Title", TEXT, AT(portal_test, title), 0, 0},
    {"Date", TEXT, AT(portal_test, date), 0, 0},
    {"Body", TEXT, AT(portal_test, body), 0, 0},
    {"Rows", NUMBER, AT(portal_test, rows), 1, 10000},
    {NULL, 0, 0, 0, 0},
};

static const struct portal_key *const tables[] = {
    [GROUP_PORTAL] = portal_keys,   [GROUP_PROFILE] = profile_keys, [GROUP_EDITION] = edition_keys,
    [GROUP_SECTION] = section_keys, [GROUP_ARTICLE] = article_keys, [GROUP_TEST] = test_keys,
};

const struct portal_key *
portal_keys_of(enum portal_group group)
{
    return tables[group];
}

/* --- freeing ------------------------------------------------------------------------ */

static void
rule_clear(struct portal_rule *rule)
{
    g_clear_pointer(&rule->paths, g_ptr_array_unref);
    g_clear_pointer(&rule->formats, g_ptr_array_unref);
    GRegex **regexes[] = {&rule->from_page, &rule->from_url, &rule->strip, &rule->capture};
    for (size_t i = 0; i < G_N_ELEMENTS(regexes); i++)
        g_clear_pointer(regexes[i], g_regex_unref);
    g_clear_pointer(&rule->template, g_free);
}

void
portal_keys_clear(enum portal_group group, void *base)
{
    for (const struct portal_key *keys = tables[group]; keys->name; keys++) {
        void *at = (char *)base + keys->offset;
        switch (keys->kind) {
        case TEXT:
        case URL:
        case TEMPLATE:
        case URL_TEMPLATE:
        case CHARSET:
        case EDITION:
        case SAVED_PAGE:
            g_clear_pointer((char **)at, g_free);
            break;
        case REGEX:
            g_clear_pointer((GRegex **)at, g_regex_unref);
            break;
        case RULE:
            rule_clear(at);
            break;
        case NAMES:
        case COUNTERPARTS:
            g_clear_pointer((GHashTable **)at, g_hash_table_unref);
            break;
        case HEADERS:
            g_clear_pointer((GPtrArray **)at, g_ptr_array_unref);
            break;
        case ORDER:
        case ZONE:
        case NUMBER:
        case FLAG:
        case FORMAT:
        case KIND:
            break;
        }
    }
}

/* --- one key ------------------------------------------------------------------------ */

bool
portal_read_fail(const struct portal_reader *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(r->error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s:%d: %s"), keyfile_name(r->file),
                keyfile_line(r->file, r->group, r->key), why);
    return false;
}

static bool
unknown_key(const struct portal_reader *r)
{
    return portal_read_fail(r, _("unknown key '%s' in [%s]"), r->key, r->group);
}

static bool
take_text(const char *value, char **to)
{
    g_free(*to);
    *to = g_strdup(value);
    return true;
}

static bool
take_regex(const struct portal_reader *r, GRegex **to)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(GRegex) plain = g_regex_new(r->value, 0, 0, &why);
    if (!plain)
        return portal_read_fail(r, _("%s: the regular expression is wrong: %s"), r->key,
                                why->message);
    /* one that would try every way to match a long text gives up instead; heap in KiB */
    g_autofree char *limited =
        g_strconcat("(*LIMIT_MATCH=1000000)(*LIMIT_HEAP=65536)", r->value, NULL);
    GRegex *regex = g_regex_new(limited, 0, 0, NULL);
    if (!regex)
        regex = g_steal_pointer(&plain);
    if (*to)
        g_regex_unref(*to);
    *to = regex;
    return true;
}

static bool
take_flag(const struct portal_reader *r, bool *to)
{
    *to = g_str_equal(r->value, "true");
    return *to || g_str_equal(r->value, "false") ||
           portal_read_fail(r, _("'%s' is neither true nor false"), r->value);
}

static bool
take_number(const struct portal_reader *r, const struct portal_key *key, int *to)
{
    gint64 number;
    if (!number_parse(r->value, key->min, key->max, &number))
        return portal_read_fail(r, _("'%s' is not a number from %d to %d"), r->value, key->min,
                                key->max);
    *to = (int)number;
    return true;
}

static bool
take_template(const struct portal_reader *r, const char *names, int groups, char **to)
{
    g_autofree char *unknown = template_unknown_name(r->value, names, groups);
    if (unknown)
        return portal_read_fail(r, _("%s: nothing is known as {%s}"), r->key, unknown);
    return take_text(r->value, to);
}

/* An absolute URL, or one that its token makes absolute. */
static bool
take_url_template(const struct portal_reader *r, char **to)
{
    bool of_article = g_str_has_prefix(r->group, "Article");
    if (!url_is_web(r->value) && (of_article || *r->value != '{'))
        return portal_read_fail(r, _("'%s' is not an http or https URL"), r->value);
    return take_template(r, of_article ? "" : "page start end offset token", of_article ? 99 : -1,
                         to);
}

/* "Referer", "X-Requested-With": what only the transfer itself may say is refused. */
static bool
take_header(const struct portal_reader *r, GPtrArray **to)
{
    const char *name = strchr(r->key, '.') + 1;
    if (!header_may_be_set(name) || !header_is_value(r->value))
        return portal_read_fail(r, _("'%s' is not a header that may be set"), name);
    if (!*to)
        *to = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(*to, g_strdup_printf("%s: %s", name, r->value));
    return true;
}

static bool
take_name(const struct portal_reader *r, GHashTable **names)
{
    g_autofree char *language = g_str_has_prefix(r->key, "Name[") && g_str_has_suffix(r->key, "]")
                                    ? g_strndup(r->key + 5, strlen(r->key) - 6)
                                    : g_strdup("");
    if (!*language && !g_str_equal(r->key, "Name"))
        return unknown_key(r);
    g_hash_table_insert(*names, g_steal_pointer(&language), g_strdup(r->value));
    return true;
}

static bool
take_counterpart(const struct portal_reader *r, GHashTable **to)
{
    const char *language = strchr(r->key, '.') + 1;
    if (!*language || !url_is_web(r->value))
        return portal_read_fail(r, _("'%s' is not an http or https URL"), r->value);
    if (!*to)
        *to = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    char *value = NULL;
    if (!take_template(r, "", 99, &value))
        return false;
    g_hash_table_insert(*to, g_strdup(language), value);
    return true;
}

/* The formats of strptime(3) that do not hang on a locale. */
static bool
take_date_format(const struct portal_reader *r, GPtrArray **to)
{
    for (const char *p = strchr(r->value, '%'); p; p = strchr(p + 2, '%'))
        if (!p[1] || !strchr("YymdeHIMSp%", p[1]))
            return portal_read_fail(
                r, _("%s: '%.2s' is none of %%Y %%y %%m %%d %%e %%H %%I %%M %%S %%p"), r->key, p);
    if (!*to)
        *to = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(*to, g_strdup(r->value));
    return true;
}

/* Title, Title.2, Title.Capture, … */
static bool
take_rule(const struct portal_reader *r, const char *name, struct portal_rule *rule)
{
    const char *file = g_intern_string(keyfile_name(r->file));
    const char *part = r->key + strlen(name);
    if (rule->key && rule->file != file)
        rule_clear(rule); /* what the profile says of it */
    if (!rule->key || rule->file != file) {
        rule->key = g_intern_string(name);
        rule->file = file;
        rule->line = keyfile_line(r->file, r->group, r->key);
    }
    if (!*part || g_ascii_isdigit(part[1])) {
        if (!*r->value)
            return portal_read_fail(r, _("%s is empty"), r->key);
        if (!rule->paths)
            rule->paths = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(rule->paths, g_strdup(r->value));
        return true;
    }
    part++;
    if (g_str_equal(part, "FromPage"))
        return take_regex(r, &rule->from_page);
    if (g_str_equal(part, "FromUrl"))
        return take_regex(r, &rule->from_url);
    if (g_str_equal(part, "Capture"))
        return take_regex(r, &rule->capture);
    if (g_str_equal(part, "Strip"))
        return take_regex(r, &rule->strip);
    if (g_str_equal(part, "Unescape"))
        return take_flag(r, &rule->unescape);
    if (g_str_equal(part, "Template"))
        return take_template(r, NULL, 99, &rule->template);
    if (g_str_equal(name, "Date") &&
        (g_str_equal(part, "Format") || g_str_has_prefix(part, "Format.")))
        return take_date_format(r, &rule->formats);
    return unknown_key(r);
}

static bool
take_order(const struct portal_reader *r, enum date_order *to)
{
    static const struct {
        const char *word;
        enum date_order order;
    } orders[] = {{"day-month-year", DATE_DAY_FIRST},
                  {"month-day-year", DATE_MONTH_FIRST},
                  {"year-month-day", DATE_YEAR_FIRST}};
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        if (g_str_equal(r->value, orders[i].word)) {
            *to = orders[i].order;
            return true;
        }
    }
    return portal_read_fail(r, _("'%s' is none of day-month-year, month-day-year, year-month-day"),
                            r->value);
}

static bool
take_value(const struct portal_reader *r, const struct portal_key *key, void *at)
{
    switch (key->kind) {
    case TEXT:
        return take_text(r->value, at);
    case URL:
        return url_is_web(r->value)
                   ? take_text(r->value, at)
                   : portal_read_fail(r, _("'%s' is not an http or https URL"), r->value);
    case TEMPLATE:
        return take_template(
            r, g_str_has_prefix(r->group, "Article") ? "" : "page start end offset token", 99, at);
    case URL_TEMPLATE:
        return take_url_template(r, at);
    case CHARSET:
        return charset_for_label(r->value)
                   ? take_text(r->value, at)
                   : portal_read_fail(r, _("unknown charset '%s'"), r->value);
    case ZONE:
        return date_style_set_zone(at, r->value) ||
               portal_read_fail(r, _("'%s' is no zone as +08:00 or Europe/Warsaw"), r->value);
    case ORDER:
        return take_order(r, at);
    case NUMBER:
        return take_number(r, key, at);
    case FLAG:
        return take_flag(r, at);
    case FORMAT:
        *(int *)at = g_str_equal(r->value, "json") ? PORTAL_JSON : PORTAL_HTML;
        return *(int *)at || g_str_equal(r->value, "html") ||
               portal_read_fail(r, _("'%s' is neither html nor json"), r->value);
    case KIND:
        *(int *)at = g_str_equal(r->value, "list") ? PORTAL_LIST : PORTAL_FEED;
        return *(int *)at == PORTAL_LIST || g_str_equal(r->value, "feed") ||
               portal_read_fail(r, _("'%s' is neither feed nor list"), r->value);
    case REGEX:
        return take_regex(r, at);
    case RULE:
        return take_rule(r, key->name, at);
    case NAMES:
        return take_name(r, at);
    case HEADERS:
        return take_header(r, at);
    case COUNTERPARTS:
        return take_counterpart(r, at);
    case EDITION:
        return portal_find_edition(r->portal, r->value)
                   ? take_text(r->value, at)
                   : portal_read_fail(r, _("there is no [Edition %s]"), r->value);
    case SAVED_PAGE:
        return !g_path_is_absolute(r->value) && !strstr(r->value, "..")
                   ? take_text(r->value, at)
                   : portal_read_fail(r, _("'%s' is not a path below $CRIER_CORPORA"), r->value);
    }
    return false;
}

/*
 * Whether a key of the file is one of a table: the name itself, or NAME.x, NAME[x] where its kind
 * has them.
 */
static bool
is_key(const struct portal_key *key, const char *text)
{
    size_t length = strlen(key->name);
    if (strncmp(key->name, text, length))
        return false;
    switch (key->kind) {
    case RULE:
        return !text[length] || text[length] == '.';
    case NAMES:
        return !text[length] || text[length] == '[';
    case HEADERS:
    case COUNTERPARTS:
        return text[length] == '.';
    default:
        return !text[length];
    }
}

/* Fills base from a group's keys; exact names stand before the rules that share their beginning. */
bool
portal_keys_read(struct portal_reader *r, enum portal_group group, void *base)
{
    g_auto(GStrv) present = keyfile_keys(r->file, r->group);
    for (char **name = present; *name; name++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *name);
        const struct portal_key *key = tables[group];
        while (key->name && !is_key(key, *name))
            key++;
        r->key = *name;
        r->value = value;
        if (!key->name)
            return unknown_key(r);
        if (!take_value(r, key, (char *)base + key->offset))
            return false;
    }
    r->key = NULL;
    return true;
}
