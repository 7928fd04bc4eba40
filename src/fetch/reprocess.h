/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading again what is stored: other charsets, better rules, a newer crier; offline. */
#pragma once

#include "config/context.h"
#include "config/urls.h"
#include "fence/starter.h"
#include "store/store.h"

struct reprocess_result {
    guint again, changed, missing; /* articles; missing: no bytes of them are stored */
};

/*
 * Decodes and extracts the articles of rows (struct article_row *) again.  charset overrules
 * all evidence (NULL: none does).  A source is one transaction.  What is read again replaces
 * the newest revision: the portal has changed nothing.
 */
bool reprocess_articles(const struct context *context, struct starter *starter, struct store *store,
                        const struct urls *urls, const GPtrArray *rows, const char *charset,
                        int64_t now, struct reprocess_result *result, GError **error);
