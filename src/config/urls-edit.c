/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rewriting the `urls` file.  Comments and order survive; a line that this file writes is one that
 * urls.c reads as it was meant.
 */
#include "config.h"

#include "base/clean.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/url.h"
#include "config/catalogue.h"
#include "config/outline.h"
#include "config/settings.h"
#include "config/urls.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The file between being read and being replaced. */
struct edit {
    const char *config_dir;
    char *path;
    int lock;
    char *old;
    const char *line_end;
};

static void
edit_clear(struct edit *edit)
{
    if (edit->lock >= 0)
        close(edit->lock);
    g_free(edit->path);
    g_free(edit->old);
}
DEFINE_AUTO_CLEAR(edit, edit_clear)

static bool
edit_begin(struct edit *edit, const char *config_dir, GError **error)
{
    *edit = (struct edit){config_dir, g_build_filename(config_dir, "urls", NULL), -1, NULL, "\n"};
    if (g_mkdir_with_parents(config_dir, 0700) < 0) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot create '%s': %s"), config_dir,
                    g_strerror(errno));
        return false;
    }
    g_autoptr(GError) why = NULL;
    edit->lock = file_lock(edit->path, &why);
    if (edit->lock < 0) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot write '%s': %s"), edit->path,
                    why->message);
        return false;
    }
    edit->old = urls_read(edit->path, error);
    if (edit->old && strstr(edit->old, "\r\n"))
        edit->line_end = "\r\n";
    return edit->old != NULL;
}

static bool
edit_end(struct edit *edit, const GString *text, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (file_replace(edit->path, text->str, text->len, 0600, &why))
        return true;
    g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot write '%s': %s"), edit->path,
                why->message);
    return false;
}

/* A line of urls; title and tags may be NULL. */
static char *
make_line(const char *url, const char *title, char *const *tags)
{
    char *none[] = {NULL};
    const struct outline line = {
        .url = (char *)url, .title = (char *)title, .tags = tags ? (char **)tags : none};
    return outline_line(&line);
}

static void
append_line(const struct edit *edit, GString *text, const char *line)
{
    if (text->len && text->str[text->len - 1] != '\n')
        g_string_append(text, edit->line_end);
    g_string_append(text, line);
    g_string_append(text, edit->line_end);
}

/* The old text and a line behind it. */
static bool
edit_append(struct edit *edit, const char *line, GError **error)
{
    g_autoptr(GString) text = g_string_new(edit->old);
    append_line(edit, text, line);
    return edit_end(edit, text, error);
}

/* What a line names: its first word, or nothing. */
static char *
name_of(const char *line)
{
    const char *why = NULL;
    if (g_str_has_prefix(line, BYTE_ORDER_MARK))
        line += strlen(BYTE_ORDER_MARK);
    g_autoptr(GPtrArray) words = urls_split_line(line, &why);
    return g_strdup(words && words->len ? g_ptr_array_index(words, 0) : "");
}

/* Whether a name is that of a part of another, or the same. */
static bool
is_in(const char *name, const char *whole)
{
    gsize length = strlen(whole);
    return length && !strncmp(name, whole, length) && (!name[length] || name[length] == '/');
}

/* What a line is to one that is put in. */
enum part {
    PART_NONE,
    PART_COVERED, /* of its portal, and says nothing that it does not say */
    PART_OWN,     /* with a title, tags or words of its own, which would be lost */
};

static enum part
part_of(const char *line, const char *name, const struct outline *whole)
{
    const char *why = NULL;
    if (!is_in(name, whole->url) || g_str_equal(name, whole->url))
        return PART_NONE;
    g_autoptr(GPtrArray) words = urls_split_line(line, &why);
    bool own = strchr(line, '#') != NULL; /* a comment */
    for (guint i = 1; i < words->len; i++) {
        const char *word = g_ptr_array_index(words, i);
        own |= *word == '~' ? g_strcmp0(word + 1, whole->title) != 0
                            : !g_strv_contains((const char *const *)whole->tags, word);
    }
    return own ? PART_OWN : PART_COVERED;
}

/*
 * The lines that one of a portal takes the place of, by their indices; *place: where it stands
 * then, or -1 for the end.  A line stays, however little it says, above one that stays and has a
 * part of it: that one's title and tags would be the part's.
 */
