/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walks a libxml2 tree and writes blocks: which element is of which kind, and whose it is to import
 * it (document/importer.h).
 */
#include "config.h"

#include "document/html-import.h"
#include "document/importer.h"

#include <string.h>

/* --- elements ------------------------------------------------------------------------------ */

enum element {
    ELEMENT_INLINE, /* and any other */
    ELEMENT_HIDDEN,
    ELEMENT_BLOCK,
    ELEMENT_HEADING,
    ELEMENT_BREAK,
    ELEMENT_PICTURE,
    ELEMENT_FIGURE,
    ELEMENT_CAPTION,
    ELEMENT_RULE,
    ELEMENT_LIST,
    ELEMENT_TABLE,
    ELEMENT_PRE,
    ELEMENT_QUOTE,
    ELEMENT_TERM,
    ELEMENT_DEFINITION,
    ELEMENT_SUMMARY,
    ELEMENT_LINK,
    ELEMENT_QUOTATION,
    ELEMENT_RUBY,
    ELEMENT_MATH,
    ELEMENT_EMBEDDED,
    ELEMENT_NOSCRIPT,
    ELEMENT_STRONG,
    ELEMENT_EMPHASIS,
    ELEMENT_CODE,
    ELEMENT_DELETED,
    ELEMENT_INSERTED,
    ELEMENT_UNDERLINED,
    ELEMENT_MARKED,
    ELEMENT_RAISED,
    ELEMENT_LOWERED,
};

/* Each name in one line: the bits are numbers. */
static const struct html_kind elements[] = {
    {"script style template head button select input textarea option svg canvas map link meta title base param",
     ELEMENT_HIDDEN},
    {"p div section article main header footer aside nav address li dl center body html fieldset legend details tr td th "
     "tbody thead tfoot caption hgroup ucapcontent ucaptitle publishtime",
     ELEMENT_BLOCK},
    {"h1 h2 h3 h4 h5 h6", ELEMENT_HEADING},
    {"br", ELEMENT_BREAK},
    {"img amp-img", ELEMENT_PICTURE},
    {"figure", ELEMENT_FIGURE},
    {"figcaption", ELEMENT_CAPTION},
    {"hr", ELEMENT_RULE},
    {"ul ol menu dir", ELEMENT_LIST},
    {"table", ELEMENT_TABLE},
    {"pre listing xmp", ELEMENT_PRE},
    {"blockquote", ELEMENT_QUOTE},
    {"dt", ELEMENT_TERM},
    {"dd", ELEMENT_DEFINITION},
    {"summary", ELEMENT_SUMMARY},
    {"a", ELEMENT_LINK},
    {"q", ELEMENT_QUOTATION},
    {"ruby", ELEMENT_RUBY},
    {"math", ELEMENT_MATH},
    {"iframe frame object embed video audio amp-iframe amp-video amp-audio amp-youtube lite-youtube",
     ELEMENT_EMBEDDED},
    {"noscript", ELEMENT_NOSCRIPT},
    {"b strong", ELEMENT_STRONG},
    {"i em cite dfn var", ELEMENT_EMPHASIS},
    {"code kbd samp tt", ELEMENT_CODE},
    {"del s strike", ELEMENT_DELETED},
    {"ins", ELEMENT_INSERTED},
    {"u", ELEMENT_UNDERLINED},
    {"mark", ELEMENT_MARKED},
    {"sup", ELEMENT_RAISED},
    {"sub", ELEMENT_LOWERED},
};

static enum element
element_of(const xmlNode *node)
{
    static struct html_kinds table = {.kinds = elements, .count = G_N_ELEMENTS(elements)};
    return (enum element)html_kinds_of(&table, node);
}

/* --- the walk -------------------------------------------------------------------------------- */

static void
walk_break(struct importer *in)
{
    if (in->text->len || in->preformatted)
        g_string_append_c(in->text, '\n');
    /* two in a row end a paragraph, as pages without <p> mean it */
    const GString *text = in->text;
    if (text->len > 1 && text->str[text->len - 2] == '\n' && !in->preformatted)
        import_flush(in);
}

/* Raised within raised: signs cannot say that, so it is written out. */
static void
walk_script(struct importer *in, const xmlNode *node, guint style)
{
    if (!(in->style & (SPAN_RAISED | SPAN_LOWERED))) {
        in->style |= style;
        import_children(in, node);
        return;
    }
    import_text(in, style == SPAN_RAISED ? "^" : "_");
    import_text(in, "(");
    import_children(in, node);
    import_text(in, ")");
}

static void
walk_quote(struct importer *in, const xmlNode *node)
{
    import_flush(in);
    in->quote_level++;
    if (!in->quote_begins)
        in->quote_begins = in->quote_level;
    import_block(in, node, BLOCK_PARAGRAPH, 0);
    if (in->quote_begins == in->quote_level) /* there is nothing in it */
        in->quote_begins = 0;
    in->quote_level--;
}

