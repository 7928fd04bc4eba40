/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of bundles: which part follows which, and that objects are as they have to be. */
#include "config.h"

#include "store/bundle-parts.h"
#include "base/i18n.h"
#include "base/url.h"
#include "document/document.h"
#include "store/blob.h"
#include "store/bundle-record.h"
#include "store/changes.h"

#include <string.h>

#define HEAD         "crier-bundle.json"
#define PORTALS      "portals/"
#define MOST_JSON    (4 << 20)   /* bytes */
#define MOST_VALUES  200000      /* in an object, about: each takes some hundred bytes */
#define MOST_NUMBER  9999999     /* sources, articles */
#define MOST_MEMBERS 10000       /* of a list in an object */
#define MOST_NAME    80          /* of a portal file */
#define MOST_PORTAL  (4 << 20)   /* bytes of one, as of any such file */
#define ARTICLE_CAP  (1ll << 30) /* bytes of all parts of an article */

void
bundle_item_clear(struct bundle_item *item)
{
    g_clear_pointer(&item->name, g_free);
    g_clear_pointer(&item->json, json_decref);
    g_clear_pointer(&item->parts, g_ptr_array_unref);
}

/* --- names -------------------------------------------------------------------------------- */

bool
bundle_is_portal_name(const char *name)
{
    return strlen(name) <= MOST_NAME && g_ascii_isalnum(*name) && !strstr(name, "..") &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               strlen(name) &&
           (g_str_has_suffix(name, ".portal") || g_str_has_suffix(name, ".profile"));
}

static char *
folder_of(enum bundle_item_kind kind, guint number)
{
    return g_strdup_printf(kind == BUNDLE_ITEM_SOURCE ? "sources/%07u/" : "articles/%07u/", number);
}

static char *
object_name(enum bundle_item_kind kind, guint number)
{
    g_autofree char *folder = folder_of(kind, number);
    return g_strconcat(folder, kind == BUNDLE_ITEM_SOURCE ? "source.json" : "article.json", NULL);
}

static void
add_files(GPtrArray *names, const char *folder, const json_t *files)
{
    for (size_t i = 0; i < json_array_size(files); i++) {
        const json_t *file = json_array_get(files, i);
        g_ptr_array_add(names, g_strdup_printf("%sfile.%zu", folder, i + 1));
        if (json_is_true(json_object_get(file, "text")))
            g_ptr_array_add(names, g_strdup_printf("%sfile.%zu.text", folder, i + 1));
    }
}

/* Those that the object of an item speaks of, in their order. */
static GPtrArray *
part_names(enum bundle_item_kind kind, const json_t *json, guint number)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = folder_of(kind, number);
    if (kind == BUNDLE_ITEM_SOURCE) {
        if (json_is_object(json_object_get(json, "response")))
            g_ptr_array_add(names, g_strconcat(folder, "response", NULL));
        return names;
    }
    for (size_t i = 0; i < json_array_size(json_object_get(json, "revisions")); i++)
        g_ptr_array_add(names, g_strdup_printf("%stext.%zu", folder, i + 1));
    if (json_is_object(json_object_get(json, "page")))
        g_ptr_array_add(names, g_strconcat(folder, "page", NULL));
    add_files(names, folder, json_object_get(json, "files"));
    return names;
}

/* --- what is taken ------------------------------------------------------------------------ */

static bool
bad_part(const char *name, GError **error)
{
    g_set_error(error, BUNDLE_ERROR, BUNDLE_ERROR_BAD, _("its part '%s' is not in its place"),
                name);
    return false;
}

static bool
bad_member(const char *part, const char *member, GError **error)
{
    g_set_error(error, BUNDLE_ERROR, BUNDLE_ERROR_BAD, _("its part '%s' has a wrong '%s'"), part,
                member);
    return false;
}

static bool
is_too_large(const char *part, gsize most, GError **error)
{
    g_set_error(error, BUNDLE_ERROR, BUNDLE_ERROR_BAD, _("its part '%s' is larger than %d MiB"),
                part, (int)(most >> 20));
    return false;
}

