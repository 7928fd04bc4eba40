/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for states, and columns. */
#include "config.h"

#include "reader/condition.h"
#include "base/i18n.h"

const char *
condition_text(enum source_state state)
{
    static const char *const texts[SOURCE_STATE_COUNT] = {
        /* TRANSLATORS: states of a source */
        [SOURCE_NEW] = N_("new"),         [SOURCE_WAITING] = N_("waiting"),
        [SOURCE_FAILING] = N_("failing"), [SOURCE_STALE] = N_("stale"),
        [SOURCE_GONE] = N_("gone"),       [SOURCE_EMPTY] = N_("empty"),
        [SOURCE_MOVED] = N_("moved")};
    return texts[state] ? gettext(texts[state]) : NULL;
}

void
condition_days(struct store *store, int64_t source, int64_t now, guint days[HEALTH_DAYS])
{
    g_autoptr(GDateTime) here = g_date_time_new_from_unix_local(now);
    int offset = here ? (int)(g_date_time_get_utc_offset(here) / G_TIME_SPAN_MINUTE) : 0;
    source_days(store, source, now, offset, days);
}

char *
condition_sparkline(const guint days[HEALTH_DAYS])
{
    static const char *const blocks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    guint most = 0;
    GString *out = g_string_new(NULL);
    for (int i = 0; i < HEALTH_DAYS; i++)
        most = MAX(most, days[i]);
    for (int i = 0; most && i < HEALTH_DAYS; i++)
        g_string_append(out, blocks[days[i] ? 1 + (days[i] * 7 + most / 2) / most : 0]);
    return g_string_free(out, FALSE);
}

char *
condition_history(const char *history, bool ascii)
{
    GString *out = g_string_new(NULL);
    for (const char *p = history; *p; p++)
        g_string_append(out, *p == *HISTORY_FAILED    ? (ascii ? "x" : "✗")
                             : *p == *HISTORY_BROUGHT ? (ascii ? "+" : "▪")
                                                      : (ascii ? "." : "·"));
    return g_string_free(out, FALSE);
}

char *
condition_history_text(const char *history)
{
    guint all = 0, failed = 0, brought = 0;
    for (const char *p = history; *p; p++, all++) {
        failed += *p == *HISTORY_FAILED;
        brought += *p == *HISTORY_BROUGHT;
    }
    return all ? g_strdup_printf(ngettext("%u fetch: %u brought something, %u failed",
                                          "%u fetches: %u brought something, %u failed", all),
                                 all, brought, failed)
               : g_strdup("");
}
