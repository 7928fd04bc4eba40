/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences and JSON of withdrawals. */
#include "config.h"

#include "reader/withdrawal.h"
#include "base/i18n.h"
#include "base/url.h"
#include "reader/lines.h"
#include "text/date.h"

char *
withdrawal_words(const struct withdrawal_sign *sign)
{
    const char *phrase = withdrawal_phrase(sign->kind);
    g_auto(GStrv) parts = g_strsplit(phrase ? _(phrase) : "", "{n}", -1);
    g_autofree char *number = g_strdup_printf("%d", sign->status);
    return g_strjoinv(number, parts);
}

char *
withdrawal_time(int64_t time)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(time);
    return moment ? g_date_time_format(moment, "%Y-%m-%d %H:%M") : g_strdup("");
}

/* "…: its address leads to a list (http://…)"; the words alone where the place is the article's. */
static void
add_evidence(GString *out, const struct withdrawal_sign *sign, const char *link)
{
    g_autofree char *words = withdrawal_words(sign);
    if (!*words)
        return;
    g_autofree char *place = sign->place && g_strcmp0(sign->place, link) ? url_shown(sign->place)
                                                                         : NULL;
    g_string_append_printf(out, "%s", words);
    if (place)
        g_string_append_printf(out, " (%s)", place);
}

char *
withdrawal_note(const struct article_row *row)
{
    g_autofree char *time = withdrawal_time(row->withdrawn_at);
    g_autoptr(GString) evidence = g_string_new(NULL);
    add_evidence(evidence, &row->withdrawal, row->link);
    const char *kept =
        _("This page has been withdrawn by the portal; this is the text that was kept.");
    if (!row->withdrawn_at)
        return g_strdup(kept);
    if (!evidence->len)
        /* TRANSLATORS: a time stands in place of %s */
        return g_strdup_printf(_("%s Seen %s."), kept, time);
    /* TRANSLATORS: the sentence before, a time, and by what it was seen */
    return g_strdup_printf(_("%s Seen %s: %s."), kept, time, evidence->str);
}

char *
withdrawal_event(const struct presence *presence)
{
    g_autofree char *words = withdrawal_words(&presence->sign);
    if (presence->back)
        return g_strdup(_("shown again by the portal"));
    return *words ? g_strdup_printf(_("withdrawn: %s"), words)
                  : g_strdup(_("withdrawn by the portal"));
}

static char *
line_of(const struct presence *gone, const struct presence *back)
{
    g_autofree char *from = withdrawal_time(gone->at), *to = withdrawal_time(back->at),
                    *words = withdrawal_words(&gone->sign);
    /* TRANSLATORS: two times, and by what the withdrawal was seen */
    return *words ? g_strdup_printf(_("Withdrawn from %s to %s: %s."), from, to, words)
                  : g_strdup_printf(_("Withdrawn from %s to %s."), from, to);
}

char *
withdrawal_history(struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) all = withdrawals_history(store, article);
    GString *out = g_string_new(NULL);
    const struct presence *gone = NULL;
    for (guint i = 0; i < all->len; i++) {
        const struct presence *p = g_ptr_array_index(all, i);
        g_autofree char *line = p->back && gone ? line_of(gone, p) : NULL;
        if (line)
            g_string_append_printf(out, "%s%s", out->len ? "\n" : "", line);
        gone = p->back ? NULL : p;
    }
    return g_string_free(out, !out->len);
}

static void
put_sign(json_t *o, int64_t seen, const struct withdrawal_sign *sign)
{
    json_object_set_new(o, "seen", lines_time(seen));
    json_object_set_new(o, "evidence", lines_text(withdrawal_word(sign->kind)));
    json_object_set_new(o, "status", sign->status ? json_integer(sign->status) : json_null());
    json_object_set_new(o, "place", lines_text(sign->place));
}

json_t *
withdrawal_json(const struct article_row *row)
{
    if (!row->withdrawn)
        return json_null();
    json_t *o = json_object();
    put_sign(o, row->withdrawn_at, &row->withdrawal);
    return o;
}

json_t *
withdrawals_json(struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) all = withdrawals_history(store, article);
    json_t *list = json_array();
    for (guint i = 0; i < all->len; i++) {
        const struct presence *p = g_ptr_array_index(all, i);
        json_t *o = json_object();
        json_object_set_new(o, "event", json_string(p->back ? "returned" : "withdrawn"));
        put_sign(o, p->at, &p->sign);
        json_array_append_new(list, o);
    }
    return list;
}
