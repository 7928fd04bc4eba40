/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the body is.  Known containers first; else each paragraph gives points to the
 * elements above it, by its length and punctuation (of any script), and the element with
 * the most points that is not mostly links wins.  Chinese says in 25 characters what
 * English says in 80, so lengths are weighed by script.
 */
#include "config.h"

#include "document/html.h"
#include "portal/article.h"
#include "text/clean.h"

#include <string.h>

static GRegex *
pattern(const char *text)
{
    GRegex *regex = g_regex_new(text, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_assert(regex);
    return regex;
}

static const GRegex *
unwanted(void)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, pattern(
            "(^|[^a-z])(nav|navbar|menu|breadcrumbs?|crumbs?|position|weizhi|dqwz|location|footer|foot|copyright|"
            "header|banner|sidebar|aside|right-?bar|share|sharing|bdshare|social|related|xgyd|xgxw|recommend|hot-?news|"
            "comments?|disqus|print|toolbar|tools|popup|modal|cookie|newsletter|subscribe|advert|ads?|promo|"
            "pagination|pager|page-?nav|qrcode|ewm|editor-?info|prev-?next|language|langs?|skip)([^a-z]|$)"));
    return regex;
}

/* Weighted length: a CJK character counts as three others. */
static guint
weight(const char *text)
{
    guint total = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c > ' ')
            total += c >= 0x2e80 ? 3 : 1;
    }
    return total;
}

static guint
punctuation(const char *text)
{
    guint count = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        count += c == ',' || c == 0xff0c || c == 0x3002 || c == 0x3001 || c == 0x060c || c == ';' || c == 0xff1b;
    }
    return count;
}

static guint
link_weight(const xmlNode *node)
{
    guint total = 0;
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        if (!node_is(n, "a"))
            continue;
        g_autofree char *text = html_text(n);
        total += weight(text);
    }
    return total;
}

static bool
has_block_children(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (node_is(child, "p div table ul ol section article blockquote h1 h2 h3 h4 dl pre form"))
            return true;
    return false;
}

static bool
is_unwanted(const xmlNode *node)
{
    if (node_is(node, "nav footer aside form header script style noscript"))
        return true;
    return !node_is(node, "body html") && node_matches(node, unwanted());
}

/* The element of a page that a known CMS or markup standard puts bodies in. */
static xmlNode *
known_container(struct page *page, const char **method)
{
    static const struct {
        const char *xpath, *method;
    } known[] = {
        {"//ucapcontent | //*[@id='UCAP-CONTENT']", "standard"},
        {"//*[contains(concat(' ',@class,' '),' TRS_Editor ') or contains(@class,'TRS_UEDITOR') or "
         "contains(@class,'trs_editor_view')]", "standard"},
        {"//*[@id='zoom' or @id='Zoom' or @id='zoomcon' or @id='fontzoom']", "standard"},
        {"//*[@itemprop='articleBody']", "structured"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(GPtrArray) nodes = page_select(page, NULL, known[i].xpath, NULL);
        xmlNode *best = NULL;
        guint most = 60;
        for (guint n = 0; nodes && n < nodes->len; n++) {
            xmlNode *node = g_ptr_array_index(nodes, n);
            g_autofree char *text = html_text(node);
            guint length = weight(text);
            if (length > most) {
                most = length;
                best = node;
            }
        }
        if (best) {
            *method = known[i].method;
            return best;
        }
    }
    return NULL;
}

static void
give(GHashTable *scores, xmlNode *node, double points)
{
    if (!node || node->type != XML_ELEMENT_NODE || node_is(node, "html"))
        return;
    double *score = g_hash_table_lookup(scores, node);
    if (!score) {
        score = g_new0(double, 1);
        if (node_is(node, "article main"))
            *score = 15;
        else if (node_is(node, "div section td"))
            *score = 5;
        g_hash_table_insert(scores, node, score);
    }
    *score += points;
}

/* Depth first without what cannot hold the body. */
static void
score_paragraphs(GHashTable *scores, xmlNode *node, int depth)
{
    if (node->type != XML_ELEMENT_NODE || depth > 400 || is_unwanted(node))
        return;
    bool paragraph = node_is(node, "p pre blockquote") ||
                     (node_is(node, "div td section li dd font span center article") && !has_block_children(node));
    if (paragraph && !node_is(node, "span font li dd")) {
        g_autofree char *text = html_text(node);
        guint length = weight(text), links = link_weight(node);
        if (length >= 25 && links * 2 < length) {
            double points = 1 + punctuation(text) + MIN(length / 100.0, 6);
            /* a div or td that is itself the whole body takes its own points */
            bool own = node_is(node, "div td section article center");
            give(scores, own ? node : node->parent, points);
            if (node->parent)
                give(scores, own ? node->parent : node->parent->parent, points / (own ? 1.5 : 2));
        }
        return;
    }
    /* text set between <br>s right inside an element with other blocks */
    guint loose = 0, commas = 0;
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_TEXT_NODE)
            continue;
        g_autofree char *text = text_squeeze((const char *)child->content, -1);
        loose += weight(text);
        commas += punctuation(text);
    }
    if (loose >= 40)
        give(scores, node, 1 + commas + MIN(loose / 100.0, 6));
    for (xmlNode *child = node->children; child; child = child->next)
        score_paragraphs(scores, child, depth + 1);
}