/* Whether a text can be read as JSON without taking much more room than it has itself. */
static bool
check_text(const char *part, const char *text, gsize length, GError **error)
{
    guint values = 0;
    bool quoted = false;
    if (length > MOST_JSON)
        return is_too_large(part, MOST_JSON, error);
    for (gsize i = 0; i < length; i++)
        if (text[i] == '"')
            quoted = !quoted;
        else if (quoted)
            i += text[i] == '\\';
        else
            values += text[i] == '{' || text[i] == '[' || text[i] == ',';
    return values <= MOST_VALUES || bad_member(part, "json", error);
}

static bool
check_list(const char *part, const json_t *json, const char *name, enum bundle_kind kind,
           GError **error)
{
    const json_t *list = json_object_get(json, name);
    if (!json_is_array(list) || json_array_size(list) > MOST_MEMBERS)
        return bad_member(part, name, error);
    const char *wrong;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!bundle_row_check(kind, json_array_get(list, i), &wrong))
            return bad_member(part, wrong, error);
    return true;
}

/* An object or null. */
static bool
check_one(const char *part, const json_t *json, const char *name, enum bundle_kind kind,
          GError **error)
{
    const json_t *one = json_object_get(json, name);
    const char *wrong = name;
    const json_t *evidence = json_object_get(one, "evidence");
    return json_is_null(one) ||
           (bundle_row_check(kind, one, &wrong) &&
            (json_is_null(evidence) || json_is_string(evidence))) ||
           bad_member(part, wrong, error);
}

static bool
is_web(const json_t *object, const char *name)
{
    const char *url = bundle_text(object, name);
    return !url || url_is_web(url);
}

/* What a table cannot say: which words there are, and that addresses are of the web. */
static const char *
wrong_word(const json_t *json)
{
    size_t i;
    json_t *one;
    if (!is_web(json, "link"))
        return "link";
    json_array_foreach(json_object_get(json, "revisions"), i, one)
    {
        const char *origin = bundle_text(one, "origin");
        if (!g_str_equal(origin, "feed") && !g_str_equal(origin, "page"))
            return "origin";
    }
    json_array_foreach(json_object_get(json, "attachments"), i, one)
    {
        if (!is_web(one, "url"))
            return "attachments";
    }
    json_array_foreach(json_object_get(json, "editions"), i, one)
    {
        const char *scope = bundle_text(one, "scope");
        if (!is_web(one, "url") || (!g_str_equal(scope, "article") && !g_str_equal(scope, "home")))
            return "editions";
    }
    json_array_foreach(json_object_get(json, "changes"), i, one)
    {
        int64_t kind = bundle_number(one, "kind");
        if (kind != CHANGE_WITHDRAWN && kind != CHANGE_RETURNED)
            return "changes";
    }
    return NULL;
}

static bool
check_article(const char *part, const json_t *json, guint sources, GError **error)
{
    const char *wrong;
    int64_t source = bundle_number(json, "source");
    if (source < 1 || source > sources)
        return bad_member(part, "source", error);
    if (!bundle_row_check(BUNDLE_OF_ARTICLE, json, &wrong))
        return bad_member(part, wrong, error);
    if (!check_list(part, json, "revisions", BUNDLE_OF_REVISION, error) ||
        !check_list(part, json, "attachments", BUNDLE_OF_ATTACHMENT, error) ||
        !check_list(part, json, "editions", BUNDLE_OF_EDITION, error) ||
        !check_list(part, json, "changes", BUNDLE_OF_CHANGE, error) ||
        !check_list(part, json, "files", BUNDLE_OF_FILE, error) ||
        !check_one(part, json, "page", BUNDLE_OF_PAGE, error))
        return false;
    wrong = wrong_word(json);
    return !wrong || bad_member(part, wrong, error);
}

static bool
check_source(const char *part, const json_t *json, GError **error)
{
    const char *wrong;
    if (!bundle_row_check(BUNDLE_OF_SOURCE, json, &wrong))
        return bad_member(part, wrong, error);
    /* it is a line of a file, and is shown */
    for (const char *p = bundle_text(json, "url"); p && *p; p++)
        if (g_ascii_iscntrl(*p))
            return bad_member(part, "url", error);
    return check_one(part, json, "response", BUNDLE_OF_RESPONSE, error);
}

