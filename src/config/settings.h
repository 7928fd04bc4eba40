/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings: one table (settings.def), values with the place each comes from, and
 * scopes: global < section < source.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"

enum setting {
#define SETTING(id, ...) SETTING_##id,
#include "config/settings.def"
#undef SETTING
    SETTING_COUNT
};

enum setting_type { SETTING_TYPE_INT, SETTING_TYPE_BOOL, SETTING_TYPE_STRING, SETTING_TYPE_CHOICE };
enum setting_scope { SETTING_SCOPE_GLOBAL, SETTING_SCOPE_SOURCE };

struct setting_info {
    const char *name;
    enum setting_type type;
    const char *fallback; /* the default */
    const char *range;    /* "min max" of an int, the words of a choice */
    const char *unit;     /* untranslated; may be empty */
    enum setting_scope scope;
    const char *help; /* untranslated */
};

extern const struct setting_info settings_table[SETTING_COUNT];

#define CONFIG_ERROR config_error_quark()
GQuark config_error_quark(void);
enum config_error {
    CONFIG_ERROR_READ,   /* a file cannot be read or written */
    CONFIG_ERROR_SYNTAX, /* a file or value is wrong; the message says where */
    CONFIG_ERROR_UNKNOWN, /* no such setting, portal, edition or section */
    CONFIG_ERROR_EXISTS  /* it is there already */
};

struct settings; /* the values of all scopes */

struct settings *settings_new(void);
void settings_free(struct settings *settings);
DEFINE_AUTO_FREE(settings, settings_free)

/*
 * Sets a value.  group is NULL for the global scope, else "section TAG" or "source URL".
 * origin says where the value comes from ("crier.conf:12", "--set") and is copied.
 */
bool settings_set(struct settings *settings, const char *group, const char *name,
                  const char *value, const char *origin, GError **error);

/* The setting named so, or SETTING_COUNT. */
enum setting settings_find(const char *name);

/* Effective values; source and tags (NULL-terminated) may be NULL: global. Borrowed. */
const char *settings_string(const struct settings *settings, enum setting id, const char *source,
                            char *const *tags);
int settings_int(const struct settings *settings, enum setting id, const char *source,
                 char *const *tags);
bool settings_bool(const struct settings *settings, enum setting id);

/* Where the global value comes from; "default" if nothing set it. Borrowed. */
const char *settings_origin(const struct settings *settings, enum setting id);
