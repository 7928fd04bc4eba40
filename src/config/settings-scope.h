/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What groups of crier.conf state for some of the sources, and which of them hold for one.  Between
 * the files of settings only.
 */
#pragma once

#include "config/settings.h"

/* What one group states. */
struct scope {
    struct setting_values values;
    char *texts[SETTING_COUNT];   /* owned; NULL: nothing */
    char *origins[SETTING_COUNT]; /* owned: where that is */
    GPtrArray *headers;           /* owned struct header_setting * */
};

/* Makes the tables of scopes. */
void scopes_init(struct settings *settings);

/* The scope of a group, made where there is none yet; NULL and error for a host that is none. */
struct scope *scope_of(struct settings *settings, const char *group, GError **error);

/* The scopes that hold for a source, the narrowest first; borrowed const struct scope *. */
GPtrArray *scopes_for(const struct settings *settings, const struct settings_subject *subject);

/* --- headers: settings-headers.c --- */

GPtrArray *settings_headers_new(void);
/* name: with SETTING_HEADER before it.  Takes the place of the one that has its name. */
bool settings_header_put(GPtrArray *headers, const char *name, const char *value,
                         const char *origin, GError **error);
/* Adds what of `more` has no name that is among those found; borrowed. */
void settings_headers_add(GPtrArray *found, const GPtrArray *more);