/* A document, or the text of an attachment, which is one too. */
static bool
is_document(const char *name)
{
    const char *last = strrchr(name, '/') + 1;
    return g_str_has_prefix(last, "text.") || g_str_has_suffix(last, ".text");
}

/* A part that an object speaks of; all: the bytes of those before it, and then with it. */
static bool
check_part(const char *name, GBytes *part, gint64 *all, GError **error)
{
    gsize length;
    const void *bytes = g_bytes_get_data(part, &length);
    *all += (gint64)length;
    if (length > BUNDLE_PART_CAP)
        return is_too_large(name, BUNDLE_PART_CAP, error);
    return (*all <= ARTICLE_CAP && (!is_document(name) || (length <= DOCUMENT_CAP &&
                                                           document_is_stored(bytes, length)))) ||
           bad_member(name, "document", error);
}

/* --- writing ------------------------------------------------------------------------------ */

/* Owned. */
static char *
text_of(const json_t *json)
{
    char *dumped = json_dumps(json, JSON_INDENT(1)), *text = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    return text;
}

bool
bundle_put_head(struct bundle_writer *w, gint64 made)
{
    json_t *head = json_pack("{s:i,s:s,s:I}", "format", BUNDLE_FORMAT, "program",
                             PACKAGE_NAME " " PACKAGE_VERSION, "made", (json_int_t)made);
    g_autofree char *text = text_of(head);
    json_decref(head);
    return bundle_writer_add(w, HEAD, text, strlen(text));
}

static bool
put_bytes(struct bundle_writer *w, const char *name, GBytes *bytes)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return bundle_writer_add(w, name, data, length);
}

/* Whether whoever reads would take it. */
static bool
check_item(const struct bundle_item *item, const char *object, const char *text,
           const GPtrArray *names, GError **why)
{
    gint64 all = 0;
    if (!(item->kind == BUNDLE_ITEM_SOURCE ? check_source(object, item->json, why)
                                           : check_article(object, item->json, MOST_NUMBER, why)) ||
        !check_text(object, text, strlen(text), why))
        return false;
    for (guint i = 0; i < names->len; i++)
        if (!check_part(g_ptr_array_index(names, i), g_ptr_array_index(item->parts, i), &all, why))
            return false;
    return true;
}

static bool
put_portal(struct bundle_writer *w, const struct bundle_item *item, GError **why)
{
    g_autofree char *name = g_strconcat(PORTALS, item->name, NULL);
    GBytes *bytes = g_ptr_array_index(item->parts, 0);
    if (g_bytes_get_size(bytes) > MOST_PORTAL)
        return !is_too_large(name, MOST_PORTAL, why);
    return put_bytes(w, name, bytes);
}

bool
bundle_put_item(struct bundle_writer *w, const struct bundle_item *item, guint number, GError **why)
{
    if (item->kind == BUNDLE_ITEM_PORTAL)
        return put_portal(w, item, why);
    g_autofree char *object = object_name(item->kind, number), *text = text_of(item->json);
    g_autoptr(GPtrArray) names = part_names(item->kind, item->json, number);
    g_assert(names->len == item->parts->len);
    if (!check_item(item, object, text, names, why))
        return true;
    if (!bundle_writer_add(w, object, text, strlen(text)))
        return false;
    for (guint i = 0; i < names->len; i++)
        if (!put_bytes(w, g_ptr_array_index(names, i), g_ptr_array_index(item->parts, i)))
            return false;
    return true;
}

/* --- reading ------------------------------------------------------------------------------ */

struct bundle_items {
    struct bundle_reader *reader;
    bool begun;
    char *portal; /* the last name, or NULL */
    guint sources, articles;
};

struct bundle_items *
bundle_items_new(int fd, GError **error)
{
    struct bundle_reader *reader = bundle_reader_new(fd, error);
    if (!reader)
        return NULL;
    struct bundle_items *items = g_new0(struct bundle_items, 1);
    items->reader = reader;
    return items;
}

void
bundle_items_free(struct bundle_items *items)
{
    bundle_reader_free(items->reader);
    g_free(items->portal);
    g_free(items);
}

bool
bundle_items_again(struct bundle_items *items, GError **error)
{
    items->begun = false;
    g_clear_pointer(&items->portal, g_free);
    items->sources = items->articles = 0;
    return bundle_reader_again(items->reader, error);
}

