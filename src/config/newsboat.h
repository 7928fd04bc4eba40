/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * newsboat's filter language, as its query feeds have it, in crier's query language, as far as
 * that has words for it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Whether a query is in newsboat's language: an attribute that it knows and an operator.  crier's
 * own "title:age" is not.
 */
bool newsboat_is_filter(const char *query);

/*
 * `unread = "yes" and title =~ "snow"` as `is:unread title:snow`, newly allocated.  NULL and
 * CONFIG_ERROR_SYNTAX for what crier cannot say, or what is none.
 */
char *newsboat_translate(const char *filter, GError **error);

/* The way back, newly allocated; NULL for what newsboat cannot say. */
char *newsboat_of_query(const char *query);
