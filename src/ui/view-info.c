/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an article comes from, and how its source is doing. */
#include "config.h"

#include "base/clock.h"
#include "base/detail.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/url.h"
#include "reader/condition.h"
#include "reader/heading.h"
#include "reader/withdrawal.h"
#include "ui/app.h"
#include "ui/diff-lines.h"
#include "ui/page-view.h"
#include "ui/source-actions.h"
#include "ui/views.h"

#include <string.h>

static void
add_fact(struct view *v, const char *label, const char *value)
{
    g_autofree char *shown = value && *value ? url_shown(value) : NULL;
    if (shown)
        page_view_add(v, "%s\t%s", label, shown);
}

static void
add_moment(struct view *v, const char *label, int64_t time)
{
    g_autofree char *text = time ? diff_time(time) : NULL;
    add_fact(v, label, text);
}

/* What became of it since: "in order" below is said of the source. */
static void
add_fate(struct view *v, const struct article_row *row)
{
    int changes = row->revisions - 1;
    g_autofree char *times =
        g_strdup_printf(ngettext("%d time", "%d times", MAX(changes, 0)), MAX(changes, 0));
    if (changes > 0)
        add_fact(v, _("Text changed"), times);
    if (!row->withdrawn)
        return;
    g_autofree char *why = withdrawal_words(&row->withdrawal),
                    *when = row->withdrawn_at ? diff_time(row->withdrawn_at) : g_strdup(""),
                    *text = g_strconcat(when, *when && *why ? _(": ") : "", why, NULL);
    add_fact(v, _("Withdrawn"), *text ? text : _("withdrawn by the portal"));
}

static void
add_article(struct view *v, struct store *store, const struct article_row *row)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
    g_autofree char *date = heading_date(&row->published),
                    *refused = heading_refused_date(store, row),
                    *tags = row->tags ? g_strjoinv(_(", "), row->tags) : NULL;
    page_view_add(v, "#%s", heading_title(row));
    add_fact(v, _("Number"), number);
    add_fact(v, _("Link"), row->link);
    add_fact(v, _("Published"),
             row->published.precision != DATE_NONE ? date
             : refused                             ? refused
                       : _("no date is stated, or none that can be true"));
    add_moment(v, _("First seen"), row->first_seen);
    add_fate(v, row);
    add_fact(v, _("Language"), row->language);
    add_fact(v, _("Publisher"), row->publisher);
    add_fact(v, _("Author"), row->author);
    add_fact(v, _("Tags"), tags);
    page_view_add(v, "%s", "");
}

/* --- how a source is doing ----------------------------------------------------------------- */

static void
add_state(struct view *v, const struct app *app, const struct source *s,
          const struct source_health *health)
{
    const char *state = condition_text(health->state);
    /* the warnings stand below all the rest */
    g_autofree char *whole = g_strconcat(state ? state : _("in order"),
                                         s->warnings->len ? _(", ") : "",
                                         s->warnings->len ? _("with warnings") : "", NULL);
    g_autofree char *why = s->last_error ? problem_sentence(s->last_error) : NULL,
                    *advice = s->last_error
                                  ? source_action_advice(app, CONTEXT_PAGE, s, s->last_error)
                                  : NULL,
                    *since = s->failing_since ? diff_time(s->failing_since) : NULL;
    /* who listens may not remember under which heading that stands */
    add_fact(v, app->plain ? _("State of the source") : _("State"),
             /* TRANSLATORS: the state of a source of which there are articles still */
             s->active ? whole : _("not subscribed, so it is not fetched"));
    add_fact(v, _("Failing since"), s->failures ? since : NULL); /* how often says "Last fetches" */
    add_fact(v, _("Last error"), why);
    add_fact(v, _("What to do"), advice);
    g_autofree char *until = health->waits_until ? diff_time(health->waits_until) : NULL,
                    *host = url_host_shown(s->url);
    /* TRANSLATORS: until when no request is sent, and the host that has said so (Retry-After) */
    g_autofree char *wait =
        until && host ? g_strdup_printf(_("%s; %s has asked for that"), until, host) : NULL;
    add_fact(v, _("Not before"), wait ? wait : until);
}

/* What is dated in the last days: columns where they can be shown, and the same in numbers. */
static void
add_days(struct view *v, const struct app *app, const struct source *s, int64_t now)
{
    guint days[HEALTH_DAYS], sum = 0;
    int fullest = 0;
    condition_days(app->session->store, s->id, now, days);
    for (int i = 0; i < HEALTH_DAYS; i++) {
        sum += days[i];
        fullest = days[i] >= days[fullest] ? i : fullest;
    }
    g_autofree char *columns = condition_sparkline(days);
    if (!app->ascii && !app->plain)
        add_fact(v, _("Last 30 days"), columns);
    g_autofree char *count =
        g_strdup_printf(ngettext("%u article in 30 days", "%u articles in 30 days", sum), sum);
    g_autoptr(GDateTime) today = g_date_time_new_from_unix_local(now);
    g_autoptr(GDateTime) then = today ? g_date_time_add_days(today, fullest - HEALTH_DAYS + 1)
                                      : NULL;
    g_autofree char *day = then ? g_date_time_format(then, "%Y-%m-%d") : g_strdup("");
    /* TRANSLATORS: "12 articles in 30 days", on which day there were most of them, and how many */
    g_autofree char *text = g_strdup_printf(_("%s; the most on %s: %u"), count, day, days[fullest]);
    add_fact(v, _("It published"), sum ? text : count);
}

