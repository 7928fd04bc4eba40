/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `crier mark STATE QUERY…`. */
#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"

#include <string.h>

static const struct {
    const char *word;
    enum mark mark;
    bool on;
} states[] = {{"read", MARK_READ, true},       {"unread", MARK_READ, false},
              {"starred", MARK_STARRED, true}, {"unstarred", MARK_STARRED, false},
              {"deleted", MARK_DELETED, true}, {"undeleted", MARK_DELETED, false}};

static int
find_state(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
        if (g_str_equal(states[i].word, word))
            return (int)i;
    return -1;
}

static int
apply(struct session *session, const GArray *articles, const char *word)
{
    int state = find_state(word);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray)
        changes = g_array_sized_new(FALSE, FALSE, sizeof(struct mark_change), articles->len);
    for (guint i = 0; i < articles->len; i++) {
        struct mark_change change = {.article = g_array_index(articles, int64_t, i)};
        change.mark = state < 0 ? MARK_TAG : states[state].mark;
        change.on = state < 0 ? *word == '+' : states[state].on;
        change.tag = state < 0 ? g_intern_string(word + 1) : NULL;
        g_array_append_val(changes, change);
    }
    if (!marks_apply(session->store, (const struct mark_change *)(void *)changes->data,
                     changes->len, &error))
        return cli_fail(error);
    return STATUS_OK;
}

int
cli_mark(struct context *context, int argc, char **argv)
{
    int status;
    if (!command_parse(context, COMMAND_MARK, NULL, &argc, &argv, &status))
        return status;
    if (argc < 3) {
        message_error(_("a state and a query are needed: crier mark read is:starred"));
        return STATUS_USAGE;
    }
    g_autofree char *word = message_decode_argument(argv[1]);
    bool tag = (*word == '+' || *word == '-') && word[1] && !strpbrk(word, " \t\n");
    if (find_state(word) < 0 && !tag) {
        if ((*word == '+' || *word == '-') && word[1])
            message_error(_("a tag is one word"));
        else
            message_error(
                _("'%s' is not one of read, unread, starred, unstarred, deleted, undeleted, +TAG, -TAG"),
                word);
        return STATUS_USAGE;
    }
    g_autofree char *text = query_from_arguments(argc - 1, argv + 1);
    g_autofree char *whole =
        g_str_equal(word, "undeleted") ? g_strdup_printf("is:deleted (%s)", text) : g_strdup(text);
    g_autoptr(GError) error = NULL;
    AUTO(query_free) struct query *query =
        query_is_needed(text, &error) ? query_parse(whole, clock_now(), &error) : NULL;
    if (!query)
        return cli_fail(error);
    AUTO(session_close) struct session *session = cli_session(context, false, &status);
    if (!session)
        return status;
    struct listing listing = {.query = query};
    if (!cli_has_store(session))
        return STATUS_NOTHING;
    g_autoptr(GArray) articles = listing_articles(session->store, &listing, &error);
    if (!articles)
        return cli_fail(error);
    if (!articles->len) {
        cli_say_nothing_matched(session);
        return STATUS_NOTHING;
    }
    if (!store_takes_marks(session->store)) {
        if (!store_is_full(session->store)) /* which was said when it was opened */
            message_error(_("'%s' cannot be written: marks are not kept"),
                          store_path(session->store));
        return STATUS_STORE;
    }
    status = apply(session, articles, word);
    if (status == STATUS_OK)
        message_note(ngettext("%u article marked", "%u articles marked", articles->len),
                     articles->len);
    return status;
}
