/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the `urls` file. */
#include "config.h"

#include "config/urls.h"
#include "base/clean.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/newsboat.h"
#include "config/settings.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_BYTES (16 << 20)

static void
subscription_free(gpointer data)
{
    struct subscription *subscription = data;
    g_free(subscription->url);
    g_free(subscription->title);
    g_strfreev(subscription->tags);
    g_free(subscription);
}

static void
problem_free_item(gpointer data)
{
    struct urls_problem *problem = data;
    g_free(problem->subject);
    g_free(problem->why);
    g_free(problem->text);
    g_free(problem);
}

static void
missing_free_item(gpointer data)
{
    struct urls_missing *missing = data;
    g_free(missing->name);
    g_free(missing->why);
    g_free(missing);
}

static void
repeat_free_item(gpointer data)
{
    struct urls_repeat *repeat = data;
    g_free(repeat->url);
    g_free(repeat);
}

static void
portal_free_item(gpointer data)
{
    portal_free(data);
}

void
urls_free(struct urls *urls)
{
    g_free(urls->file);
    g_ptr_array_unref(urls->system_files);
    g_hash_table_unref(urls->hidden);
    g_hash_table_unref(urls->known);
    g_ptr_array_unref(urls->subscriptions);
    g_ptr_array_unref(urls->queries);
    g_ptr_array_unref(urls->portals);
    g_ptr_array_unref(urls->problems);
    g_ptr_array_unref(urls->missing);
    g_ptr_array_unref(urls->repeats);
    g_free(urls);
}

void
urls_problem(struct urls *urls, int line, const char *subject, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct urls_problem *problem = g_new0(struct urls_problem, 1);
    problem->line = line;
    problem->subject = text_squeeze(subject ? subject : "", -1);
    problem->why = g_strdup_vprintf(format, args);
    va_end(args);
    problem->text = g_strdup_printf(_("%s:%d: %s"), urls->reading ? urls->reading : urls->file,
                                    line, problem->why);
    g_ptr_array_add(urls->problems, problem);
}

GPtrArray *
urls_split_line(const char *line, const char **why)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    const char *p = line;
    for (;;) {
        p += strspn(p, " \t\r");
        if (!*p || *p == '#')
            return g_steal_pointer(&words);
        GString *word = g_string_new(NULL);
        if (*p == '"') {
            for (p++; *p && *p != '"'; p++) {
                if (*p == '\\' && p[1])
                    p++;
                g_string_append_c(word, *p);
            }
            if (*p != '"') {
                g_string_free(word, TRUE);
                *why = _("a quotation mark is missing");
                return NULL;
            }
            p++;
        } else {
            gsize length = strcspn(p, " \t\r");
            g_string_append_len(word, p, length);
            p += length;
        }
        g_ptr_array_add(words, g_string_free(word, FALSE));
    }
}

/* Whether a line "-URL" names it, or the portal or edition that it is of. */
static bool
is_hidden(const struct urls *urls, const char *url)
{
    g_autofree char *name = g_strdup(url);
    for (;;) {
        struct urls_hidden *hidden = g_hash_table_lookup(urls->hidden, name);
        if (hidden) {
            hidden->used = true;
            return true;
        }
        char *slash = g_str_has_prefix(name, "portal:") ? strrchr(name, '/') : NULL;
        if (!slash)
            return false;
        *slash = '\0';
    }
}

static void
hide(struct urls *urls, const char *name, int line)
{
    struct urls_hidden *hidden = g_new0(struct urls_hidden, 1);
    hidden->line = line;
    g_hash_table_insert(urls->hidden, url_is_web(name) ? url_ascii(name) : g_strdup(name), hidden);
}

/* Takes url. */
static void
add_repeat(struct urls *urls, char *url, int line)
{
    struct urls_repeat *repeat = g_new(struct urls_repeat, 1);
    *repeat = (struct urls_repeat){url, line};
    if (urls->reading) /* what is not the user's is not written */
        repeat_free_item(repeat);
    else
        g_ptr_array_add(urls->repeats, repeat);
}

static void
add(struct urls *urls, char *url, const char *title, char **tags, int line,
    const struct portal *portal, const struct portal_section *section)
{
    bool known = urls_find(urls, url) != NULL;
    /* what is the user's stands above what is of the system */
    if (urls->reading && (is_hidden(urls, url) || known)) {
        g_free(url);
        return;
    }
    if (known) {
        urls_problem(urls, line, url, _("'%s' is subscribed to twice"), url);
        add_repeat(urls, url, line);
        return;
    }
    struct subscription *subscription = g_new0(struct subscription, 1);
    *subscription = (struct subscription){url,           g_strdup(title), g_strdupv(tags), line,
                                          urls->reading, portal,          section};
    g_ptr_array_add(urls->subscriptions, subscription);
    g_hash_table_insert(urls->known, subscription->url, subscription);
}

