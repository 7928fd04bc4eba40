/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a page is asked for its article, and the tidying of the result. */
#include "config.h"

#include "portal/event.h"
#include "portal/article.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/regex.h"
#include "document/html-import.h"
#include "portal/article-parts.h"
#include "portal/attachments.h"
#include "portal/editions.h"
#include "portal/features.h"
#include "portal/pagination.h"
#include "portal/reason.h"

#include <string.h>

#define MIN_CHARACTERS 20
/* weight of a text for machines that counts more than one that is shown */
#define MIN_TOLD        200
#define MAX_PLAIN_TITLE 300 /* bytes */

/* "&lt;p&gt;" -> "<p>"; line breaks stay. */
static char *
unescape(const char *text)
{
    g_autofree char *html = g_strconcat("<pre>", text, "</pre>", NULL);
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = html_parse(html, strlen(html));
    xmlChar *content = doc ? xmlNodeGetContent(xmlDocGetRootElement(doc)) : NULL;
    char *plain = content ? g_utf8_make_valid((const char *)content, -1) : g_strdup("");
    xmlFree(content);
    return plain;
}

/* A text that should be plain and may be HTML, or escaped HTML. */
static struct document *
document_of_markup(const char *raw, const char *base)
{
    static GRegex *tag;
    regex_once(
        &tag,
        "<(?:/?(?:p|div|br|b|i|em|strong|span|a|ul|ol|li|h[1-6]|img|table|blockquote)\\b[^<>]*/?)>");
    bool markup = g_regex_match(tag, raw, 0, NULL);
    g_autofree char *decoded = !markup && strchr(raw, '&') ? unescape(raw) : NULL;
    const char *text = decoded ? decoded : raw;
    if (markup || g_regex_match(tag, text, 0, NULL))
        return html_import_fragment(text, base);
    g_autofree char *clean = text_clean(text, -1);
    return document_from_text(clean);
}

/* The text that a page keeps for machines, when what it shows is next to nothing. */
static void
take_linked_body(struct article *article, const struct linked_data *linked, const char *base)
{
    if (!linked->body || g_str_equal(article->method, "portal") ||
        g_str_equal(article->method, "standard"))
        return;
    g_autofree char *plain = document_plain(article->document);
    guint shown = features_text_weight(plain, NULL);
    if (shown >= MIN_CHARACTERS && shown * 4 > features_text_weight(linked->body, NULL))
        return; /* as nearly always; with its markup it is longer than without */
    AUTO(document_free) struct document *told = document_of_markup(linked->body, base);
    g_autofree char *text = document_plain(told);
    guint weight = features_text_weight(text, NULL);
    /* what shows next to nothing has no other text; else it is a teaser of what is told */
    bool alone = shown < MIN_CHARACTERS && weight >= MIN_CHARACTERS;
    if (!alone && (weight < MIN_TOLD || shown * 4 > weight))
        return;
    document_free(article->document);
    article->document = g_steal_pointer(&told);
    article->method = "structured";
}

/* What there is to see beside text; a frame may be anything. */
static bool
has_pictures(const struct document *document)
{
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type == BLOCK_PICTURE ||
            (block->type == BLOCK_EMBED && block->level != EMBED_FRAME))
            return true;
    }
    return false;
}

/*
 * Three characters of Chinese say as much as nine letters, but what was only guessed has to say
 * more.
 */
static bool
is_without_text(const struct article *article)
{
    const GPtrArray *blocks = article->document->blocks;
    for (guint i = 0; i < blocks->len; i++) { /* nearly always a paragraph is enough */
        const struct block *block = g_ptr_array_index(blocks, i);
        if (features_text_weight(block->content.text->str, NULL) >= 3 * MIN_CHARACTERS)
            return false;
    }
    g_autofree char *plain = document_plain(article->document);
    bool guessed = g_str_equal(article->method, "density") || g_str_equal(article->method, "none");
    return (guessed ? (guint)g_utf8_strlen(plain, -1) : features_text_weight(plain, NULL)) <
           MIN_CHARACTERS;
}

/*
 * A page that is a PDF, a poster, a list of files: these are what there is, and the words between
 * them.
 */
static void
take_what_is_shown(struct article *article, struct page *page, const struct linked_data *linked,
                   const struct article_lines *lines, const struct article_options *o)
{
    if (has_pictures(article->document) || article->attachments->len)
        return;
    page_count_features(page);
    xmlNode *around;
    const xmlNode *first =
        attachments_find_documents(page, article->attachments, MIN_CHARACTERS, &around);
    /* of a body that holds none of them */
    AUTO(document_free) struct document *words = g_steal_pointer(&article->document);
    article->document = document_new();
    if (first) {
        article_find_facts(page, article, first, linked, lines, o);
        if (around) {
            article_prune(around);
            page_changed(page);
            html_import(article->document, around, page->base);
            article_trim(article, false, o);
        }
    }
    bool text = !is_without_text(article);
    bool shown = first || attachments_find_pictures(page, article->document);
    if (!shown) { /* then the reason is asked of the page */
        document_free(article->document);
        article->document = g_steal_pointer(&words);
        return;
    }
    article->method = text ? "density" : "none";
}