static GHashTable *
find_covered(char *const *lines, const struct outline *whole, int *place)
{
    GHashTable *covered = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) staying = g_ptr_array_new_with_free_func(g_free);
    *place = -1;
    for (int i = (int)g_strv_length((char **)lines); i-- > 0;) {
        g_autofree char *name = name_of(lines[i]);
        enum part part = part_of(lines[i], name, whole);
        for (guint n = 0; part == PART_COVERED && n < staying->len; n++) {
            const char *below = g_ptr_array_index(staying, n);
            if (is_in(name, below) || is_in(below, name))
                part = PART_OWN;
        }
        if (part == PART_OWN)
            g_ptr_array_add(staying, g_steal_pointer(&name));
        else if (part == PART_COVERED && g_hash_table_add(covered, GINT_TO_POINTER(i)))
            *place = staying->len ? *place : i;
    }
    return covered;
}

/*
 * Puts in a line of a portal in the place of those of its parts that it covers: false when it
 * covers none.  It stands below the others, whose titles and tags are those of what they name.
 */
static bool
replace_parts(const struct edit *edit, GString *text, const struct outline *whole, const char *line)
{
    g_autofree char *below = g_strconcat(whole->url, "/", NULL);
    if (!g_str_has_prefix(whole->url, "portal:") || !strstr(text->str, below))
        return false;
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    int place;
    g_autoptr(GHashTable) covered = find_covered(lines, whole, &place);
    if (!g_hash_table_size(covered))
        return false;
    g_string_truncate(text, 0);
    for (int i = 0; lines[i]; i++) {
        if (i == place)
            append_line(edit, text, line);
        else if (!g_hash_table_contains(covered, GINT_TO_POINTER(i)))
            g_string_append_printf(text, "%s%s", lines[i], lines[i + 1] ? "\n" : "");
    }
    if (place < 0)
        append_line(edit, text, line);
    return true;
}

static void
put_line(const struct edit *edit, GString *text, const struct outline *outline, const char *line)
{
    if (!replace_parts(edit, text, outline, line))
        append_line(edit, text, line);
}

/*
 * Whether a portal's line says more than those that yield all of it now: what the portal gets later
 * is of it, too.  So it is where only lines of its parts do, and these are the user's.
 */
static bool
is_wider(const struct urls *old, const struct urls *line, const char *text, const char *url)
{
    g_autofree char *below = g_strconcat(url, "/", NULL);
    if (!g_str_has_prefix(url, "portal:") || !strstr(text, below))
        return false;
    for (guint i = 0; i < line->subscriptions->len; i++) {
        const struct subscription *s = g_ptr_array_index(line->subscriptions, i);
        const struct subscription *known = urls_find(old, s->url);
        if (known && known->file)
            return false;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **other = lines; *other; other++) {
        g_autofree char *name = name_of(*other);
        if (is_in(url, name))
            return false;
    }
    return true;
}

/* Whether a line yields something that is not there yet. */
static bool
is_fresh(const struct urls *old, const struct urls *line)
{
    for (guint i = 0; i < line->subscriptions->len; i++)
        if (!urls_find(
                old, ((const struct subscription *)g_ptr_array_index(line->subscriptions, i))->url))
            return true;
    return false;
}

static bool
refuse_known(const struct urls *old, const struct urls *line, const char *url, GError **error)
{
    const struct subscription *first =
        line->subscriptions->len ? g_ptr_array_index(line->subscriptions, 0) : NULL;
    const struct subscription *known = first ? urls_find(old, first->url) : NULL;
    bool same = known && !g_strcmp0(known->title, first->title) &&
                g_strv_equal((const char *const *)known->tags, (const char *const *)first->tags);
    if (same || !known || (!first->title && !*first->tags))
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_EXISTS, _("'%s' is subscribed to already"),
                    url);
    else
        g_set_error(
            error, CONFIG_ERROR, CONFIG_ERROR_EXISTS,
            _("'%s' is subscribed to already, with another title or other tags: change them in line %d of '%s'"),
            url, known->line, known->file ? known->file : old->file);
    return false;
}

/*
 * The tags as they can stand in a line; NULL and error for one that would be read as something
 * else.
 */
