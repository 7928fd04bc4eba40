/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the rows of a list in what no browser shows. */
#include "config.h"

#include "portal/embedded.h"
#include "document/html.h"

#include <jansson.h>
#include <string.h>

#define MAX_TRIES  200 /* places in a script where an array might begin */
#define MAX_SCRIPT (8u << 20)

char *
embedded_records(const struct page *page)
{
    static const char open[] = "<record><![CDATA[", close[] = "]]></record>";
    const char *p = page->source;
    GString *html = g_string_new(NULL);
    guint count = 0;
    while ((p = strstr(p, open))) {
        p += strlen(open);
        const char *stop = strstr(p, close);
        if (!stop)
            break;
        g_string_append_len(html, p, stop - p);
        g_string_append_c(html, '\n');
        p = stop;
        count++;
    }
    return g_string_free(html, count < 2);
}

char *
embedded_comments(const struct page *page)
{
    GString *html = g_string_new(NULL);
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (node->type != XML_COMMENT_NODE || !node->content)
            continue;
        const char *text = (const char *)node->content;
        guint links = 0;
        for (const char *p = text; links < 3 && (p = strstr(p, "<a ")); p++)
            links++;
        if (links == 3)
            g_string_append(html, text);
    }
    return g_string_free(html, html->len == 0);
}

/* --- data ------------------------------------------------------------------------------------ */

/* Takes both. */
static GPtrArray *
better(GPtrArray *a, GPtrArray *b)
{
    bool second = records_score(b) > records_score(a);
    g_ptr_array_unref(second ? a : b);
    return second ? b : a;
}

/* Takes root, which may be NULL. */
static GPtrArray *
found_in(json_t *root)
{
    GPtrArray *records = root ? records_find(root) : records_new();
    json_decref(root);
    return records;
}

GPtrArray *
embedded_json(const char *text)
{
    return found_in(strlen(text) <= MAX_SCRIPT ? json_loads(text, JSON_DISABLE_EOF_CHECK, NULL)
                                               : NULL);
}

GPtrArray *
embedded_xml(const struct page *page)
{
    return found_in(page->source ? records_of_xml(page->source, strlen(page->source)) : NULL);
}

/* A script that is nothing but data, as frameworks leave it for themselves. */
static bool
is_data(const char *text)
{
    text += strspn(text, " \t\r\n");
    return *text == '{' || *text == '[';
}

GPtrArray *
embedded_scripts(struct page *page)
{
    GPtrArray *best = records_new();
    int tries = 0;
    g_autoptr(GPtrArray) scripts = page_elements(page, "script");
    for (guint i = 0; i < scripts->len; i++) {
        const xmlNode *node = g_ptr_array_index(scripts, i);
        if (!node->children || !node->children->content)
            continue;
        const char *text = (const char *)node->children->content;
        if (strlen(text) > MAX_SCRIPT)
            continue;
        if (is_data(text) && tries++ < MAX_TRIES) {
            best = better(best, embedded_json(text));
            continue;
        }
        for (const char *p = text; (p = strchr(p, '[')) && tries < MAX_TRIES; p++) {
            const char *inside = p + 1 + strspn(p + 1, " \t\r\n");
            if (*inside != '{')
                continue;
            tries++;
            best = better(best, found_in(json_loads(p, JSON_DISABLE_EOF_CHECK, NULL)));
        }
    }
    return best;
}
