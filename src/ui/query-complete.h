/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Tab completes where a query or a tag is typed: terms, names of sources, tags. */
#pragma once

#include "ui/app.h"

/* The texts that it may become, for a prompt; newly allocated. */
GPtrArray *query_complete(struct app *app, const char *text);
/* The tags that articles have, behind a "-" too. */
GPtrArray *tag_complete(struct app *app, const char *text);
