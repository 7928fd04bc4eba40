/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening pages and asking them things. */
#include "config.h"

#include "portal/page.h"
#include "base/clean.h"
#include "base/url.h"
#include "document/html.h"
#include "document/html-import.h"
#include "document/html-limit.h"
#include "portal/features.h"
#include "portal/xpath-words.h"
#include "text/date-style.h"

#include <libxml/xpathInternals.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>

#define XPATH_OPERATIONS 5000000
#define RULES_TIME       3 /* seconds from the first rule on; of real pages it is milliseconds */
#define XPATH_NO_MORE    1 /* operations: the next one is too many */
#define MAX_PLAIN        (8u << 20) /* bytes of a page of plain text, as of a document */

G_DEFINE_QUARK(crier_page_error, page_error)

const char *
page_error_word(const GError *error)
{
    switch (error->domain == PAGE_ERROR ? (enum page_error)error->code : PAGE_ERROR_EMPTY) {
    case PAGE_ERROR_SCRIPT:
        return "filled-by-script";
    case PAGE_ERROR_BLOCKED:
        return "blocked";
    case PAGE_ERROR_RULE:
        return "rule";
    case PAGE_ERROR_EMPTY:
        break;
    }
    return "empty";
}

static void
warning_free(gpointer data)
{
    struct page_warning *warning = data;
    g_free(warning->message);
    g_free(warning);
}

static void
quiet(void *data, const char *format, ...)
{
    (void)data;
    (void)format;
}

static char *
base_of(const struct page *page)
{
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (node_is(node, "body"))
            break;
        if (!node_is(node, "base"))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        char *base = href ? url_resolve(page->url, href) : NULL;
        if (base && url_is_web(base))
            return base;
        g_free(base);
    }
    return g_strdup(page->url);
}

/*
 * Where the JSON of a text begins that is JSON, or JSON within a call ("callback({…})"); else NULL.
 */
static const char *
json_in(const char *text)
{
    text += strspn(text, " \t\r\n");
    const char *p = text;
    while (g_ascii_isalnum(*p) || (*p && strchr("_$.", *p)))
        p++;
    if (p > text && *p == '(')
        text = p + 1 + strspn(p + 1, " \t\r\n");
    return *text && strchr("{[", *text) ? text : NULL;
}

/*
 * Whether a page is plain text: said to be, and not HTML by its first sign, as some servers call it
 * so.
 */
static bool
is_plain(const char *content_type, const char *text)
{
    static const char *const types[] = {"text/plain", "text/markdown", "text/x-markdown"};
    bool said = false;
    for (size_t i = 0; content_type && i < G_N_ELEMENTS(types); i++) {
        gsize length = strlen(types[i]);
        said |= !g_ascii_strncasecmp(content_type, types[i], length) &&
                !g_ascii_isalnum(content_type[length]) && content_type[length] != '+';
    }
    text += strspn(text, " \t\r\n");
    return said &&
           !(text[0] == '<' && (g_ascii_isalpha(text[1]) || text[1] == '!' || text[1] == '?'));
}

/* Ends a plain text that is longer than a book, which would be stored as one article. */
static void
limit_plain(struct page *page, gsize *length)
{
    if (!page->plain || *length <= MAX_PLAIN)
        return;
    gsize end =
        (gsize)(g_utf8_find_prev_char(page->source, page->source + MAX_PLAIN + 1) - page->source);
    page_warn(page, "limit",
              "the text is longer than %u MiB; %" G_GSIZE_FORMAT " of its %" G_GSIZE_FORMAT
              " bytes were read",
              MAX_PLAIN >> 20, end, *length);
    page->source = g_realloc(page->source, end + 1);
    page->source[end] = '\0';
    *length = end;
}

/* --- how long XPaths may take ------------------------------------------------------------ */

/*
 * libxml2 counts operations, but not what it compares while it joins sets of nodes, which grows
 * with the square of their size.  So a timer lowers the limit, and the next operation is one too
 * many.
 */
static xmlXPathContext *volatile watched;

static void
on_timer(int number)
{
    (void)number;
    xmlXPathContext *context = watched;
    if (context)
        context->opLimit = XPATH_NO_MORE;
}

static void
set_timer(time_t seconds)
{
    const struct itimerval once = {.it_value.tv_sec = seconds};
    setitimer(ITIMER_VIRTUAL, &once, NULL);
}

