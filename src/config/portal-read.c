/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading portal files and profiles, group by group.  Every mistake is an error with file,
 * line and key; a key that is not known is a mistake too, because a misspelt rule would
 * otherwise just not work.
 */
#include "config.h"

#include "config/portal-keys.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "config/settings.h"

#include <string.h>

/* --- freeing ------------------------------------------------------------------------ */

static void
edition_free(gpointer data)
{
    struct portal_edition *edition = data;
    portal_keys_clear(GROUP_EDITION, edition);
    g_free(edition->id);
    g_free(edition);
}

static void
section_free(gpointer data)
{
    struct portal_section *section = data;
    portal_keys_clear(GROUP_SECTION, section);
    g_free(section->id);
    g_free(section);
}

static void
article_free(gpointer data)
{
    struct portal_article *article = data;
    portal_keys_clear(GROUP_ARTICLE, article);
    g_free(article->edition);
    g_free(article);
}

static void
test_free(gpointer data)
{
    struct portal_test *test = data;
    portal_keys_clear(GROUP_TEST, test);
    g_free(test->name);
    g_free(test);
}

void
portal_free(struct portal *portal)
{
    portal_keys_clear(GROUP_PORTAL, portal);
    portal_keys_clear(GROUP_PROFILE, portal);
    g_free(portal->id);
    g_free(portal->file);
    g_ptr_array_unref(portal->sections);
    g_ptr_array_unref(portal->editions);
    g_ptr_array_unref(portal->articles);
    g_ptr_array_unref(portal->tests);
    g_free(portal);
}

/* --- groups ------------------------------------------------------------------------- */

static GHashTable *
names_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* What is not named is called by its id. */
static void
name_at_least(GHashTable *names, const char *id)
{
    if (!g_hash_table_contains(names, ""))
        g_hash_table_insert(names, g_strdup(""), g_strdup(id));
}

struct portal_edition *
portal_add_edition(struct portal *portal, const char *id)
{
    struct portal_edition *edition = g_new0(struct portal_edition, 1);
    edition->id = g_strdup(id);
    edition->names = names_new();
    g_ptr_array_add(portal->editions, edition);
    return edition;
}

static bool
read_edition(struct portal_reader *r, const char *id)
{
    struct portal_edition *edition = portal_add_edition(r->portal, id);
    if (!portal_keys_read(r, GROUP_EDITION, edition))
        return false;
    if (!edition->language)
        edition->language = g_strdup(id);
    name_at_least(edition->names, id);
    return true;
}

struct portal_section *
portal_add_section(struct portal *portal, const char *id)
{
    struct portal_section *section = g_new0(struct portal_section, 1);
    section->id = g_strdup(id);
    section->names = names_new();
    section->kind = PORTAL_LIST;
    section->pages_first = 1;
    section->pages_step = 1;
    section->pages_size = 20;
    g_ptr_array_add(portal->sections, section);
    return section;
}

struct portal_article *
portal_add_article(struct portal *portal)
{
    struct portal_article *article = g_new0(struct portal_article, 1);
    g_ptr_array_add(portal->articles, article);
    return article;
}

/* The profile that a group names, as a key file; NULL and no error if it names none. */
static struct keyfile *
open_profile(struct portal_reader *r, GError **error)
{
    g_autofree char *id = keyfile_value(r->file, r->group, "Profile");
    if (!id || g_str_equal(id, "none"))
        return NULL;
    g_autofree char *name = g_strconcat(id, ".profile", NULL);
    g_autofree char *folder = g_path_get_dirname(keyfile_name(r->file));
    g_autofree char *beside = g_build_filename(folder, name, NULL);
    g_autofree char *catalogue = paths_data("portals");
    g_autofree char *installed = g_build_filename(catalogue, name, NULL);
    const char *path = g_file_test(beside, G_FILE_TEST_EXISTS) ? beside : installed;
    if (strchr(id, '/') || *id == '.' || !*id || !g_file_test(path, G_FILE_TEST_EXISTS)) {
        r->key = "Profile";
        portal_read_fail(r, _("there is no profile '%s' in '%s' or '%s'"), id, folder, catalogue);
        return NULL;
    }
    return keyfile_load(path, error);
}

