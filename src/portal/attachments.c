/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents that a page links to or shows in a frame, and pictures where they are all that it has:
 * a notice that is a PDF, a poster, a list of files.
 */
#include "config.h"

#include "base/clean.h"
#include "base/regex.h"
#include "base/url.h"
#include "document/html.h"
#include "document/html-import.h"
#include "portal/attachments.h"
#include "portal/features.h"
#include "portal/file-format.h"

#include <string.h>

#define MAX_ATTACHMENTS 500
#define MAX_PICTURES    100
#define MAX_SCRIPT      20000 /* bytes of a script in which a viewer is looked for */
#define SMALL_PICTURE   120   /* pixels: icons and buttons */

/*
 * Whether an address is one by which portals hand out files that it does not name:
 * "/download?id=5".
 */
static bool
looks_like_download(const char *url)
{
    static GRegex *regex;
    return g_regex_match(
        regex_once(
            &regex,
            "download|attach|getfile|fileview|bitstream|/files?/|/media/|/uploads?/|[?&](?:file|"
            "doc)(?:_?id)?="),
        url, 0, NULL);
}

/*
 * The document that a viewer is asked to show: "viewer.html?file=%2Fa.pdf" -> "/a.pdf"; else NULL.
 */
static char *
shown_by_viewer(const char *url)
{
    static GRegex *regex;
    regex_once(&regex, "[?&#](?:file|url|src|pdf|doc|path|document)=([^&]+)");
    g_autoptr(GMatchInfo) match = NULL;
    if (!strchr(url, '=') || !g_regex_match(regex, url, 0, &match))
        return NULL;
    g_autofree char *value = g_match_info_fetch(match, 1);
    g_autofree char *plain = g_uri_unescape_string(value, NULL);
    g_autofree char *format = plain && g_utf8_validate(plain, -1, NULL) ? file_format_of_url(plain)
                                                                        : NULL;
    return format ? g_steal_pointer(&plain) : NULL;
}

/* --- one element -------------------------------------------------------------------- */

#define LEVELS_AROUND 3   /* an icon stands in a cell of its own, and that in a row */
#define MAX_BESIDE    300 /* bytes */

/* The text beside a link that is an icon, where it is the only link there; NULL for none. */
static char *
text_beside(const xmlNode *link)
{
    const xmlNode *around = link->parent;
    for (int level = 0; level < LEVELS_AROUND && around && around->type == XML_ELEMENT_NODE &&
                        !node_is(around, "body html main article section table tbody ul ol dl");
         level++, around = around->parent) {
        guint links = 0;
        for (const xmlNode *n = around; n && links < 2; n = node_next(n, around))
            links += node_is(n, "a");
        if (links > 1)
            return NULL;
        g_autofree char *text = html_text(around);
        if (strlen(text) > MAX_BESIDE)
            return NULL;
        for (const char *p = text; *p; p = g_utf8_next_char(p))
            if (g_unichar_isalpha(g_utf8_get_char(p)))
                return g_steal_pointer(&text);
    }
    return NULL;
}

/*
 * What an element calls its document: its text, the text beside its icon, its attributes, its
 * picture's alt, the name of the file.
 */
static char *
title_of(const xmlNode *node, const char *url)
{
    static const char *const attributes[] = {"title", "aria-label", "download", "name", "alt"};
    g_autofree char *text = node_is(node, "a") ? html_text_of_link(node) : NULL;
    if (text && *text)
        return g_steal_pointer(&text);
    g_autofree char *beside = text ? text_beside(node) : NULL;
    if (beside)
        return g_steal_pointer(&beside);
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        g_autofree char *clean = value ? text_squeeze(value, -1) : NULL;
        if (clean && *clean)
            return g_steal_pointer(&clean);
    }
    for (const xmlNode *inner = node; inner; inner = node_next(inner, node)) {
        g_autofree char *alt = node_is(inner, "img") ? html_attribute(inner, "alt") : NULL;
        g_autofree char *clean = alt ? text_squeeze(alt, -1) : NULL;
        if (clean && *clean)
            return g_steal_pointer(&clean);
    }
    return file_name_of_url(url);
}

