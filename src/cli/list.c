/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier list` and `crier search`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "config/languages.h"
#include "reader/heading.h"
#include "reader/lines.h"
#include "reader/snippet.h"
#include "text/cells.h"

#include <string.h>

#define SNIPPET       160 /* characters */
#define DEFAULT_LIMIT 100
#define PART          1000 /* rows that are in memory at a time */

static char *
state_letters(const struct article_row *row)
{
    GString *letters = g_string_new(NULL);
    if (row->unread)
        g_string_append_c(letters, 'U');
    if (row->starred)
        g_string_append_c(letters, 'S');
    if (row->revised)
        g_string_append_c(letters, 'R');
    if (row->withdrawn)
        g_string_append_c(letters, 'W');
    if (!letters->len)
        g_string_append_c(letters, '-');
    return g_string_free(letters, FALSE);
}

/* Day precision for people: the time of day is in the article's header. */
static char *
day_of(const struct article_row *row)
{
    struct date date = row->published;
    if (date.precision == DATE_NONE)
        return g_strdup("");
    date.precision = DATE_DAY;
    return date_iso(&date);
}

static void
print_tsv(const struct article_row *row)
{
    g_autofree char *state = state_letters(row);
    g_autofree char *published = row->published.precision == DATE_NONE ? g_strdup("")
                                                                       : date_iso(&row->published);
    const char *fields[] = {row->language, row->source_title, row->title, row->link};
    print_rawf("%" G_GINT64_FORMAT "\t%s\t%s", row->id, state, published);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *field = cli_tsv_field(fields[i]);
        print_rawf("\t%s", field);
    }
    print_raw("\n");
}

static void
append_padded(GString *line, const char *text, int width)
{
    g_autofree char *cut = cells_ellipsize(text, width, "…");
    g_string_append_printf(line, "%s%*s  ", cut, MAX(width - cells_width(cut, -1), 0), "");
}

static void
print_table(const GPtrArray *rows, int width)
{
    int number = 1, source = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
        number = MAX(number, (int)strlen(text));
        source = MAX(source, cells_width(row->source_name, -1));
    }
    source = MIN(source, width && width < 60 ? 0 : 20);
    for (guint i = 0; i < rows->len; i++) {
        const struct article_row *row = g_ptr_array_index(rows, i);
        g_autofree char *state = state_letters(row);
        g_autofree char *day = day_of(row), *name = heading_source(row, source, "…");
        GString *line = g_string_new(NULL);
        g_string_append_printf(line, "%*" G_GINT64_FORMAT "  %-3s %-10s  ", number, row->id, state,
                               day);
        if (source)
            append_padded(line, name, source);
        if (row->withdrawn)
            g_string_append(line, _("(withdrawn) "));
        g_string_append(line, heading_title(row));
        g_autofree char *cut = width ? cells_ellipsize(line->str, width, "…") : g_strdup(line->str);
        print_textf(stdout, "%s\n", cut);
        g_string_free(line, TRUE);
    }
}

/* Where something was searched for, with what is around it. */
static void
print_json(struct session *session, const struct listing *listing, const struct article_row *row)
{
    json_t *o = lines_article(row);
    if (listing->query && *listing->query->words) {
        g_autofree char *snippet = snippet_of(session->store, row->id, listing->query, SNIPPET);
        json_object_set_new(o, "snippet", cli_string(snippet));
    }
    cli_print_json(o);
}

/* A part of what is left of a list, and how many are left then; 0: all of it has been read. */
static GPtrArray *
read_part(struct session *session, const struct listing *listing, const struct article_row *last,
          int *left, GError **error)
{
    struct store *store = session->store;
    int part = listing->sort == LISTING_DATE ? MIN(*left, PART) : *left;
    GPtrArray *rows = last ? listing_rows_beside(store, listing, last, false, part, error)
                           : listing_rows(store, listing, 0, part == G_MAXINT ? -1 : part, error);
    bool ended = !rows || (int)rows->len < part;
    *left = ended ? 0 : *left == G_MAXINT ? G_MAXINT : *left - part;
    return rows;
}

/* For programs, which may read millions of them: in parts that are forgotten. */
static bool
print_in_parts(struct session *session, const struct listing *listing, int limit, bool json,
               bool *any, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    int left = limit ? limit : G_MAXINT;
    *any = false;
    while (left) {
        const struct article_row *last = rows ? g_ptr_array_index(rows, rows->len - 1) : NULL;
        GPtrArray *more = read_part(session, listing, last, &left, error);
        if (!more)
            return false;
        g_clear_pointer(&rows, g_ptr_array_unref);
        rows = more;
        for (guint i = 0; i < rows->len; i++) {
            if (json)
                print_json(session, listing, g_ptr_array_index(rows, i));
            else
                print_tsv(g_ptr_array_index(rows, i));
        }
        *any |= rows->len > 0;
    }
    return true;
}

int
cli_print_listing(struct session *session, const struct listing *listing, int limit,
                  const char *format)
{
    g_autoptr(GError) error = NULL;
    if (!session->store || session->absent) {
        if (g_str_equal(format, "table"))
            cli_has_store(session);
        return STATUS_NOTHING;
    }
    if (!g_str_equal(format, "table")) {
        bool any, json = g_str_equal(format, "json");
        return !print_in_parts(session, listing, limit, json, &any, &error) ? cli_fail(error)
               : any                                                        ? STATUS_OK
                                                                            : STATUS_NOTHING;
    }
    g_autoptr(GPtrArray)
        rows = listing_rows(session->store, listing, 0, limit ? limit : -1, &error);
    if (!rows)
        return cli_fail(error);
    if (rows->len)
        print_table(rows, cli_width());
    else
        cli_say_nothing_matched(session);
    return rows->len ? STATUS_OK : STATUS_NOTHING;
}

static int
run(struct context *context, const char *text, enum listing_sort sort, int limit, bool fold,
    const char *format)
{
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query = query_parse(text, clock_now(), &error);
    if (!query)
        return cli_fail(error);
    int status;
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    g_autofree char *languages = fold ? languages_wanted(context->settings) : NULL;
    struct listing listing = {.query = query, .sort = sort, .languages = languages};
    return cli_print_listing(session, &listing, limit, format);
}

int
cli_list(struct context *context, int argc, char **argv)
{
    AUTO(options_list_clear) struct options_list options = {.limit = DEFAULT_LIMIT};
    int status;
    if (!command_parse(context, COMMAND_LIST, &options, &argc, &argv, &status))
        return status;
    if (!cli_choice(COMMAND_LIST, "format", options.format) ||
        !cli_choice(COMMAND_LIST, "sort", options.sort))
        return STATUS_USAGE;
    if (!cli_not_negative("limit", options.limit))
        return STATUS_USAGE;
    enum listing_sort sort = LISTING_DATE;
    if (options.sort)
        listing_sort_parse(options.sort, &sort);
    g_autofree char *text = message_join_arguments(argc, argv);
    return run(context, text, sort, options.limit, options.fold,
               options.format ? options.format : "table");
}

int
cli_search(struct context *context, int argc, char **argv)
{
    AUTO(options_search_clear) struct options_search options = {.limit = DEFAULT_LIMIT};
    int status;
    if (!command_parse(context, COMMAND_SEARCH, &options, &argc, &argv, &status))
        return status;
    g_autofree char *text = message_join_arguments(argc, argv);
    if (!*g_strstrip(text)) {
        message_error(_("what to search for is missing"));
        return STATUS_USAGE;
    }
    if (!cli_choice(COMMAND_SEARCH, "format", options.format))
        return STATUS_USAGE;
    if (!cli_not_negative("limit", options.limit))
        return STATUS_USAGE;
    return run(context, text, LISTING_RELEVANCE, options.limit, false,
               options.format ? options.format : "table");
}
