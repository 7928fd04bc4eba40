/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quotations in the marks of their language (CLDR), and ruby as 漢字(かんじ), so that words stay
 * whole.
 */
#include "config.h"

#include "base/clean.h"
#include "document/importer.h"

#include <string.h>

/* --- quotations ----------------------------------------------------------------------------- */

static const struct {
    const char *languages;
    const char *marks[4]; /* of the outer and the inner quotation */
} quotations[] = {
    {"ru uk be kk ky mn bg sr hy", {"«", "»", "„", "“"}},
    {"fr", {"«\xc2\xa0", "\xc2\xa0»", "“", "”"}},
    {"es it pt el ca no nb nn fa", {"«", "»", "“", "”"}},
    {"de cs sk sl hr et lt is", {"„", "“", "‚", "‘"}},
    {"pl hu ro", {"„", "”", "«", "»"}},
    {"fi sv", {"”", "”", "’", "’"}},
    {"ja zh-tw zh-hk zh-mo zh-hant", {"「", "」", "『", "』"}},
};

/* The marks for a language tag, by its whole, then by its first part; NULL: none of its own. */
static const char *const *
marks_of(const char *tag)
{
    g_autofree char *lower = g_ascii_strdown(tag, -1),
                    *first = g_strndup(lower, strcspn(lower, "-_"));
    g_strdelimit(lower, "_", '-');
    for (size_t i = 0; i < G_N_ELEMENTS(quotations); i++) {
        g_auto(GStrv) list = g_strsplit(quotations[i].languages, " ", -1);
        if (g_strv_contains((const char *const *)list, lower) ||
            g_strv_contains((const char *const *)list, first))
            return quotations[i].marks;
    }
    return NULL;
}

static char *
language_of(const xmlNode *node)
{
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        char *tag = html_attribute(node, "lang");
        if (!tag)
            tag = html_attribute(node, "xml:lang");
        if (tag && *tag)
            return tag;
        g_free(tag);
    }
    return NULL;
}

/* Feeds rarely say their language on their HTML: Cyrillic letters say enough. */
static bool
is_cyrillic(const xmlNode *node)
{
    g_autofree char *text = html_text(node);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalpha(c))
            return c >= 0x400 && c < 0x530;
    }
    return false;
}

void
import_quotation(struct importer *in, const xmlNode *node)
{
    static const char *const usual[] = {"“", "”", "‘", "’"};
    g_autofree char *language = language_of(node);
    const char *const *marks = language            ? marks_of(language)
                               : is_cyrillic(node) ? quotations[0].marks
                                                   : NULL;
    if (!marks)
        marks = usual;
    guint inner = in->quotes++ % 2 * 2;
    import_text(in, marks[inner]);
    import_children(in, node);
    import_text(in, marks[inner + 1]);
    in->quotes--;
}

/* --- ruby ----------------------------------------------------------------------------------- */

/*
 * What is annotated goes out at once; annotations are kept for its end.  Where end tags are left
 * out, they hold one another.
 */
struct ruby {
    struct importer *in;
    GString *above, *second; /* of <rt>, of <rtc> */
    int depth;
};

enum ruby_part { RUBY_BASE, RUBY_ABOVE, RUBY_SECOND, RUBY_BRACKET };

static void
walk_ruby(struct ruby *r, const xmlNode *node, enum ruby_part part)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE && part != RUBY_BASE) {
            g_autofree char *text = text_squeeze((const char *)child->content, -1);
            if (part != RUBY_BRACKET)
                g_string_append(part == RUBY_ABOVE ? r->above : r->second, text);
        } else if (child->type == XML_ELEMENT_NODE && r->depth < IMPORT_DEPTH) {
            bool inside = html_named(child, "rb rt rp rtc");
            enum ruby_part next = html_named(child, "rb") ? RUBY_BASE
                                  : html_named(child, "rt")
                                      ? part == RUBY_SECOND ? RUBY_SECOND : RUBY_ABOVE
                                  : html_named(child, "rp")  ? RUBY_BRACKET
                                  : html_named(child, "rtc") ? RUBY_SECOND
                                                             : part;
            r->depth++;
            if (inside || part != RUBY_BASE)
                walk_ruby(r, child, next);
            else
                import_walk(r->in, child);
            r->depth--;
        } else if (part == RUBY_BASE) {
            import_walk(r->in, child);
        }
    }
}

static void
append_annotation(struct importer *in, const GString *text)
{
    if (!text->len)
        return;
    g_autofree char *bracketed = g_strdup_printf("(%s)", text->str);
    import_text(in, bracketed);
}

void
import_ruby(struct importer *in, const xmlNode *node)
{
    struct ruby ruby = {in, g_string_new(NULL), g_string_new(NULL), 0};
    walk_ruby(&ruby, node, RUBY_BASE);
    append_annotation(in, ruby.above);
    append_annotation(in, ruby.second);
    g_string_free(ruby.above, TRUE);
    g_string_free(ruby.second, TRUE);
}
