/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources table. */
#include "config.h"

#include "store/sources.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/url.h"
#include "store/db.h"
#include "store/source-names.h"

#include <string.h>

void
source_free(struct source *source)
{
    char *strings[] = {
        source->url,        source->title,        source->portal,           source->portal_name,
        source->edition,    source->edition_name, source->section,          source->language,
        source->home,       source->etag,         source->last_modified,    source->validated,
        source->moved_to,   source->charset,      source->charset_evidence, source->schedule_hints,
        source->public_url, source->label,        source->portal_plain_name};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(source->name);
    g_strfreev(source->tags);
    if (source->last_error)
        problem_free(source->last_error);
    if (source->warnings)
        g_ptr_array_unref(source->warnings);
    g_free(source);
}

static void
source_free_item(gpointer source)
{
    source_free(source);
}

static char *
join_lines(char *const *words)
{
    if (!words || !*words)
        return g_strdup("");
    g_autofree char *joined = g_strjoinv("\n", (char **)words);
    return g_strconcat("\n", joined, "\n", NULL);
}

static char **
split_lines(const char *text)
{
    GStrvBuilder *builder = g_strv_builder_new();
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    for (char **line = lines; *line; line++)
        if (**line)
            g_strv_builder_add(builder, *line);
    char **result = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return result;
}

/* What a subscription says of a source, as the columns of SYNCED have it. */
#define SYNCED \
    "title, title_names, tags, portal, portal_name, portal_names, edition, edition_name, edition_names, section"
#define SYNCED_COUNT 10

static void
synced_values(const struct subscription *sub, char *values[SYNCED_COUNT])
{
    const struct portal_section *section = sub->section;
    GHashTable *titles = section && !sub->title ? section->names : NULL,
               *portals = sub->portal ? sub->portal->names : NULL,
               *editions = section && portal_edition_language(section->edition)
                               ? section->edition->names
                               : NULL; /* one that only stands for want of another */
    int i = 0;
    values[i++] = titles ? g_strdup(portal_plain_name(titles)) : g_strdup(sub->title);
    values[i++] = titles ? portal_names_format(titles) : NULL;
    values[i++] = join_lines(sub->tags);
    values[i++] = sub->portal ? g_strdup(sub->portal->id) : NULL;
    values[i++] = portals ? g_strdup(portal_plain_name(portals)) : NULL;
    values[i++] = portals ? portal_names_format(portals) : NULL;
    values[i++] = section ? g_strdup(section->edition->id) : NULL;
    values[i++] = editions ? g_strdup(portal_plain_name(editions)) : NULL;
    values[i++] = editions ? portal_names_format(editions) : NULL;
    values[i++] = section ? g_strdup(section->id) : NULL;
}

static void
free_values(char *values[SYNCED_COUNT])
{
    for (int i = 0; i < SYNCED_COUNT; i++)
        g_free(values[i]);
}

/* Runs a statement of what is kept of a subscription; *changed: how many rows it touched. */
static bool
sync_by(struct store *store, const char *sql, const struct subscription *sub, int position,
        int *changed, GError **error)
{
    sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return false;
    char *values[SYNCED_COUNT];
    synced_values(sub, values);
    store_bind_text(s, 1, sub->url);
    for (int i = 0; i < SYNCED_COUNT; i++)
        store_bind_text(s, 2 + i, values[i]);
    store_bind_text(s, 12, sub->section ? portal_edition_language(sub->section->edition) : NULL);
    sqlite3_bind_int(s, 13, position);
    free_values(values);
    bool ok = store_run(store, s, error);
    *changed = sqlite3_changes(store->db);
    return ok;
}

/*
 * Brings the row of a subscription up to date, or makes one.  An INSERT with ON CONFLICT would use
 * up a number whenever it only updates, and people type these numbers.
 */
static bool
sync_one(struct store *store, const struct subscription *sub, int position, GError **error)
{
    static const char update[] =
        "UPDATE sources SET (" SYNCED ") = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11),"
        " language = coalesce(?12, language), position = ?13, active = 1 WHERE url = ?1";
    static const char insert[] =
        "INSERT INTO sources(url, " SYNCED ", language, position, active)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1)";
    int changed = 0;
    return sync_by(store, update, sub, position, &changed, error) &&
           (changed || sync_by(store, insert, sub, position, &changed, error));
}