static void
add(struct page *page, GPtrArray *attachments, const xmlNode *node, const char *reference,
    const char *type)
{
    g_autofree char *url = page_resolve(page, reference);
    bool known = !url || attachments->len >= MAX_ATTACHMENTS;
    for (guint i = 0; i < attachments->len && !known; i++)
        known =
            g_str_equal(((const struct attachment *)g_ptr_array_index(attachments, i))->url, url);
    if (known)
        return;
    struct attachment *attachment = g_new0(struct attachment, 1);
    *attachment = (struct attachment){url, title_of(node, url), g_strdup(type)};
    url = NULL;
    g_ptr_array_add(attachments, attachment);
}

void
attachments_add(struct page *page, GPtrArray *attachments, const xmlNode *link)
{
    g_autofree char *href = html_attribute(link, "href");
    g_autofree char *type = href ? file_format_of_url(href) : NULL;
    if (href)
        add(page, attachments, link, href, type);
}

/* The reference to a document that a link leads to; NULL when it leads to none. */
static char *
linked_document(const xmlNode *node, char **type)
{
    g_autofree char *href = html_attribute(node, "href");
    if (!href || !*href || *href == '#')
        return NULL;
    char *shown = shown_by_viewer(href);
    *type = file_format_of_url(shown ? shown : href);
    if (*type)
        return shown ? shown : g_steal_pointer(&href);
    g_free(shown);
    g_autofree char *download = html_attribute(node, "download"),
                    *mime = html_attribute(node, "type"), *text = html_text_of_link(node);
    *type = file_format_of_type(mime);
    if (!*type && download)
        *type = file_format_of_name(download);
    if (!*type)
        *type = file_format_of_name(text);
    g_autofree char *bracketed = *type ? NULL : file_format_in_brackets(text);
    if (bracketed && looks_like_download(href))
        *type = g_steal_pointer(&bracketed);
    return *type ? g_steal_pointer(&href) : NULL;
}

/* The reference to the document that an element shows in the page; NULL when it shows none. */
static char *
embedded_document(const xmlNode *node, char **type)
{
    static const char *const attributes[] = {"src", "data", "data-src"};
    g_autofree char *mime = html_attribute(node, "type");
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *value = html_attribute(node, attributes[i]);
        if (!value || !*value)
            continue;
        char *shown = shown_by_viewer(value);
        *type = file_format_of_url(shown ? shown : value);
        if (!*type)
            *type = file_format_of_type(mime);
        if (*type)
            return shown ? shown : g_steal_pointer(&value);
        g_free(shown);
    }
    return NULL;
}

/* PDFObject.embed("/a.pdf", …), pdfjsLib.getDocument({url: "/a.pdf"}) */
static char *
scripted_document(const xmlNode *node, char **type)
{
    static GRegex *regex;
    const char *text = node->children ? (const char *)node->children->content : NULL;
    regex_once(
        &regex,
        "(?:PDFObject\\.embed|getDocument)\\s*\\(\\s*(?:\\{[^}]*?url\\s*:\\s*)?[\"']([^\"']+)[\"']");
    g_autoptr(GMatchInfo) match = NULL;
    if (!text || strlen(text) > MAX_SCRIPT || !g_regex_match(regex, text, 0, &match))
        return NULL;
    *type = g_strdup("pdf");
    return g_match_info_fetch(match, 1);
}

static char *
document_at(const xmlNode *node, char **type)
{
    if (node_is(node, "a"))
        return linked_document(node, type);
    if (node_is(node, "embed iframe frame object"))
        return embedded_document(node, type);
    return node_is(node, "script") ? scripted_document(node, type) : NULL;
}

bool
attachments_is_document(const xmlNode *node)
{
    g_autofree char *type = NULL, *reference = document_at(node, &type);
    return reference != NULL;
}

/* Takes the documents at and below an element in. */
static void
find_below(struct page *page, GPtrArray *attachments, const xmlNode *root)
{
    for (const xmlNode *node = root; node; node = node_next(node, root)) {
        g_autofree char *type = NULL, *reference = document_at(node, &type);
        if (reference)
            add(page, attachments, node, reference, type);
    }
}

