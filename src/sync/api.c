/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls of the Google Reader API. */
#include "config.h"

#include "sync/api.h"
#include "base/clean.h"
#include "base/number.h"
#include "base/url.h"

#include <string.h>

#define STATE        "user/-/state/com.google/"
#define LABEL        "user/-/label/"
#define ITEM         "tag:google.com,2005:reader/item/"
#define IDS          "10000" /* items of one page of a list: FreshRSS gives any number */
#define MAX_ITEMS    5000000 /* of all pages */
#define MAX_FEEDS    100000
#define CONTENTS     100 /* items whose contents are asked for at once: bodies come along */
#define MAX_NAME     1000
#define HEX_DIGITS   16
#define DECIMAL_MOST 20

static struct problem *
nonsense(const char *what)
{
    return problem_new(PROBLEM_SYNC_ANSWER, NULL, PROBLEM_NO_NUMBER, what);
}

/* A member that is text, through the gate; NULL where there is none. */
static char *
text_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    g_autofree char *text = json_is_string(value) ? text_squeeze(json_string_value(value), -1)
                                                  : NULL;
    return text && *text ? g_steal_pointer(&text) : NULL;
}

/* --- numbers of items ------------------------------------------------------------------------- */

static bool
parse_hex(const char *text, int64_t *item)
{
    guint64 number = 0;
    gsize length = strlen(text);
    if (!length || length > HEX_DIGITS)
        return false;
    for (const char *p = text; *p; p++) {
        int digit = g_ascii_xdigit_value(*p);
        if (digit < 0)
            return false;
        number = number << 4 | (guint64)digit;
    }
    memcpy(item, &number, sizeof *item);
    return true;
}

/* In either form. */
static bool
parse_item(const json_t *value, int64_t *item)
{
    const char *text = json_string_value(value);
    gint64 number;
    if (json_is_integer(value)) {
        *item = json_integer_value(value);
        return true;
    }
    if (!text)
        return false;
    if (g_str_has_prefix(text, ITEM))
        return parse_hex(text + strlen(ITEM), item);
    if (strlen(text) > DECIMAL_MOST || !number_parse(text, G_MININT64, G_MAXINT64, &number))
        return false;
    *item = number;
    return true;
}

static void
add_items(GString *form, const int64_t *items, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf(ITEM "%016" G_GINT64_MODIFIER "x", items[i]);
        form_add(form, "i", name);
    }
}

/* --- subscriptions ---------------------------------------------------------------------------- */

/* The name of its first folder. */
static char *
folder_of(const json_t *object)
{
    const json_t *first = json_array_get(json_object_get(object, "categories"), 0);
    char *label = text_of(first, "label");
    g_autofree char *id = label ? NULL : text_of(first, "id");
    const char *slash = id ? strstr(id, "/label/") : NULL;
    return label ? label : g_strdup(slash ? slash + strlen("/label/") : "");
}

static struct sync_feed *
feed_of(const json_t *object)
{
    g_autofree char *stream = text_of(object, "id"), *url = text_of(object, "url");
    if (!stream || !g_str_has_prefix(stream, "feed/") || strlen(stream) > MAX_NAME)
        return NULL;
    if (!url && url_is_web(stream + strlen("feed/"))) /* as Google had it */
        url = g_strdup(stream + strlen("feed/"));
    if (!url || !url_is_web(url))
        return NULL;
    struct sync_feed *feed = g_new0(struct sync_feed, 1);
    feed->stream = g_steal_pointer(&stream);
    feed->url = g_steal_pointer(&url);
    feed->identity = url_identity(feed->url);
    feed->title = text_of(object, "title");
    feed->folder = folder_of(object);
    return feed;
}

struct problem *
api_feeds(struct server *server, GPtrArray **feeds)
{
    json_t *json;
    struct problem *problem = server_get(server, "subscription/list", NULL, &json);
    if (problem)
        return problem;
    const json_t *list = json_object_get(json, "subscriptions");
    size_t count = json_array_size(list);
    bool fine = json_is_array(list) && count <= MAX_FEEDS;
    *feeds = g_ptr_array_new_with_free_func(sync_feed_free);
    for (size_t i = 0; fine && i < count; i++) {
        struct sync_feed *feed = feed_of(json_array_get(list, i));
        if (feed)
            g_ptr_array_add(*feeds, feed);
    }
    json_decref(json);
    if (fine)
        return NULL;
    g_clear_pointer(feeds, g_ptr_array_unref);
    return nonsense("subscription/list");
}

/* --- lists of items --------------------------------------------------------------------------- */

