/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings: one table (settings.def), typed values with the place each comes from, and scopes:
 * global < section < source.  A value is checked and converted once, when it is set:
 *
 *     if (settings->values.ui_mouse) …
 *     struct setting_values own = settings_for(settings, source->url, source->tags);
 *     … own.fetch_interval …
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/auto.h"
#include "config/settings-table.h"

enum setting {
#define SETTING(id, ...) SETTING_##id,
    SETTINGS_TABLE(SETTING)
#undef SETTING
        SETTING_COUNT
};

/*
 * A member a setting: fetch.page-limit is `int fetch_page_limit`.  Strings are borrowed from the
 * settings.
 */
struct setting_values {
#define SETTING_INT(member)    int member;
#define SETTING_BOOL(member)   bool member;
#define SETTING_STRING(member) const char *member;
/* READ_ALIGN_LEFT, READ_ALIGN_CENTER */
#define SETTING_CHOICE(member)               enum setting_##member member;
#define SETTING(id, member, name, type, ...) SETTING_##type(member)
    SETTINGS_TABLE(SETTING)
#undef SETTING
#undef SETTING_INT
#undef SETTING_BOOL
#undef SETTING_STRING
#undef SETTING_CHOICE
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
    CONFIG_ERROR_READ,    /* a file cannot be read or written */
    CONFIG_ERROR_SYNTAX,  /* a file or value is wrong; the message says where */
    CONFIG_ERROR_UNKNOWN, /* no such setting, portal, edition or section */
    CONFIG_ERROR_EXISTS   /* it is there already */
};

struct settings {
    struct setting_values values; /* of the global scope */
    char *texts[SETTING_COUNT];   /* owned: as they were stated */
    char *origins[SETTING_COUNT]; /* owned: where that is; NULL: the default */
    /* owned: URL, tag -> what is stated for it, as settings.c has it */
    GHashTable *sources, *sections;
};

struct settings *settings_new(void);
void settings_free(struct settings *settings);
DEFINE_AUTO_FREE(settings, settings_free)

/*
 * Sets a value.  group is NULL for the global scope, else "section TAG" or "source URL".
 * origin says where the value comes from ("crier.conf:12", "--set") and is copied.
 */
bool settings_set(struct settings *settings, const char *group, const char *name, const char *value,
                  const char *origin, GError **error);

/* The setting named so, or SETTING_COUNT. */
enum setting settings_find(const char *name);

/*
 * What holds for a source: what is stated for its URL, else for the first of its tags that states
 * it, else globally.
 */
struct setting_values settings_for(const struct settings *settings, const char *source,
                                   char *const *tags);

/* fetch.proxy as requests have it: the URL; empty for none; NULL: as the environment says. */
const char *setting_proxy(const char *value);

/* The global value as it was written. Borrowed. */
const char *settings_text(const struct settings *settings, enum setting id);

/* What settings_for() has for a source, as it was written, and in *origin where. Borrowed. */
const char *settings_text_for(const struct settings *settings, enum setting id, const char *source,
                              char *const *tags, const char **origin);

/* Where the global value comes from; "default" if nothing set it. Borrowed. */
const char *settings_origin(const struct settings *settings, enum setting id);
