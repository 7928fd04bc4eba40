/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Helpers: processes of the starter that read foreign bytes for the one that has the store.  Each
 * is asked for one page at a time by one thread, which waits.  One that crashes, hangs, takes too
 * much memory or gives back what it may not is ended, and another is started for the next page: the
 * page that was asked for has a problem that says so, and nothing else happens.
 */
#pragma once

#include "config/converters.h"
#include "document/drawn.h"
#include "fence/starter.h"
#include "parse/parse.h"

#include <signal.h>

/* After so many pages of a source whose reading failed so, its others are better not tried. */
#define HELPER_FAILURES 3

struct helper;

/*
 * role: helper_be_parser() or helper_be_converter(), by its place among those of the starter
 * (borrowed; NULL: nothing can be started).  zones: names (char *) of the zones that rules may
 * have, or NULL.  It is started when it is first asked.
 */
struct helper *helper_new(struct starter *starter, guint role, const GPtrArray *zones);
void helper_free(struct helper *helper);
DEFINE_AUTO_FREE(helper, helper_free)

/* Not 0: who waits for a helper waits no more, and what it runs is ended; a handler may set it. */
extern volatile sig_atomic_t helper_stop;

/*
 * parse_any(), done there; what came back was checked.  Portals and profiles of the rules have to
 * outlive the helper.  NULL for what cannot be an article.
 */
struct parse_result *helper_parse(struct helper *helper, const struct parse_page *page,
                                  const struct parse_rules *rules);

/*
 * Whether a result (or NULL) is none, since no helper read the page to its end: the next fetch is
 * to try again.
 */
bool helper_failed(const struct parse_result *result);

/* The result of a page that is not tried, since so many failed. */
struct parse_result *helper_give_up(const struct parse_page *page, guint failures);

/* attachment_read(), done there; converters outlive the helper, or are NULL. */
struct attachment_text *helper_convert(struct helper *helper, const struct converters *converters,
                                       const char *bytes, gsize length, const char *content_type,
                                       const char *url, const char *format);

/* A picture in cells, done by crier-picture; NULL for what is none, or was too much for it. */
struct drawn *helper_draw(struct helper *helper, const struct drawn_request *request,
                          const void *bytes, gsize length);
/* Of how many the process ended, or had to be ended. */
guint helper_failures(const struct helper *helper);