static void
watch(const struct page *page)
{
    if (watched == page->xpath)
        return;
    watched = page->xpath;
    signal(SIGVTALRM, on_timer);
    set_timer(RULES_TIME);
}

static void
unwatch(const struct page *page)
{
    if (watched != page->xpath)
        return;
    watched = NULL;
    set_timer(0);
}

/* Whether they took so long that no more is evaluated. */
static bool
rules_ended(const struct page *page)
{
    return page->xpath->opLimit == XPATH_NO_MORE;
}

/* --- pages -------------------------------------------------------------------------------- */

struct page *
page_open(const char *bytes, gsize length, const struct charset_hints *hints, const char *url)
{
    struct page *page = g_new0(struct page, 1);
    page->warnings = g_ptr_array_new_with_free_func(warning_free);
    page->url = g_strdup(url);
    AUTO(charset_text_clear) struct charset_text decoded = {0};
    charset_decode(bytes, length, hints, &decoded);
    page->encoding = decoded.encoding;
    page->encoding_evidence = g_steal_pointer(&decoded.evidence);
    if (decoded.malformed)
        page_warn(page, "encoding", "%u malformed sequences (%s)", decoded.malformed,
                  page->encoding_evidence);
    bool whole = decoded.owned == decoded.text;
    page->source = whole ? g_steal_pointer(&decoded.owned)
                         : g_strndup(decoded.text, decoded.length);
    page->json = json_in(page->source);
    page->plain = !page->json && is_plain(hints ? hints->content_type : NULL, page->source);
    gsize read, size = decoded.length;
    limit_plain(page, &size);
    page->doc = html_parse_told(page->source, size, &read);
    if (read < size)
        page_warn(page, "limit",
                  "the page has more than %u elements; %" G_GSIZE_FORMAT " of its %" G_GSIZE_FORMAT
                  " bytes were read",
                  HTML_MAX_ELEMENTS, read, size);
    if (!page->doc) {
        page->doc = html_parse("<html></html>", 13);
        if (length)
            page_warn(page, "limit", "the page could not be parsed");
    }
    page->xpath = xmlXPathNewContext(page->doc);
    page->xpath->opLimit = XPATH_OPERATIONS;
    xmlSetGenericErrorFunc(NULL, quiet);
    page->base = base_of(page);
    return page;
}

void
page_free(struct page *page)
{
    unwatch(page);
    page_changed(page);
    if (page->features)
        arena_free(page->features);
    if (page->metas)
        g_hash_table_unref(page->metas);
    xmlXPathFreeContext(page->xpath);
    html_forget_fleeting(page->doc);
    xmlFreeDoc(page->doc);
    g_free(page->url);
    g_free(page->base);
    g_free(page->encoding_evidence);
    g_free(page->source);
    g_ptr_array_unref(page->warnings);
    g_free(page);
}

void
page_warn(struct page *page, const char *code, const char *format, ...)
{
    struct page_warning *warning = g_new0(struct page_warning, 1);
    va_list args;
    va_start(args, format);
    warning->code = code;
    warning->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(page->warnings, warning);
}

void
page_warn_once(struct page *page, const char *code, const char *message)
{
    for (guint i = 0; i < page->warnings->len; i++) {
        const struct page_warning *other = g_ptr_array_index(page->warnings, i);
        if (g_str_equal(other->message, message))
            return;
    }
    page_warn(page, code, "%s", message);
}

void
page_count_features(struct page *page)
{
    xmlNode *root = page_root(page);
    if (page->features || !root)
        return;
    page->features = arena_new();
    features_count(root, page->features);
    page_changed(page); /* what was no button */
}

xmlNode *
page_root(const struct page *page)
{
    return xmlDocGetRootElement(page->doc);
}

/* One walk for all that is asked: the tree is large beside the processor's caches. */
static void
list_elements(struct page *page)
{
    if (page->elements)
        return;
    page->elements = g_ptr_array_new();
    page->numbers = g_byte_array_new();
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        G_STATIC_ASSERT(HTML_NAMES <= G_MAXUINT8 + 1);
        guint8 number = (guint8)html_number(node);
        g_ptr_array_add(page->elements, (gpointer)node);
        g_byte_array_append(page->numbers, &number, 1);
    }
}

