/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may be wrong with a list that was found without rules, told from its entries: days that are
 * missing, a label taken for the title of all, rows that were left out.  What is ordinary is not
 * said: an entry pinned to the top has no day, and the meetings of one council have one name.
 */
#include "config.h"

#include "portal/list-parts.h"

#define FEW  3  /* entries that are too few to say anything */
#define MANY 10 /* a part of so many that is worth a word; slips in links are no more than that */

static void
warn_of_days(const struct list *list, struct page *page)
{
    guint without = 0, all = list->entries->len;
    for (guint i = 0; i < all; i++)
        without +=
            ((const struct list_entry *)g_ptr_array_index(list->entries, i))->published.precision ==
            DATE_NONE;
    if (all >= FEW && without * 2 > all)
        page_warn(page, "no-dates", "%u of %u entries have no date", without, all);
}

/* Entries with the title and the day of others count: nothing but the link tells them apart. */
static void
warn_of_titles(const struct list *list, struct page *page)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint same = 0, all = list->entries->len;
    const char *title = NULL;
    for (guint i = 0; i < all; i++) {
        const struct list_entry *entry = g_ptr_array_index(list->entries, i);
        g_autofree char *day =
            entry->published.precision == DATE_NONE ? NULL : date_iso(&entry->published);
        if (g_hash_table_add(seen, g_strdup_printf("%s\n%s", entry->title, day ? day : "")))
            continue;
        same++;
        title = entry->title;
    }
    if (all > FEW && same * 2 >= all)
        page_warn(page, "same-title", "%u of %u entries have the title of others: '%s'", same, all,
                  title);
}

void
list_warn(const struct list *list, struct page *page)
{
    const struct list_doubts *doubts = &list->doubts;
    if (!doubts->guessed)
        return;
    if (doubts->rivals)
        page_warn(page, "near-tie", "a list of %u rows elsewhere on the page is nearly as likely",
                  doubts->rivals);
    warn_of_days(list, page);
    warn_of_titles(list, page);
    if (doubts->doubles * MANY > list->entries->len)
        page_warn(page, "rows-dropped", "%u rows were left out, because others have their links",
                  doubts->doubles);
}
