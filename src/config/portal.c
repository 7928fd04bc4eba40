/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading portal files.  Every mistake is an error with file, line and key; a key that is
 * not known is a mistake too, because a misspelt rule would otherwise just not work.
 */
#include "config.h"

#include "config/portal.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/keyfile.h"
#include "config/settings.h"
#include "text/charset.h"
#include "text/date.h"

#include <string.h>

static void
rule_clear(struct portal_rule *rule)
{
    g_free(rule->key);
    g_clear_pointer(&rule->xpaths, g_ptr_array_unref);
}

static void
edition_free(gpointer data)
{
    struct portal_edition *edition = data;
    g_free(edition->id);
    g_free(edition->language);
    g_free(edition->home);
    g_free(edition->charset);
    g_hash_table_unref(edition->names);
    g_free(edition);
}

static void
section_free(gpointer data)
{
    struct portal_section *section = data;
    g_free(section->id);
    g_free(section->url);
    g_free(section->charset);
    g_hash_table_unref(section->names);
    struct portal_rule *rules[] = {&section->rows, &section->title, &section->link,
                                   &section->date, &section->summary, &section->next};
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        rule_clear(rules[i]);
    g_free(section);
}

static void
article_free(gpointer data)
{
    struct portal_article *article = data;
    g_free(article->edition);
    g_clear_pointer(&article->match, g_regex_unref);
    struct portal_rule *rules[] = {&article->title, &article->date, &article->source, &article->author,
                                   &article->section, &article->body, &article->remove};
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        rule_clear(rules[i]);
    g_free(article);
}

static void
test_free(gpointer data)
{
    struct portal_test *test = data;
    g_free(test->name);
    g_free(test->url);
    g_free(test->page);
    g_free(test->edition);
    g_free(test->title);
    g_free(test->date);
    g_free(test);
}

void
portal_free(struct portal *portal)
{
    g_free(portal->id);
    g_free(portal->file);
    g_free(portal->home);
    g_free(portal->charset);
    g_hash_table_unref(portal->names);
    g_ptr_array_unref(portal->sections);
    g_ptr_array_unref(portal->editions);
    g_ptr_array_unref(portal->articles);
    g_ptr_array_unref(portal->tests);
    g_free(portal);
}

const char *
portal_name(GHashTable *names)
{
    const char *const *languages = g_get_language_names_with_category("LC_MESSAGES");
    for (int i = 0; languages[i]; i++) {
        const char *name = g_hash_table_lookup(names, languages[i]);
        if (name)
            return name;
    }
    const char *name = g_hash_table_lookup(names, "");
    return name ? name : "";
}

static bool
fail(const struct keyfile *file, const char *group, const char *key, GError **error,
     const char *format, ...) G_GNUC_PRINTF(5, 6);

static bool
fail(const struct keyfile *file, const char *group, const char *key, GError **error,
     const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s: line %d: %s"), keyfile_name(file),
                keyfile_line(file, group, key), why);
    return false;
}

/* One [group]: hands each key to `take`, which says whether it knows it. */
struct reader {
    const struct keyfile *file;
    const char *group;
    GError **error;
};

static bool
take_names(GHashTable *names, const char *key, const char *value)
{
    if (g_str_equal(key, "Name")) {
        g_hash_table_insert(names, g_strdup(""), g_strdup(value));
        return true;
    }
    if (g_str_has_prefix(key, "Name[") && g_str_has_suffix(key, "]")) {
        g_hash_table_insert(names, g_strndup(key + 5, strlen(key) - 6), g_strdup(value));
        return true;
    }
    return false;
}

/* "Title" and "Title.2" for the rule "Title"; alternatives are kept in numeric order. */
static bool
take_rule(const struct reader *r, struct portal_rule *rule, const char *name, const char *key,
          const char *value)
{
    size_t length = strlen(name);
    if (strncmp(key, name, length) || (key[length] && key[length] != '.'))
        return false;
    if (!rule->xpaths) {
        rule->xpaths = g_ptr_array_new_with_free_func(g_free);
        rule->key = g_strdup(name);
        rule->line = keyfile_line(r->file, r->group, key);
    }
    g_ptr_array_add(rule->xpaths, g_strdup(value));
    return true;
}

