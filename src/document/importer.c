/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all kinds of elements are imported with: inline text is collected until a block begins or
 * ends, and white space is folded as a browser would.  Depth is bounded, because the tree may be a
 * hundred thousand elements deep.
 */
#include "config.h"

#include "document/importer.h"
#include "document/html-import.h"
#include "base/clean.h"

#include <string.h>

/* --- text ---------------------------------------------------------------------------------- */

static gunichar
fix_c1(gunichar c)
{
    /* &#151; and friends: C1 code points mean windows-1252 (HTML standard) */
    static const gunichar map[32] = {0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                     0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
                                     0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                     0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};
    return c >= 0x80 && c <= 0x9f ? map[c - 0x80] : c;
}

/*
 * How many bytes at p stay as they are: characters that are neither ASCII space, C1 nor U+00A0,
 * U+3000, and single blanks between two of them.
 */
static gsize
inline_run(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && (guchar)*p != 0xc2 && (guchar)*p != 0xe3 &&
           ((guchar)*p > ' ' || (*p == ' ' && p > start && (guchar)p[1] > ' ')))
        p++;
    return (gsize)(p - start);
}

/* Folds white space as browsers do, and maps what stands for windows-1252. */
static void
fold_space(const struct importer *in, const char *p, const char *end, GString *out)
{
    bool after_space = in->text->len == 0 || in->text->str[in->text->len - 1] == ' ' ||
                       in->text->str[in->text->len - 1] == '\n';
    while (p < end) {
        gsize run = inline_run(p, end);
        if (run) {
            g_string_append_len(out, p, (gssize)run);
            p += run;
            after_space = p[-1] == ' ';
            continue;
        }
        gunichar c = fix_c1(g_utf8_get_char(p));
        p = g_utf8_next_char(p);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            if (!after_space)
                g_string_append_c(out, ' ');
            after_space = true;
        } else if ((c == 0xa0 || c == 0x3000) && in->text->len == 0 && out->len == 0) {
            /* indents of paragraphs are layout, not text */
        } else if (c) {
            g_string_append_unichar(out, c);
            after_space = false;
        }
    }
}

static void
fix_preformatted(const char *p, GString *out)
{
    for (; *p; p = g_utf8_next_char(p)) {
        gunichar c = fix_c1(g_utf8_get_char(p));
        if (c)
            g_string_append_unichar(out, c);
    }
}

void
import_text(struct importer *in, const char *raw)
{
    gsize length = strlen(raw);
    bool clean = text_is_clean(raw, length); /* as nearly all is; what it is folded to is, too */
    g_autofree char *valid = clean || g_utf8_validate_len(raw, length, NULL)
                                 ? NULL
                                 : g_utf8_make_valid(raw, (gssize)length);
    const char *text = valid ? valid : raw;
    g_string_truncate(in->scratch, 0);
    if (in->preformatted)
        fix_preformatted(text, in->scratch);
    else
        fold_space(in, text, valid ? text + strlen(valid) : text + length, in->scratch);
    if (!clean && !text_is_clean(in->scratch->str, in->scratch->len))
        text_clean_valid(in->scratch);
    struct rich_text rich = {in->text, in->spans};
    rich_append(&rich, in->scratch->str, (gssize)in->scratch->len, in->style, in->link);
}

/* Cuts white space at the end, and spans with it. */
static void
trim_end(GString *text, GArray *spans)
{
    while (text->len) {
        const char *last = g_utf8_find_prev_char(text->str, text->str + text->len);
        gunichar c = g_utf8_get_char(last);
        if (c != ' ' && c != '\n' && c != 0xa0 && c != 0x3000 && c != '\t')
            break;
        g_string_truncate(text, last - text->str);
    }
    for (guint i = spans->len; i-- > 0;) {
        struct span *span = &g_array_index(spans, struct span, i);
        if (span->start >= text->len)
            g_array_set_size(spans, i);
        else if (span->start + span->length > text->len)
            span->length = (guint)text->len - span->start;
        else
            break;
    }
}

/*
 * Underlined text was put in where something is struck out beside it; elsewhere it is emphasised.
 */
static void
settle_underlined(GArray *spans)
{
    guint all = 0;
    for (guint i = 0; i < spans->len; i++)
        all |= g_array_index(spans, struct span, i).style;
    for (guint i = 0; all & SPAN_UNDERLINED && i < spans->len; i++) {
        struct span *span = &g_array_index(spans, struct span, i);
        if (span->style & SPAN_UNDERLINED)
            span->style |= all & SPAN_DELETED ? SPAN_INSERTED : SPAN_EMPHASIS;
        span->style &= SPAN_ALL;
    }
}

static void
append_rich(struct rich_text *to, const GString *text, const GArray *spans)
{
    guint shift = (guint)to->text->len;
    g_string_append_len(to->text, text->str, (gssize)text->len);
    for (guint i = 0; i < spans->len; i++) {
        struct span span = g_array_index(spans, struct span, i);
        span.start += shift;
        g_array_append_val(to->spans, span);
    }
}