static bool
read_section(struct portal_reader *r, const struct keyfile *profile, const char *id)
{
    const char *slash = strchr(id, '/');
    if (!slash || slash == id || !slash[1])
        return portal_read_fail(r, _("a section is written as [Section EDITION/NAME]"));
    g_autofree char *edition_id = g_strndup(id, slash - id);
    struct portal_section *section = portal_add_section(r->portal, slash + 1);
    section->edition = (struct portal_edition *)portal_find_edition(r->portal, edition_id);
    if (!section->edition)
        return portal_read_fail(r, _("there is no [Edition %s]"), edition_id);
    g_autofree char *kind = keyfile_value(r->file, r->group, "Kind"),
                    *own = keyfile_value(r->file, r->group, "Profile");
    g_autoptr(GError) why = NULL;
    struct portal_reader reader = *r;
    reader.error = &why;
    struct keyfile *instead = own ? open_profile(&reader, &why) : NULL;
    struct portal_reader base = {
        .file = own ? instead : profile, .portal = r->portal, .group = "List", .error = &why};
    if (!why && base.file && g_strcmp0(kind, "feed"))
        portal_keys_read(&base, GROUP_SECTION, section);
    if (instead)
        keyfile_free(instead);
    if (why) {
        g_propagate_error(r->error, g_steal_pointer(&why));
        return false;
    }
    if (!portal_keys_read(r, GROUP_SECTION, section))
        return false;
    name_at_least(section->names, section->id);
    if (!section->url)
        return portal_read_fail(r, _("[%s] has no Url"), r->group);
    if (*section->url == '{' && !portal_rule_given(&section->token))
        return portal_read_fail(r, _("[%s] has no Token"), r->group);
    if (portal_rule_given(&section->token) && !section->token_url && !r->portal->home)
        return portal_read_fail(r, _("[%s] has no Token.Url"), r->group);
    return true;
}

/* "", "en", "en/photos", "* /photos" without the blank. */
static bool
read_article(struct portal_reader *r, const char *id)
{
    g_autofree char *edition = g_strndup(id, strcspn(id, "/"));
    struct portal_article *article = portal_add_article(r->portal);
    article->edition = *edition && !g_str_equal(edition, "*") ? g_strdup(edition) : NULL;
    if (article->edition && !portal_find_edition(r->portal, edition))
        return portal_read_fail(r, _("there is no [Edition %s]"), edition);
    if (!portal_keys_read(r, GROUP_ARTICLE, article))
        return false;
    if ((article->url || article->counterparts) && !article->match)
        return portal_read_fail(r, _("[%s] has no Match"), r->group);
    return true;
}

/* After the groups that it names. */
static bool
read_test(struct portal_reader *r, const char *name)
{
    struct portal_test *test = g_new0(struct portal_test, 1);
    test->name = g_strdup(name);
    test->line = keyfile_line(r->file, r->group, NULL);
    g_ptr_array_add(r->portal->tests, test);
    if (!portal_keys_read(r, GROUP_TEST, test))
        return false;
    g_auto(GStrv) parts = g_strsplit(test->section_id ? test->section_id : "", "/", 2);
    if (test->section_id) {
        test->section = parts[0] && parts[1] ? portal_find_section(r->portal, parts[0], parts[1])
                                             : NULL;
        r->key = "Section";
        if (!test->section)
            return portal_read_fail(r, _("there is no [Section %s]"), test->section_id);
        r->key = NULL;
    }
    if (!test->url && !(test->page && r->portal->home))
        return portal_read_fail(r, _("[%s] has no Url"), r->group);
    return true;
}

static bool
read_group(struct portal_reader *r, const struct keyfile *profile)
{
    const char *space = strchr(r->group, ' ');
    g_autofree char *word = g_strndup(r->group, strcspn(r->group, " "));
    const char *id = space ? space + 1 : "";
    if (g_str_equal(word, "Test") || g_str_equal(r->group, "Portal"))
        return true; /* read after the others, or before them */
    if (g_str_equal(word, "Edition") && *id)
        return read_edition(r, id);
    if (g_str_equal(word, "Section") && *id)
        return read_section(r, profile, id);
    if (g_str_equal(word, "Article"))
        return read_article(r, id);
    return portal_read_fail(r, _("unknown group [%s]"), r->group);
}

