/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How feed elements become values; the conventions are those of the `crier parse` contract. */
#include "config.h"

#include "feed/value.h"
#include "base/url.h"
#include "document/html.h"
#include "text/clean.h"
#include "text/date.h"

#include <string.h>

/* URIs without scheme and trailing slash, lower case; prefixes for undeclared ones. */
static const struct {
    enum feed_ns ns;
    const char *uri, *prefix;
} namespaces[] = {
    {NS_NONE, "my.netscape.com/rdf/simple/0.9", NULL},
    {NS_NONE, "channel.netscape.com/rdf/simple/0.9", NULL},
    {NS_NONE, "purl.org/rss/1.0", NULL},
    {NS_NONE, "backend.userland.com/rss", NULL},
    {NS_NONE, "backend.userland.com/rss2", NULL},
    {NS_NONE, "blogs.law.harvard.edu/tech/rss", NULL},
    {NS_NONE, "my.netscape.com/publish/formats/rss-0.91.dtd", NULL},
    {NS_NONE, "purl.org/net/rss1.1#", NULL},
    {NS_ATOM, "www.w3.org/2005/atom", "atom"},
    {NS_ATOM03, "purl.org/atom/ns#", NULL},
    {NS_RDF, "www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
    {NS_DC, "purl.org/dc/elements/1.1", "dc"},
    {NS_DC, "purl.org/dc/elements/1.0", NULL},
    {NS_DCTERMS, "purl.org/dc/terms", "dcterms"},
    {NS_CONTENT, "purl.org/rss/1.0/modules/content", "content"},
    {NS_MEDIA, "search.yahoo.com/mrss", "media"},
    {NS_ITUNES, "www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    {NS_ITUNES, "example.com/dtds/podcast-1.0.dtd", NULL},
    {NS_GOOGLEPLAY, "www.google.com/schemas/play-podcasts/1.0", "googleplay"},
    {NS_SLASH, "purl.org/rss/1.0/modules/slash", "slash"},
    {NS_WFW, "wellformedweb.org/commentapi", "wfw"},
    {NS_THR, "purl.org/syndication/thread/1.0", "thr"},
    {NS_FEEDBURNER, "rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    {NS_YANDEX, "news.yandex.ru", "yandex"},
    {NS_XHTML, "www.w3.org/1999/xhtml", "xhtml"},
};

static enum feed_ns
ns_of_uri(const char *uri)
{
    g_autofree char *lower = g_ascii_strdown(uri, -1);
    const char *p = lower;
    if (g_str_has_prefix(p, "http://"))
        p += 7;
    else if (g_str_has_prefix(p, "https://"))
        p += 8;
    g_autofree char *bare = g_strdup(p);
    if (g_str_has_suffix(bare, "/"))
        bare[strlen(bare) - 1] = '\0';
    if (g_str_has_prefix(bare, "purl.org/atom/ns"))
        return NS_ATOM03;
    for (size_t i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (g_str_equal(namespaces[i].uri, bare))
            return namespaces[i].ns;
    return NS_OTHER;
}

enum feed_ns
value_ns(const xmlNode *node)
{
    if (node->ns && node->ns->href)
        return ns_of_uri((const char *)node->ns->href);
    const char *colon = strchr((const char *)node->name, ':');
    if (!colon)
        return NS_NONE;
    for (size_t i = 0; i < G_N_ELEMENTS(namespaces); i++) {
        const char *prefix = namespaces[i].prefix;
        if (prefix && strlen(prefix) == (size_t)(colon - (const char *)node->name) &&
            !strncmp(prefix, (const char *)node->name, strlen(prefix)))
            return namespaces[i].ns;
    }
    return NS_OTHER;
}

const char *
value_local_name(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    const char *colon = node->ns ? NULL : strchr(name, ':');
    return colon ? colon + 1 : name;
}

bool
value_is(const xmlNode *node, enum feed_ns ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !g_ascii_strcasecmp(value_local_name(node), name) &&
           value_ns(node) == ns;
}

static char *
none_if_blank(char *text)
{
    if (text && text_is_blank(text))
        g_clear_pointer(&text, g_free);
    return text;
}

static char *
trim_take(char *text)
{
    return text ? none_if_blank(g_strstrip(text)) : NULL;
}

char *
value_attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)name);
    if (!value)
        return NULL;
    char *copy = g_utf8_make_valid((const char *)value, -1);
    xmlFree(value);
    return trim_take(copy);
}

char *
value_raw(const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent((xmlNode *)node);
    if (!content)
        return NULL;
    char *copy = g_utf8_make_valid((const char *)content, -1);
    xmlFree(content);
    return trim_take(copy);
}

static bool
has_elements(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

static void
serialize(GString *out, const xmlNode *node, int depth)
{
    if (depth > 200)
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        g_autofree char *valid = g_utf8_make_valid((const char *)node->content, -1);
        g_autofree char *escaped = value_escape(valid);
        g_string_append(out, escaped);
        return;
    }
    if (node->type == XML_ENTITY_REF_NODE) {
        xmlChar *content = xmlNodeGetContent((xmlNode *)node);
        g_autofree char *valid = g_utf8_make_valid(content ? (const char *)content : "", -1);
        g_autofree char *escaped = value_escape(valid);
        g_string_append(out, escaped);
        xmlFree(content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE)
        return;
    const char *name = value_local_name(node);
    g_string_append_printf(out, "<%s", name);
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        if (attr->ns)
            continue;
        xmlChar *value = xmlGetNoNsProp((xmlNode *)node, attr->name);
        g_autofree char *valid = g_utf8_make_valid(value ? (const char *)value : "", -1);
        g_autofree char *escaped = g_markup_escape_text(valid, -1);
        g_string_append_printf(out, " %s=\"%s\"", (const char *)attr->name, escaped);
        xmlFree(value);
    }
    static const char *const empty[] = {"br", "hr", "img", "input", "area", "col", "embed", "wbr", NULL};
    if (!node->children && g_strv_contains(empty, name)) {
        g_string_append(out, "/>");
        return;
    }
    g_string_append_c(out, '>');
    for (const xmlNode *child = node->children; child; child = child->next)
        serialize(out, child, depth + 1);
    g_string_append_printf(out, "</%s>", name);
}

char *
value_inner_xml(const xmlNode *node)
{
    GString *out = g_string_new(NULL);
    for (const xmlNode *child = node->children; child; child = child->next)
        serialize(out, child, 0);
    return trim_take(g_string_free(out, FALSE));
}

char *
value_markup(const xmlNode *node)
{
    return has_elements(node) ? value_inner_xml(node) : value_raw(node);
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
        if (q == name || !strchr(q, '>'))
            continue;
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
value_rss_text(const xmlNode *node)
{
    if (has_elements(node)) {
        g_autofree char *markup = value_inner_xml(node);
        return markup ? value_text(markup, true) : NULL;
    }
    g_autofree char *raw = value_raw(node);
    return raw ? value_text(raw, value_looks_like_html(raw)) : NULL;
}

static bool
usable_base(const char *url)
{
    g_autofree char *scheme = g_uri_parse_scheme(url);
    return !scheme || (g_ascii_strcasecmp(scheme, "javascript") && g_ascii_strcasecmp(scheme, "data"));
}

char *
value_base(const xmlNode *node, const char *document_base)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func(g_free);
    for (const xmlNode *n = node; n && n->type == XML_ELEMENT_NODE; n = n->parent) {
        xmlChar *base = xmlGetNsProp((xmlNode *)n, (const xmlChar *)"base", XML_XML_NAMESPACE);
        if (base)
            g_ptr_array_add(chain, g_strstrip(g_utf8_make_valid((const char *)base, -1)));
        xmlFree(base);
    }
    char *result = g_strdup(document_base);
    for (guint i = chain->len; i-- > 0;) {
        const char *base = g_ptr_array_index(chain, i);
        if (!*base || !usable_base(base))
            continue;
        char *next = url_resolve(result, base);
        if (next) {
            g_free(result);
            result = next;
        }
    }
    return result;
}

char *
value_url(const char *raw, const char *base)
{
    if (!raw || text_is_blank(raw))
        return NULL;
    char *url = url_resolve(base, raw);
    return url;
}

static char *
squeeze_or_null(const char *text, gssize length)
{
    return none_if_blank(text_collapse(text, length));
}

struct feed_person *
value_person(const char *text)
{
    if (!text || text_is_blank(text))
        return NULL;
    struct feed_person *person = g_new0(struct feed_person, 1);
    static GRegex *address;
    if (g_once_init_enter(&address)) {
        GRegex *regex = g_regex_new("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*", G_REGEX_OPTIMIZE, 0, NULL);
        g_once_init_leave(&address, regex);
    }
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(address, text, 0, &match)) {
        person->name = squeeze_or_null(text, -1);
        return person;
    }
    int start, end;
    g_match_info_fetch_pos(match, 0, &start, &end);
    person->email = g_strndup(text + start, end - start);
    g_autofree char *before = g_strndup(text, start);
    g_autofree char *joined = g_strconcat(before, " ", text + end, NULL);
    g_strdelimit(joined, "()<>\"", ' ');
    g_autofree char *name = text_squeeze(joined, -1);
    const char *p = name;
    if (g_str_has_prefix(p, "mailto:"))
        p += 7;
    person->name = none_if_blank(g_strstrip(g_strdup(p)));
    return person;
}

