/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An article page -> its article.  In order: the portal file's rules, the tags of China's
 * government web standard, structured data, known containers, then text density, then the
 * documents and pictures that are all that it has.  A page without any of these is an error
 * that says why (portal/reason.h), never filled with its footer.
 */
#pragma once

#include "portal/article-model.h"

struct article *article_extract(struct page *page, const struct article_options *options,
                                GError **error);

/*
 * A file that came instead of a page is an article that has it as its attachment, or as its
 * picture.  NULL when the bytes may be a page, or nobody knows where they came from; language may
 * be NULL.
 */
bool article_is_file(const char *bytes, gsize length, const char *content_type, const char *url);
struct article *article_of_file(const char *bytes, gsize length, const char *content_type,
                                const char *url, const char *language);

/* Has such an article, of a picture, the picture as its attachment too. */
void article_add_file(struct article *article, const char *bytes, gsize length,
                      const char *content_type);

/* Has the pictures of an article that is nothing else as its attachments too, some of them. */
void article_attach_pictures(const struct article *article, guint most);

/* Whether text is expected in a format: it is none of archives or pictures. */
bool article_format_has_text(const char *format);

/* The format of a document by its address, else its type; NULL: it may be no document. */
char *article_document_format(const char *type, const char *url);

/*
 * The format of a file by its bytes, else its type, else its address: "pdf"; NULL when none of them
 * tells.  Newly allocated.  Whether it is one whose bytes tell that they are no text.
 */
char *article_file_format(const char *bytes, gsize length, const char *content_type,
                          const char *url);
bool article_file_is_binary(const char *bytes, gsize length);

/* The JSON object of `crier extract`, with a final newline. */
char *article_to_json(const struct article *article, const struct page *page);