/* --- files -------------------------------------------------------------------------- */

static bool
read_portal(struct portal_reader *r, const struct keyfile *profile)
{
    g_auto(GStrv) groups = keyfile_groups(r->file);
    r->group = "Portal";
    if (!portal_keys_read(r, GROUP_PORTAL, r->portal))
        return false;
    r->key = portal_place_fault(&r->portal->place);
    if (r->key)
        return portal_read_fail(r, _("'%s' is missing or wrong"), r->key);
    name_at_least(r->portal->names, r->portal->id);
    for (char **group = groups; *group; group++) {
        r->group = *group;
        if (!read_group(r, profile))
            return false;
    }
    for (char **group = groups; *group; group++) {
        r->group = *group;
        if (g_str_has_prefix(*group, "Test ") && !read_test(r, *group + strlen("Test ")))
            return false;
    }
    g_auto(GStrv) inherited = profile ? keyfile_groups(profile) : g_new0(char *, 1);
    for (char **group = inherited; *group; group++) {
        struct portal_reader base = {
            .file = profile, .portal = r->portal, .group = *group, .error = r->error};
        if (g_str_has_prefix(*group, "Article") && !read_article(&base, ""))
            return false;
    }
    return true;
}

static bool
read_profile(struct portal_reader *r)
{
    g_auto(GStrv) groups = keyfile_groups(r->file);
    struct portal_edition *edition = portal_add_edition(r->portal, "");
    edition->language = g_strdup("");
    for (char **group = groups; *group; group++) {
        r->group = *group;
        if (g_str_equal(*group, "Profile")) {
            if (!portal_keys_read(r, GROUP_PROFILE, r->portal))
                return false;
        } else if (g_str_equal(*group, "List")) {
            struct portal_section *section = portal_add_section(r->portal, "list");
            section->edition = edition;
            if (!portal_keys_read(r, GROUP_SECTION, section))
                return false;
        } else if (!g_str_has_prefix(*group, "Article")) {
            return portal_read_fail(r, _("unknown group [%s]"), *group);
        } else if (!read_article(r, "")) {
            return false;
        }
    }
    r->group = "Profile";
    return r->portal->fingerprint || portal_read_fail(r, _("[%s] has no Fingerprint"), r->group);
}

struct portal *
portal_new(void)
{
    struct portal *portal = g_new0(struct portal, 1);
    portal->names = names_new();
    portal->editions = g_ptr_array_new_with_free_func(edition_free);
    portal->sections = g_ptr_array_new_with_free_func(section_free);
    portal->articles = g_ptr_array_new_with_free_func(article_free);
    portal->tests = g_ptr_array_new_with_free_func(test_free);
    return portal;
}

static struct portal *
from_keyfile(const struct keyfile *file, GError **error)
{
    AUTO(portal_free) struct portal *portal = portal_new();
    g_autofree char *base = g_path_get_basename(keyfile_name(file));
    const char *dot = strrchr(base, '.');
    bool suffix = dot && (g_str_equal(dot, ".portal") || g_str_equal(dot, ".profile"));
    portal->id = suffix ? g_strndup(base, dot - base) : g_strdup(base);
    portal->file = g_strdup(keyfile_name(file));
    struct portal_reader r = {.file = file, .portal = portal, .error = error};
    g_auto(GStrv) groups = keyfile_groups(file);
    if (g_strv_contains((const char *const *)groups, "Profile"))
        return read_profile(&r) ? g_steal_pointer(&portal) : NULL;
    if (!g_strv_contains((const char *const *)groups, "Portal")) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, _("%s: there is no [Portal] group"),
                    keyfile_name(file));
        return NULL;
    }
    g_autoptr(GError) why = NULL;
    r.error = &why;
    r.group = "Portal";
    struct keyfile *profile = open_profile(&r, &why);
    bool read = !why && read_portal(&r, profile);
    if (profile)
        keyfile_free(profile);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return read ? g_steal_pointer(&portal) : NULL;
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