/* An object, owned; NULL and error. */
static json_t *
read_json(const struct bundle_part *part, GError **error)
{
    gsize length;
    const char *text = g_bytes_get_data(part->bytes, &length);
    if (!check_text(part->name, text, length, error))
        return NULL;
    json_t *json = length ? json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(json))
        return json;
    if (json)
        json_decref(json);
    bad_member(part->name, "json", error);
    return NULL;
}

static bool
read_head(struct bundle_items *items, GError **error)
{
    AUTO(bundle_part_clear) struct bundle_part part = {0};
    g_autoptr(GError) why = NULL;
    if (!bundle_reader_next(items->reader, &part, &why)) {
        if (!why)
            return bad_part(BUNDLE_SUMS, error);
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (!g_str_equal(part.name, HEAD))
        return bad_part(part.name, error);
    json_t *head = read_json(&part, error);
    if (!head)
        return false;
    int64_t format = bundle_number(head, "format");
    json_decref(head);
    if (format > BUNDLE_FORMAT) {
        g_set_error(error, BUNDLE_ERROR, BUNDLE_ERROR_NEWER,
                    _("a newer crier has written it: its format is %ld, this one reads %d"),
                    (long)format, BUNDLE_FORMAT);
        return false;
    }
    items->begun = true;
    return format == BUNDLE_FORMAT || bad_member(HEAD, "format", error);
}

/* What the object of an item speaks of. */
static bool
read_parts(struct bundle_items *items, struct bundle_item *item, guint number, GError **error)
{
    g_autoptr(GPtrArray) names = part_names(item->kind, item->json, number);
    gint64 all = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        AUTO(bundle_part_clear) struct bundle_part part = {0};
        g_autoptr(GError) why = NULL;
        if (!bundle_reader_next(items->reader, &part, &why)) {
            if (!why)
                return bad_part(BUNDLE_SUMS, error);
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        if (!g_str_equal(part.name, name))
            return bad_part(part.name, error);
        if (!check_part(name, part.bytes, &all, error))
            return false;
        g_ptr_array_add(item->parts, g_steal_pointer(&part.bytes));
    }
    return true;
}

static bool
take_portal(struct bundle_items *items, struct bundle_part *part, struct bundle_item *item,
            GError **error)
{
    const char *name = part->name + strlen(PORTALS);
    if (items->sources || items->articles || !bundle_is_portal_name(name) ||
        (items->portal && strcmp(items->portal, name) >= 0) ||
        g_bytes_get_size(part->bytes) > MOST_PORTAL)
        return bad_part(part->name, error);
    g_free(items->portal);
    items->portal = g_strdup(name);
    item->kind = BUNDLE_ITEM_PORTAL;
    item->name = g_strdup(name);
    g_ptr_array_add(item->parts, g_steal_pointer(&part->bytes));
    return true;
}

static bool
take_object(struct bundle_items *items, const struct bundle_part *part, struct bundle_item *item,
            GError **error)
{
    bool source = g_str_has_prefix(part->name, "sources/");
    guint *count = source ? &items->sources : &items->articles;
    item->kind = source ? BUNDLE_ITEM_SOURCE : BUNDLE_ITEM_ARTICLE;
    g_autofree char *name = object_name(item->kind, *count + 1);
    if (*count == MOST_NUMBER || (source && items->articles) || !g_str_equal(part->name, name))
        return bad_part(part->name, error);
    ++*count;
    item->json = read_json(part, error);
    return item->json &&
           (source ? check_source(name, item->json, error)
                   : check_article(name, item->json, items->sources, error)) &&
           read_parts(items, item, *count, error);
}

bool
bundle_items_next(struct bundle_items *items, struct bundle_item *item, GError **error)
{
    *item = (struct bundle_item){0};
    AUTO(bundle_part_clear) struct bundle_part part = {0};
    if ((!items->begun && !read_head(items, error)) ||
        !bundle_reader_next(items->reader, &part, error))
        return false;
    item->parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    bool fine = g_str_has_prefix(part.name, PORTALS) ? take_portal(items, &part, item, error)
                                                     : take_object(items, &part, item, error);
    if (!fine)
        bundle_item_clear(item);
    return fine;
}