static void
walk_element(struct importer *in, const xmlNode *node, enum element element)
{
    static const guint styles[] = {
        [ELEMENT_STRONG] = SPAN_STRONG,     [ELEMENT_EMPHASIS] = SPAN_EMPHASIS,
        [ELEMENT_CODE] = SPAN_CODE,         [ELEMENT_DELETED] = SPAN_DELETED,
        [ELEMENT_INSERTED] = SPAN_INSERTED, [ELEMENT_UNDERLINED] = SPAN_UNDERLINED,
        [ELEMENT_MARKED] = SPAN_MARKED,     [ELEMENT_RAISED] = SPAN_RAISED,
        [ELEMENT_LOWERED] = SPAN_LOWERED};
    switch (element) {
    case ELEMENT_HIDDEN:
        break;
    case ELEMENT_BLOCK:
        import_block(in, node, in->type, in->level);
        break;
    case ELEMENT_HEADING:
        import_block(in, node, in->target ? in->type : BLOCK_HEADING, (guint)(node->name[1] - '0'));
        break;
    case ELEMENT_TERM:
        import_block(in, node, in->target ? in->type : BLOCK_TERM, 0);
        break;
    case ELEMENT_DEFINITION:
        import_block(in, node, in->target ? in->type : BLOCK_DEFINITION, 0);
        break;
    case ELEMENT_SUMMARY:
        in->style |= SPAN_STRONG;
        import_block(in, node, in->type, in->level);
        break;
    case ELEMENT_BREAK:
        walk_break(in);
        break;
    case ELEMENT_PICTURE:
        import_picture(in, node);
        break;
    case ELEMENT_FIGURE:
        import_figure(in, node);
        break;
    case ELEMENT_CAPTION:
        import_caption(in, node);
        break;
    case ELEMENT_RULE:
        import_flush(in);
        if (!in->target)
            import_add(in, BLOCK_RULE, 0);
        break;
    case ELEMENT_LIST:
        import_list(in, node);
        break;
    case ELEMENT_TABLE:
        import_table(in, node);
        break;
    case ELEMENT_PRE: {
        bool outer = in->preformatted;
        import_flush(in);
        in->preformatted = true;
        import_block(in, node, in->target ? in->type : BLOCK_PRE, 0);
        in->preformatted = outer;
        break;
    }
    case ELEMENT_QUOTE:
        walk_quote(in, node);
        break;
    case ELEMENT_LINK: {
        g_autofree char *url = import_url(in, node, "href");
        if (url)
            in->link = document_link(in->document, url);
        import_children(in, node);
        break;
    }
    case ELEMENT_QUOTATION:
        import_quotation(in, node);
        break;
    case ELEMENT_RUBY:
        import_ruby(in, node);
        break;
    case ELEMENT_MATH: {
        g_autofree char *formula = html_math(node);
        import_text(in, formula);
        break;
    }
    case ELEMENT_EMBEDDED:
        import_embedded(in, node);
        break;
    case ELEMENT_NOSCRIPT:
        import_noscript(in, node);
        break;
    case ELEMENT_RAISED:
    case ELEMENT_LOWERED:
        walk_script(in, node, styles[element]);
        break;
    default:
        in->style |= element < G_N_ELEMENTS(styles) ? styles[element] : 0;
        import_children(in, node);
    }
}

static void
walk_fleeting(struct importer *in, const xmlNode *node, enum element element)
{
    guint before = in->document->blocks->len;
    walk_element(in, node, element);
    for (guint i = before; i < in->document->blocks->len; i++) {
        struct block *block = g_ptr_array_index(in->document->blocks, i);
        block->fleeting = block->type == BLOCK_PICTURE || block->type == BLOCK_EMBED;
    }
}

/* The importer's `walk`. */
static void
walk_node(struct importer *in, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        import_text(in, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE)
        return;
    struct import_looks looks = {false, 0};
    if (node->properties)
        import_look(node, &looks);
    if (looks.hidden)
        return;
    enum element element = element_of(node);
    guint style = in->style, link = in->link;
    guint script = looks.style & (SPAN_RAISED | SPAN_LOWERED);
    in->style |= looks.style & ~script;
    in->style |= import_is_fleeting(node) ? SPAN_FLEETING : 0;
    if (import_is_fleeting(node))
        walk_fleeting(in, node, element);
    else if (script && element == ELEMENT_INLINE)
        walk_script(in, node, script);
    else
        walk_element(in, node, element);
    in->style = style;
    in->link = link;
}

/* Rules at the edges part nothing. */
static void
tidy(struct document *document)
{
    while (document->blocks->len) {
        const struct block *last = g_ptr_array_index(document->blocks, document->blocks->len - 1);
        if (last->type != BLOCK_RULE)
            break;
        g_ptr_array_remove_index(document->blocks, document->blocks->len - 1);
    }
    while (document->blocks->len) {
        const struct block *first = g_ptr_array_index(document->blocks, 0);
        if (first->type != BLOCK_RULE)
            break;
        g_ptr_array_remove_index(document->blocks, 0);
    }
}

void
html_import(struct document *document, const xmlNode *node, const char *base)
{
    struct importer in = {
        .document = document,
        .base = base,
        .walk = walk_node,
        .text = g_string_new(NULL),
        .scratch = g_string_new(NULL),
        .spans = g_array_new(FALSE, FALSE, sizeof(struct span)),
        .type = BLOCK_PARAGRAPH,
        .figure = G_MAXUINT,
    };
    struct import_looks looks;
    import_look(node, &looks);
    if (looks.hidden || element_of(node) == ELEMENT_HIDDEN) /* who asks for it means it */
        import_children(&in, node);
    else
        import_walk(&in, node);
    import_flush(&in);
    tidy(document);
    g_string_free(in.text, TRUE);
    g_string_free(in.scratch, TRUE);
    g_array_unref(in.spans);
    g_clear_pointer(&in.seen, g_hash_table_unref);
}

struct document *
html_import_fragment(const char *html, const char *base)
{
    bool cut;
    return html_import_told(html, base, &cut);
}

struct document *
html_import_told(const char *html, const char *base, bool *cut)
{
    struct document *document = document_new();
    gsize length = strlen(html), read;
    AUTO(xmlFreeDoc) struct _xmlDoc *page = html_parse_told(html, length, &read);
    xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
    if (root)
        html_import(document, root, base);
    document_finish(document);
    *cut = read < length || document->left_out;
    return document;
}
