/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Tab completes where a query is typed: the terms of queries, names of sources. */
#pragma once

#include "ui/app.h"

/* The texts that it may become, for a prompt; newly allocated. */
GPtrArray *query_complete(struct app *app, const char *text);