static char **
clean_tags(char *const *tags, GError **error)
{
    g_autoptr(GPtrArray) clean = g_ptr_array_new_with_free_func(g_free);
    for (char *const *tag = tags; tag && *tag; tag++) {
        g_autofree char *word = text_squeeze(*tag, -1);
        if (!*word || *word == '~' || *word == '!') {
            g_set_error(
                error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX,
                _("'%s' cannot be a tag: one is not empty, and begins with neither ~ nor !"), word);
            return NULL;
        }
        if (!g_ptr_array_find_with_equal_func(clean, word, g_str_equal, NULL))
            g_ptr_array_add(clean, g_steal_pointer(&word));
    }
    g_ptr_array_add(clean, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&clean), FALSE);
}

bool
urls_append(const char *config_dir, const char *url, const char *title, char *const *tags,
            GError **error)
{
    g_auto(GStrv) clean = clean_tags(tags, error);
    if (!clean)
        return false;
    g_autofree char *name = title ? text_squeeze(title, -1) : NULL;
    g_autofree char *line = make_line(url, name, clean);
    AUTO(urls_free) struct urls *tried = urls_parse(config_dir, "urls", line);
    if (tried->problems->len) {
        const struct urls_problem *problem = g_ptr_array_index(tried->problems, 0);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, problem->why);
        return false;
    }
    if (g_hash_table_size(tried->hidden)) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
                    _("'%s' hides a source, and is none"), url);
        return false;
    }
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    if (!edit_begin(&edit, config_dir, error))
        return false;
    AUTO(urls_free) struct urls *old = urls_parse(config_dir, edit.path, edit.old);
    if (!urls_add_system(old, config_dir, error))
        return false;
    if (!is_fresh(old, tried) && !is_wider(old, tried, edit.old, url))
        return refuse_known(old, tried, url, error);
    g_autoptr(GString) text = g_string_new(edit.old);
    put_line(&edit, text, &(struct outline){.url = (char *)url, .title = name, .tags = clean},
             line);
    return edit_end(&edit, text, error);
}

char *
urls_query_title(const char *wanted)
{
    g_autofree char *plain = g_strdelimit(g_strdup(wanted), ":", ' ');
    return text_squeeze(plain, -1);
}

bool
urls_append_query(const char *config_dir, const char *title, const char *query, GError **error)
{
    g_autofree char *name = urls_query_title(title);
    g_autofree char *clean = text_squeeze(query, -1);
    g_autofree char *written = g_strdup_printf("query:%s:%s", name, clean);
    g_autofree char *line = make_line(written, NULL, NULL);
    AUTO(urls_free) struct urls *tried = urls_parse(config_dir, "urls", line);
    if (tried->problems->len) {
        const struct urls_problem *problem = g_ptr_array_index(tried->problems, 0);
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_SYNTAX, problem->why);
        return false;
    }
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    return edit_begin(&edit, config_dir, error) && edit_append(&edit, line, error);
}

/* --- many at once ------------------------------------------------------------------------- */

/* By what two are the same: portals and queries by their names. */
static char *
identity_of(const char *url)
{
    char *identity = url_is_web(url) ? url_identity(url) : NULL;
    return identity ? identity : g_strdup(url);
}

/* A page that is read by rules: the same page by other rules is another one. */
static char *
rules_identity(const struct portal_section *section)
{
    const GPtrArray *rows = section->rows.paths;
    g_autofree char *identity = section->url ? identity_of(section->url) : g_strdup("");
    return g_strdup_printf("rules:%s\n%s", identity,
                           rows && rows->len ? (const char *)g_ptr_array_index(rows, 0) : "");
}

/* Notes what a list of lines yields; whether any of it was not there. */
static bool
note(GHashTable *known, const struct urls *urls)
{
    bool fresh = false;
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *s = g_ptr_array_index(urls->subscriptions, i);
        fresh |= g_hash_table_add(known, identity_of(s->url));
        if (s->section && s->section->kind == PORTAL_FEED)
            g_hash_table_add(known, identity_of(s->section->url));
        else if (s->section)
            g_hash_table_add(known, rules_identity(s->section));
    }
    for (guint i = 0; i < urls->queries->len; i++) {
        const struct saved_query *q = g_ptr_array_index(urls->queries, i);
        fresh |= g_hash_table_add(known, g_strdup_printf("query:%s:%s", q->title, q->query));
    }
    return fresh;
}

