/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and rewriting the `urls` file.  Comments and order survive a rewrite. */
#include "config.h"

#include "config/urls.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/settings.h"

#include <errno.h>
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
portal_free_item(gpointer data)
{
    portal_free(data);
}

void
urls_free(struct urls *urls)
{
    g_free(urls->file);
    g_ptr_array_unref(urls->subscriptions);
    g_ptr_array_unref(urls->queries);
    g_ptr_array_unref(urls->portals);
    g_ptr_array_unref(urls->problems);
    g_free(urls);
}

static void problem(struct urls *urls, int line, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
problem(struct urls *urls, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(urls->problems, g_strdup_printf(_("%s: line %d: %s"), urls->file, line, why));
}

/* Splits a line into words; double quotes hold blanks, a backslash the next character. */
static GPtrArray *
split_words(const char *line, const char **why)
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

static bool
is_known(const struct urls *urls, const char *url)
{
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *other = g_ptr_array_index(urls->subscriptions, i);
        if (g_str_equal(other->url, url))
            return true;
    }
    return false;
}

static void
add(struct urls *urls, char *url, const char *title, char **tags, int line,
    const struct portal *portal, const struct portal_section *section)
{
    if (is_known(urls, url)) {
        problem(urls, line, _("'%s' is subscribed to twice"), url);
        g_free(url);
        return;
    }
    struct subscription *subscription = g_new0(struct subscription, 1);
    *subscription = (struct subscription){url, g_strdup(title), g_strdupv(tags), line, portal, section};
    g_ptr_array_add(urls->subscriptions, subscription);
}

static const struct portal *
portal_of(struct urls *urls, const char *config_dir, const char *id, int line)
{
    for (guint i = 0; i < urls->portals->len; i++) {
        const struct portal *portal = g_ptr_array_index(urls->portals, i);
        if (g_str_equal(portal->id, id))
            return portal;
    }
    g_autoptr(GError) error = NULL;
    struct portal *portal = catalogue_open(config_dir, id, &error);
    if (!portal) {
        problem(urls, line, "%s", error->message);
        return NULL;
    }
    g_ptr_array_add(urls->portals, portal);
    return portal;
}

static void
add_portal(struct urls *urls, const char *config_dir, const char *name, const char *title, char **tags, int line)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", 3);
    const struct portal *portal = portal_of(urls, config_dir, parts[0] ? parts[0] : "", line);
    if (!portal)
        return;
    const char *edition = parts[1];
    const char *id = edition ? parts[2] : NULL;
    if (edition && !portal_find_edition(portal, edition)) {
        problem(urls, line, _("portal '%s' has no edition '%s'"), portal->id, edition);
        return;
    }
    if (id && !portal_find_section(portal, edition, id)) {
        problem(urls, line, _("edition '%s' of portal '%s' has no section '%s'"), edition, portal->id, id);
        return;
    }
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        if ((edition && !g_str_equal(section->edition->id, edition)) || (id && !g_str_equal(section->id, id)))
            continue;
        char *url = g_strdup_printf("portal:%s/%s/%s", portal->id, section->edition->id, section->id);
        if (is_known(urls, url) && !id)
            g_free(url); /* "portal:a/zh" after "portal:a/zh/news" adds the rest */
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
add_query(struct urls *urls, const char *text, int line)
{
    const char *colon = strchr(text, ':');
    if (!colon || colon == text || !colon[1]) {
        problem(urls, line, "%s", _("a saved query is written as \"query:Title:QUERY\""));
        return;
    }
    struct saved_query *query = g_new0(struct saved_query, 1);
    *query = (struct saved_query){g_strndup(text, (gsize)(colon - text)), g_strdup(colon + 1), line};
    g_ptr_array_add(urls->queries, query);
}

static void
parse_line(struct urls *urls, const char *config_dir, const char *line, int number)
{
    const char *why = NULL;
    g_autoptr(GPtrArray) words = split_words(line, &why);
    if (!words) {
        problem(urls, number, "%s", why);
        return;
    }
    if (words->len == 0)
        return;
    const char *url = g_ptr_array_index(words, 0);
    const char *title = NULL;
    g_autoptr(GPtrArray) tags = g_ptr_array_new();
    for (guint i = 1; i < words->len; i++) {
        char *word = g_ptr_array_index(words, i);
        if (*word == '~')
            title = word + 1;
        else if (*word && *word != '!')
            g_ptr_array_add(tags, word);
    }
    g_ptr_array_add(tags, NULL);
    if (g_str_has_prefix(url, "portal:"))
        add_portal(urls, config_dir, url + strlen("portal:"), title, (char **)tags->pdata, number);
    else if (g_str_has_prefix(url, "query:"))
        add_query(urls, url + strlen("query:"), number);
    else if (g_str_has_prefix(url, "exec:") || g_str_has_prefix(url, "filter:"))
        problem(urls, number, _("'%s' would run a command, which this file cannot do"), url);
    else if (url_is_web(url))
        add(urls, g_strdup(url), title, (char **)tags->pdata, number, NULL, NULL);
    else
        problem(urls, number, _("'%s' is neither an http or https URL nor portal:NAME"), url);
}

