/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What attributes say: how an element looks, how large it is, where it leads. */
#include "config.h"

#include "base/clean.h"
#include "document/importer.h"
#include "base/url.h"

#include <string.h>

/* Declarations without white space, in lower case. */
static char *
tight_style(const char *style)
{
    char *tight = g_ascii_strdown(style, -1), *to = tight;
    for (const char *from = tight; *from; from++)
        if (!g_ascii_isspace(*from))
            *to++ = *from;
    *to = '\0';
    return tight;
}

/* A word of a class that says what common style sheets do with it. */
static bool
is_struck_class(const char *class)
{
    static const char *const words[] = {"line-through", "strikethrough", "strike",
                                        "text-decoration-line-through", NULL};
    if (!strstr(class, "strike") && !strstr(class, "line-through"))
        return false;
    g_auto(GStrv) list = g_strsplit_set(class, " \t\n", -1);
    for (char **word = list; *word; word++)
        if (g_strv_contains(words, *word))
            return true;
    return false;
}

void
import_look(const xmlNode *node, struct import_looks *looks)
{
    *looks = (struct import_looks){false, 0};
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        const char *value =
            attr->children && attr->children->content ? (const char *)attr->children->content : "";
        if (!strcmp(name, "hidden") || (!strcmp(name, "aria-hidden") && !strcmp(value, "true"))) {
            looks->hidden = true;
        } else if (!strcmp(name, "class") && is_struck_class(value)) {
            looks->style |= SPAN_DELETED;
        } else if (!strcmp(name, "style")) {
            g_autofree char *tight = tight_style(value);
            looks->hidden |= strstr(tight, "display:none") || strstr(tight, "visibility:hidden");
            if (strstr(tight, "line-through"))
                looks->style |= SPAN_DELETED;
            if (strstr(tight, "vertical-align:super"))
                looks->style |= SPAN_RAISED;
            else if (strstr(tight, "vertical-align:sub"))
                looks->style |= SPAN_LOWERED;
        }
    }
}

/* "12", "12px" -> 12; -1 for what is no number of pixels. */
static int
pixels(const char *text)
{
    const char *end;
    int number;
    return !html_integer(text, &number, &end) || *end == '%' || number < 0 || number > 100000 ||
                   g_str_has_prefix(end, "em") || g_str_has_prefix(end, "rem") ||
                   g_str_has_prefix(end, "v")
               ? -1
               : number;
}

/* The pixels that an attribute, else the style, gives a measure; -1 for none. */
static int
measure_of(const xmlNode *node, const char *name, const char *style)
{
    g_autofree char *value = html_attribute(node, name),
                    *declaration = g_strconcat(name, ":", NULL);
    int size = value ? pixels(value) : -1;
    for (const char *at = style; size < 0 && at && (at = strstr(at, declaration)); at++)
        if (at == style || at[-1] == ';')
            size = pixels(at + strlen(declaration));
    return size;
}

bool
import_is_tiny(const xmlNode *node, int least, bool nothing_hides)
{
    g_autofree char *style = html_attribute(node, "style"),
                    *tight = style ? tight_style(style) : NULL;
    int width = measure_of(node, "width", tight), height = measure_of(node, "height", tight);
    if (width == 0 || height == 0)
        return nothing_hides || (width < least && height < least);
    return (width > 0 && width < least) || (height > 0 && height < least);
}

char *
import_resolve(const struct importer *in, const char *raw)
{
    if (!raw || *raw == '#')
        return NULL;
    g_autofree char *url = url_resolve(in->base, raw);
    g_autofree char *clean = url ? text_squeeze(url, -1) : NULL;
    if (!clean || !*clean || g_str_equal(clean, "mailto:"))
        return NULL;
    /* escaped once too often; no server asks for a parameter "amp;x" */
    if (strstr(clean, "&amp;")) {
        g_auto(GStrv) parts = g_strsplit(clean, "&amp;", -1);
        g_free(clean);
        clean = g_strjoinv("&", parts);
    }
    return document_safe_url(clean);
}

char *
import_url(const struct importer *in, const xmlNode *node, const char *name)
{
    g_autofree char *raw = html_attribute(node, name);
    return import_resolve(in, raw);
}

bool
import_is_new(struct importer *in, const char *url)
{
    if (!in->seen)
        in->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return g_hash_table_add(in->seen, g_strdup(url));
}
