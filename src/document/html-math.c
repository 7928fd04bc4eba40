/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MathML as a line that can be read aloud: x^(n+1), (a + b)/c, √(2).  Presentation markup is
 * written out; of content markup and others the text is left.
 */
#include "config.h"

#include "base/clean.h"
#include "document/html.h"
#include "text/raised.h"

#include <string.h>

#define MAX_DEPTH 200

static void append_math(GString *out, const xmlNode *node, int depth);

static void
append_children(GString *out, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        append_math(out, child, depth + 1);
}

/* The nth child element, or NULL. */
static const xmlNode *
argument(const xmlNode *node, guint n)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && n-- == 0)
            return child;
    return NULL;
}

static char *
formula(const xmlNode *node, int depth)
{
    GString *out = g_string_new(NULL);
    if (node)
        append_math(out, node, depth + 1);
    char *text = text_squeeze(out->str, -1);
    g_string_free(out, TRUE);
    return text;
}

/* Whether a formula begins with a bracket that its end closes. */
static bool
is_bracketed(const char *text)
{
    gsize length = strlen(text);
    int depth = 0;
    for (gsize i = 0; i < length; i++) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0)
            return i && i + 1 == length;
    }
    return false;
}

/* In brackets, unless it is one sign or number, or in brackets already. */
static void
append_grouped(GString *out, const char *text)
{
    bool whole = !*text || !*g_utf8_next_char(text) || !text[strspn(text, "0123456789.,")] ||
                 is_bracketed(text);
    g_string_append_printf(out, whole ? "%s" : "(%s)", text);
}

static void
append_script(GString *out, const char *text, bool raised)
{
    const char *sign;
    if (!*text)
        return;
    switch (raised_form(out->str, out->len, text, strlen(text), raised, &sign)) {
    case RAISED_SIGNS:
        for (const char *p = text; *p; p = g_utf8_next_char(p))
            g_string_append_unichar(out, raised_sign(g_utf8_get_char(p), raised));
        return;
    default: /* here nothing is an ordinal */
        g_string_append_c(out, raised ? '^' : '_');
        g_string_append_printf(out, *g_utf8_next_char(text) ? "(%s)" : "%s", text);
    }
}

/* A base and up to two scripts. */
static void
append_scripts(GString *out, const xmlNode *node, int depth, bool first_raised, bool both)
{
    g_autofree char *base = formula(argument(node, 0), depth),
                    *first = formula(argument(node, 1), depth);
    bool word = argument(node, 0) && html_named(argument(node, 0), "mi mn mo mtext");
    if (word)
        append_math(out, argument(node, 0), depth + 1);
    else
        append_grouped(out, base);
    append_script(out, first, first_raised);
    if (both) {
        g_autofree char *second = formula(argument(node, 2), depth);
        append_script(out, second, !first_raised);
    }
}

static void
append_fraction(GString *out, const xmlNode *node, int depth)
{
    g_autofree char *over = formula(argument(node, 0), depth),
                    *under = formula(argument(node, 1), depth);
    append_grouped(out, over);
    g_string_append_c(out, '/');
    append_grouped(out, under);
}

static void
append_root(GString *out, const xmlNode *node, int depth, bool square)
{
    g_autofree char *index = square ? NULL : formula(argument(node, 1), depth);
    GString *inner = g_string_new(NULL);
    if (square)
        append_children(inner, node, depth);
    else if (argument(node, 0))
        append_math(inner, argument(node, 0), depth + 1);
    g_autofree char *text = text_squeeze(inner->str, -1);
    g_string_free(inner, TRUE);
    if (index && *index)
        append_script(out, index, true);
    g_string_append(out, "√");
    append_grouped(out, text);
}