/* A name that no portal has: "imported-city.example", then "imported-city.example-2". */
static char *
free_name(const struct edit *edit, GHashTable *known, const struct portal_section *section)
{
    g_autofree char *host = url_host(section->url);
    for (guint n = 1;; n++) {
        char *name = n == 1 ? g_strdup_printf("imported-%s", host ? host : "")
                            : g_strdup_printf("imported-%s-%u", host ? host : "", n);
        g_strdelimit(name, ":/", '-'); /* of an address in IPv6 */
        if (!catalogue_has(edit->config_dir, name) &&
            g_hash_table_add(known, g_strconcat("portal:", name, NULL)))
            return name;
        g_free(name);
    }
}

/* Appends the line of a portal file that is to be written, if it is new. */
static void
import_rules(const struct edit *edit, GHashTable *known, struct outline *outline, GString *text)
{
    g_autoptr(GError) error = NULL;
    AUTO(portal_free) struct portal *portal = outline_portal(outline, "imported", &error);
    const struct portal_section *section = portal ? g_ptr_array_index(portal->sections, 0) : NULL;
    if (!portal) {
        outline_refuse(outline, "%s", error->message);
        return;
    }
    if (!g_hash_table_add(known, rules_identity(section))) {
        outline->outcome = OUTLINE_PRESENT;
        return;
    }
    outline->outcome = OUTLINE_ADDED;
    outline->file = free_name(edit, known, section);
    g_autofree char *url = g_strconcat("portal:", outline->file, NULL),
                    *line = make_line(url, outline->title, outline->tags);
    append_line(edit, text, line);
}

/*
 * Puts an outline into the text if it is new, and says what came of it.  old: what is there, and of
 * the system; known: the same with what was put in, by names.
 */
static void
import_one(const struct edit *edit, const struct urls *old, GHashTable *known,
           struct outline *outline, GString *text)
{
    if (outline->why)
        return;
    g_autofree char *line = outline_line(outline);
    AUTO(urls_free) struct urls *tried = urls_parse(edit->config_dir, "urls", line);
    bool own = g_str_has_prefix(outline->url, "portal:");
    if (outline->portal && (!own || tried->problems->len)) {
        import_rules(edit, known, outline, text);
        return;
    }
    if (tried->problems->len) {
        const struct urls_problem *problem = g_ptr_array_index(tried->problems, 0);
        outline_refuse(outline, "%s", problem->why);
        return;
    }
    if (g_hash_table_size(tried->hidden)) {
        outline_refuse(outline, _("'%s' hides a source, and is none"), outline->url);
        return;
    }
    bool first = g_hash_table_add(known, g_strconcat("line:", outline->url, NULL)),
         fresh = note(known, tried) || (first && is_wider(old, tried, text->str, outline->url));
    outline->outcome = fresh ? OUTLINE_ADDED : OUTLINE_PRESENT;
    if (outline->outcome == OUTLINE_ADDED)
        put_line(edit, text, outline, line);
}

/* Takes away again what was written of portal files. */
static void
unwrite_portals(const char *folder, const GPtrArray *outlines, guint count)
{
    for (guint i = 0; i < count; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autofree char *name = outline->file ? g_strconcat(outline->file, ".portal", NULL) : NULL,
                        *path = name ? g_build_filename(folder, name, NULL) : NULL;
        if (path)
            unlink(path);
    }
}

/*
 * The portal files that the lines name, and then the lines: who reads `urls` finds all that it
 * names.  A failure leaves neither.
 */
static bool
write_all(struct edit *edit, const GPtrArray *outlines, const GString *text, GError **error)
{
    g_autofree char *folder = g_build_filename(edit->config_dir, "portals", NULL);
    for (guint i = 0; i < outlines->len; i++) {
        const struct outline *outline = g_ptr_array_index(outlines, i);
        g_autoptr(GError) why = NULL;
        g_autofree char *name = outline->file ? g_strconcat(outline->file, ".portal", NULL) : NULL,
                        *path = name ? g_build_filename(folder, name, NULL) : NULL;
        /* 0600: there may be a login in its address */
        if (!path || (g_mkdir_with_parents(folder, 0700) == 0 &&
                      file_replace(path, outline->portal, strlen(outline->portal), 0600, &why)))
            continue;
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("cannot write '%s': %s"), path,
                    why ? why->message : g_strerror(errno));
        unwrite_portals(folder, outlines, i);
        return false;
    }
    if (edit_end(edit, text, error))
        return true;
    unwrite_portals(folder, outlines, outlines->len);
    return false;
}