/*
 * Whether the store has these subscriptions already: then nothing is written.  What belongs to a
 * portal whose file cannot be read is what it was.
 */
static bool
is_synced(struct store *store, const struct urls *urls)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT url, " SYNCED " FROM sources WHERE active ORDER BY position", NULL);
    guint i = 0;
    bool same = s != NULL;
    while (same && sqlite3_step(s) == SQLITE_ROW) {
        const char *url = (const char *)sqlite3_column_text(s, 0);
        if (urls->missing->len && !urls_find(urls, url) && urls_find_missing(urls, url))
            continue;
        if (i == urls->subscriptions->len)
            return false;
        const struct subscription *sub = g_ptr_array_index(urls->subscriptions, i++);
        char *values[SYNCED_COUNT];
        synced_values(sub, values);
        same = g_strcmp0(sub->url, url) == 0;
        for (int c = 0; c < SYNCED_COUNT; c++)
            same &= g_strcmp0(values[c], (const char *)sqlite3_column_text(s, c + 1)) == 0;
        free_values(values);
    }
    return same && i == urls->subscriptions->len;
}

/* Active sources that belong to portals whose files cannot be read, in their order; char *. */
static GPtrArray *
kept_sources(struct store *store, const struct urls *urls)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);
    AUTO_RESET sqlite3_stmt *s =
        urls->missing->len
            ? store_prepare(store, "SELECT url FROM sources WHERE active ORDER BY position, id",
                            NULL)
            : NULL;
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        const char *url = (const char *)sqlite3_column_text(s, 0);
        if (!urls_find(urls, url) && urls_find_missing(urls, url))
            g_ptr_array_add(kept, g_strdup(url));
    }
    return kept;
}

/* Keeps those in their place that stand before a subscription. */
static bool
keep_sources(struct store *store, const struct urls *urls, const GPtrArray *kept, guint before,
             int *position, GError **error)
{
    for (guint i = 0; i < kept->len; i++) {
        const char *url = g_ptr_array_index(kept, i);
        if (urls_find_missing(urls, url)->before != before)
            continue;
        sqlite3_stmt *s = store_prepare(
            store, "UPDATE sources SET active = 1, position = ?2 WHERE url = ?1", error);
        if (!s)
            return false;
        store_bind_text(s, 1, url);
        sqlite3_bind_int(s, 2, ++*position);
        if (!store_run(store, s, error))
            return false;
    }
    return true;
}

/* Makes those active that are subscribed to, in the order of `urls`. */
static bool
sync_all(struct store *store, const struct urls *urls, GError **error)
{
    g_autoptr(GPtrArray) kept = kept_sources(store, urls);
    int position = 0;
    /* -1: was active until now */
    if (!store_exec(store, "UPDATE sources SET active = 0, position = -1 WHERE active", error))
        return false;
    for (guint i = 0; i <= urls->subscriptions->len; i++)
        if (!keep_sources(store, urls, kept, i, &position, error) ||
            (i < urls->subscriptions->len &&
             !sync_one(store, g_ptr_array_index(urls->subscriptions, i), ++position, error)))
            return false;
    return true;
}

bool
sources_sync(struct store *store, const struct urls *urls, GError **error)
{
    if (is_synced(store, urls) || store->read_only)
        return true;
    if (!store_begin(store, error))
        return false;
    bool ok = sync_all(store, urls, error);
    /*
     * who is gone is begun with anew when it comes back: what was believed of its address may be
     * why it went
     */
    ok =
        ok &&
        store_exec(
            store,
            "UPDATE sources SET position = 0, moved_to = NULL, etag = NULL, last_modified = NULL, validated = NULL,"
            " next_due = NULL, failures = 0, failing_since = NULL, last_error = NULL WHERE position = -1",
            error);
    if (!ok) {
        store_rollback(store);
        return false;
    }
    source_names_forget(store);
    return store_commit(store, error);
}

/* What names are made of. */
#define NAMING_COLUMNS \
    "id, url, coalesce(title, feed_title), portal, portal_name, title_names, portal_names"
#define COLUMNS \
    NAMING_COLUMNS \
    ", edition, edition_name, section, language, edition_names, tags," \
    " active, home, etag, last_modified, validated, last_attempt, last_success, next_due, retry_after, last_error," \
    " failures, failing_since, last_new, http_status, certificate_expires, moved_to, charset, charset_evidence, rhythm, warnings, total, unread"

