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

/* The JSON object of `crier extract`, with a final newline. */
char *article_to_json(const struct article *article, const struct page *page);