static bool
take_url(const struct reader *r, char **to, const char *key, const char *value)
{
    if (!url_is_web(value))
        return fail(r->file, r->group, key, r->error, _("'%s' is not an http or https URL"), value);
    g_free(*to);
    *to = g_strdup(value);
    return true;
}

static bool
take_charset(const struct reader *r, char **to, const char *key, const char *value)
{
    if (!charset_for_label(value))
        return fail(r->file, r->group, key, r->error, _("unknown charset '%s'"), value);
    g_free(*to);
    *to = g_strdup(value);
    return true;
}

static bool
unknown_key(const struct reader *r, const char *key)
{
    return fail(r->file, r->group, key, r->error, _("unknown key '%s' in [%s]"), key, r->group);
}

static bool
read_portal(const struct reader *r, struct portal *portal)
{
    g_auto(GStrv) keys = keyfile_keys(r->file, r->group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *key);
        if (take_names(portal->names, *key, value))
            continue;
        if (g_str_equal(*key, "Home")) {
            if (!take_url(r, &portal->home, *key, value))
                return false;
        } else if (g_str_equal(*key, "Charset")) {
            if (!take_charset(r, &portal->charset, *key, value))
                return false;
        } else if (g_str_equal(*key, "TimeZone")) {
            if (!date_parse_offset(value, &portal->offset))
                return fail(r->file, r->group, *key, r->error, _("'%s' is not an offset as +08:00"), value);
        } else {
            return unknown_key(r, *key);
        }
    }
    return true;
}

static bool
read_edition(const struct reader *r, struct portal *portal, const char *id)
{
    struct portal_edition *edition = g_new0(struct portal_edition, 1);
    edition->id = g_strdup(id);
    edition->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_ptr_array_add(portal->editions, edition);
    g_auto(GStrv) keys = keyfile_keys(r->file, r->group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *key);
        if (take_names(edition->names, *key, value))
            continue;
        if (g_str_equal(*key, "Language")) {
            g_free(edition->language);
            edition->language = g_strdup(value);
        } else if (g_str_equal(*key, "Home")) {
            if (!take_url(r, &edition->home, *key, value))
                return false;
        } else if (g_str_equal(*key, "Charset")) {
            if (!take_charset(r, &edition->charset, *key, value))
                return false;
        } else {
            return unknown_key(r, *key);
        }
    }
    if (!edition->language)
        edition->language = g_strdup(id);
    return true;
}

static bool
read_section(const struct reader *r, struct portal *portal, const char *id)
{
    const char *slash = strchr(id, '/');
    if (!slash || slash == id || !slash[1])
        return fail(r->file, r->group, NULL, r->error, _("a section is written as [Section EDITION/NAME]"));
    g_autofree char *edition_id = g_strndup(id, slash - id);
    struct portal_section *section = g_new0(struct portal_section, 1);
    section->id = g_strdup(slash + 1);
    section->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    section->edition = (struct portal_edition *)portal_find_edition(portal, edition_id);
    section->kind = PORTAL_LIST;
    g_ptr_array_add(portal->sections, section);
    if (!section->edition)
        return fail(r->file, r->group, NULL, r->error, _("there is no [Edition %s]"), edition_id);
    g_auto(GStrv) keys = keyfile_keys(r->file, r->group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *key);
        if (take_names(section->names, *key, value) || take_rule(r, &section->rows, "Rows", *key, value) ||
            take_rule(r, &section->title, "Title", *key, value) ||
            take_rule(r, &section->link, "Link", *key, value) ||
            take_rule(r, &section->date, "Date", *key, value) ||
            take_rule(r, &section->summary, "Summary", *key, value) ||
            take_rule(r, &section->next, "Next", *key, value))
            continue;
        if (g_str_equal(*key, "Kind")) {
            if (g_str_equal(value, "feed"))
                section->kind = PORTAL_FEED;
            else if (g_str_equal(value, "list"))
                section->kind = PORTAL_LIST;
            else
                return fail(r->file, r->group, *key, r->error, _("'%s' is neither feed nor list"), value);
        } else if (g_str_equal(*key, "Url")) {
            if (!take_url(r, &section->url, *key, value))
                return false;
        } else if (g_str_equal(*key, "Charset")) {
            if (!take_charset(r, &section->charset, *key, value))
                return false;
        } else if (g_str_equal(*key, "Depth")) {
            gint64 depth;
            if (!g_ascii_string_to_signed(value, 10, 1, 1000, &depth, NULL))
                return fail(r->file, r->group, *key, r->error, _("'%s' is not a number from %d to %d"), value, 1, 1000);
            section->depth = (int)depth;
        } else {
            return unknown_key(r, *key);
        }
    }
    if (!section->url)
        return fail(r->file, r->group, NULL, r->error, _("[%s] has no Url"), r->group);
    return true;
}

