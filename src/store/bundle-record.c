/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows as objects of JSON, and back. */
#include "config.h"

#include "store/bundle-record.h"
#include "base/url.h"
#include "text/date-type.h"

#include <string.h>

#define MOST_TEXT   (1 << 20)      /* bytes; a list of attachments is the longest */
#define LAST_TIME   253402300799ll /* the end of the year 9999 */
#define MOST_OFFSET (24 * 60)      /* minutes */
#define MOST_COUNT  (1ll << 40)

#define COLUMN(number, name, type) {#name, BUNDLE_##type},
static const struct bundle_column source[] = {BUNDLE_SOURCE(COLUMN)};
static const struct bundle_column response[] = {BUNDLE_RESPONSE(COLUMN)};
static const struct bundle_column article[] = {BUNDLE_ARTICLE(COLUMN)};
static const struct bundle_column revision[] = {BUNDLE_REVISION(COLUMN)};
static const struct bundle_column attachment[] = {BUNDLE_ATTACHMENT(COLUMN)};
static const struct bundle_column edition[] = {BUNDLE_EDITION(COLUMN)};
static const struct bundle_column change[] = {BUNDLE_CHANGE(COLUMN)};
static const struct bundle_column page[] = {BUNDLE_PAGE(COLUMN)};
static const struct bundle_column file[] = {BUNDLE_FILE(COLUMN)};

#define TABLE(columns) \
    { \
        columns, (int)G_N_ELEMENTS(columns) \
    }
static const struct {
    const struct bundle_column *columns;
    int count;
} tables[] = {
    [BUNDLE_OF_SOURCE] = TABLE(source),
    [BUNDLE_OF_RESPONSE] = TABLE(response),
    [BUNDLE_OF_ARTICLE] = TABLE(article),
    [BUNDLE_OF_REVISION] = TABLE(revision),
    [BUNDLE_OF_ATTACHMENT] = TABLE(attachment),
    [BUNDLE_OF_EDITION] = TABLE(edition),
    [BUNDLE_OF_CHANGE] = TABLE(change),
    [BUNDLE_OF_PAGE] = TABLE(page),
    [BUNDLE_OF_FILE] = TABLE(file),
};

static bool
is_text(enum bundle_type type)
{
    return type == BUNDLE_TEXT || type == BUNDLE_NEEDED || type == BUNDLE_SECRET;
}

static json_t *
read_text(enum bundle_type type, sqlite3_stmt *s, int column)
{
    g_autofree char *text = store_column_text(s, column);
    if (text && type == BUNDLE_SECRET) {
        char *shown = url_public(text);
        g_free(text);
        text = shown;
    }
    return text ? json_string(text) : json_null();
}

static bool
is_within(const json_t *value, json_int_t least, json_int_t most)
{
    json_int_t number = json_integer_value(value);
    return json_is_null(value) || (json_is_integer(value) && number >= least && number <= most);
}

static bool
is_right(enum bundle_type type, const json_t *value)
{
    switch (type) {
    case BUNDLE_NEEDED:
    case BUNDLE_SECRET:
        return json_is_string(value) && json_string_length(value) <= MOST_TEXT;
    case BUNDLE_TEXT:
        return json_is_null(value) ||
               (json_is_string(value) && json_string_length(value) <= MOST_TEXT);
    case BUNDLE_MOMENT:
        return json_is_integer(value) && is_within(value, 0, LAST_TIME);
    case BUNDLE_TIME:
        return is_within(value, -LAST_TIME, LAST_TIME);
    case BUNDLE_OFFSET:
        return is_within(value, -MOST_OFFSET, MOST_OFFSET);
    case BUNDLE_PRECISION:
        return is_within(value, DATE_NONE, DATE_SECOND);
    case BUNDLE_COUNT:
        break;
    }
    return is_within(value, 0, MOST_COUNT);
}

json_t *
bundle_row_read(enum bundle_kind kind, sqlite3_stmt *s, int first)
{
    json_t *object = json_object();
    for (int i = 0; i < tables[kind].count; i++) {
        const struct bundle_column *column = &tables[kind].columns[i];
        json_t *value = sqlite3_column_type(s, first + i) == SQLITE_NULL ? json_null()
                        : is_text(column->type) ? read_text(column->type, s, first + i)
                                                : json_integer(sqlite3_column_int64(s, first + i));
        if (!is_right(column->type, value)) {
            json_decref(value);
            value = json_null(); /* which is as good, or refused by bundle_row_check() */
        }
        json_object_set_new(object, column->name, value);
    }
    return object;
}

bool
bundle_row_check(enum bundle_kind kind, const json_t *object, const char **name)
{
    for (int i = 0; i < tables[kind].count; i++) {
        const struct bundle_column *column = &tables[kind].columns[i];
        const json_t *value = json_object_get(object, column->name);
        *name = column->name;
        if (!value || !is_right(column->type, value))
            return false;
    }
    return true;
}

void
bundle_row_bind(enum bundle_kind kind, sqlite3_stmt *s, const json_t *object)
{
    for (int i = 0; i < tables[kind].count; i++) {
        const json_t *value = json_object_get(object, tables[kind].columns[i].name);
        if (json_is_integer(value))
            sqlite3_bind_int64(s, i + 1, json_integer_value(value));
        else
            store_bind_text(s, i + 1, json_string_value(value));
    }
}

const char *
bundle_text(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

int64_t
bundle_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}
