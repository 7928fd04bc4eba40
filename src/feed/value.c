/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How feed elements become values; the conventions are those of the `crier parse` contract. */
#include "config.h"

#include "feed/value.h"
#include "base/clean.h"
#include "base/number.h"
#include "base/url.h"
#include "document/html.h"
#include "feed/feed-dates.h"
#include "feed/reference.h"
#include "text/date.h"

#include <string.h>

static char *
none_if_blank(char *text)
{
    if (text && text_is_blank(text))
        g_clear_pointer(&text, g_free);
    return text;
}

char *
value_escape(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 16);
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            g_string_append(out, "&amp;");
        else if (*p == '<')
            g_string_append(out, "&lt;");
        else if (*p == '>')
            g_string_append(out, "&gt;");
        else
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

char *
value_dereference(const char *html)
{
    g_autofree char *wrapped = g_strconcat("<pre>", html, "</pre>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(wrapped, strlen(wrapped));
    xmlChar *content = page ? xmlNodeGetContent(xmlDocGetRootElement(page)) : NULL;
    g_autofree char *text = content ? g_utf8_make_valid((const char *)content, -1) : g_strdup(html);
    xmlFree(content);
    GString *out = g_string_sized_new(strlen(text));
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        g_string_append_unichar(out, reference_windows_c1(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

static bool
is_html_entity(const char *name)
{
    static const char *const common[] = {"amp", "lt", "gt", "quot", "apos", "nbsp", NULL};
    if (g_strv_contains(common, name))
        return true;
    g_autofree char *text = html_entity(name);
    return text != NULL;
}

static bool
is_html_element(const char *tag)
{
    static const char elements[] =
        " a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
        "button canvas caption center cite code col colgroup dd del details dfn dir div dl dt em embed fieldset "
        "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins "
        "isindex kbd label legend li link main map mark marquee menu meta nav nobr noframes noscript object ol optgroup "
        "option p param pre q s samp script section select small source span strike strong style sub summary sup table "
        "tbody td textarea tfoot th thead time title tr tt u ul var video wbr ";
    g_autofree char *word = g_strconcat(" ", tag, " ", NULL);
    return strstr(elements, word) != NULL;
}

bool
value_looks_like_html(const char *text)
{
    for (const char *p = text; (p = strpbrk(p, "<&")); p++) {
        if (*p == '&') {
            const char *q = p + 1;
            if (*q == '#') {
                q++;
                if (*q == 'x' || *q == 'X')
                    q++;
                const char *digits = q;
                while (g_ascii_isxdigit(*q))
                    q++;
                if (q > digits && *q == ';')
                    return true;
                continue;
            }
            while (g_ascii_isalnum(*q))
                q++;
            g_autofree char *name = g_strndup(p + 1, q - p - 1);
            if (*q == ';' && q > p + 1 && is_html_entity(name))
                return true;
            continue;
        }
        const char *name = p + 1 + (p[1] == '/');
        const char *q = name;
        while (g_ascii_isalnum(*q))
            q++;
        if (q == name || !(*q == '>' || *q == '/' || g_ascii_isspace(*q)) || !strchr(q, '>'))
            continue; /* "<p.ivanov@city.example>" is an address */
        g_autofree char *tag = g_ascii_strdown(name, q - name);
        if (is_html_element(tag))
            return true;
    }
    return false;
}

char *
value_text(const char *raw, bool html)
{
    if (!raw)
        return NULL;
    if (!html)
        return none_if_blank(text_collapse(raw, -1));
    g_autofree char *wrapped = g_strconcat("<div>", raw, "</div>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse(wrapped, strlen(wrapped));
    xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
    return root ? none_if_blank(html_text_whole(root)) : NULL;
}

char *
value_rss_text(const struct element *element)
{
    if (element_first(element)) {
        g_autofree char *markup = element_inner_xml(element);
        return markup ? value_text(markup, true) : NULL;
    }
    const char *raw = element_text(element);
    return raw ? value_text(raw, value_looks_like_html(raw)) : NULL;
}

char *
value_url(const char *raw, const char *base)
{
    if (!raw || text_is_blank(raw))
        return NULL;
    char *url = url_resolve(base, raw);
    return url;
}

/* Quotation marks and brackets that enclose a whole name, or are left of an address. */
static char *
bare_name(const char *text)
{
    g_autofree char *name = text_collapse(text, -1);
    size_t length = strlen(name);
    const char *start = name, *end = name + length;
    while (end > start && strchr("\"'<(, ", *start))
        start++;
    while (end > start && strchr("\"'>), ", end[-1]))
        end--;
    /* a closing bracket belongs to an opening one within: "Ann (City)" */
    if (end < name + length && *end == ')' && memchr(start, '(', (size_t)(end - start)))
        end++;
    if (end < name + length && *end == '"' && memchr(start, '"', (size_t)(end - start)))
        end++;
    return none_if_blank(g_strndup(start, (gsize)(end - start)));
}

struct feed_person *
value_person(const char *text)
{
    if (!text || text_is_blank(text))
        return NULL;
    static GRegex *address;
    if (g_once_init_enter(&address)) {
        GRegex *regex = g_regex_new(
            "(?:mailto:)?([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*)", 0, 0, NULL);
        g_once_init_leave(&address, regex);
    }
    g_autofree char *plain = value_looks_like_html(text) ? value_text(text, true) : NULL;
    if (plain)
        text = plain;
    struct feed_person *person = g_new0(struct feed_person, 1);
    g_autoptr(GMatchInfo) match = NULL;
    if (!strchr(text, '@') || !g_regex_match(address, text, 0, &match)) {
        person->name = none_if_blank(text_collapse(text, -1));
        return person;
    }
    int start, end;
    g_match_info_fetch_pos(match, 0, &start, &end);
    person->email = g_match_info_fetch(match, 1);
    g_autofree char *before = g_strndup(text, (gsize)start);
    g_autofree char *joined = g_strconcat(before, " ", text + end, NULL);
    /* the brackets that held the address or the name */
    const char *brackets[] = {"()", "<>", "( )", "< >"};
    for (size_t i = 0; i < G_N_ELEMENTS(brackets); i++) {
        char *empty = strstr(joined, brackets[i]);
        if (empty)
            memset(empty, ' ', strlen(brackets[i]));
    }
    person->name = bare_name(joined);
    return person;
}

void
value_add_person(GPtrArray *people, struct feed_person *person)
{
    if (!person)
        return;
    bool known = people->len >= MAX_LIST;
    for (guint i = 0; i < people->len && !known; i++) {
        const struct feed_person *other = g_ptr_array_index(people, i);
        known = !g_strcmp0(other->name, person->name) && !g_strcmp0(other->email, person->email) &&
                !g_strcmp0(other->url, person->url);
    }
    if (known)
        feed_person_free(person);
    else
        g_ptr_array_add(people, person);
}

struct feed_link *
value_add_link(GPtrArray *links, const char *url, const char *rel)
{
    if (links->len >= MAX_LIST)
        return NULL;
    struct feed_link *link = g_new0(struct feed_link, 1);
    *link = (struct feed_link){g_strdup(url), g_strdup(rel), NULL, NULL, NULL, FEED_NO_NUMBER};
    g_ptr_array_add(links, link);
    return link;
}

void
value_add_category(GPtrArray *categories, char *term, char *scheme, char *label)
{
    bool known = (!term && !label) || categories->len >= MAX_LIST;
    for (guint i = 0; i < categories->len && !known; i++) {
        const struct feed_category *other = g_ptr_array_index(categories, i);
        known = !g_strcmp0(other->term, term) && !g_strcmp0(other->scheme, scheme) &&
                !g_strcmp0(other->label, label);
    }
    struct feed_category *category = g_new0(struct feed_category, 1);
    *category = (struct feed_category){term, scheme, label};
    if (known)
        feed_category_free(category);
    else
        g_ptr_array_add(categories, category);
}

struct date
value_date(struct feed *feed, const char *raw, int line)
{
    struct date date = {0};
    if (!raw)
        return date;
    if (!feed_dates_parse(feed, raw, line, &date)) {
        feed_warn(feed, "bad-date", line, "'%.60s' is no date", raw);
        return (struct date){0};
    }
    /* formats know moments alone: a day without time is its midnight */
    date.precision = DATE_SECOND;
    return date;
}

gint64
value_number(const char *text)
{
    if (!text)
        return FEED_NO_NUMBER;
    while (g_ascii_isspace(*text))
        text++;
    bool negative = *text == '-';
    gint64 number;
    if (!number_prefix(text + (*text == '-' || *text == '+'), G_MAXINT64, &number, NULL))
        return FEED_NO_NUMBER;
    /* what is too large below zero is FEED_NO_NUMBER, as the least number there is */
    return negative ? (number == G_MAXINT64 ? FEED_NO_NUMBER : -number) : number;
}

gint64
value_duration(const char *text)
{
    if (!text)
        return FEED_NO_NUMBER;
    g_auto(GStrv) parts = g_strsplit(text, ":", 4);
    gint64 total = 0;
    for (char **part = parts; *part; part++) {
        gint64 number = value_number(*part);
        if (number == FEED_NO_NUMBER || number < 0)
            return FEED_NO_NUMBER;
        total = total * 60 + number;
    }
    return *parts ? total : FEED_NO_NUMBER;
}

void
value_take(char **to, char *value)
{
    if (*to)
        g_free(value);
    else
        *to = value;
}