bool
urls_import(const char *config_dir, const GPtrArray *outlines, bool dry, GError **error)
{
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    if (dry) { /* nothing is made, and nobody is made to wait */
        edit.config_dir = config_dir;
        edit.line_end = "\n";
        edit.path = g_build_filename(config_dir, "urls", NULL);
        edit.old = urls_read(edit.path, error);
    }
    if (dry ? !edit.old : !edit_begin(&edit, config_dir, error))
        return false;
    AUTO(urls_free) struct urls *old = urls_parse(config_dir, edit.path, edit.old);
    if (!urls_add_system(old, config_dir, error))
        return false;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    note(known, old);
    g_autoptr(GString) text = g_string_new(edit.old);
    for (guint i = 0; i < outlines->len; i++)
        import_one(&edit, old, known, g_ptr_array_index(outlines, i), text);
    if (text->len > OUTLINES_MAX_BYTES) {
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_READ, _("'%s' is larger than %d MiB"),
                    edit.path, OUTLINES_MAX_BYTES >> 20);
        return false;
    }
    return dry || text->len == strlen(edit.old) || write_all(&edit, outlines, text, error);
}

/* --- taking out ----------------------------------------------------------------------------- */

/* Marks the lines that yield a subscription, one after the other. */
static bool
find_subscription(const struct urls *urls, const char *name, GHashTable *lines)
{
    const struct subscription *subscription = urls_find(urls, name);
    if (!subscription)
        return false;
    g_hash_table_add(lines, GINT_TO_POINTER(subscription->line));
    for (guint i = 0; i < urls->repeats->len; i++) {
        const struct urls_repeat *repeat = g_ptr_array_index(urls->repeats, i);
        if (g_str_equal(repeat->url, name))
            g_hash_table_add(lines, GINT_TO_POINTER(repeat->line));
    }
    return true;
}

static bool
find_query(const struct urls *urls, const char *name, GHashTable *lines)
{
    bool found = false;
    for (guint i = 0; i < urls->queries->len; i++) {
        const struct saved_query *query = g_ptr_array_index(urls->queries, i);
        g_autofree char *written = g_strdup_printf("query:%s:%s", query->title, query->query);
        if (!g_str_equal(written, name))
            continue;
        g_hash_table_add(lines, GINT_TO_POINTER(query->line));
        found = true;
    }
    return found;
}

/* The line of a portal that cannot be read: of one section it stands for others, too. */
static bool
find_unread(const struct urls *urls, const char *name, GHashTable *lines)
{
    bool found = false;
    for (guint i = 0; i < urls->missing->len; i++) {
        const struct urls_missing *missing = g_ptr_array_index(urls->missing, i);
        gsize length = strlen(missing->name);
        if (g_str_equal(missing->name, name)) {
            g_hash_table_add(lines, GINT_TO_POINTER(missing->line));
            found = true;
        } else if (!strncmp(name, missing->name, length) && name[length] == '/') {
            return false; /* it would still be there */
        }
    }
    return found;
}

/* Marks the lines that yield one of the names; the name that none yields, or NULL. */
static const char *
find_lines(const struct urls *urls, char *const *names, GHashTable *lines)
{
    for (char *const *name = names; *name; name++)
        if (!find_subscription(urls, *name, lines) && !find_query(urls, *name, lines) &&
            !find_unread(urls, *name, lines))
            return *name;
    return NULL;
}