static void
append_fenced(GString *out, const xmlNode *node, int depth)
{
    g_autofree char *open = html_attribute(node, "open"), *close = html_attribute(node, "close");
    g_string_append(out, open ? open : "(");
    bool first = true;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!first)
            g_string_append(out, ", ");
        first = false;
        append_math(out, child, depth + 1);
    }
    g_string_append(out, close ? close : ")");
}

static void
append_rows(GString *out, const xmlNode *node, int depth)
{
    g_string_append_c(out, '[');
    bool first_row = true;
    for (const xmlNode *row = node->children; row; row = row->next) {
        if (row->type != XML_ELEMENT_NODE)
            continue;
        if (!first_row)
            g_string_append(out, "; ");
        first_row = false;
        bool first = true;
        for (const xmlNode *cell = row->children; cell; cell = cell->next) {
            if (cell->type != XML_ELEMENT_NODE)
                continue;
            if (!first)
                g_string_append(out, ", ");
            first = false;
            append_math(out, cell, depth + 1);
        }
    }
    g_string_append_c(out, ']');
}

/* An operator with blanks around it, but for those that belong to what they stand beside. */
static void
append_operator(GString *out, const xmlNode *node)
{
    g_autofree char *text = html_text(node);
    gunichar c = g_utf8_get_char(text);
    if (!*text || (c >= 0x2061 && c <= 0x2064)) /* invisible: times, plus, function application */
        return;
    bool bare = strchr("()[]{}|!.'", *text) || !out->len || strchr("([{", out->str[out->len - 1]);
    g_string_append_printf(out, bare ? "%s" : *text == ',' ? "%s " : " %s ", text);
}

/* A number, a letter or a word; words do not run into one another. */
static void
append_token(GString *out, const xmlNode *node)
{
    g_autofree char *text = html_text(node);
    if (!*text)
        return;
    gunichar last = out->len ? g_utf8_get_char(g_utf8_prev_char(out->str + out->len)) : ' ',
             first = g_utf8_get_char(text);
    bool word = g_unichar_isalpha(first) && *g_utf8_next_char(text),
         number = g_unichar_isdigit(first) && g_unichar_isalnum(last);
    bool after_script = out->len > 1 && strchr("^_", out->str[out->len - 2]);
    bool after_word =
        g_unichar_isalpha(last) && out->len > 1 &&
        g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(g_utf8_prev_char(out->str + out->len))));
    if ((word && g_unichar_isalnum(last)) || number || after_script ||
        (after_word && g_unichar_isalpha(first)))
        g_string_append_c(out, ' ');
    g_string_append(out, text);
}

static void
append_math(GString *out, const xmlNode *node, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        /* what is between elements only sets them apart */
        if (!text_is_blank((const char *)node->content))
            g_string_append(out, (const char *)node->content);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || html_named(node, "annotation annotation-xml mphantom"))
        return;
    if (html_named(node, "mo"))
        append_operator(out, node);
    else if (html_named(node, "mi mn ms ci cn"))
        append_token(out, node);
    else if (html_named(node, "msup mover"))
        append_scripts(out, node, depth, true, false);
    else if (html_named(node, "msub munder"))
        append_scripts(out, node, depth, false, false);
    else if (html_named(node, "msubsup munderover"))
        append_scripts(out, node, depth, false, true);
    else if (html_named(node, "mfrac"))
        append_fraction(out, node, depth);
    else if (html_named(node, "msqrt mroot"))
        append_root(out, node, depth, html_named(node, "msqrt"));
    else if (html_named(node, "mfenced"))
        append_fenced(out, node, depth);
    else if (html_named(node, "mtable"))
        append_rows(out, node, depth);
    else if (html_named(node, "mspace"))
        g_string_append_c(out, ' ');
    else
        append_children(out, node, depth);
}

char *
html_math(const xmlNode *node)
{
    char *text = formula(node, 0);
    g_autofree char *other = *text ? NULL : html_attribute(node, "alttext");
    if (!other)
        return text;
    g_free(text);
    return text_squeeze(other, -1);
}
