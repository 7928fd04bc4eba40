/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier status` for monitors: Prometheus's text format and the line of a Nagios plugin.  Both are
 * for machines: never translated, and without the secrets of URLs.
 */
#include "config.h"

#include "cli/status.h"
#include "base/message.h"

#include <string.h>

/* A value of a label: backslash, quotation mark and line feed are escaped. */
static char *
label(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text ? text : ""; *p; p++) {
        if (*p == '\\' || *p == '"')
            g_string_append_c(out, '\\');
        if (*p == '\n')
            g_string_append(out, "\\n");
        else
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* The labels by which a source is known. */
static char *
labels_of(const struct source *s)
{
    g_autofree char *title = label(s->title), *portal = label(s->portal),
                    *url = label(s->public_url);
    return g_strdup_printf("id=\"%" G_GINT64_FORMAT "\",source=\"%s\",portal=\"%s\",url=\"%s\"",
                           s->id, title, portal, url);
}

static void
head(const char *name, const char *help)
{
    print_rawf("# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* What is measured of each source; false: it is not known. */
struct measure {
    const char *name, *help;
    bool (*value)(const struct status_row *row, int64_t *value);
};

#define KNOWN(function, expression) \
    static bool function(const struct status_row *row, int64_t *value) \
    { \
        *value = (expression); \
        return *value != 0; \
    }
#define COUNTED(function, expression) \
    static bool function(const struct status_row *row, int64_t *value) \
    { \
        *value = (expression); \
        return true; \
    }
KNOWN(last_attempt, row->source->last_attempt)
KNOWN(last_success, row->source->last_success)
KNOWN(last_new, row->source->last_new)
KNOWN(next_due, MAX(row->source->next_due, row->health.waits_until))
KNOWN(http_status, row->source->http_status)
KNOWN(certificate_expires, row->source->certificate_expires)
COUNTED(failures, row->source->failures)
COUNTED(articles, row->source->total)
COUNTED(unread, row->source->unread)

/* Whether the last fetch of a source worked; of one that was never fetched nothing is said. */
static bool
up(const struct status_row *row, int64_t *value)
{
    *value = !row->source->failures && !row->source->last_error;
    return row->source->last_attempt != 0;
}

static const struct measure measures[] = {
    {"crier_source_up", "Whether the last fetch of the source worked.", up},
    {"crier_source_failures",
     "Failed fetches since the last that worked; several before it was due again count once.",
     failures},
    {"crier_source_last_attempt_timestamp_seconds", "When the source was last fetched.",
     last_attempt},
    {"crier_source_last_success_timestamp_seconds", "When a fetch of the source last worked.",
     last_success},
    {"crier_source_last_new_timestamp_seconds", "When the source last brought a new article.",
     last_new},
    {"crier_source_next_due_timestamp_seconds", "When the source is to be fetched next.", next_due},
    {"crier_source_http_status", "The HTTP status of the last answer of the source.", http_status},
    {"crier_source_certificate_expires_seconds",
     "When the certificate of the server of the source expires, in seconds since 1970.",
     certificate_expires},
    {"crier_source_articles", "Articles of the source that are kept.", articles},
    {"crier_source_unread", "Those of them that are not read.", unread},
};

void
status_print_prometheus(const GPtrArray *rows, guint lines, struct store *store, int64_t now)
{
    guint states[SOURCE_STATE_COUNT] = {0};
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < rows->len; i++) {
        const struct status_row *row = g_ptr_array_index(rows, i);
        states[row->health.state]++;
        g_ptr_array_add(labels, labels_of(row->source));
    }
    head("crier_build_info", "The version of crier.");
    print_rawf("crier_build_info{version=\"%s\"} 1\n", PACKAGE_VERSION);
    head("crier_sources", "Sources that are subscribed to, by state.");
    for (int i = 0; i < SOURCE_STATE_COUNT; i++)
        print_rawf("crier_sources{state=\"%s\"} %u\n", source_state_word((enum source_state)i),
                   states[i]);
    head("crier_urls_problems", "Lines of the file urls that cannot be used.");
    print_rawf("crier_urls_problems %u\n", lines);
    for (size_t m = 0; m < G_N_ELEMENTS(measures); m++) {
        head(measures[m].name, measures[m].help);
        for (guint i = 0; i < rows->len; i++) {
            int64_t value;
            if (measures[m].value(g_ptr_array_index(rows, i), &value))
                print_rawf("%s{%s} %" G_GINT64_FORMAT "\n", measures[m].name,
                           (const char *)g_ptr_array_index(labels, i), value);
        }
    }
    head("crier_source_state", "The state in which the source is; the others have no line.");
    for (guint i = 0; i < rows->len; i++)
        print_rawf("crier_source_state{%s,state=\"%s\"} 1\n",
                   (const char *)g_ptr_array_index(labels, i),
                   source_state_word(
                       ((const struct status_row *)g_ptr_array_index(rows, i))->health.state));
    head("crier_source_articles_per_day", "Articles a day that the source brought of late.");
    for (guint i = 0; i < rows->len && store; i++)
        print_rawf(
            "crier_source_articles_per_day{%s} %.2f\n", (const char *)g_ptr_array_index(labels, i),
            source_per_day(
                store, ((const struct status_row *)g_ptr_array_index(rows, i))->source->id, now));
}

#define NAMED 5 /* sources that the line names */

/* Text of a plugin's line: the bar parts it from what is measured. */
static void
append_text(GString *out, const char *text)
{
    for (const char *p = text; *p; p++)
        g_string_append_c(out, *p == '|' ? '/' : *p == '\n' ? ' ' : *p);
}

static void
append_row(GString *out, const struct status_row *row)
{
    append_text(out, row->source->title);
    g_string_append_printf(out, " is %s", source_state_word(row->health.state));
    if (row->source->last_error)
        g_string_append_printf(out, " (%s)", problem_word(row->source->last_error->code));
}

#define EXPIRY_WARNING (14 * 86400) /* seconds */

bool
status_is_expiring(const struct source *source, int64_t now)
{
    return source->certificate_expires && source->certificate_expires - now < EXPIRY_WARNING;
}

/* What is said behind the sources that are not as they should be. */
static void
print_expiring(const GPtrArray *expiring)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < MIN(expiring->len, NAMED); i++) {
        g_string_append(names, i ? ", " : ": ");
        append_text(names, ((const struct source *)g_ptr_array_index(expiring, i))->title);
    }
    print_rawf(", certificates of %u expire soon%s%s", expiring->len, names->str,
               expiring->len > NAMED ? ", …" : "");
}

enum nagios_status
status_print_nagios(const GPtrArray *rows, guint lines, int64_t now)
{
    guint states[SOURCE_STATE_COUNT] = {0}, bad = lines;
    g_autoptr(GPtrArray) expiring = g_ptr_array_new();
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const struct status_row *row = g_ptr_array_index(rows, i);
        enum source_state state = row->health.state;
        states[state]++;
        if (status_is_expiring(row->source, now))
            g_ptr_array_add(expiring, (gpointer)row->source);
        if (!source_state_fails(state) && !source_state_is_silent(state))
            continue;
        if (bad++ - lines < NAMED) {
            g_string_append(names, names->len ? ", " : ": ");
            append_row(names, row);
        }
    }
    guint all = rows->len + lines;
    enum nagios_status status = bad && bad == all      ? NAGIOS_CRITICAL
                                : bad || expiring->len ? NAGIOS_WARNING
                                                       : NAGIOS_OK;
    static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    if (bad)
        print_rawf("CRIER %s - %u of %u sources are not as they should be%s%s", words[status], bad,
                   all, names->str, bad - lines > NAMED ? ", …" : "");
    else
        print_rawf("CRIER %s - %u sources are as they should be", words[status], all);
    if (expiring->len)
        print_expiring(expiring);
    print_raw(" |");
    for (int i = 0; i < SOURCE_STATE_COUNT; i++)
        print_rawf(" %s=%u;;;0;%u", source_state_word((enum source_state)i), states[i], all);
    print_rawf(" urls_problems=%u;;;0\n", lines);
    return status;
}

enum nagios_status
status_print_unknown(const char *why)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_text(text, why);
    print_rawf("CRIER UNKNOWN - %s\n", text->str);
    return NAGIOS_UNKNOWN;
}
