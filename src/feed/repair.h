/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that should be XML -> balanced XML without a prologue, piece by piece, so that libxml2 loses
 * none of it: junk before the root, declarations, comments and processing instructions are cut;
 * bare '&' and stray '<' are escaped; HTML's entities and those of an internal subset are replaced
 * (nothing external is ever read); control characters are removed; long text goes past libxml2,
 * which has nothing to parse in it; tags left open are closed, and end tags without a start are
 * dropped.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

struct repair;

/* text is valid UTF-8, borrowed until repair_free(). */
struct repair *repair_new(const char *text, gsize length);
void repair_free(struct repair *repair);
DEFINE_AUTO_FREE(repair, repair_free)

/*
 * Writes at most size bytes of what comes next; 0 at the end, or when a limit was met.
 * Long runs of character data are not in it: where one belongs stands REPAIR_MARK.
 */
gsize repair_read(struct repair *repair, char *buffer, gsize size);
#define REPAIR_MARK "<?t?>"

/* What the next mark stands for: decoded text, valid until the next call. */
const char *repair_next_text(struct repair *repair, gsize *length);

/* The line of the first repair so far, counted from 1; 0 when the text needed none. */
int repair_line(const struct repair *repair);

#define REPAIR_MAX_TEXT (10u << 20) /* bytes of one element's text */
/* What to say when there is more. */
const char *repair_text_limit(void);

/* Why reading ended early, static and for gettext(); NULL when no limit was met. */
const char *repair_limit(const struct repair *repair);