static bool
read_article(const struct reader *r, struct portal *portal, const char *edition)
{
    struct portal_article *article = g_new0(struct portal_article, 1);
    article->edition = edition ? g_strdup(edition) : NULL;
    g_ptr_array_add(portal->articles, article);
    if (edition && !portal_find_edition(portal, edition))
        return fail(r->file, r->group, NULL, r->error, _("there is no [Edition %s]"), edition);
    g_auto(GStrv) keys = keyfile_keys(r->file, r->group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *key);
        if (g_str_equal(*key, "Match")) {
            g_autoptr(GError) why = NULL;
            article->match = g_regex_new(value, G_REGEX_OPTIMIZE, 0, &why);
            if (!article->match)
                return fail(r->file, r->group, *key, r->error, _("the regular expression is wrong: %s"), why->message);
            continue;
        }
        if (!take_rule(r, &article->title, "Title", *key, value) &&
            !take_rule(r, &article->date, "Date", *key, value) &&
            !take_rule(r, &article->source, "Source", *key, value) &&
            !take_rule(r, &article->author, "Author", *key, value) &&
            !take_rule(r, &article->section, "Section", *key, value) &&
            !take_rule(r, &article->body, "Body", *key, value) &&
            !take_rule(r, &article->remove, "Remove", *key, value))
            return unknown_key(r, *key);
    }
    return true;
}

/* [Test NAME]; after the groups that it names. */
static bool
read_test(const struct reader *r, struct portal *portal, const char *name)
{
    struct portal_test *test = g_new0(struct portal_test, 1);
    test->name = g_strdup(name);
    test->line = keyfile_line(r->file, r->group, NULL);
    g_ptr_array_add(portal->tests, test);
    g_auto(GStrv) keys = keyfile_keys(r->file, r->group);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = keyfile_value(r->file, r->group, *key);
        gint64 rows;
        if (g_str_equal(*key, "Url")) {
            if (!take_url(r, &test->url, *key, value))
                return false;
        } else if (g_str_equal(*key, "Page")) {
            if (g_path_is_absolute(value) || strstr(value, ".."))
                return fail(r->file, r->group, *key, r->error, _("'%s' is not a path below $CRIER_CORPORA"), value);
            test->page = g_steal_pointer(&value);
        } else if (g_str_equal(*key, "Section")) {
            g_auto(GStrv) parts = g_strsplit(value, "/", 2);
            test->section = parts[0] && parts[1] ? portal_find_section(portal, parts[0], parts[1]) : NULL;
            if (!test->section)
                return fail(r->file, r->group, *key, r->error, _("there is no [Section %s]"), value);
        } else if (g_str_equal(*key, "Edition")) {
            if (!portal_find_edition(portal, value))
                return fail(r->file, r->group, *key, r->error, _("there is no [Edition %s]"), value);
            test->edition = g_steal_pointer(&value);
        } else if (g_str_equal(*key, "Title")) {
            test->title = g_steal_pointer(&value);
        } else if (g_str_equal(*key, "Date")) {
            test->date = g_steal_pointer(&value);
        } else if (g_str_equal(*key, "Rows")) {
            if (!g_ascii_string_to_signed(value, 10, 1, 10000, &rows, NULL))
                return fail(r->file, r->group, *key, r->error, _("'%s' is not a number from %d to %d"), value, 1, 10000);
            test->rows = (int)rows;
        } else {
            return unknown_key(r, *key);
        }
    }
    if (!test->url)
        return fail(r->file, r->group, NULL, r->error, _("[%s] has no Url"), r->group);
    return true;
}