/* Says that a name is not in the file; where one of the system has it, how it is got rid of. */
static bool
refuse_missing(struct edit *edit, struct urls *urls, const char *name, GError **error)
{
    if (!urls_add_system(urls, edit->config_dir, error))
        return false;
    const struct subscription *of_system = urls_find(urls, name);
    g_autofree char *shown = url_public(name);
    const struct urls_missing *of_portal = urls_find_missing(urls, name);
    if (of_portal) /* which of its sections the line stands for is not known */
        g_set_error_literal(error, CONFIG_ERROR, CONFIG_ERROR_READ, of_portal->why);
    else if (of_system)
        g_set_error(
            error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN,
            _("'%s' is subscribed to for all users by '%s': a line \"-%s\" in '%s' hides it"),
            shown, of_system->file, shown, edit->path);
    else
        g_set_error(error, CONFIG_ERROR, CONFIG_ERROR_UNKNOWN, _("'%s' is not in '%s'"), shown,
                    edit->path);
    return false;
}

/* The text without what yields the names; gone: the lines in which that is (find_lines()). */
static GString *
text_without(const struct edit *edit, const struct urls *urls, char *const *names, GHashTable *gone)
{
    GString *text = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(edit->old, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        if (!g_hash_table_contains(gone, GINT_TO_POINTER(i + 1))) {
            g_string_append(text, lines[i]);
            if (lines[i + 1])
                g_string_append_c(text, '\n');
            continue;
        }
        for (guint j = 0; j < urls->subscriptions->len; j++) {
            const struct subscription *rest = g_ptr_array_index(urls->subscriptions, j);
            if (rest->line == i + 1 && !g_strv_contains((const char *const *)names, rest->url)) {
                g_autofree char *line = make_line(rest->url, rest->title, rest->tags);
                append_line(edit, text, line);
            }
        }
    }
    return text;
}

bool
urls_remove(const char *config_dir, char *const *names, GError **error)
{
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    if (!edit_begin(&edit, config_dir, error))
        return false;
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, edit.path, edit.old);
    g_autoptr(GHashTable) gone = g_hash_table_new(NULL, NULL);
    const char *missing = find_lines(urls, names, gone);
    if (missing)
        return refuse_missing(&edit, urls, missing, error);
    g_autoptr(GString) text = text_without(&edit, urls, names, gone);
    return edit_end(&edit, text, error);
}

char *
urls_without(const char *config_dir, const char *text, char *const *names)
{
    AUTO(edit_clear)
    struct edit edit = {config_dir, NULL, -1, g_strdup(text), strstr(text, "\r\n") ? "\r\n" : "\n"};
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, "urls", text);
    g_autoptr(GHashTable) gone = g_hash_table_new(NULL, NULL);
    return find_lines(urls, names, gone)
               ? NULL
               : g_string_free(text_without(&edit, urls, names, gone), FALSE);
}

bool
urls_exchange(const char *config_dir, const char *old, const char *text, bool *done, GError **error)
{
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    if (!edit_begin(&edit, config_dir, error))
        return false;
    g_autoptr(GString) now = g_string_new(text);
    *done = g_str_equal(edit.old, old);
    return !*done || edit_end(&edit, now, error);
}

/* --- other tags ------------------------------------------------------------------------------- */

/* The subscription of a line that yields nothing else; NULL: there is none. */
static const struct subscription *
only_of_line(const struct urls *urls, const char *url)
{
    const struct subscription *found = urls_find(urls, url);
    for (guint i = 0; found && i < urls->subscriptions->len; i++) {
        const struct subscription *other = g_ptr_array_index(urls->subscriptions, i);
        if (other != found && other->line == found->line)
            return NULL;
    }
    return found;
}

bool
urls_retag(const char *config_dir, const char *url, char *const *tags, GError **error)
{
    g_auto(GStrv) clean = clean_tags(tags, error);
    AUTO(edit_clear) struct edit edit = {.lock = -1};
    if (!clean || !edit_begin(&edit, config_dir, error))
        return false;
    AUTO(urls_free) struct urls *urls = urls_parse(config_dir, edit.path, edit.old);
    const struct subscription *found = only_of_line(urls, url);
    if (!found)
        return refuse_missing(&edit, urls, url, error);
    g_autofree char *line = make_line(found->url, found->title, clean);
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(edit.old, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        bool changed = i + 1 == found->line;
        g_string_append(text, changed ? line : lines[i]);
        if (changed && g_str_has_suffix(lines[i], "\r"))
            g_string_append_c(text, '\r');
        if (lines[i + 1])
            g_string_append_c(text, '\n');
    }
    return edit_end(&edit, text, error);
}