/* The name in the reader's language in place of the untranslated one. */
static void
translate(char **name, const char *names)
{
    char *picked = portal_names_pick(names);
    if (!picked)
        return;
    g_free(*name);
    *name = picked;
}

static void
read_strings(sqlite3_stmt *s, int *column, char **const *strings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *strings[i] = store_column_text(s, (*column)++);
}

static void
read_translation(sqlite3_stmt *s, int *column, char **name)
{
    g_autofree char *names = store_column_text(s, (*column)++);
    translate(name, names);
}

/* The first columns of a row. */
static struct source *
read_naming(sqlite3_stmt *s, int *column)
{
    struct source *source = g_new0(struct source, 1);
    source->id = sqlite3_column_int64(s, (*column)++);
    char **strings[] = {&source->url, &source->title, &source->portal, &source->portal_name};
    read_strings(s, column, strings, G_N_ELEMENTS(strings));
    source->active = true;
    source->public_url = url_public(source->url);
    if (!source->title)
        source->title = g_strdup(source->public_url);
    source->label = url_shown(source->title);
    source->portal_plain_name = g_strdup(source->portal_name);
    read_translation(s, column, &source->label);
    read_translation(s, column, &source->portal_name);
    source->name = g_strdup(source->label);
    return source;
}

static struct source *
read_row(sqlite3_stmt *s)
{
    int c = 0;
    struct source *source = read_naming(s, &c);
    char **strings[] = {&source->edition, &source->edition_name, &source->section,
                        &source->language};
    read_strings(s, &c, strings, G_N_ELEMENTS(strings));
    read_translation(s, &c, &source->edition_name);
    g_autofree char *tags = store_column_text(s, c++);
    source->tags = split_lines(tags);
    source->active = sqlite3_column_int(s, c++);
    source->home = store_column_text(s, c++);
    source->etag = store_column_text(s, c++);
    source->last_modified = store_column_text(s, c++);
    source->validated = store_column_text(s, c++);
    source->last_attempt = sqlite3_column_int64(s, c++);
    source->last_success = sqlite3_column_int64(s, c++);
    source->next_due = sqlite3_column_int64(s, c++);
    source->retry_after = sqlite3_column_int64(s, c++);
    source->last_error = problem_parse((const char *)sqlite3_column_text(s, c++));
    source->failures = sqlite3_column_int(s, c++);
    source->failing_since = sqlite3_column_int64(s, c++);
    source->last_new = sqlite3_column_int64(s, c++);
    source->http_status = sqlite3_column_int(s, c++);
    source->certificate_expires = sqlite3_column_int64(s, c++);
    source->moved_to = store_column_text(s, c++);
    source->charset = store_column_text(s, c++);
    source->charset_evidence = store_column_text(s, c++);
    source->schedule_hints = store_column_text(s, c++);
    source->warnings = problems_parse((const char *)sqlite3_column_text(s, c++));
    source->total = sqlite3_column_int64(s, c++);
    source->unread = sqlite3_column_int64(s, c++);
    return source;
}

GPtrArray *
sources_list(struct store *store, bool inactive_too, GError **error)
{
    g_autofree char *version = source_names_version(store);
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        inactive_too ? "SELECT " COLUMNS " FROM sources ORDER BY active DESC, position, id"
                     : "SELECT " COLUMNS " FROM sources WHERE active ORDER BY position, id",
        error);
    if (!s)
        return NULL;
    GPtrArray *list = g_ptr_array_new_with_free_func(source_free_item);
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW)
        g_ptr_array_add(list, read_row(s));
    if (code != SQLITE_DONE)
        g_clear_pointer(&list, g_ptr_array_unref);
    else
        source_names_tell_apart(store, list, version);
    return list;
}

void
sources_read_names(struct store *store)
{
    g_autofree char *version = source_names_version(store);
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT " NAMING_COLUMNS " FROM sources WHERE active", NULL);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(source_free_item);
    int code = SQLITE_ERROR;
    for (int c = 0; s && (code = sqlite3_step(s)) == SQLITE_ROW; c = 0)
        g_ptr_array_add(list, read_naming(s, &c));
    if (code == SQLITE_DONE)
        source_names_tell_apart(store, list, version);
}