void
attachments_find(struct page *page, GPtrArray *attachments, const xmlNode *body)
{
    /* the body's element and what stands beside it: lists of files often do */
    bool within = body->parent && body->parent->type == XML_ELEMENT_NODE &&
                  !node_is(body->parent, "html body");
    find_below(page, attachments, within ? body->parent : body);
}

/* --- a page without text ---------------------------------------------------------------------- */

/* Whether an element is what stands around the contents of any page of its portal. */
static bool
is_around(const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE || node_is(node, "html body main article"))
        return false;
    if (node_is(node, "nav header footer aside form select template noscript style head"))
        return !node_is(node, "head"); /* scripts of viewers may stand there */
    const struct features *m = features_of(node);
    return m &&
           ((m->hints & (HINT_UNLIKELY | HINT_COMMENT | HINT_CONSENT) && !(m->hints & HINT_BODY)));
}

/* The element after node in document order, past what stands around the contents. */
static const xmlNode *
next_within(const xmlNode *node, const xmlNode *root)
{
    const xmlNode *next = node_next(node, root);
    while (next && is_around(next)) {
        const xmlNode *up = next;
        while (up && up != root && !up->next)
            up = up->parent;
        next = up && up != root ? up->next : NULL;
    }
    return next;
}

static const xmlNode *
first_of(const xmlNode *root, const char *names)
{
    for (const xmlNode *node = root; node; node = next_within(node, root))
        if (html_named_any(node, names))
            return node;
    return NULL;
}

static bool
is_document(const xmlNode *node, GHashTable *unused)
{
    (void)unused;
    return attachments_is_document(node);
}

/* The part of the page that is marked as its contents and holds documents; else the page. */
static const xmlNode *
contents_of(const xmlNode *root, bool (*wanted)(const xmlNode *, GHashTable *), GHashTable *data)
{
    const xmlNode *marked = first_of(root, "main");
    if (!marked)
        marked = first_of(root, "article");
    for (const xmlNode *node = marked; node; node = next_within(node, marked))
        if (wanted(node, data))
            return marked;
    return root;
}

static const xmlNode *
common(const xmlNode *a, const xmlNode *b)
{
    g_autoptr(GHashTable) above = g_hash_table_new(NULL, NULL);
    for (; a; a = a->parent)
        g_hash_table_add(above, (gpointer)a);
    while (b && !g_hash_table_contains(above, b))
        b = b->parent;
    return b;
}

/* Text of some length that is neither linked nor a heading. */
static guint
loose_text(const xmlNode *root)
{
    guint weight = 0;
    for (const xmlNode *node = root; node; node = next_within(node, root))
        if (node->type == XML_TEXT_NODE && node->content) {
            const xmlNode *up = node->parent;
            while (up && up != root && !node_is(up, "a h1 h2 script style"))
                up = up->parent;
            if (!up || !node_is(up, "a h1 h2 script style"))
                weight += features_text_weight((const char *)node->content, NULL);
        }
    return weight;
}

static bool
holds_surroundings(const xmlNode *root)
{
    for (const xmlNode *node = root; node; node = node_next(node, root))
        if (node != root && is_around(node) && features_of(node) && features_of(node)->text)
            return true;
    return false;
}

/*
 * The largest element around a list of documents that is about nothing else, if it has text of its
 * own; else NULL.
 */
static xmlNode *
text_around(const xmlNode *holder, guint least)
{
    while (holder && holder->type == XML_ELEMENT_NODE &&
           !node_is(holder, "html body main article")) {
        const xmlNode *parent = holder->parent;
        if (!parent || parent->type != XML_ELEMENT_NODE || node_is(parent, "html body") ||
            holds_surroundings(parent))
            break;
        holder = parent;
    }
    bool element = holder && holder->type == XML_ELEMENT_NODE &&
                   !node_is(holder, "html body a script");
    return element && loose_text(holder) >= least ? (xmlNode *)holder : NULL;
}