static bool
read_group(const struct reader *r, struct portal *portal)
{
    if (g_str_has_prefix(r->group, "Test "))
        return true; /* read after the groups that it names */
    if (g_str_equal(r->group, "Portal"))
        return read_portal(r, portal);
    if (g_str_has_prefix(r->group, "Edition "))
        return read_edition(r, portal, r->group + strlen("Edition "));
    if (g_str_has_prefix(r->group, "Section "))
        return read_section(r, portal, r->group + strlen("Section "));
    if (g_str_equal(r->group, "Article"))
        return read_article(r, portal, NULL);
    if (g_str_has_prefix(r->group, "Article "))
        return read_article(r, portal, r->group + strlen("Article "));
    return fail(r->file, r->group, NULL, r->error, _("unknown group [%s]"), r->group);
}

static struct portal *
from_keyfile(const struct keyfile *file, GError **error)
{
    AUTO(portal_free) struct portal *portal = g_new0(struct portal, 1);
    g_autofree char *base = g_path_get_basename(keyfile_name(file));
    portal->id = g_str_has_suffix(base, ".portal") ? g_strndup(base, strlen(base) - 7) : g_strdup(base);
    portal->file = g_strdup(keyfile_name(file));
    portal->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    portal->editions = g_ptr_array_new_with_free_func(edition_free);
    portal->sections = g_ptr_array_new_with_free_func(section_free);
    portal->articles = g_ptr_array_new_with_free_func(article_free);
    portal->tests = g_ptr_array_new_with_free_func(test_free);
    g_auto(GStrv) groups = keyfile_groups(file);
    if (!g_strv_contains((const char *const *)groups, "Portal")) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s: there is no [Portal] group"), keyfile_name(file));
        return NULL;
    }
    for (char **group = groups; *group; group++) {
        struct reader r = {file, *group, error};
        if (!read_group(&r, portal))
            return NULL;
    }
    for (char **group = groups; *group; group++) {
        struct reader r = {file, *group, error};
        if (g_str_has_prefix(*group, "Test ") && !read_test(&r, portal, *group + strlen("Test ")))
            return NULL;
    }
    return g_steal_pointer(&portal);
}

struct portal *
portal_load(const char *path, GError **error)
{
    AUTO(keyfile_free) struct keyfile *file = keyfile_load(path, error);
    return file ? from_keyfile(file, error) : NULL;
}

struct portal *
portal_parse(const char *path, const char *text, GError **error)
{
    AUTO(keyfile_free) struct keyfile *file = keyfile_parse(path, text, error);
    return file ? from_keyfile(file, error) : NULL;
}

const struct portal_edition *
portal_find_edition(const struct portal *portal, const char *id)
{
    for (guint i = 0; i < portal->editions->len; i++) {
        const struct portal_edition *edition = g_ptr_array_index(portal->editions, i);
        if (g_str_equal(edition->id, id))
            return edition;
    }
    return NULL;
}

const struct portal_section *
portal_find_section(const struct portal *portal, const char *edition, const char *id)
{
    for (guint i = 0; i < portal->sections->len; i++) {
        const struct portal_section *section = g_ptr_array_index(portal->sections, i);
        if (g_str_equal(section->edition->id, edition) && g_str_equal(section->id, id))
            return section;
    }
    return NULL;
}

const struct portal_article *
portal_article_rules(const struct portal *portal, const char *edition, const char *url)
{
    for (guint i = 0; i < portal->articles->len; i++) {
        const struct portal_article *article = g_ptr_array_index(portal->articles, i);
        if (article->edition && (!edition || !g_str_equal(article->edition, edition)))
            continue;
        if (article->match && (!url || !g_regex_match(article->match, url, 0, NULL)))
            continue;
        return article;
    }
    return NULL;
}