static xmlNode *
densest(struct page *page)
{
    xmlNode *root = page_root(page);
    if (!root)
        return NULL;
    g_autoptr(GHashTable) scores = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (xmlNode *child = root->children; child; child = child->next)
        score_paragraphs(scores, child, 0);
    xmlNode *best = NULL;
    double most = 0;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, scores);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        xmlNode *node = key;
        g_autofree char *text = html_text(node);
        double length = weight(text);
        double score = *(double *)value * (1 - (length > 0 ? link_weight(node) / length : 1));
        if (score > most || (score == most && best && node > best)) {
            most = score;
            best = node;
        }
    }
    return most >= 2 ? best : NULL;
}

xmlNode *
article_find_body(struct page *page, const char **method)
{
    xmlNode *known = known_container(page, method);
    if (known)
        return known;
    *method = "density";
    return densest(page);
}

/* A block of links: most of its text is linked and it is not a sentence. */
static bool
is_link_block(const xmlNode *node)
{
    if (!node_is(node, "div ul ol table dl section"))
        return false;
    g_autofree char *text = html_text(node);
    guint length = weight(text), links = link_weight(node), count = 0;
    for (const xmlNode *n = node; n; n = node_next(n, node))
        count += node_is(n, "a");
    return count >= 2 && links * 10 > length * 6 && punctuation(text) < count;
}

static const GRegex *
attachment_name(void)
{
    static GRegex *regex;
    if (g_once_init_enter(&regex))
        g_once_init_leave(&regex, pattern("\\.(pdf|docx?|xlsx?|pptx?|wps|ofd|zip|rar|7z|odt|ods)([?#]|$)"));
    return regex;
}

static bool
holds_attachment(const xmlNode *node)
{
    for (const xmlNode *n = node; n; n = node_next(n, node)) {
        if (!node_is(n, "a"))
            continue;
        g_autofree char *href = html_attribute(n, "href");
        if (href && g_regex_match(attachment_name(), href, 0, NULL))
            return true;
    }
    return false;
}

void
article_prune(xmlNode *body)
{
    for (xmlNode *child = body->children; child;) {
        xmlNode *next = child->next;
        if (child->type == XML_COMMENT_NODE ||
            (child->type == XML_ELEMENT_NODE && !holds_attachment(child) && (is_unwanted(child) || is_link_block(child)))) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        } else if (child->type == XML_ELEMENT_NODE && node_is(child, "div section article center main td tr tbody table form span font ucapcontent")) {
            article_prune(child);
        }
        child = next;
    }
}

void
article_find_attachments(struct page *page, GPtrArray *attachments, const xmlNode *body)
{
    /* the body's element and what stands beside it: lists of files often do */
    const xmlNode *root = body->parent && body->parent->type == XML_ELEMENT_NODE && !node_is(body->parent, "html body")
                              ? body->parent : body;
    for (const xmlNode *node = root; node; node = node_next(node, root)) {
        if (!node_is(node, "a"))
            continue;
        g_autofree char *href = html_attribute(node, "href");
        g_autoptr(GMatchInfo) match = NULL;
        if (!href || !g_regex_match(attachment_name(), href, 0, &match))
            continue;
        g_autofree char *url = page_resolve(page, href);
        bool known = !url;
        for (guint i = 0; i < attachments->len && !known; i++)
            known = g_str_equal(((const struct attachment *)g_ptr_array_index(attachments, i))->url, url);
        if (known)
            continue;
        struct attachment *attachment = g_new0(struct attachment, 1);
        attachment->url = g_steal_pointer(&url);
        attachment->title = html_text(node);
        g_autofree char *type = g_match_info_fetch(match, 1);
        attachment->type = g_ascii_strdown(type, -1);
        g_ptr_array_add(attachments, attachment);
    }
}