static const struct portal *
portal_of(struct urls *urls, const char *config_dir, const char *id, const char *written, int line)
{
    for (guint i = 0; i < urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(urls->portals, i);
        if (g_str_equal(portal->id, id))
            return portal;
    }
    g_autoptr(GError) error = NULL;
    struct portal *portal = catalogue_open(config_dir, id, &error);
    if (!portal) {
        struct urls_missing *missing = g_new0(struct urls_missing, 1);
        *missing = (struct urls_missing){g_strdup(written), g_strdup(error->message), line,
                                         urls->subscriptions->len};
        g_ptr_array_add(urls->missing, missing);
        urls_problem(urls, line, written, "%s", error->message);
        return NULL;
    }
    g_ptr_array_add(urls->portals, portal);
    return portal;
}

static void
add_portal(struct urls *urls, const char *config_dir, const char *name, const char *title,
           char **tags, int line)
{
    g_autofree char *written = g_strconcat("portal:", name, NULL);
    g_auto(GStrv) parts = g_strsplit(name, "/", 3);
    const struct portal *portal =
        portal_of(urls, config_dir, parts[0] ? parts[0] : "", written, line);
    if (!portal)
        return;
    const char *edition = parts[1];
    const char *id = edition ? parts[2] : NULL;
    if (edition && !portal_find_edition(portal, edition)) {
        urls_problem(urls, line, written, _("portal '%s' has no edition '%s'"), portal->id,
                     edition);
        return;
    }
    if (id && !portal_find_section(portal, edition, id)) {
        urls_problem(urls, line, written, _("edition '%s' of portal '%s' has no section '%s'"),
                     edition, portal->id, id);
        return;
    }
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        if ((edition && !g_str_equal(section->edition->id, edition)) ||
            (id && !g_str_equal(section->id, id)))
            continue;
        char *url =
            g_strdup_printf("portal:%s/%s/%s", portal->id, section->edition->id, section->id);
        if (urls_find(urls, url) && !id)
            add_repeat(urls, url, line); /* "portal:a/zh" after "portal:a/zh/news" adds the rest */
        else
            add(urls, url, title, tags, line, portal, section);
    }
}

static void
query_free_item(gpointer data)
{
    struct saved_query *query = data;
    g_free(query->title);
    g_free(query->query);
    g_free(query);
}

/* "Title:QUERY" */
static void
add_query(struct urls *urls, const char *written, int line)
{
    const char *text = written + strlen("query:");
    const char *colon = strchr(text, ':');
    g_autofree char *title = text_squeeze(text, colon ? colon - text : 0),
                    *query = text_squeeze(colon ? colon + 1 : "", -1);
    if (!*title || !*query) {
        urls_problem(urls, line, written, "%s",
                     _("a saved query is written as \"query:Title:QUERY\""));
        return;
    }
    if (newsboat_is_filter(query)) {
        urls_problem(
            urls, line, written,
            _("'%s' is in the query language of newsboat; crier has its own, as is:unread title:word"),
            query);
        return;
    }
    if (urls->reading && is_hidden(urls, written))
        return;
    struct saved_query *saved = g_new0(struct saved_query, 1);
    *saved =
        (struct saved_query){g_steal_pointer(&title), g_steal_pointer(&query), line, urls->reading};
    g_ptr_array_add(urls->queries, saved);
}

/* Adds it unless it is there. */
static void
add_tag(GPtrArray *tags, GHashTable *seen, const char *word)
{
    g_autofree char *tag = text_squeeze(word, -1);
    if (!*tag || g_hash_table_contains(seen, tag))
        return;
    g_hash_table_add(seen, tag);
    g_ptr_array_add(tags, g_steal_pointer(&tag));
}

static bool
has_controls(const char *text)
{
    for (; *text; text++)
        if (g_ascii_iscntrl(*text))
            return true;
    return false;
}

static void
parse_line(struct urls *urls, const char *config_dir, const char *line, int number)
{
    const char *why = NULL;
    g_autoptr(GPtrArray) words = urls_split_line(line, &why);
    if (!words) {
        urls_problem(urls, number, line, "%s", why);
        return;
    }
    if (words->len == 0)
        return;
    const char *url = g_ptr_array_index(words, 0);
    g_autofree char *title = NULL;
    g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal); /* borrows of tags */
    for (guint i = 1; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        if (*word == '~') {
            g_free(title);
            title = text_squeeze(word + 1, -1);
        } else if (*word != '!') {
            add_tag(tags, seen, word);
        }
    }
    g_ptr_array_add(tags, NULL);
    const char *name = title && *title ? title : NULL;
    if (has_controls(url))
        urls_problem(urls, number, url, "%s", _("there is a control character in the address"));
    else if (*url == '-')
        hide(urls, url + 1, number);
    else if (g_str_has_prefix(url, "portal:"))
        add_portal(urls, config_dir, url + strlen("portal:"), name, (char **)tags->pdata, number);
    else if (g_str_has_prefix(url, "query:"))
        add_query(urls, url, number);
    else if (g_str_has_prefix(url, "exec:") || g_str_has_prefix(url, "filter:"))
        urls_problem(urls, number, url, _("'%s' would run a command, which this file cannot do"),
                     url);
    else if (url_is_web(url) || url_is_file(url))
        add(urls, url_ascii(url), name, (char **)tags->pdata, number, NULL, NULL);
    else
        urls_problem(urls, number, url, _("'%s' is neither an http or https URL nor portal:NAME"),
                     url);
}