const xmlNode *
attachments_find_documents(struct page *page, GPtrArray *attachments, guint least, xmlNode **around)
{
    const xmlNode *root = page_root(page), *all = NULL;
    *around = NULL;
    if (!root)
        return NULL;
    const xmlNode *contents = contents_of(root, is_document, NULL), *first = NULL;
    for (const xmlNode *node = contents; node; node = next_within(node, contents)) {
        g_autofree char *type = NULL, *reference = document_at(node, &type);
        if (!reference)
            continue;
        add(page, attachments, node, reference, type);
        first = first ? first : node;
        all = all ? common(all, node) : node;
    }
    *around = all ? text_around(all, least) : NULL;
    return first;
}

/* --- pictures ------------------------------------------------------------------------------- */

static bool
is_small(const xmlNode *node)
{
    static const char *const sizes[] = {"width", "height"};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *value = html_attribute(node, sizes[i]);
        int size;
        if (value && !strchr(value, '%') && html_integer(value, &size, NULL) && size > 0 &&
            size < SMALL_PICTURE)
            return true;
    }
    return false;
}

/* The elements that have a heading for a child: a set. */
static GHashTable *
headed_elements(struct page *page)
{
    GHashTable *headed = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) headings = page_elements(page, "h1 h2");
    for (guint i = 0; i < headings->len; i++)
        g_hash_table_add(headed, ((const xmlNode *)g_ptr_array_index(headings, i))->parent);
    return headed;
}

/*
 * Whether a picture is the page's own and no ornament: neither its name nor its place says so, and
 * it leads nowhere else.
 */
static bool
is_picture(const xmlNode *node, GHashTable *headed)
{
    static GRegex *ornament, *file;
    if (!node_is(node, "img") || is_small(node))
        return false;
    regex_once(
        &ornament,
        "logo|icon|sprite|avatar|banner|button|btn|spacer|blank|pixel|loading|qr_?code|ewm|weixin|wechat|share|arrow|"
        "captcha|counter|\\b404|not_?found|^data:");
    regex_once(&file, "\\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg)(?:[?#]|$)");
    static const char *const lazy[] = {"data-original", "data-src", "data-lazy-src", "src"};
    g_autofree char *src = NULL, *class = html_attribute(node, "class"),
                    *id = html_attribute(node, "id");
    for (size_t i = 0; i < G_N_ELEMENTS(lazy) && !src; i++)
        src = html_attribute(node, lazy[i]);
    const char *const names[] = {src, class, id};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && g_regex_match(ornament, names[i], 0, NULL))
            return false;
    bool marked = false;
    int height = 0;
    for (const xmlNode *up = node->parent; up && up->type == XML_ELEMENT_NODE;
         up = up->parent, height++) {
        g_autofree char *href = node_is(up, "a") ? html_attribute(up, "href") : NULL;
        if (href && !g_regex_match(file, href, 0, NULL))
            return false;
        bool body = node_is(up, "html body");
        marked |= node_is(up, "main article figure") ||
                  (!body && features_of(up) && features_of(up)->hints & (HINT_BODY | HINT_KNOWN));
        marked |= height < 3 && !node_is(up, "html") && g_hash_table_contains(headed, up);
    }
    return marked;
}

bool
attachments_find_pictures(struct page *page, struct document *document)
{
    const xmlNode *root = page_root(page), *last = NULL;
    guint before = document->blocks->len;
    g_autoptr(GHashTable) headed = headed_elements(page);
    const xmlNode *contents = root ? contents_of(root, is_picture, headed) : NULL;
    for (const xmlNode *node = contents; node && document->blocks->len < before + MAX_PICTURES;
         node = next_within(node, contents)) {
        if (!is_picture(node, headed))
            continue;
        const xmlNode *figure = node->parent;
        while (figure && figure->type == XML_ELEMENT_NODE && !node_is(figure, "figure"))
            figure = figure->parent;
        bool captioned = figure && figure->type == XML_ELEMENT_NODE;
        const xmlNode *whole = captioned ? figure : node;
        guint blocks = document->blocks->len;
        if (whole != last)
            html_import(document, whole, page->base);
        /* without a base the address is what is written */
        g_autofree char *src = document->blocks->len == blocks && whole != last && !page->base
                                   ? html_attribute(node, "src")
                                   : NULL;
        char *url = src ? page_resolve(page, src) : NULL;
        if (url)
            document_add(document, BLOCK_PICTURE, 0)->url = url;
        last = whole;
    }
    return document->blocks->len > before;
}