void
value_add_category(GPtrArray *categories, char *term, char *scheme, char *label)
{
    for (guint i = 0; term && i < categories->len; i++) {
        const struct feed_category *other = g_ptr_array_index(categories, i);
        if (!g_strcmp0(other->term, term) && !g_strcmp0(other->scheme, scheme) && !g_strcmp0(other->label, label))
            g_clear_pointer(&term, g_free);
    }
    if (!term) {
        g_free(scheme);
        g_free(label);
        return;
    }
    struct feed_category *category = g_new0(struct feed_category, 1);
    *category = (struct feed_category){term, scheme, label};
    g_ptr_array_add(categories, category);
}

int64_t
value_time(struct feed *feed, const char *raw, const struct feed_options *options, int line, int *offset)
{
    if (!raw)
        return FEED_NO_TIME;
    struct date date;
    if (!date_parse(raw, options->default_offset, &date)) {
        feed_warn(feed, "bad-date", line, "'%.60s' is no date", raw);
        return FEED_NO_TIME;
    }
    if (offset)
        *offset = date.offset;
    return date.time;
}

gint64
value_number(const char *text)
{
    if (!text)
        return FEED_NO_NUMBER;
    while (g_ascii_isspace(*text))
        text++;
    char *end;
    gint64 number = g_ascii_strtoll(text, &end, 10);
    return end == text ? FEED_NO_NUMBER : number;
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
