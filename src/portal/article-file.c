/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came instead of a page: a document or a picture, as an article of its own. */
#include "config.h"

#include "portal/article.h"
#include "portal/file-format.h"

static char *
format_of(const char *bytes, gsize length, const char *content_type, const char *url, bool *picture)
{
    bool binary;
    g_autofree char *lower = content_type ? g_ascii_strdown(content_type, -1) : NULL;
    char *format = file_format_of_bytes(bytes, length, picture, &binary);
    if (!format)
        format = file_format_of_type(lower);
    bool untold = binary || (lower && (g_str_has_prefix(lower, "application/octet-stream") ||
                                       g_str_has_prefix(lower, "application/force-download") ||
                                       g_str_has_prefix(lower, "application/x-download") ||
                                       g_str_has_prefix(lower, "application/vnd.")));
    if (!format && untold && url)
        format = file_format_of_url(url);
    if (!format && file_is_picture_type(lower)) {
        *picture = true;
        format = g_strdup("image");
    }
    return format ? format : binary ? g_strdup("zip") : NULL;
}

bool
article_is_file(const char *bytes, gsize length, const char *content_type, const char *url)
{
    bool picture;
    g_autofree char *format = format_of(bytes, length, content_type, url, &picture);
    return format != NULL;
}

char *
article_file_format(const char *bytes, gsize length, const char *content_type, const char *url)
{
    bool picture;
    char *format = format_of(bytes, length, content_type, url, &picture);
    /* what is text has no sign of its own */
    return format || !url ? format : file_format_of_url(url);
}

bool
article_file_is_binary(const char *bytes, gsize length)
{
    bool picture, binary;
    g_free(file_format_of_bytes(bytes, length, &picture, &binary));
    return binary;
}

/* Has the article as its attachment what its address brought; takes the format. */
static void
add_file(struct article *article, char *format)
{
    struct attachment *attachment = g_new0(struct attachment, 1);
    *attachment =
        (struct attachment){g_strdup(article->url), file_name_of_url(article->url), format};
    g_ptr_array_add(article->attachments, attachment);
}

struct article *
article_of_file(const char *bytes, gsize length, const char *content_type, const char *url,
                const char *language)
{
    bool picture;
    g_autofree char *format = format_of(bytes, length, content_type, url, &picture);
    if (!format || !url)
        return NULL;
    struct article *article = article_new(url, language);
    if (picture)
        document_add(article->document, BLOCK_PICTURE, 0)->url = g_strdup(url);
    else
        add_file(article, g_steal_pointer(&format));
    return article;
}

void
article_add_file(struct article *article, const char *bytes, gsize length, const char *content_type)
{
    bool picture;
    add_file(article, format_of(bytes, length, content_type, article->url, &picture));
}

void
article_attach_pictures(const struct article *article, guint most)
{
    for (guint i = 0; i < article->document->blocks->len; i++) {
        const struct block *block = g_ptr_array_index(article->document->blocks, i);
        if (block->type != BLOCK_PICTURE || !block->url || article->attachments->len == most)
            continue;
        struct attachment *attachment = g_new0(struct attachment, 1);
        *attachment = (struct attachment){g_strdup(block->url),
                                          block->alt && *block->alt ? g_strdup(block->alt)
                                                                    : file_name_of_url(block->url),
                                          g_strdup("image")};
        g_ptr_array_add(article->attachments, attachment);
    }
}

bool
article_format_has_text(const char *format)
{
    static const char *const others[] = {"zip",  "rar",  "7z",   "bin",   "png",
                                         "jpg",  "jpeg", "gif",  "bmp",   "webp",
                                         "avif", "tif",  "tiff", "image", NULL};
    return !g_strv_contains(others, format);
}

char *
article_document_format(const char *type, const char *url)
{
    g_autofree char *lower = type ? g_ascii_strdown(type, -1) : NULL;
    char *format = file_format_of_url(url);
    return format ? format : file_format_of_type(lower);
}