/* Where a list goes on, or NULL. */
static char *
continuation_of(const json_t *json)
{
    const json_t *value = json_object_get(json, "continuation");
    if (json_is_integer(value) && json_integer_value(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    const char *text = json_string_value(value);
    return text && *text && !g_str_equal(text, "0") && strlen(text) < MAX_NAME ? g_strdup(text)
                                                                               : NULL;
}

static bool
take_items(const json_t *list, GArray *items)
{
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        int64_t item;
        if (!parse_item(json_object_get(json_array_get(list, i), "id"), &item))
            return false;
        g_array_append_val(items, item);
    }
    return items->len <= MAX_ITEMS;
}

static char *
page_query(enum sync_list list, const char *continuation)
{
    GString *query = g_string_new(NULL);
    form_add(query, "s", list == SYNC_LIST_STARRED ? STATE "starred" : STATE "reading-list");
    if (list == SYNC_LIST_UNREAD)
        form_add(query, "xt", STATE "read");
    form_add(query, "n", IDS);
    if (continuation)
        form_add(query, "c", continuation);
    return g_string_free(query, FALSE);
}

struct problem *
api_items(struct server *server, enum sync_list list, GArray *items)
{
    g_autofree char *at = NULL;
    g_autoptr(GHashTable) been = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct problem *problem = NULL;
    do {
        json_t *json;
        g_autofree char *query = page_query(list, at);
        guint before = items->len;
        problem = server_get(server, "stream/items/ids", query, &json);
        if (problem)
            break;
        /* Miniflux has null for none */
        const json_t *refs = json_object_get(json, "itemRefs");
        const json_t *next = json_object_get(json, "continuation");
        /* a list that did not come whole would mark as read what it lacks */
        bool whole = refs && (json_is_array(refs) || json_is_null(refs)) &&
                     (!next || json_is_null(next) || json_is_integer(next) ||
                      (json_is_string(next) && strlen(json_string_value(next)) < MAX_NAME));
        bool fine = whole && take_items(refs, items);
        g_free(at);
        /* FreshRSS says that it goes on where the last page was a full one */
        at = items->len > before ? continuation_of(json) : NULL;
        json_decref(json);
        if (!fine || (at && !g_hash_table_add(been, g_strdup(at))))
            problem = nonsense("stream/items/ids");
    } while (at && !problem);
    if (problem)
        g_array_set_size(items, 0);
    return problem;
}

/* --- what they are ---------------------------------------------------------------------------- */

/* The address of the page: of the first of these that there is. */
static char *
link_of(const json_t *object)
{
    static const char *const names[] = {"canonical", "alternate"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *link =
            text_of(json_array_get(json_object_get(object, names[i]), 0), "href");
        if (link && url_is_web(link))
            return g_steal_pointer(&link);
    }
    return NULL;
}

static void
take_contents(const json_t *list, GArray *out)
{
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        const json_t *object = json_array_get(list, i);
        struct sync_item item = {.stream = text_of(json_object_get(object, "origin"), "streamId")};
        if (!item.stream || !parse_item(json_object_get(object, "id"), &item.item)) {
            sync_item_clear(&item);
            continue;
        }
        item.link = link_of(object);
        item.title = text_of(object, "title");
        g_array_append_val(out, item);
    }
}

static void
clear_item(gpointer item)
{
    sync_item_clear(item);
}

struct problem *
api_contents(struct server *server, const int64_t *items, guint count,
             bool (*each)(GArray *items, gpointer data), gpointer data)
{
    guint batch = CONTENTS;
    for (guint at = 0; at < count;) {
        guint now = MIN(batch, count - at);
        g_autoptr(GString) form = g_string_new("output=json");
        json_t *json;
        add_items(form, items + at, now);
        struct problem *problem = server_post(server, "stream/items/contents", form->str, &json);
        if (problem && problem->code == PROBLEM_TOO_LARGE && batch > 1) {
            problem_free(problem);
            batch = MAX(batch / 4, 1);
            continue;
        }
        if (problem)
            return problem;
        g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(struct sync_item));
        g_array_set_clear_func(out, clear_item);
        take_contents(json_object_get(json, "items"), out);
        json_decref(json);
        if (!each(out, data))
            return NULL;
        at += now;
    }
    return NULL;
}

/* --- changing --------------------------------------------------------------------------------- */

struct problem *
api_mark(struct server *server, enum sync_field field, bool value, const int64_t *items,
         guint count)
{
    g_autoptr(GString) form = g_string_new(NULL);
    add_items(form, items, count);
    form_add(form, value ? "a" : "r", field == SYNC_READ ? STATE "read" : STATE "starred");
    return server_post(server, "edit-tag", form->str, NULL);
}

struct problem *
api_mark_feed(struct server *server, const char *stream, int64_t newest)
{
    g_autoptr(GString) form = g_string_new(NULL);
    g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT, newest);
    form_add(form, "s", stream);
    form_add(form, "ts", time);
    return server_post(server, "mark-all-as-read", form->str, NULL);
}

static void
add_label(GString *form, const char *name, const char *folder)
{
    g_autofree char *label = folder && *folder ? g_strconcat(LABEL, folder, NULL) : NULL;
    if (label)
        form_add(form, name, label);
}

struct problem *
api_subscribe(struct server *server, const char *url, const char *title, const char *folder)
{
    g_autoptr(GString) form = g_string_new("ac=subscribe");
    g_autofree char *stream = g_strconcat("feed/", url, NULL);
    form_add(form, "s", stream);
    if (title)
        form_add(form, "t", title);
    add_label(form, "a", folder);
    return server_post(server, "subscription/edit", form->str, NULL);
}

struct problem *
api_unsubscribe(struct server *server, const char *stream)
{
    g_autoptr(GString) form = g_string_new("ac=unsubscribe");
    form_add(form, "s", stream);
    return server_post(server, "subscription/edit", form->str, NULL);
}

struct problem *
api_move(struct server *server, const char *stream, const char *from, const char *to)
{
    g_autoptr(GString) form = g_string_new("ac=edit");
    form_add(form, "s", stream);
    add_label(form, "a", to);
    if (!to || !*to)
        add_label(form, "r", from);
    return server_post(server, "subscription/edit", form->str, NULL);
}