void
page_changed(struct page *page)
{
    g_clear_pointer(&page->elements, g_ptr_array_unref);
    g_clear_pointer(&page->numbers, g_byte_array_unref);
}

GPtrArray *
page_elements_of(struct page *page, struct html_names *names)
{
    list_elements(page);
    GPtrArray *nodes = g_ptr_array_new();
    for (guint i = 0; i < page->elements->len; i++)
        if (html_names_have(names, page->numbers->data[i]))
            g_ptr_array_add(nodes, g_ptr_array_index(page->elements, i));
    return nodes;
}

xmlXPathObject *
page_evaluate(struct page *page, xmlNode *context, const char *xpath, GError **error)
{
    xmlXPathContext *c = page->xpath;
    watch(page);
    c->opCount = 0;
    c->node = context ? context : page_root(page);
    xmlResetLastError();
    xmlXPathObject *object = xmlXPathEval((const xmlChar *)xpath, c);
    if (!object) {
        if (rules_ended(page))
            g_set_error(error, PAGE_ERROR, PAGE_ERROR_RULE,
                        "%s: the rules took more than %d s of this page", xpath, RULES_TIME);
        else
            g_set_error(error, PAGE_ERROR, PAGE_ERROR_RULE, "%s: %s", xpath,
                        xpath_words(xmlGetLastError()));
    }
    return object;
}

bool
page_match(struct page *page, const GRegex *regex, const char *text, GMatchInfo **match,
           GError **error)
{
    watch(page);
    if (!rules_ended(page))
        return g_regex_match_full(regex, text, -1, 0, 0, match, error);
    g_set_error(error, PAGE_ERROR, PAGE_ERROR_RULE, "the rules took more than %d s of this page",
                RULES_TIME);
    return false;
}

/* XPath also knows documents and namespaces, which nobody asks for here. */
static bool
is_of_tree(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE ||
           node->type == XML_CDATA_SECTION_NODE || node->type == XML_ATTRIBUTE_NODE;
}

GPtrArray *
page_select(struct page *page, xmlNode *context, const char *xpath, GError **error)
{
    xmlXPathObject *object = page_evaluate(page, context, xpath, error);
    if (!object)
        return NULL;
    GPtrArray *nodes = g_ptr_array_new();
    if (object->type == XPATH_NODESET && object->nodesetval) {
        xmlXPathNodeSetSort(object->nodesetval);
        for (int i = 0; i < object->nodesetval->nodeNr; i++) {
            xmlNode *node = object->nodesetval->nodeTab[i];
            if (is_of_tree(node))
                g_ptr_array_add(nodes, node);
        }
    }
    xmlXPathFreeObject(object);
    return nodes;
}

/*
 * Every <meta> of the page, read once: name in lower case -> the first content that says something.
 */
static GHashTable *
metas_of(struct page *page)
{
    if (page->metas)
        return page->metas;
    page->metas = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) nodes = page_elements(page, "meta");
    for (guint n = 0; n < nodes->len; n++) {
        const xmlNode *node = g_ptr_array_index(nodes, n);
        g_autofree char *content = html_attribute(node, "content");
        g_autofree char *value = content ? text_squeeze(content, -1) : NULL;
        if (!value || !*value || !g_ascii_strcasecmp(value, "null"))
            continue;
        static const char *const keys[] = {"name", "property", "itemprop"};
        for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
            g_autofree char *key = html_attribute(node, keys[i]);
            g_autofree char *lower = key ? g_ascii_strdown(g_strstrip(key), -1) : NULL;
            if (lower && !g_hash_table_contains(page->metas, lower))
                g_hash_table_insert(page->metas, g_steal_pointer(&lower), g_strdup(value));
        }
    }
    return page->metas;
}

char *
page_meta(struct page *page, const char *names)
{
    GHashTable *metas = metas_of(page);
    g_autofree char *lower = g_ascii_strdown(names, -1);
    g_auto(GStrv) wanted = g_strsplit(lower, " ", -1);
    for (char **name = wanted; *name; name++) {
        const char *value = g_hash_table_lookup(metas, *name);
        if (value)
            return g_strdup(value);
    }
    return NULL;
}