static void
add_rhythm(struct view *v, const struct app *app, const struct source *s,
           const struct source_health *health, int64_t now)
{
    struct listing listing = {.source = s->id};
    long all = (long)listing_count(app->session->store, &listing, NULL);
    listing.unread_only = true;
    long unread = (long)listing_count(app->session->store, &listing, NULL);
    g_autofree char *counts = all ? g_strdup_printf(_("%ld, %ld of them unread"), all, unread)
                                  : g_strdup("0");
    add_fact(v, _("Articles"), counts);
    add_days(v, app, s, now);
    struct date newest = source_newest(app->session->store, s->id, now);
    g_autofree char *date = heading_date(&newest);
    add_fact(v, _("Newest"), date);
    if (!health->usual_gap)
        return;
    double hours = (double)health->usual_gap / 3600;
    bool soon = hours < 36;
    g_autofree char *number = message_decimal(soon ? MAX(hours, 0.1) : hours / 24),
                    *gap = g_strdup_printf(soon ? _("%s hours") : _("%s days"), number);
    add_fact(v, _("Usual gap"), gap);
}

/* How the last fetches ended: what failed now and then fails again. */
static void
add_history(struct view *v, const struct app *app, const struct source *s)
{
    g_autofree char *history = sources_history(app->session->store, s->id);
    g_autofree char *signs = condition_history(history, app->ascii),
                    *words = condition_history_text(history);
    if (!app->plain)
        add_fact(v, _("Last fetches"), signs);
    add_fact(v, app->plain ? _("Last fetches") : "", words);
}

static void
add_warnings(struct view *v, const struct app *app, const struct source *s)
{
    g_autoptr(GPtrArray) troubles = source_action_troubles(app, s);
    for (guint i = 0; i < troubles->len; i++) {
        const struct trouble *trouble = g_ptr_array_index(troubles, i);
        add_fact(v, _("Warning"), trouble->words);
        add_fact(v, _("What to do"), trouble->advice);
    }
}

static void
add_source(struct view *v, struct app *app, const struct source *s)
{
    int64_t now = clock_now();
    struct store *store = app->session->store;
    g_autoptr(GHashTable) hosts = sources_waiting_hosts(store, now, NULL);
    if (!hosts)
        hosts = g_hash_table_new(g_str_hash, g_str_equal);
    struct source_health health =
        source_health(store, s, urls_find(app->session->urls, s->url), hosts, now);
    page_view_add(v, "#%s", s->name);
    add_state(v, app, s, &health);
    add_rhythm(v, app, s, &health, now);
    page_view_add(v, "%s", "");
    add_history(v, app, s);
    add_moment(v, _("Last fetch"), s->last_attempt);
    if (s->last_success)
        add_moment(v, _("Last success"), s->last_success);
    else
        add_fact(v, _("Last success"), _("never"));
    add_moment(v, _("Last new article"), s->last_new);
    add_moment(v, _("Next fetch"), s->active ? s->next_due : 0);
    bool is_file = g_str_has_prefix(s->url, "file:"); /* which no server answers for */
    g_autofree char *status = s->http_status && !is_file ? g_strdup_printf("%d", s->http_status)
                                                         : NULL;
    add_fact(v, _("HTTP status"), status);
    add_moment(v, _("Certificate until"), s->certificate_expires);
    page_view_add(v, "%s", "");
    add_fact(v, _("Source"), s->public_url);
    add_fact(v, _("Home page"), s->home);
    add_fact(v, _("Moved to"), s->moved_to);
    add_fact(v, _("Charset"), s->charset);
    g_autofree char *evidence = s->charset_evidence ? detail_evidence(s->charset_evidence) : NULL;
    add_fact(v, _("Evidence"), evidence);
    add_warnings(v, app, s);
}

static void
fill(struct view *v, struct app *app)
{
    const struct page_request *of = page_view_request(v);
    struct store *store = app->session->store;
    AUTO(article_row_free)
    struct article_row *row = of->article ? listing_article(store, of->article, NULL) : NULL;
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT, of->source);
    AUTO(source_free) struct source *s = sources_find(store, name, NULL);
    if (row)
        add_article(v, store, row);
    if (s)
        add_source(v, app, s);
}

struct view *
info_view_new(struct app *app, int64_t source, int64_t article)
{
    return page_view_new_filled(
        app, &(struct page_request){
                 .title = _("Information"), .fill = fill, .source = source, .article = article});
}