struct urls *
urls_parse(const char *config_dir, const char *name, const char *text)
{
    struct urls *urls = g_new0(struct urls, 1);
    urls->file = g_strdup(name);
    urls->subscriptions = g_ptr_array_new_with_free_func(subscription_free);
    urls->queries = g_ptr_array_new_with_free_func(query_free_item);
    urls->portals = g_ptr_array_new_with_free_func(portal_free_item);
    urls->problems = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (g_utf8_validate(lines[i], -1, NULL))
            parse_line(urls, config_dir, lines[i], i + 1);
        else
            problem(urls, i + 1, _("the line is not UTF-8"));
    }
    return urls;
}

static char *
read_file(const char *path, GError **error)
{
    char *text = NULL;
    struct stat info;
    if (stat(path, &info) == 0 && info.st_size > MAX_BYTES) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("'%s' is larger than %d MiB"), path, MAX_BYTES >> 20);
        return NULL;
    }
    g_autoptr(GError) why = NULL;
    if (g_file_get_contents(path, &text, NULL, &why))
        return text;
    if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_strdup("");
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot read '%s': %s"), path, why->message);
    return NULL;
}

struct urls *
urls_load(const char *config_dir, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL);
    g_autofree char *text = read_file(path, error);
    return text ? urls_parse(config_dir, path, text) : NULL;
}

static bool
write_file(const char *config_dir, const char *path, const GString *text, GError **error)
{
    if (g_mkdir_with_parents(config_dir, 0700) < 0) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot create '%s': %s"), config_dir, g_strerror(errno));
        return false;
    }
    g_autoptr(GError) why = NULL;
    if (g_file_set_contents(path, text->str, (gssize)text->len, &why))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot write '%s': %s"), path, why->message);
    return false;
}

static void
append_quoted(GString *out, const char *mark, const char *word)
{
    g_string_append_printf(out, " \"%s", mark);
    for (const char *p = word; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p == '\n' ? ' ' : *p);
    }
    g_string_append_c(out, '"');
}

bool
urls_append_query(const char *config_dir, const char *title, const char *query, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL);
    g_autofree char *old = read_file(path, error);
    if (!old)
        return false;
    g_autofree char *name = g_strdelimit(g_strdup(title), ":", ' ');
    g_autofree char *line = g_strdup_printf("query:%s:%s", name, query);
    g_autoptr(GString) text = g_string_new(old);
    if (text->len && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
    gsize before = text->len;
    append_quoted(text, "", line);
    g_string_erase(text, (gssize)before, 1); /* the blank between words */
    g_string_append_c(text, '\n');
    return write_file(config_dir, path, text, error);
}

static void
append_line(GString *out, const char *url, const char *title, char *const *tags)
{
    g_string_append(out, url);
    for (char *const *tag = tags; tag && *tag; tag++)
        append_quoted(out, "", *tag);
    if (title && *title)
        append_quoted(out, "~", title);
    g_string_append_c(out, '\n');
}

bool
urls_append(const char *config_dir, const char *url, const char *title, char *const *tags, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL);
    g_autofree char *old = read_file(path, error);
    if (!old)
        return false;
    g_autoptr(GString) text = g_string_new(old);
    if (text->len && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
    append_line(text, url, title, tags);
    return write_file(config_dir, path, text, error);
}

bool
urls_remove(const char *config_dir, const char *url, GError **error)
{
    g_autofree char *path = g_build_filename(config_dir, "urls", NULL);
    g_autofree char *old = read_file(path, error);
    if (!old)
        return false;
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, path, old);
    int line = 0;
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *subscription = g_ptr_array_index(urls->subscriptions, i);
        if (g_str_equal(subscription->url, url))
            line = subscription->line;
    }
    for (guint i = 0; i < urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(urls->queries, i);
        g_autofree char *written = g_strdup_printf("query:%s:%s", query->title, query->query);
        if (g_str_equal(written, url))
            line = query->line;
    }
    if (!line) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("'%s' is not in '%s'"), url, path);
        return false;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(old, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (i + 1 != line) {
            g_string_append(text, lines[i]);
            if (lines[i + 1])
                g_string_append_c(text, '\n');
            continue;
        }
        for (guint j = 0; j < urls->subscriptions->len; j++) {
            const struct subscription *rest = g_ptr_array_index(urls->subscriptions, j);
            if (rest->line == line && !g_str_equal(rest->url, url))
                append_line(text, rest->url, rest->title, rest->tags);
        }
    }
    return write_file(config_dir, path, text, error);
}

const struct subscription *
urls_find(const struct urls *urls, const char *url)
{
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *sub = g_ptr_array_index(urls->subscriptions, i);
        if (g_str_equal(sub->url, url))
            return sub;
    }
    return NULL;
}
