/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing by links; titles are the same when one of them is all but little of the other. */
#include "config.h"

#include "portal/list-compare.h"
#include "base/url.h"
#include "portal/list-parts.h"
#include "portal/row.h"

#include <string.h>

/* Takes key. */
static void
insert_first(GHashTable *entries, char *key, const struct list_entry *entry)
{
    if (g_hash_table_contains(entries, key))
        g_free(key);
    else
        g_hash_table_insert(entries, key, (gpointer)entry);
}

/*
 * Identity of a link -> the first entry with it, and, as meetings may share their papers, identity
 * and title -> that entry; borrowed.
 */
static GHashTable *
by_link(const struct list *list)
{
    GHashTable *entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        char *identity = url_strict_identity(entry->link);
        insert_first(entries, g_strconcat(identity, "\n", entry->title, NULL), entry);
        insert_first(entries, identity, entry);
    }
    return entries;
}

static const struct list_entry *
find(GHashTable *entries, const struct list_entry *entry)
{
    g_autofree char *identity = url_strict_identity(entry->link);
    g_autofree char *both = g_strconcat(identity, "\n", entry->title, NULL);
    const struct list_entry *found = g_hash_table_lookup(entries, both);
    return found ? found : g_hash_table_lookup(entries, identity);
}

/* The letters and numbers of a text, without case. */
static char *
bare(const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = folded; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

/*
 * Whether a title of the rules is what repetition reads, but for a word or two: a number before it,
 * a cut that was undone.
 */
static bool
is_same_title(const char *ruled, const char *repeated)
{
    if (g_str_equal(ruled, repeated))
        return true;
    g_autofree char *a = bare(ruled), *b = bare(repeated);
    size_t longer = MAX(strlen(a), strlen(b)), shorter = MIN(strlen(a), strlen(b));
    return (strstr(a, b) || strstr(b, a)) && shorter * 2 >= longer;
}

static bool
is_same_day(const struct date *a, const struct date *b)
{
    g_autofree char *one = date_iso(a), *other = date_iso(b);
    return one && other && !strncmp(one, other, strlen("2025-11-20"));
}

static void
compare_entries(const struct list_entry *ruled, const struct list_entry *repeated,
                struct list_difference *out)
{
    if (!is_same_title(ruled->title, repeated->title) && !out->titles++) {
        out->titled = ruled;
        out->retitled = repeated;
    }
    bool dated = ruled->published.precision != DATE_NONE;
    if (repeated->published.precision == DATE_NONE && !dated)
        return;
    if (!dated)
        out->undated++;
    else if (!is_same_day(&ruled->published, &repeated->published) && !out->days++) {
        out->dated = ruled;
        out->redated = repeated;
    }
}

void
list_compare(const struct list *ruled, const struct list *repeated,
             const struct portal_section *section, struct list_difference *out)
{
    g_autoptr(GHashTable) known = by_link(ruled);
    *out = (struct list_difference){0};
    for (guint i = 0; i < repeated->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(repeated->entries, i);
        const struct list_entry *own = find(known, entry);
        out->common += own != NULL;
        if (own)
            compare_entries(own, entry, out);
        else if (list_wants(NULL, section, entry->title, entry->link) && !out->missing++)
            out->example = entry;
    }
    if (out->common == ruled->entries->len)
        return;
    g_autoptr(GHashTable) found = by_link(repeated);
    for (guint i = 0; i < ruled->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(ruled->entries, i);
        if (!find(found, entry) && !out->extra++)
            out->added = entry;
    }
}

/* The commonest title of a list, and how often it is there. */
static void
find_repeated(const struct list *list, struct list_flaws *out)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, entry->title)) + 1;
        g_hash_table_insert(counts, entry->title, GUINT_TO_POINTER(count));
        if (count > MAX(out->repeated, 1)) {
            out->repeated = count;
            out->repeated_title = entry->title;
        }
    }
}

void
list_find_flaws(const struct list *list, struct list_flaws *out)
{
    *out = (struct list_flaws){0};
    for (guint i = 0; i < list->entries->len; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        out->undated += entry->published.precision == DATE_NONE;
        if (row_is_label(entry->title) && !out->labels++)
            out->label = entry->title;
    }
    find_repeated(list, out);
}
