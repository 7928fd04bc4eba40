/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading the tables of the catalogue.  A line becomes the portal that a portal file without rules
 * would be; there are hundreds, and the reader shows them all before anything is typed, so that a
 * line costs a few copies of text and no regular expression.
 */
#include "config.h"

#include "config/catalogue-table.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/url.h"
#include "config/portal-keys.h"
#include "text/date.h"

#include <string.h>

#define WORDS "words.tsv"

/* --- words ------------------------------------------------------------------------------- */

static GHashTable *
names_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* Lines of THING, LANGUAGE and WORD. */
static GHashTable *
read_words(void)
{
    GHashTable *words =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    g_autofree char *folder = paths_data("portals"), *text = NULL;
    g_autofree char *path = g_build_filename(folder, WORDS, NULL);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return words;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "\t", 4);
        if (**line == '#' || g_strv_length(cells) != 3 || !g_utf8_validate(*line, -1, NULL))
            continue;
        GHashTable *names = g_hash_table_lookup(words, cells[0]);
        if (!names) {
            names = names_new();
            g_hash_table_insert(words, g_strdup(cells[0]), names);
        }
        g_hash_table_insert(names, g_strdup(cells[1]), g_strdup(cells[2]));
    }
    return words;
}

GHashTable *
catalogue_words(const char *thing)
{
    static GHashTable *words;
    if (g_once_init_enter(&words))
        g_once_init_leave(&words, read_words());
    return g_hash_table_lookup(words, thing);
}

/* A word for a thing in the user's language, else in English, else the text itself. */
static const char *
word_of(const char *kind, const char *text)
{
    g_autofree char *thing = g_strconcat(kind, ".", text, NULL);
    GHashTable *names = catalogue_words(thing);
    const char *name = names ? portal_name(names) : "";
    if (!*name && names)
        name = g_hash_table_lookup(names, "en");
    return name && *name ? name : text;
}

const char *
catalogue_country(const char *code)
{
    return word_of("country", code);
}

const char *
catalogue_region(const char *region)
{
    return word_of("region", region);
}

/* --- a line ------------------------------------------------------------------------------ */

struct table {
    const char *path;
    char *country; /* the file's name */
    char **columns;
    int line;
    GPtrArray *problems; /* or NULL */
};

static void wrong(const struct table *table, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
wrong(const struct table *table, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    if (table->problems)
        g_ptr_array_add(table->problems,
                        g_strdup_printf(_("%s:%d: %s"), table->path, table->line, why));
}

/*
 * All words of a thing, and as the plain one that of the language; the id where there is none.  The
 * same names are shared by all that is called so.
 */
static GHashTable *
names_of(const char *kind, const char *id, const char *language)
{
    static GHashTable *shared;
    if (!shared)
        shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_hash_table_unref);
    g_autofree char *thing = g_strconcat(kind, ".", id, NULL);
    g_autofree char *key = g_strconcat(thing, " ", language, NULL);
    GHashTable *names = g_hash_table_lookup(shared, key);
    if (names)
        return g_hash_table_ref(names);
    names = names_new();
    GHashTable *words = catalogue_words(thing);
    GHashTableIter iter;
    gpointer code, word;
    if (words) {
        g_hash_table_iter_init(&iter, words);
        while (g_hash_table_iter_next(&iter, &code, &word))
            g_hash_table_insert(names, g_strdup(code), g_strdup(word));
    }
    const char *plain = words ? g_hash_table_lookup(words, language) : NULL;
    if (!plain && words)
        plain = g_hash_table_lookup(words, "en");
    g_hash_table_insert(names, g_strdup(""), g_strdup(plain ? plain : id));
    g_hash_table_insert(shared, g_steal_pointer(&key), names);
    return g_hash_table_ref(names);
}

static void
name(GHashTable **to, const char *kind, const char *id, const char *language)
{
    g_hash_table_unref(*to);
    *to = names_of(kind, id, language);
}

static struct portal_edition *
edition_of(struct portal *portal, const char *id)
{
    struct portal_edition *edition = (struct portal_edition *)portal_find_edition(portal, id);
    if (edition)
        return edition;
    edition = portal_add_edition(portal, id);
    edition->language = g_strdup(id);
    name(&edition->names, "language", id, id);
    return edition;
}

/* "da/news list https://…", one after the other. */
static bool
take_sections(const struct table *table, struct portal *portal, const char *cell)
{
    g_auto(GStrv) words = g_strsplit(cell, " ", -1);
    guint count = g_strv_length(words);
    if (!count || count % 3) {
        wrong(table, _("sections are written as EDITION/SECTION list|feed URL, by blanks"));
        return false;
    }
    for (guint i = 0; i < count; i += 3) {
        const char *slash = strchr(words[i], '/'), *kind = words[i + 1], *url = words[i + 2];
        bool feed = g_str_equal(kind, "feed");
        if (!slash || slash == words[i] || !slash[1] || (!feed && !g_str_equal(kind, "list")) ||
            !url_is_web(url)) {
            wrong(table, _("'%s %s %s' is no section"), words[i], kind, url);
            return false;
        }
        g_autofree char *language = g_strndup(words[i], slash - words[i]);
        struct portal_edition *edition = edition_of(portal, language);
        struct portal_section *section = portal_add_section(portal, slash + 1);
        section->edition = edition;
        section->kind = feed ? PORTAL_FEED : PORTAL_LIST;
        section->url = g_strdup(url);
        name(&section->names, "section", section->id, language);
    }
    return true;
}

