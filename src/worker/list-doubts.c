/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for what makes one doubt a list, for `portal check` and `portal new`. */
#include "config.h"

#include "base/i18n.h"
#include "portal/list-compare.h"
#include "worker/commands.h"

/*
 * How much of a list may look wrong before it is said: some notices are called "Notice" on every
 * portal, and a list of forms has no days.
 */
#define LABELS   4 /* one in so many */
#define REPEATED 3
#define UNDATED  2

static void say(const struct worker_listener *to, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
say(const struct worker_listener *to, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *sentence = g_strdup_vprintf(format, args);
    va_end(args);
    to->say(to->data, sentence);
}

static void
say_differences(const struct list *list, const struct list *repeated,
                const struct portal_section *section, const struct worker_listener *to)
{
    struct list_difference d;
    list_compare(list, repeated, section, &d);
    if (d.missing && !d.common) {
        say(to, _("what repeats on this page is another list, of %u entries; its first is '%s'"),
            repeated->entries->len, d.example->title);
        return;
    }
    if (d.missing)
        say(to,
            ngettext("%u entry repeats on this page and is not taken: '%s'",
                     "%u entries repeat on this page and are not taken; the first is '%s'",
                     d.missing),
            d.missing, d.example->title);
    if (d.extra)
        say(to,
            ngettext("%u entry is taken that does not repeat with the others: '%s'",
                     "%u entries are taken that do not repeat with the others; the first is '%s'",
                     d.extra),
            d.extra, d.added->title);
    if (d.titles)
        say(to, _("titles other than what repetition reads: %u of %u; '%s', not '%s'"), d.titles,
            d.common, d.titled->title, d.retitled->title);
    if (d.undated)
        say(to, _("days that are not taken, though repetition reads them: %u of %u"), d.undated,
            d.common);
    if (d.days) {
        g_autofree char *own = date_iso(&d.dated->published),
                        *other = d.redated->published.precision != DATE_NONE
                                     ? date_iso(&d.redated->published)
                                     : g_strdup("-");
        say(to, _("days other than what repetition reads: %u of %u; %s, not %s"), d.days, d.common,
            own, other);
    }
}

void
worker_doubt(const struct list *list, const struct list *repeated,
             const struct portal_section *section, const struct worker_listener *to)
{
    guint count = list->entries->len;
    struct list_flaws d;
    list_find_flaws(list, &d);
    if (d.labels * LABELS >= count && d.labels)
        say(to, _("titles that may be labels of links: %u of %u; '%s'"), d.labels, count, d.label);
    else if (d.repeated * REPEATED >= count && d.repeated > 2)
        say(to, _("entries with the same title: %u of %u; '%s'"), d.repeated, count,
            d.repeated_title);
    if (d.undated * UNDATED > count)
        say(to, _("entries without a day: %u of %u"), d.undated, count);
    if (repeated)
        say_differences(list, repeated, section, to);
}
