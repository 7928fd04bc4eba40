/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings: one table (settings.def), typed values with the place each comes from, and scopes:
 * global < host < section < source.  A value is checked and converted once, when it is set:
 *
 *     if (settings->values.ui_mouse) …
 *     struct setting_values own = settings_for(settings, &(struct settings_subject){url, tags});
 *     … own.fetch_interval …
 *
 * Beside those of the table there are fetch.header.NAME, as many as one likes.
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

/* fetch.header.NAME.  An empty value: none is sent, whatever a wider scope states. */
struct header_setting {
    char *name, *value;
    char *origin; /* where it is stated */
};

struct settings {
    struct setting_values values; /* of the global scope */
    char *texts[SETTING_COUNT];   /* owned: as they were stated */
    char *origins[SETTING_COUNT]; /* owned: where that is; NULL: the default */
    GPtrArray *headers;           /* owned struct header_setting *, of the global scope */
    /* owned: URL, tag, host -> what is stated for it, as settings.c has it */
    GHashTable *sources, *sections, *hosts;
};

/* Whom settings are asked for; what is not known is NULL. */
struct settings_subject {
    const char *source; /* as `urls` has it */
    char *const *tags;
    const char *address; /* by which it is fetched, whose host counts; NULL: `source` */
};

struct settings *settings_new(void);
void settings_free(struct settings *settings);
DEFINE_AUTO_FREE(settings, settings_free)

#define SETTING_HEADER "fetch.header." /* what their names begin with */

/*
 * Sets a value.  group is NULL for the global scope, else "host NAME", "section TAG" or
 * "source URL"; "host *.NAME" is of the hosts below NAME.  origin says where the value comes from
 * ("crier.conf:12", "--set") and is copied.
 */
bool settings_set(struct settings *settings, const char *group, const char *name, const char *value,
                  const char *origin, GError **error);

/* The setting of the table that is named so, or SETTING_COUNT. */
enum setting settings_find(const char *name);

#define LANGUAGES_APART " ,;\t" /* what may stand between those of ui.languages */

/* Whether there is a setting of that name, in the table or of a header. */
bool settings_is_name(const char *name);
/* That there is none of that name, and which one may be meant; newly allocated. */
char *settings_unknown(const char *name);

/*
 * A host as a group is called by it, in ASCII and lower case, perhaps behind "*."; NULL when it is
 * none.  Newly allocated.
 */
char *settings_host(const char *name);

/* Whether what is stated for the host `name`, as settings_host() has it, is for that of a URL. */
bool settings_host_is_of(const char *name, const char *url);

/*
 * What holds for a source: what is stated for its URL, else for the first of its tags that states
 * it, else for its host, else for the hosts that it is below, the nearest first, else globally.
 */
struct setting_values settings_for(const struct settings *settings,
                                   const struct settings_subject *subject);

/* The headers that hold for it by that order, sorted by name; borrowed struct header_setting *. */
GPtrArray *settings_headers_for(const struct settings *settings,
                                const struct settings_subject *subject);

/* fetch.proxy as requests have it: the URL; empty for none; NULL: as the environment says. */
const char *setting_proxy(const char *value);

/* A setting that names a file: "~/" is the home, else it lies in the folder; NULL for none. */
char *setting_path(const char *config_dir, const char *value);

/* fetch.cookies is one of these words or a file. */
#define SETTING_COOKIES_NO      "no"
#define SETTING_COOKIES_SESSION "session"
bool setting_is_cookie_file(const char *value);

/* The global value as it was written. Borrowed. */
const char *settings_text(const struct settings *settings, enum setting id);

/* What settings_for() has for a source, as it was written, and in *origin where. Borrowed. */
const char *settings_text_for(const struct settings *settings, enum setting id,
                              const struct settings_subject *subject, const char **origin);

/* What any scope states for a setting, with where; owned struct setting_value *, which borrow. */
struct setting_value {
    const char *text, *origin;
};
GPtrArray *settings_values_of(const struct settings *settings, enum setting id);

/* Where the global value comes from; "default" if nothing set it. Borrowed. */
const char *settings_origin(const struct settings *settings, enum setting id);