static bool
take_text(char **to, const char *cell)
{
    *to = g_strdup(cell);
    return true;
}

static bool
take_cell(const struct table *table, struct portal *portal, const char *column, const char *cell)
{
    static const struct {
        const char *column;
        size_t at;
    } texts[] = {
        {"Id", G_STRUCT_OFFSET(struct portal, id)},
        {"Kind", G_STRUCT_OFFSET(struct portal, place.kind)},
        {"Region", G_STRUCT_OFFSET(struct portal, place.region)},
        {"Spellings", G_STRUCT_OFFSET(struct portal, place.spellings)},
        {"Home", G_STRUCT_OFFSET(struct portal, home)},
        {"Origin", G_STRUCT_OFFSET(struct portal, place.origin)},
        {"Verified", G_STRUCT_OFFSET(struct portal, place.verified)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_str_equal(column, texts[i].column))
            return take_text((char **)((char *)portal + texts[i].at), cell);
    if (g_str_equal(column, "Sections"))
        return take_sections(table, portal, cell);
    if (g_str_equal(column, "TimeZone"))
        return date_style_set_zone(&portal->dates, cell);
    if (g_str_has_prefix(column, "Name")) {
        g_autofree char *language = g_str_has_prefix(column, "Name[")
                                        ? g_strndup(column + 5, strcspn(column + 5, "]"))
                                        : g_strdup("");
        g_hash_table_insert(portal->names, g_steal_pointer(&language), g_strdup(cell));
        return true;
    }
    wrong(table, _("unknown column '%s'"), column);
    return false;
}

/* NULL, reported, when the line is wrong. */
static struct portal *
portal_of(const struct table *table, const char *line)
{
    AUTO(portal_free) struct portal *portal = portal_new();
    portal->file = g_strdup(table->path);
    portal->place.country = g_strdup(table->country);
    g_auto(GStrv) cells = g_strsplit(line, "\t", -1);
    if (g_strv_length(cells) != g_strv_length(table->columns)) {
        wrong(table, _("it has other columns than the first line"));
        return NULL;
    }
    for (guint i = 0; cells[i]; i++)
        if (*cells[i] && !take_cell(table, portal, table->columns[i], cells[i]))
            return NULL;
    const char *fault = portal_place_fault(&portal->place);
    if (fault || !portal->id || !*portal_plain_name(portal->names) || !portal->sections->len ||
        (portal->home && !url_is_web(portal->home))) {
        wrong(table, _("'%s' is missing or wrong"),
              fault                    ? fault
              : !portal->id            ? "Id"
              : !portal->sections->len ? "Sections"
              : portal->home           ? "Home"
                                       : "Name");
        return NULL;
    }
    return g_steal_pointer(&portal);
}

/* --- a table ----------------------------------------------------------------------------- */

/* Whether the line's first cell is the id; of a line that is not asked for nothing else is read. */
static bool
is_of(const char *line, const char *id)
{
    size_t length = strlen(id);
    return !strncmp(line, id, length) && line[length] == '\t';
}

void
catalogue_table_read(const char *path, const char *id, GPtrArray *portals, GHashTable *seen,
                     GPtrArray *problems)
{
    g_autofree char *text = NULL, *base = g_path_get_basename(path);
    g_autoptr(GError) error = NULL;
    struct table table = {.path = path, .problems = problems};
    if (!file_get_text(path, &text, NULL, &error)) {
        wrong(&table, "%s", error->message);
        return;
    }
    if (!g_utf8_validate(text, -1, NULL)) {
        wrong(&table, _("it is not UTF-8"));
        return;
    }
    g_autofree char *country = g_strndup(base, strcspn(base, "."));
    g_auto(GStrv) columns = NULL;
    table.country = country;
    char *rest = text;
    while (rest) {
        char *line = rest;
        rest = strchr(line, '\n');
        if (rest)
            *rest++ = '\0';
        if (g_str_has_suffix(line, "\r"))
            line[strlen(line) - 1] = '\0';
        table.line++;
        if (!*line || *line == '#')
            continue;
        if (!columns) {
            columns = table.columns = g_strsplit(line, "\t", -1);
            continue;
        }
        if (id && !is_of(line, id))
            continue;
        struct portal *portal = portal_of(&table, line);
        if (portal && g_hash_table_add(seen, g_strdup(portal->id)))
            g_ptr_array_add(portals, portal);
        else if (portal)
            portal_free(portal);
    }
}