void
sources_tell_missing(GPtrArray *sources, const struct urls *urls)
{
    for (guint i = 0; urls->missing->len && i < sources->len; i++) {
        struct source *source = g_ptr_array_index(sources, i);
        const struct urls_missing *missing = source->active && !urls_find(urls, source->url)
                                                 ? urls_find_missing(urls, source->url)
                                                 : NULL;
        if (!missing)
            continue;
        if (source->last_error)
            problem_free(source->last_error);
        source->last_error = problem_new(PROBLEM_PORTAL_FILE, NULL, 0, missing->why);
    }
}

char *
source_full_name(const struct source *source)
{
    bool apart = source->portal_name && !g_str_equal(source->name, source->label);
    if (!source->edition_name)
        return g_strdup(source->name);
    return g_strdup_printf("%s%s%s: %s", apart ? source->portal_name : "", apart ? ", " : "",
                           source->edition_name, source->label);
}

/* Moves what matches from one list to the other; how many. */
static guint
take_titled(GPtrArray *all, const char *name, GPtrArray *found)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    for (guint i = 0; i < all->len;) {
        const struct source *source = g_ptr_array_index(all, i);
        g_autofree char *title = g_utf8_casefold(source->title, -1),
                        *label = g_utf8_casefold(source->label, -1),
                        *full = g_utf8_casefold(source->name, -1);
        if (g_str_equal(title, folded) || g_str_equal(label, folded) || g_str_equal(full, folded))
            g_ptr_array_add(found, g_ptr_array_steal_index(all, i));
        else
            i++;
    }
    return found->len;
}

/* By number or URL: never more than one. */
static bool
take_exact(GPtrArray *all, const char *name, GPtrArray *found)
{
    gint64 number;
    bool numeric = number_parse(name, 1, G_MAXINT64, &number);
    for (guint i = 0; i < all->len && !found->len; i++) {
        const struct source *source = g_ptr_array_index(all, i);
        if ((numeric && source->id == number) || g_str_equal(source->url, name) ||
            g_str_equal(source->public_url, name))
            g_ptr_array_add(found, g_ptr_array_steal_index(all, i));
    }
    return found->len > 0;
}

/* "portal:ID" and "portal:ID/EDITION" are all that such a line of `urls` yields. */
static bool
take_portal(GPtrArray *all, const char *name, GPtrArray *found)
{
    if (!g_str_has_prefix(name, "portal:") || !name[strlen("portal:")])
        return false;
    g_autofree char *head = g_strconcat(name, g_str_has_suffix(name, "/") ? "" : "/", NULL);
    for (guint i = 0; i < all->len;) {
        if (g_str_has_prefix(((const struct source *)g_ptr_array_index(all, i))->url, head))
            g_ptr_array_add(found, g_ptr_array_steal_index(all, i));
        else
            i++;
    }
    return found->len > 0;
}

/* The name of a portal stands for all of its sections; false where several are called so. */
static bool
take_named_portal(GPtrArray *all, const char *name, GPtrArray *found)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    const char *portal = NULL;
    bool several = false;
    for (guint i = 0; i < all->len;) {
        const struct source *s = g_ptr_array_index(all, i);
        g_autofree char *own = g_utf8_casefold(s->portal_name ? s->portal_name : "", -1),
                        *plain =
                            g_utf8_casefold(s->portal_plain_name ? s->portal_plain_name : "", -1);
        if (!s->portal || (!g_str_equal(own, folded) && !g_str_equal(plain, folded))) {
            i++;
            continue;
        }
        several |= portal && !g_str_equal(portal, s->portal);
        portal = s->portal;
        g_ptr_array_add(found, g_ptr_array_steal_index(all, i));
    }
    return found->len > 0 && !several;
}

/* "ID[/EDITION[/SECTION]]", as one subscribes to it on a command line. */
static bool
take_bare_portal(GPtrArray *all, const char *name, GPtrArray *found)
{
    g_autofree char *line = g_strconcat("portal:", name, NULL);
    return take_exact(all, line, found) || take_portal(all, line, found);
}