static void
parse_text(struct urls *urls, const char *config_dir, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(
        text + (g_str_has_prefix(text, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0), "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (g_utf8_validate(lines[i], -1, NULL))
            parse_line(urls, config_dir, lines[i], i + 1);
        else
            urls_problem(urls, i + 1, NULL, "%s", _("the line is not UTF-8"));
    }
}

struct urls *
urls_parse(const char *config_dir, const char *name, const char *text)
{
    struct urls *urls = g_new0(struct urls, 1);
    urls->file = g_strdup(name);
    urls->system_files = g_ptr_array_new_with_free_func(g_free);
    urls->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    urls->subscriptions = g_ptr_array_new_with_free_func(subscription_free);
    urls->known = g_hash_table_new(g_str_hash, g_str_equal);
    urls->queries = g_ptr_array_new_with_free_func(query_free_item);
    urls->portals = g_ptr_array_new_with_free_func(portal_free_item);
    urls->problems = g_ptr_array_new_with_free_func(problem_free_item);
    urls->missing = g_ptr_array_new_with_free_func(missing_free_item);
    urls->repeats = g_ptr_array_new_with_free_func(repeat_free_item);
    parse_text(urls, config_dir, text);
    return urls;
}

struct urls *
urls_of_section(const char *config_dir, const char *url)
{
    bool plain = g_str_has_prefix(url, "portal:") && !has_controls(url) &&
                 !strpbrk(url, " \t\r\n\"") && g_utf8_validate(url, -1, NULL);
    return urls_parse(config_dir, "", plain ? url : "");
}

char *
urls_read(const char *path, GError **error)
{
    char *text = NULL;
    gsize length;
    struct stat info;
    if (stat(path, &info) == 0 && info.st_size > MAX_BYTES) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("'%s' is larger than %d MiB"), path,
                    MAX_BYTES >> 20);
        return NULL;
    }
    g_autoptr(GError) why = NULL;
    if (!file_get_text(path, &text, &length, &why)) {
        if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return g_strdup("");
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path,
                    why->message);
        return NULL;
    }
    if (strlen(text) == length)
        return text;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ,
                _("'%s' is no text file: there is a NUL byte in it"), path);
    g_free(text);
    return NULL;
}

struct urls *
urls_load(const char *config_dir, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL);
    g_autofree char *text = urls_read(path, error);
    AUTO(urls_free) struct urls *urls = text ? urls_parse(config_dir, path, text) : NULL;
    return urls && urls_add_system(urls, config_dir, error) ? g_steal_pointer(&urls) : NULL;
}

bool
urls_add_system(struct urls *urls, const char *config_dir, GError **error)
{
    g_auto(GStrv) folders = paths_system_configs();
    for (char **folder = folders; *folder; folder++) {
        if (g_str_equal(*folder, config_dir))
            continue;
        char *path = g_build_filename(*folder, "urls", NULL);
        g_ptr_array_add(urls->system_files, path);
        if (!paths_is_for_all(path))
            continue;
        g_autofree char *text = urls_read(path, error);
        if (!text)
            return false;
        urls->reading = path;
        parse_text(urls, config_dir, text);
        urls->reading = NULL;
    }
    return true;
}

const struct subscription *
urls_find(const struct urls *urls, const char *url)
{
    return g_hash_table_lookup(urls->known, url);
}

const struct saved_query *
urls_find_query(const struct urls *urls, const char *name)
{
    for (guint i = 0; i < urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(urls->queries, i);
        g_autofree char *written = g_strdup_printf("query:%s:%s", query->title, query->query);
        if (g_str_equal(written, name))
            return query;
    }
    return NULL;
}

bool
urls_has(const struct urls *urls, const char *name)
{
    return urls_find(urls, name) || urls_find_query(urls, name);
}

const struct urls_missing *
urls_find_missing(const struct urls *urls, const char *url)
{
    for (guint i = 0; i < urls->missing->len; i++) {
        const struct urls_missing *missing = g_ptr_array_index(urls->missing, i);
        gsize length = strlen(missing->name);
        if (!strncmp(url, missing->name, length) && (!url[length] || url[length] == '/'))
            return missing;
    }
    return NULL;
}

const char *
subscription_address(const struct subscription *subscription)
{
    return subscription->section ? subscription->section->url : subscription->url;
}
