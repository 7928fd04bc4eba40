/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier diff`: what changed between two revisions of an article. */
#include "config.h"

#include "base/i18n.h"
#include "base/message.h"
#include "base/number.h"
#include "base/status.h"
#include "cli/cli.h"
#include "reader/withdrawal.h"
#include "store/revisions.h"

#include <string.h>
#include <unistd.h>

/* --- JSON --------------------------------------------------------------------------------- */

static json_t *
pieces_json(const GArray *pieces)
{
    json_t *list = json_array();
    for (guint i = 0; i < pieces->len; i++) {
        const struct diff_piece *piece = &g_array_index(pieces, struct diff_piece, i);
        json_t *o = json_object();
        json_object_set_new(o, "kind", json_string(diff_kind_code(piece->kind)));
        json_object_set_new(o, "text", json_stringn(piece->text, piece->length));
        json_array_append_new(list, o);
    }
    return list;
}

static const struct diff_line *
line_of(const struct diff_step *step)
{
    return step->new ? step->new : step->old;
}

/* Lines that follow each other are one hunk, but for those that were replaced. */
static bool
goes_on(const struct diff_step *before, const struct diff_step *step)
{
    return before->kind == step->kind && step->kind != DIFF_REPLACE &&
           line_of(before)->part == line_of(step)->part;
}

static json_t *
hunk_json(const struct diff *diff, guint from, guint to)
{
    json_t *o = json_object(), *old = json_array(), *new = json_array();
    const struct diff_step *first = &g_array_index(diff->steps, struct diff_step, from);
    for (guint i = from; i < to; i++) {
        const struct diff_step *step = &g_array_index(diff->steps, struct diff_step, i);
        if (step->old)
            json_array_append_new(old, json_string(step->old->text));
        if (step->new)
            json_array_append_new(new, json_string(step->new->text));
    }
    const struct diff_line *line = line_of(first);
    json_object_set_new(o, "kind", json_string(diff_kind_code(first->kind)));
    json_object_set_new(o, "part", json_string(diff_part_code(line->part)));
    json_object_set_new(o, "label", cli_string(to == from + 1 ? line->label : NULL));
    json_object_set_new(o, "old", old);
    json_object_set_new(o, "new", new);
    if (first->pieces)
        json_object_set_new(o, "words", pieces_json(first->pieces));
    return o;
}

static json_t *
revision_json(const struct revision *r)
{
    if (!r)
        return json_null();
    json_t *o = json_object();
    json_object_set_new(o, "revision", json_integer(r->number));
    json_object_set_new(o, "seen", cli_time(r->seen));
    json_object_set_new(o, "origin", cli_string(r->origin));
    json_object_set_new(o, "reread", cli_time(r->reread));
    return o;
}

static void
print_json(struct store *store, int64_t article, const struct comparison *c)
{
    json_t *o = json_object(), *hunks = json_array();
    const struct diff_stat *stat = &c->diff->stat;
    for (guint i = 0, next; i < c->diff->steps->len; i = next) {
        for (next = i + 1; next < c->diff->steps->len; next++)
            if (!goes_on(&g_array_index(c->diff->steps, struct diff_step, next - 1),
                         &g_array_index(c->diff->steps, struct diff_step, next)))
                break;
        json_array_append_new(hunks, hunk_json(c->diff, i, next));
    }
    json_object_set_new(o, "article", json_integer(article));
    json_object_set_new(o, "from", json_integer(c->old->number));
    json_object_set_new(o, "to", c->new ? json_integer(c->new->number) : json_null());
    json_object_set_new(o, "old", revision_json(c->old));
    json_object_set_new(o, "new", revision_json(c->new));
    json_object_set_new(o, "blocks_added", json_integer(stat->blocks_added));
    json_object_set_new(o, "blocks_removed", json_integer(stat->blocks_removed));
    json_object_set_new(o, "words_added", json_integer(stat->words_added));
    json_object_set_new(o, "words_removed", json_integer(stat->words_removed));
    json_object_set_new(o, "percent", json_integer(diff_percent(stat)));
    json_object_set_new(o, "hunks", hunks);
    json_object_set_new(o, "withdrawals", withdrawals_json(store, article));
    cli_print_json(o);
}

/* --- text --------------------------------------------------------------------------------- */

/* Terminals that are known to strike out; in others what is gone would read as if it was there. */
static bool
strikes_out(void)
{
    static const char *const names[] = {"xterm", "tmux",    "foot",  "alacritty", "kitty",
                                        "vte",   "konsole", "gnome", "wezterm",   "contour"};
    const char *term = g_getenv("TERM");
    if (!term || !isatty(STDOUT_FILENO))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(term, names[i]))
            return true;
    return false;
}

/* The text passes the gate, the sequences that set it off do not stand in it. */
static void
print_words(const struct diff *diff)
{
    bool strikes = strikes_out();
    g_autofree char *text = diff_words(diff, strikes ? &diff_marks_terminal : &diff_marks_plain);
    for (char *p = text, *mark; *p; p = mark) {
        mark = p + strcspn(p, "\033");
        g_autofree char *part = g_strndup(p, (gsize)(mark - p));
        print_text(stdout, part);
        if (!*mark)
            break;
        gsize length = strcspn(mark, "m") + 1;
        g_autofree char *sequence = g_strndup(mark, length);
        print_raw(sequence);
        mark += length;
    }
}

/* "12 revision 1", with a tab and the time, as diff -u names files. */
static char *
name_of(int64_t article, const struct revision *r)
{
    if (!r)
        return g_strdup("/dev/null");
    g_autofree char *seen = date_utc(r->seen);
    return g_strdup_printf("%" G_GINT64_FORMAT " revision %d\t%s", article, r->number, seen);
}

/* When it was withdrawn and came back, a line each, above what changed. */
static void
print_presence(struct store *store, int64_t article)
{
    g_autoptr(GPtrArray) all = withdrawals_history(store, article);
    for (guint i = 0; i < all->len; i++) {
        const struct presence *p = g_ptr_array_index(all, i);
        g_autofree char *words = withdrawal_event(p), *time = withdrawal_time(p->at);
        print_textf(stdout, "%s%s%s\n", time, _(": "), words);
    }
    if (all->len)
        print_text(stdout, "\n");
}

static void
print_comparison(struct store *store, int64_t article, const struct comparison *c,
                 const char *format)
{
    if (g_str_equal(format, "json")) {
        print_json(store, article, c);
    } else if (g_str_equal(format, "stat")) {
        g_autofree char *line = diff_stat_line(&c->diff->stat);
        print_textf(stdout, "%s\n", line);
    } else if (g_str_equal(format, "unified")) {
        g_autofree char *from = name_of(article, c->old), *to = name_of(article, c->new),
                        *text = diff_unified(c->diff, from, to);
        print_text(stdout, text);
    } else {
        print_presence(store, article);
        print_words(c->diff);
    }
}

/* --- which revisions ---------------------------------------------------------------------- */

/*
 * What is compared where nothing is said: the last two texts; of an article that was withdrawn the
 * last one with nothing (to is 0).
 */
static void
settle(const struct article_row *row, const struct options_diff *options, int *from, int *to)
{
    bool gone = row->withdrawn && !options->from && !options->to;
    *to = gone ? 0 : options->to ? options->to : row->revisions;
    *from = gone ? row->revisions : options->from ? options->from : *to - 1;
}

static int
diff_row(struct store *store, const struct article_row *row, const struct options_diff *options)
{
    int from, to;
    settle(row, options, &from, &to);
    if (!options->from && !options->to && from < 1)
        return STATUS_NOTHING; /* it never changed */
    if (from < 1 || from > row->revisions || to > row->revisions) {
        message_error(_("article %ld has no revision %d"), (long)row->id,
                      from < 1 || from > row->revisions ? from : to);
        return STATUS_USAGE;
    }
    g_autoptr(GError) error = NULL;
    AUTO(comparison_free)
    struct comparison *c = revisions_compare(store, row->id, from, to, NULL, &error);
    if (!c)
        return cli_fail(error);
    if (!c->diff->differs)
        return STATUS_NOTHING;
    print_comparison(store, row->id, c, options->format ? options->format : "words");
    return STATUS_OK;
}

int
cli_diff(struct context *context, int argc, char **argv)
{
    AUTO(options_diff_clear) struct options_diff options = {0};
    int status;
    gint64 number;
    if (!command_parse(context, COMMAND_DIFF, &options, &argc, &argv, &status))
        return status;
    if (!cli_choice(COMMAND_DIFF, "format", options.format))
        return STATUS_USAGE;
    if (argc != 2) {
        message_error("%s", argc < 2 ? _("the number of an article is missing")
                                     : _("only one article is compared with itself"));
        return STATUS_USAGE;
    }
    if (!cli_not_negative("from", options.from) || !cli_not_negative("to", options.to))
        return STATUS_USAGE;
    if (!number_parse(argv[1], 1, G_MAXINT64, &number)) {
        message_error(_("'%s' is not the number of an article"), argv[1]);
        return STATUS_USAGE;
    }
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    if (!cli_has_store(session))
        return STATUS_USAGE;
    g_autoptr(GError) error = NULL;
    AUTO(article_row_free)
    struct article_row *row = listing_article(session->store, number, &error);
    return row ? diff_row(session->store, row, &options) : cli_fail(error);
}