static GPtrArray *
find(struct store *store, const char *name, bool inactive_too, GError **error)
{
    g_autoptr(GPtrArray) all = sources_list(store, inactive_too, error);
    if (!all)
        return NULL;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(source_free_item);
    if (take_exact(all, name, found) || take_titled(all, name, found) == 1 ||
        (!found->len && take_portal(all, name, found)) ||
        (!found->len && take_named_portal(all, name, found)) ||
        (!found->len && take_bare_portal(all, name, found)))
        return g_steal_pointer(&found);
    if (found->len)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    _("%u sources are called '%s': use the number"), found->len, name);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN, _("there is no source '%s'"), name);
    return NULL;
}

GArray *
sources_of_query(struct store *store, const struct query *query, GError **error)
{
    if (!query->of_sources)
        return NULL;
    g_autofree char *sql =
        g_strdup_printf("SELECT s.id FROM sources s WHERE s.active AND (%s)", query->of_sources);
    AUTO_RESET sqlite3_stmt *s = store_prepare(store, sql, error);
    if (!s)
        return NULL;
    for (guint i = 0; i < query->source_values->len; i++)
        store_bind_query(s, (int)i + 1, g_ptr_array_index(query->source_values, i));
    GArray *found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int code;
    while ((code = store_step(store, s, error)) == SQLITE_ROW) {
        int64_t source = sqlite3_column_int64(s, 0);
        g_array_append_val(found, source);
    }
    if (code != SQLITE_DONE)
        g_clear_pointer(&found, g_array_unref);
    return found;
}

GPtrArray *
sources_named(struct store *store, char *const *names, GError **error)
{
    g_autoptr(GPtrArray) chosen = g_ptr_array_new_with_free_func(source_free_item);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
    for (char *const *name = names; *name; name++) {
        g_autoptr(GPtrArray) some = find(store, *name, false, error);
        if (!some)
            return NULL;
        while (some->len) {
            struct source *source = g_ptr_array_steal_index(some, 0);
            if (g_hash_table_contains(seen, &source->id)) {
                source_free(source);
            } else {
                g_hash_table_add(seen, &source->id);
                g_ptr_array_add(chosen, source);
            }
        }
    }
    return g_steal_pointer(&chosen);
}

struct source *
sources_find(struct store *store, const char *name, GError **error)
{
    g_autoptr(GPtrArray) found = find(store, name, true, error);
    return found ? g_ptr_array_steal_index(found, 0) : NULL;
}

/* What one more fetch makes of it: the newest last, of the last 48 (HISTORY_FETCHES). */
#define HISTORY(outcome) "substr(coalesce(history, '') || " outcome ", -48)"
G_STATIC_ASSERT(HISTORY_FETCHES == 48);

bool
sources_record(struct store *store, const struct source_result *r, GError **error)
{
    if (r->error) {
        sqlite3_stmt *s = store_prepare(
            store,
            "UPDATE sources SET last_attempt = ?2, last_error = ?3, failures = ?9, next_due = ?4,"
            " retry_after = ?5, failing_since = coalesce(failing_since, ?2), http_status = ?6,"
            " certificate_expires = coalesce(?7, certificate_expires), history = " HISTORY(
                "?8") " WHERE id = ?1",
            error);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, r->id);
        sqlite3_bind_int64(s, 2, r->now);
        g_autofree char *why = problem_format(r->error);
        store_bind_text(s, 3, why);
        sqlite3_bind_int64(s, 4, r->next_due);
        if (r->retry_after)
            sqlite3_bind_int64(s, 5, r->retry_after);
        if (r->http_status)
            sqlite3_bind_int(s, 6, r->http_status);
        if (r->certificate_expires)
            sqlite3_bind_int64(s, 7, r->certificate_expires);
        sqlite3_bind_text(s, 8, HISTORY_FAILED, -1, SQLITE_STATIC);
        sqlite3_bind_int(s, 9, r->failures);
        return store_run(store, s, error);
    }
    sqlite3_stmt *s = store_prepare(
        store,
        "UPDATE sources SET last_attempt = ?2, last_success = ?2, first_success = coalesce(first_success, ?2), last_error = NULL,"
        " failures = 0, next_due = ?3,"
        " retry_after = NULL, feed_title = coalesce(?4, feed_title), home = coalesce(?5, home), etag = ?6, last_modified = ?7,"
        " moved_to = ?8, charset = coalesce(?9, charset), charset_evidence = coalesce(?10, charset_evidence),"
        " warnings = ?12, language = coalesce(language, ?13), rhythm = CASE WHEN ?11 THEN rhythm ELSE ?14 END, validated = ?15,"
        " failing_since = NULL, http_status = ?16, last_new = CASE WHEN ?17 THEN ?2 ELSE last_new END,"
        " certificate_expires = ?18, history = " HISTORY("?19") " WHERE id = ?1",
        error);
    if (!s)
        return false;
    g_autofree char *warnings = problems_format(r->warnings);
    sqlite3_bind_int64(s, 1, r->id);
    sqlite3_bind_int64(s, 2, r->now);
    sqlite3_bind_int64(s, 3, r->next_due);
    const char *texts[] = {r->feed_title,      r->home,     r->etag,
                           r->last_modified,   r->moved_to, r->charset,
                           r->charset_evidence};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        store_bind_text(s, 4 + i, texts[i]);
    sqlite3_bind_int(s, 11, r->unchanged);
    store_bind_text(s, 12, warnings);
    store_bind_text(s, 13, r->language);
    store_bind_text(s, 14, r->schedule_hints);
    store_bind_text(s, 15, r->validated);
    if (r->http_status)
        sqlite3_bind_int(s, 16, r->http_status);
    sqlite3_bind_int(s, 17, r->brought);
    if (r->certificate_expires)
        sqlite3_bind_int64(s, 18, r->certificate_expires);
    sqlite3_bind_text(s, 19, r->brought || r->revised ? HISTORY_BROUGHT : HISTORY_NOTHING, -1,
                      SQLITE_STATIC);
    return store_run(store, s, error);
}