char *
page_language(const struct page *page)
{
    xmlNode *root = page_root(page);
    g_autofree char *lang = root ? html_attribute(root, "lang") : NULL;
    if (lang && *g_strstrip(lang)) {
        g_strdelimit(lang, "_", '-');
        return g_ascii_isalpha(*lang) && strlen(lang) < 20 ? g_steal_pointer(&lang) : NULL;
    }
    return NULL;
}

/* What a charset says of the language where it is of one country; else NULL. */
static const char *
language_of_encoding(const char *encoding)
{
    static const char *const languages[][2] = {
        {"gb18030", "zh"},     {"gbk", "zh"},    {"big5", "zh"},     {"euc-kr", "ko"},
        {"iso-2022-jp", "ja"}, {"euc-jp", "ja"}, {"shift_jis", "ja"}};
    for (size_t i = 0; encoding && i < G_N_ELEMENTS(languages); i++)
        if (!g_ascii_strcasecmp(encoding, languages[i][0]))
            return languages[i][1];
    return NULL;
}

/*
 * Counts the dates of the texts that a page shows, or of all of it where it is JSON. Returns the
 * first moment that is stated for machines, to be freed, or NULL.
 */
static char *
add_votes(const struct page *page, struct date_votes *votes)
{
    char *dated = NULL;
    if (page->json || page->plain) {
        date_votes_add(votes, page->source, strlen(page->source));
        return NULL;
    }
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!dated && node_is(node, "time")) {
            dated = html_attribute(node, "datetime");
            if (dated && !strchr(dated, 'T')) /* a day states no zone */
                g_clear_pointer(&dated, g_free);
        }
        if (node->type == XML_TEXT_NODE && node->content && !node_is(node->parent, "script style"))
            date_votes_add(votes, (const char *)node->content, strlen((const char *)node->content));
    }
    return dated;
}

void
page_settle_dates(struct page *page, const char *language, struct date_style *style)
{
    g_autofree struct date_votes *votes = g_new0(struct date_votes, 1);
    g_autofree char *stated = language ? g_strdup(language) : page_language(page);
    g_autofree char *locale = page_meta(page, "og:locale");
    g_autofree char *dated =
        page_meta(page, "article:published_time article:modified_time og:updated_time");
    g_autofree char *first = add_votes(page, votes);
    date_style_settle(style, &(const struct date_evidence){
                                 .language = stated ? stated : language_of_encoding(page->encoding),
                                 .locale = locale,
                                 .url = page->url ? page->url : page->base,
                                 .dated = dated ? dated : first,
                                 .votes = votes});
}

char *
page_resolve(const struct page *page, const char *reference)
{
    g_autofree char *url = url_resolve(page->base, reference);
    g_autofree char *clean = url ? text_squeeze(url, -1) : NULL;
    if (!clean || *clean == '#')
        return NULL;
    /* nobody has said where the page came from */
    bool relative = !page->base && !g_uri_peek_scheme(clean);
    return relative || url_is_web(clean) ? g_steal_pointer(&clean) : NULL;
}

#define KNOWN_VALUES  1024
#define LONGEST_KNOWN 48

/*
 * Whether a class or id matches.  Pages give the same few to thousands of elements, so the last
 * answers are kept, those of other pages too.
 */
static bool
value_matches(const char *value, const GRegex *regex)
{
    static __thread struct {
        const GRegex *regex;
        char value[LONGEST_KNOWN];
        bool matches;
    } known[KNOWN_VALUES];
    if (!value || !*value)
        return false;
    if (strlen(value) >= LONGEST_KNOWN)
        return g_regex_match(regex, value, 0, NULL);
    guint at = (g_str_hash(value) ^ (guint)((gsize)regex >> 4) * 31) % KNOWN_VALUES;
    if (known[at].regex != regex || !g_str_equal(known[at].value, value)) {
        known[at].regex = regex;
        g_strlcpy(known[at].value, value, LONGEST_KNOWN);
        known[at].matches = g_regex_match(regex, value, 0, NULL);
    }
    return known[at].matches;
}

bool
node_matches(const xmlNode *node, const GRegex *regex)
{
    return value_matches(html_value(node, "class"), regex) ||
           value_matches(html_value(node, "id"), regex);
}

const xmlNode *
node_next(const xmlNode *node, const xmlNode *root)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node && node != root) {
        if (node->next)
            return node->next;
        node = node->parent;
        if (node && node->type != XML_ELEMENT_NODE)
            return NULL;
    }
    return NULL;
}