static void
refuse(const struct page *page, enum page_error reason, GError **error)
{
    for (guint i = 0; reason == PAGE_ERROR_EMPTY && i < page->warnings->len; i++) {
        const struct page_warning *w = g_ptr_array_index(page->warnings, i);
        if (!g_str_equal(w->code, "limit"))
            continue;
        g_set_error(error, PAGE_ERROR, (int)reason, "there is no article text on this page: %s",
                    w->message);
        return;
    }
    g_set_error_literal(error, PAGE_ERROR, (int)reason,
                        reason == PAGE_ERROR_BLOCKED
                            ? N_("there is no article text on this page: blocked")
                        : reason == PAGE_ERROR_SCRIPT
                            ? N_("there is no article text on this page: filled by script")
                            : N_("there is no article text on this page"));
}

/* A page of plain text is its article; its first line, when it stands alone, its title. */
static struct article *
take_plain(struct page *page, struct article *taken, GError **error)
{
    AUTO(article_free) struct article *a = taken;
    document_free(a->document);
    a->document = document_from_plain(page->source, false);
    a->method = "standard";
    if (document_is_empty(a->document)) {
        g_set_error_literal(error, PAGE_ERROR, PAGE_ERROR_EMPTY,
                            N_("there is no article text on this page"));
        return NULL;
    }
    const struct block *first =
        a->document->blocks->len > 1 ? g_ptr_array_index(a->document->blocks, 0) : NULL;
    const char *text = first && first->type == BLOCK_PARAGRAPH ? first->content.text->str : NULL;
    if (text && !strchr(text, '\n') && strlen(text) < MAX_PLAIN_TITLE) {
        a->title = text_squeeze(text, -1);
        g_ptr_array_remove_index(a->document->blocks, 0);
        document_finish(a->document);
    }
    return g_steal_pointer(&a);
}

struct article *
article_extract(struct page *page, const struct article_options *stated, GError **error)
{
    struct article_options settled = *stated;
    const struct article_options *o = &settled;
    page_settle_dates(page, o->language, &settled.dates);
    g_autofree char *language = o->language ? g_strdup(o->language) : page_language(page);
    AUTO(article_free) struct article *article = article_new(page->url, language);

    const struct portal_article *rules =
        o->portal ? portal_article_rules(o->portal, o->edition, page->url) : NULL;
    if (!rules && page->plain)
        return take_plain(page, g_steal_pointer(&article), error);
    g_autoptr(GPtrArray) bodies = NULL;
    AUTO(linked_data_clear) struct linked_data linked;
    linked_data_read(page, &linked);
    event_find(page, &linked, &o->dates, &article->event);
    editions_find(page, article->editions, article->language);
    if (rules)
        bodies = article_apply_rules(page, rules, o, article);
    bool ruled = (bodies && bodies->len) || !document_is_empty(article->document);
    if (ruled) {
        article->method = "portal";
    } else {
        g_clear_pointer(&bodies, g_ptr_array_unref);
        page_count_features(page);
        bodies = article_find_body(page, &linked, &article->method);
    }
    /* asked before its title is cut out of the page */
    bool refusal = !ruled && page_is_refusal(page);
    AUTO(article_lines_clear) struct article_lines lines, none = {.all = lines_of(NULL)};
    article_lines_read(page, bodies, &lines);
    article_lines_find(page, NULL, &lines);
    if (!article->title)
        article->title = article_find_title(page, &linked, &lines, &o->dates);
    article_lines_find(page, article->title, &lines);
    if (!article->section)
        article->section = article_find_section(page, article->title, &lines);
    if (!ruled)
        article_find_leads(page, bodies, article->title);
    if (bodies->len) {
        const xmlNode *body = g_ptr_array_index(bodies, 0);
        if (!ruled)
            article_lines_end(&lines, o);
        article_find_facts(page, article, body, &linked, &lines, o);
        if (!article->attachments->len)
            attachments_find(page, article->attachments, body);
        if (!ruled)
            article_lines_cut(&lines);
        for (guint i = 0; i < bodies->len; i++) {
            if (!ruled && features_of(g_ptr_array_index(bodies, i))->dropped)
                continue; /* a form that stands beside the text */
            if (!ruled)
                article_prune(g_ptr_array_index(bodies, i));
            html_import(article->document, g_ptr_array_index(bodies, i), page->base);
        }
        page_changed(page);
        article_trim(article, lines.title < lines.all->len, o);
    }
    take_linked_body(article, &linked, page->base);
    if (!bodies->len && g_str_equal(article->method, "structured"))
        article_find_facts(page, article, NULL, &linked, &none, o);
    if (rules)
        article_cut_blocks(article->document, rules);
    if (!article->next)
        article->next = pagination_part(page, o->first);
    if (is_without_text(article))
        take_what_is_shown(article, page, &linked, &none, o);
    document_finish(article->document);
    if (article->document->left_out)
        page_warn(page, "limit",
                  "the article has more than %u pictures or %u links; %u were left out",
                  DOCUMENT_MAX_PICTURES, DOCUMENT_MAX_LINKS, article->document->left_out);
    if (!document_characters(article->document) && !g_str_equal(article->method, "portal"))
        article->method = "none";
    bool found = !is_without_text(article) || has_pictures(article->document) ||
                 article->attachments->len;
    /* what a guard says of itself reads like a short article */
    bool guessed = g_str_equal(article->method, "density") || g_str_equal(article->method, "none");
    bool refused = refusal && guessed && !article->attachments->len;
    if (found && article->published.ambiguous)
        page_warn(page, "ambiguous-dates", "nothing tells day from month in the date");
    if (!found || refused) {
        refuse(page, refused ? PAGE_ERROR_BLOCKED : page_reason(page), error);
        return NULL;
    }
    return g_steal_pointer(&article);
}