static void
append_to_target(struct importer *in)
{
    GString *to = in->target->text;
    if (to->len)
        g_string_append_c(to, '\n');
    if (in->marker) /* a list in a cell is text */
        g_string_append_printf(to, "%s ", in->marker);
    in->marker = NULL;
    append_rich(in->target, in->text, in->spans);
}

/* The block that came last, or NULL. */
static const struct block *
last_block(const struct importer *in)
{
    const GPtrArray *blocks = in->document->blocks;
    for (guint i = blocks->len; i-- > 0;)
        if (((const struct block *)g_ptr_array_index(blocks, i))->type != BLOCK_GAP)
            return g_ptr_array_index(blocks, i);
    return NULL;
}

struct block *
import_add(struct importer *in, enum block_type type, guint level)
{
    const struct block *before = last_block(in);
    guint begins = in->quote_begins;
    bool beside = begins && before && block_quotations(before) >= begins;
    struct block *block = document_add(in->document, type, level);
    block->in_item = in->in_item && (type == BLOCK_HEADING || type == BLOCK_RULE ||
                                     type == BLOCK_TERM || type == BLOCK_DEFINITION);
    block->quotes = type == BLOCK_QUOTE ? 0 : in->quote_level; /* its level says it */
    if (type == BLOCK_RULE && begins) { /* no quotation begins with what says nothing */
        block->quotes = begins - 1;
        return block;
    }
    block->quote_begins = beside ? in->quote_begins : 0;
    in->quote_begins = 0;
    return block;
}

/* What inline text becomes where it stands, and how deep. */
static enum block_type
type_of(const struct importer *in, guint *level)
{
    *level = in->level;
    if (in->type != BLOCK_PARAGRAPH)
        return in->type;
    bool quoted_in_item = in->quote_level > in->item_quotes;
    *level = in->item_level;
    if (in->marker || (in->in_item && !quoted_in_item))
        return BLOCK_ITEM;
    *level = in->quote_level;
    return in->quote_level ? BLOCK_QUOTE : BLOCK_PARAGRAPH;
}

void
import_flush(struct importer *in)
{
    trim_end(in->text, in->spans);
    if (in->text->len) {
        if (in->spans->len) {
            settle_underlined(in->spans);
            rich_form(&(struct rich_text){in->text, in->spans});
        }
        if (in->target) {
            append_to_target(in);
        } else {
            guint level;
            enum block_type type = type_of(in, &level);
            struct block *block = import_add(in, type, level);
            if (type == BLOCK_ITEM) {
                block->marker = g_strdup(in->marker);
                in->marker = NULL; /* a second paragraph of the item stands without */
            }
            append_rich(&block->content, in->text, in->spans);
        }
    }
    g_string_truncate(in->text, 0);
    g_array_set_size(in->spans, 0);
}

/* --- what is fleeting ---------------------------------------------------------------------- */

/*
 * The marked nodes are a set beside the tree, which no page can write; the pointers of its nodes
 * are for those who count what is in them.
 */
bool
import_is_fleeting(const xmlNode *node)
{
    GHashTable *marked = node->doc ? node->doc->_private : NULL;
    return marked && g_hash_table_contains(marked, node);
}

void
html_mark_fleeting(xmlNode *node)
{
    if (!node->doc->_private)
        node->doc->_private = g_hash_table_new(NULL, NULL);
    for (xmlNode *n = node; n;) {
        bool known = !g_hash_table_add(node->doc->_private, n); /* then all in it are */
        if (!known && n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != node && !n->next)
            n = n->parent;
        n = n == node ? NULL : n->next;
    }
}

void
html_forget_fleeting(xmlDoc *doc)
{
    if (doc && doc->_private)
        g_hash_table_unref(g_steal_pointer(&doc->_private));
}

/* --- children ------------------------------------------------------------------------------ */

void
import_walk(struct importer *in, const xmlNode *node)
{
    in->walk(in, node);
}

void
import_children(struct importer *in, const xmlNode *node)
{
    guint style = in->style;
    in->style |= import_is_fleeting(node) ? SPAN_FLEETING : 0;
    if (++in->depth < IMPORT_DEPTH)
        for (const xmlNode *child = node->children; child; child = child->next)
            import_walk(in, child);
    in->depth--;
    in->style = style;
}

void
import_block(struct importer *in, const xmlNode *node, enum block_type type, guint level)
{
    import_flush(in);
    enum block_type old_type = in->type;
    guint old_level = in->level;
    in->type = type;
    in->level = level;
    import_children(in, node);
    import_flush(in);
    in->type = old_type;
    in->level = old_level;
}

void
import_into(struct importer *in, const xmlNode *node, struct rich_text *target)
{
    const char *marker = in->marker;
    struct rich_text *outer = in->target;
    import_flush(in);
    in->marker = NULL;
    in->target = target;
    import_children(in, node);
    import_flush(in);
    in->target = outer;
    in->marker = marker;
}
