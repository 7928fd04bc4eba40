/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as the JSON object of `crier extract`. */
#include "config.h"

#include "portal/article.h"
#include "portal/page-json.h"

#include <jansson.h>
#include <string.h>

static json_t *
date_or_null(const struct date *date)
{
    g_autofree char *text = date->precision == DATE_NONE ? NULL : date_iso(date);
    return page_json_string(text);
}

static json_t *
pictures_of(const struct document *document)
{
    json_t *array = json_array();
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(document->blocks, i);
        if (block->type != BLOCK_PICTURE)
            continue;
        json_t *o = json_object();
        json_object_set_new(o, "url", page_json_string(block->url));
        json_object_set_new(o, "alt", page_json_string(block->alt));
        json_object_set_new(o, "caption", page_json_string(block->content.text->str));
        json_array_append_new(array, o);
    }
    return array;
}

/* The ending of a file's name, as attachments have it for their type. */
static char *
ending_of(const char *url)
{
    g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
    const char *name = strrchr(path, '/'), *dot = name ? strrchr(name, '.') : NULL;
    return dot && name > path + 8 && strlen(dot) > 1 && strlen(dot) <= 5 && g_ascii_isalnum(dot[1])
               ? g_ascii_strdown(dot + 1, -1)
               : NULL;
}

static bool
is_attached(const struct article *article, const char *url)
{
    for (guint i = 0; i < article->attachments->len; i++)
        if (g_str_equal(
                ((const struct attachment *)g_ptr_array_index(article->attachments, i))->url, url))
            return true;
    return false;
}

/* What is embedded in the text, which leads to it there; here it stands among the attachments. */
static void
add_embedded(const struct article *article, json_t *attachments)
{
    static const char *const kinds[] = {[EMBED_FRAME] = "frame",
                                        [EMBED_VIDEO] = "video",
                                        [EMBED_AUDIO] = "audio",
                                        [EMBED_DOCUMENT] = "document"};
    for (guint i = 0; i < article->document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(article->document->blocks, i);
        if (block->type != BLOCK_EMBED || is_attached(article, block->url))
            continue;
        g_autofree char *ending = ending_of(block->url);
        json_array_append_new(
            attachments, json_pack("{s:s,s:s?,s:s}", "url", block->url, "title", block->alt, "type",
                                   ending ? ending : kinds[MIN(block->level, EMBED_LAST)]));
    }
}

char *
article_to_json(const struct article *article, const struct page *page)
{
    json_t *o = json_object(), *editions = json_array(), *attachments = json_array(),
           *facts = json_object();
    for (guint i = 0; i < article->editions->len; i++) {
        const struct edition_link *link = g_ptr_array_index(article->editions, i);
        json_array_append_new(editions, json_pack("{s:s,s:s,s:s}", "language", link->language,
                                                  "url", link->url, "scope", link->scope));
    }
    for (guint i = 0; i < article->attachments->len; i++) {
        const struct attachment *attachment = g_ptr_array_index(article->attachments, i);
        json_array_append_new(attachments,
                              json_pack("{s:s,s:s?,s:s?}", "url", attachment->url, "title",
                                        attachment->title, "type", attachment->type));
    }
    add_embedded(article, attachments);
    for (guint i = 0; i < article->facts->len; i++) {
        const struct fact *fact = g_ptr_array_index(article->facts, i);
        json_object_set_new(facts, fact->label, json_string(fact->value));
    }
    g_autofree char *body = document_body(article->document);
    json_object_set_new(o, "url", page_json_string(article->url));
    json_object_set_new(o, "title", page_json_string(article->title));
    json_object_set_new(o, "source", page_json_string(article->source));
    json_object_set_new(o, "author", page_json_string(article->author));
    json_object_set_new(o, "section", page_json_string(article->section));
    json_object_set_new(o, "language", page_json_string(article->language));
    json_object_set_new(o, "published", date_or_null(&article->published));
    json_object_set_new(o, "updated", date_or_null(&article->updated));
    json_object_set_new(o, "starts", date_or_null(&article->event.starts));
    json_object_set_new(o, "ends", date_or_null(&article->event.ends));
    json_object_set_new(o, "place", page_json_string(article->event.place));
    json_object_set_new(o, "body", json_string(body));
    json_object_set_new(o, "editions", editions);
    json_object_set_new(o, "attachments", attachments);
    json_object_set_new(o, "pictures", pictures_of(article->document));
    json_object_set_new(o, "fields", facts);
    json_object_set_new(o, "encoding", page_json_string(page->encoding));
    json_object_set_new(o, "method", json_string(article->method));
    json_object_set_new(o, "warnings", page_warnings_json(page));
    json_object_set_new(o, "number", page_json_string(article->number));
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return line;
}
