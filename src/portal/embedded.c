/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the rows of a list in what no browser shows. */
#include "config.h"

#include "portal/embedded.h"
#include "base/clean.h"
#include "document/html.h"

#include <jansson.h>
#include <string.h>

#define MAX_TRIES  200   /* places in a script where an array might begin */
#define MAX_ROWS   20000 /* many more than a list takes, so that it can say how many there are */
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

/* --- JSON ------------------------------------------------------------------------------------ */

static void
row_free(gpointer data)
{
    struct embedded_row *row = data;
    g_free(row->title);
    g_free(row->link);
    g_free(row->date);
    g_free(row->summary);
    g_free(row);
}

/* The text of the first of these keys that says something; numbers become text. */
static char *
first_of(const json_t *object, const char *const *keys)
{
    for (; *keys; keys++) {
        const json_t *value = json_object_get(object, *keys);
        const char *text = json_string_value(value);
        if (text && !text_is_blank(text))
            return g_strdup(text);
        if (json_is_integer(value))
            return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    }
    return NULL;
}

/* A link may be JSON within JSON: {"pc": "/a.html"}. */
static char *
link_of(const json_t *object)
{
    static const char *const keys[] = {"url",       "link",      "href",    "urls",
                                       "docpuburl", "docPubUrl", "linkUrl", "pcUrl",
                                       "path",      "permalink", NULL};
    static const char *const inner[] = {"pc", "url", "common", "wap", NULL};
    const json_t *direct = json_object_get(object, "urls");
    if (json_is_object(direct))
        return first_of(direct, inner);
    char *text = first_of(object, keys);
    if (!text || *text != '{')
        return text;
    json_t *nested = json_loads(text, 0, NULL);
    g_free(text);
    text = nested ? first_of(nested, inner) : NULL;
    json_decref(nested);
    return text;
}

static char *
plain_title(char *raw)
{
    if (!raw || !strchr(raw, '<'))
        return raw;
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = html_parse(raw, strlen(raw));
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    char *text = root ? html_text(root) : NULL;
    g_free(raw);
    return text;
}

static GPtrArray *
rows_of(const json_t *array)
{
    static const char *const titles[] = {"title",    "showTitle", "name",     "subject",
                                         "headline", "doctitle",  "docTitle", "articleTitle",
                                         "text",     NULL};
    static const char *const dates[] = {"pubDate",    "publishDate", "publishdate", "pubdate",
                                        "pubTime",    "publishTime", "date",        "docreltime",
                                        "docRelTime", "releaseTime", "createTime",  "createDate",
                                        "time",       "published",   NULL};
    static const char *const summaries[] = {"summary", "abstract", "description", "docabstract",
                                            NULL};
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    size_t i;
    const json_t *object;
    json_array_foreach(array, i, object)
    {
        if (!json_is_object(object) || rows->len >= MAX_ROWS)
            continue;
        struct embedded_row *row = g_new0(struct embedded_row, 1);
        *row = (struct embedded_row){plain_title(first_of(object, titles)), link_of(object),
                                     first_of(object, dates),
                                     plain_title(first_of(object, summaries))};
        if (row->title && row->link)
            g_ptr_array_add(rows, row);
        else
            row_free(row);
    }
    return rows;
}

/* Keeps the larger of two lists of rows. */
static GPtrArray *
larger(GPtrArray *a, GPtrArray *b)
{
    bool second = !a || b->len > a->len;
    GPtrArray *kept = second ? b : a, *other = second ? a : b;
    if (other)
        g_ptr_array_unref(other);
    return kept;
}

static GPtrArray *
search(const json_t *value, GPtrArray *best, int depth)
{
    size_t i;
    const char *key;
    json_t *child;
    if (depth > 8)
        return best;
    if (json_is_array(value)) {
        best = larger(best, rows_of(value));
        json_array_foreach(value, i,
                           child) if (i < 50 && (json_is_object(child) || json_is_array(child)))
            best = search(child, best, depth + 1);
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)value, key,
                            child) if ((json_is_object(child) || json_is_array(child)))
            best = search(child, best, depth + 1);
    }
    return best;
}

GPtrArray *
embedded_json(const char *text)
{
    json_t *root = strlen(text) <= MAX_SCRIPT ? json_loads(text, JSON_DISABLE_EOF_CHECK, NULL)
                                              : NULL;
    GPtrArray *rows = root ? search(root, NULL, 0) : NULL;
    json_decref(root);
    return rows ? rows : g_ptr_array_new_with_free_func(row_free);
}

GPtrArray *
embedded_scripts(struct page *page)
{
    GPtrArray *best = g_ptr_array_new_with_free_func(row_free);
    int tries = 0;
    for (const xmlNode *node = page_root(page); node; node = node_next(node, NULL)) {
        if (!node_is(node, "script") || !node->children || !node->children->content)
            continue;
        const char *text = (const char *)node->children->content;
        if (strlen(text) > MAX_SCRIPT)
            continue;
        for (const char *p = text; (p = strchr(p, '[')) && tries < MAX_TRIES; p++) {
            const char *inside = p + 1 + strspn(p + 1, " \t\r\n");
            if (*inside != '{')
                continue;
            tries++;
            json_t *array = json_loads(p, JSON_DISABLE_EOF_CHECK, NULL);
            if (array)
                best = larger(best, rows_of(array));
            json_decref(array);
        }
    }
    return best;
}