char *
sources_history(struct store *store, int64_t id)
{
    AUTO_RESET sqlite3_stmt *s =
        store_prepare(store, "SELECT history FROM main.sources WHERE id = ?1", NULL);
    if (!s)
        return g_strdup("");
    sqlite3_bind_int64(s, 1, id);
    char *history = store_step(store, s, NULL) == SQLITE_ROW ? store_column_text(s, 0) : NULL;
    return history ? history : g_strdup("");
}

bool
sources_forget_hosts(struct store *store, int64_t now, GError **error)
{
    if (store->read_only)
        return true;
    sqlite3_stmt *s = store_prepare(
        store, "DELETE FROM hosts WHERE retry_after <= ?1 OR retry_after > ?2", error);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, now);
    sqlite3_bind_int64(s, 2, now + SOURCES_LONGEST_WAIT);
    return store_run(store, s, error);
}

GHashTable *
sources_waiting_hosts(struct store *store, int64_t now, GError **error)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store,
        "SELECT authority, retry_after FROM hosts WHERE retry_after > ?1 AND retry_after <= ?2",
        error);
    if (!s)
        return NULL;
    sqlite3_bind_int64(s, 1, now);
    sqlite3_bind_int64(s, 2, now + SOURCES_LONGEST_WAIT);
    GHashTable *hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int64_t *until = g_new(int64_t, 1);
        *until = sqlite3_column_int64(s, 1);
        g_hash_table_insert(hosts, store_column_text(s, 0), until);
    }
    return hosts;
}

bool
sources_host_waits(struct store *store, const char *authority, int64_t until, GError **error)
{
    sqlite3_stmt *s =
        store_prepare(store,
                      "INSERT INTO hosts(authority, retry_after) VALUES(?1, ?2)"
                      " ON CONFLICT(authority) DO UPDATE SET retry_after = max(retry_after, ?2)",
                      error);
    if (!s)
        return false;
    store_bind_text(s, 1, authority);
    sqlite3_bind_int64(s, 2, until);
    return store_run(store, s, error);
}

double
source_per_day(struct store *store, int64_t id, int64_t now)
{
    AUTO_RESET sqlite3_stmt *s = store_prepare(
        store, "SELECT count(*), min(sort) FROM articles WHERE source = ?1 AND sort > ?2", NULL);
    if (!s)
        return 0;
    sqlite3_bind_int64(s, 1, id);
    sqlite3_bind_int64(s, 2, now - 30 * 86400);
    if (sqlite3_step(s) != SQLITE_ROW || !sqlite3_column_int64(s, 0))
        return 0;
    double days = (double)(now - sqlite3_column_int64(s, 1)) / 86400.0;
    return (double)sqlite3_column_int64(s, 0) / CLAMP(days, 1, 30);
}
