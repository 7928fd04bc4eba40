/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `crier digest`: what has come since a time, or since the last digest of a name.  A cursor moves
 * when all has been written and standard output is closed: whatever happens before, things are told
 * twice rather than never.
 */
#include "config.h"

#include "base/clean.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/message.h"
#include "base/status.h"
#include "cli/cli.h"
#include "reader/digest-mail.h"
#include "reader/lines.h"
#include "store/articles.h"
#include "store/changes.h"
#include "store/lock.h"
#include "text/mail.h"

#include <string.h>
#include <unistd.h>

#define DEFAULT_SINCE "1d"
#define WAIT_FOR_MOVE 60000 /* ms: what was told is not to be told again for a writer's sake */

/* A digest as it is asked for. */
struct request {
    const struct options_digest *options; /* borrowed */
    int64_t now;
    int64_t since, start; /* seconds UTC */
    bool start_at_all, start_at_now;
    struct query *query;  /* owned; or NULL */
    char *from, *subject; /* owned; of a mail */
    GPtrArray *to;        /* owned char *, NULL behind the last */
    enum digest_body body;
    enum digest_group group;
};

static void
request_clear(struct request *r)
{
    if (r->query)
        query_free(r->query);
    g_free(r->from);
    g_free(r->subject);
    g_clear_pointer(&r->to, g_ptr_array_unref);
}
DEFINE_AUTO_CLEAR(request, request_clear)

/* --- what is asked for -------------------------------------------------------------------- */

static bool
wrong(const char *text)
{
    message_error("%s", text);
    return false;
}

static bool
read_moment(const char *option, const char *text, int64_t now, int64_t *time)
{
    g_autoptr(GError) error = NULL;
    if (query_moment(text, now, time, &error))
        return true;
    message_error(_("%s: %s"), option, error->message);
    return false;
}

static bool
read_places(struct request *r)
{
    const struct options_digest *o = r->options;
    if (o->since && o->cursor) {
        message_error(_("'%s' and '%s' exclude each other"), "--since", "--cursor");
        return false;
    }
    if (o->start && !o->cursor)
        return wrong(_("--start is where a new cursor begins: it needs --cursor"));
    if (o->cursor && !cursor_name_is_right(o->cursor)) {
        message_error(
            _("--cursor: '%s' is not a name of a to z, 0 to 9, '.', '_' and '-', of 64 characters at most"),
            o->cursor);
        return false;
    }
    r->start_at_all = g_strcmp0(o->start, "all") == 0;
    r->start_at_now = !o->start || g_str_equal(o->start, "now");
    if (!r->start_at_all && !r->start_at_now &&
        !read_moment("--start", o->start, r->now, &r->start))
        return false;
    return o->cursor ||
           read_moment("--since", o->since ? o->since : DEFAULT_SINCE, r->now, &r->since);
}

static bool
check_address(const char *option, const char *text)
{
    g_autofree char *address = mail_address(text);
    if (address)
        return true;
    g_autofree char *clean = text_squeeze(text, -1);
    message_error(_("%s: '%s' is not a mail address"), option, clean);
    return false;
}

static bool
read_mail(struct request *r)
{
    const struct options_digest *o = r->options;
    bool mail = g_strcmp0(o->format, "mail") == 0;
    r->to = g_ptr_array_new_with_free_func(g_free);
    if (!mail && (o->to || o->from || o->subject))
        return wrong(_("--to, --from and --subject are of --format=mail"));
    for (char **to = o->to; to && *to; to++) {
        g_ptr_array_add(r->to, message_decode_argument(*to));
        if (!check_address("--to", r->to->pdata[r->to->len - 1]))
            return false;
    }
    g_ptr_array_add(r->to, NULL);
    r->from = !mail ? NULL : o->from ? message_decode_argument(o->from) : digest_own_address();
    if (mail && !check_address("--from", r->from))
        return false;
    g_autofree char *subject = o->subject ? message_decode_argument(o->subject) : NULL;
    if (subject && strpbrk(subject, "\r\n"))
        return wrong(_("--subject: a subject is one line"));
    r->subject = subject ? text_squeeze(subject, -1) : NULL;
    return true;
}

static bool
read_words(struct request *r)
{
    const struct options_digest *o = r->options;
    static const struct {
        const char *word;
        enum digest_group group;
    } groups[] = {{"source", DIGEST_BY_SOURCE},
                  {"portal", DIGEST_BY_PORTAL},
                  {"section", DIGEST_BY_SECTION},
                  {"day", DIGEST_BY_DAY}};
    if (!cli_choice(COMMAND_DIGEST, "group", o->group) ||
        !cli_choice(COMMAND_DIGEST, "body", o->body) ||
        !cli_choice(COMMAND_DIGEST, "format", o->format))
        return false;
    if (!cli_not_negative("limit", o->limit))
        return false;
    bool json = g_strcmp0(o->format, "json") == 0;
    const char *group = o->group ? o->group : json ? "none" : "source";
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++)
        if (g_str_equal(groups[i].word, group))
            r->group = groups[i].group;
    r->body = g_strcmp0(o->body, "none") == 0   ? DIGEST_NONE
              : g_strcmp0(o->body, "full") == 0 ? DIGEST_FULL
                                                : DIGEST_SUMMARY;
    if (!o->query)
        return true;
    g_autofree char *text = message_decode_argument(o->query);
    g_autoptr(GError) error = NULL;
    r->query = query_parse(text, r->now, &error);
    return r->query || wrong(error->message);
}

/* --- printed ------------------------------------------------------------------------------ */

static bool
print_json(struct store *store, const struct request *r, const struct digest *digest,
           const struct changes_place *from, const struct changes_place *to, GError **error)
{
    AUTO(digest_cursor_clear) struct digest_cursor cursor = digest_items(store, digest);
    g_autoptr(GError) why = NULL;
    for (const struct digest_item *item; (item = digest_next(&cursor, &why));) {
        json_t *line = lines_item(store, item, r->body, &why);
        if (!line)
            break;
        cli_print_json(line);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    cli_print_json(lines_end(digest, r->options->cursor, from, to));
    return true;
}

static bool
print_mail(struct store *store, const struct request *r, const struct digest *digest,
           GError **error)
{
    const struct digest_envelope envelope = {.from = r->from,
                                             .to = (char *const *)r->to->pdata,
                                             .subject = r->subject,
                                             .name = r->options->cursor,
                                             .date = r->now};
    g_autofree char *message = digest_mail(store, digest, &envelope, r->body, error);
    if (message)
        print_raw(message);
    return message != NULL;
}

/* HTML says itself that it is UTF-8. */
static void
print_piece(const char *text, enum digest_form form)
{
    if (form == DIGEST_HTML)
        print_raw(text);
    else
        print_text(stdout, text);
}

static bool
print_pages(struct store *store, const struct request *r, const struct digest *digest, int width,
            GError **error)
{
    const char *format = r->options->format;
    struct digest_style style = {.form = g_strcmp0(format, "html") == 0       ? DIGEST_HTML
                                         : g_strcmp0(format, "markdown") == 0 ? DIGEST_MARKDOWN
                                                                              : DIGEST_TEXT,
                                 .body = r->body,
                                 .remote = true,
                                 .width = width};
    g_autofree char *begin = digest_begin(digest, &style), *end = digest_end(digest, &style);
    print_piece(begin, style.form);
    AUTO(digest_cursor_clear) struct digest_cursor cursor = digest_items(store, digest);
    g_autoptr(GError) why = NULL;
    while (digest_next(&cursor, &why)) {
        g_autofree char *text = digest_print_item(&cursor, &style, &why);
        if (!text)
            break;
        print_piece(text, style.form);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    print_piece(end, style.form);
    return true;
}

/* --- told --------------------------------------------------------------------------------- */

static int
print_digest(struct session *session, const struct request *r, struct changes *changes,
             const struct changes_place *from)
{
    g_autoptr(GError) error = NULL;
    AUTO(digest_free) struct digest *digest = digest_new(session->store, changes, r->group, &error);
    if (!digest)
        return cli_fail(error);
    if (!digest->count && !digest->older->len)
        return STATUS_NOTHING;
    int terminal = cli_width(), measure = session->context->settings->values.read_measure;
    const char *format = r->options->format;
    bool fine = g_strcmp0(format, "json") == 0
                    ? print_json(session->store, r, digest, from, &changes->end, &error)
                : g_strcmp0(format, "mail") == 0
                    ? print_mail(session->store, r, digest, &error)
                    : print_pages(session->store, r, digest,
                                  terminal ? MIN(terminal, measure) : measure, &error);
    return fine ? STATUS_OK : cli_fail(error);
}

static int
move_cursor(struct store *store, const struct request *r, const struct changes_place *place)
{
    g_autoptr(GError) error = NULL;
    store_set_timeout(store, WAIT_FOR_MOVE);
    return cursor_put(store, r->options->cursor, place, r->now, &error) ? STATUS_OK
                                                                        : cli_fail(error);
}

/* From where: false and *status when there is nothing to be told, or an error. */
static bool
find_place(struct store *store, const struct request *r, struct changes_place *place, bool *is_new,
           int *status)
{
    g_autoptr(GError) error = NULL;
    const char *cursor = r->options->cursor;
    bool found = false;
    *is_new = false;
    *place = (struct changes_place){0};
    bool fine = cursor ? cursor_get(store, cursor, place, &found, &error)
                       : changes_at(store, r->since, place, &error);
    if (fine && cursor && !found) {
        *is_new = true;
        fine = r->start_at_all || (r->start_at_now ? changes_end(store, place, &error)
                                                   : changes_at(store, r->start, place, &error));
    }
    if (!fine)
        *status = cli_fail(error);
    return fine;
}

static int
tell(struct session *session, const struct request *r)
{
    struct store *store = session->store;
    bool moves = r->options->cursor && !r->options->peek, is_new;
    struct changes_place from;
    int status;
    if (!find_place(store, r, &from, &is_new, &status))
        return status;
    struct changes_request wanted = {.query = r->query,
                                     .from = from,
                                     .limit = r->options->limit,
                                     .with_old = is_new && r->start_at_all};
    AUTO(changes_clear) struct changes changes = {0};
    g_autoptr(GError) error = NULL;
    if (!changes_read(store, &wanted, &changes, &error))
        return cli_fail(error);
    status = print_digest(session, r, &changes, &from);
    if ((status != STATUS_OK && status != STATUS_NOTHING) || !moves)
        return status;
    bool moved = is_new || changes.end.article != from.article || changes.end.change != from.change;
    if (!moved || !message_close_output())
        return status;
    int failed = move_cursor(store, r, &changes.end);
    return failed ? failed : status;
}

static int
run(struct context *context, const struct request *r)
{
    int status;
    const char *cursor = r->options->cursor;
    bool moves = cursor && !r->options->peek;
    /* a cursor is kept for a store that is not fetched yet; one that is misspelt is not made */
    bool create = moves && !context->store_is_stated;
    AUTO(session_close) struct session *session = cli_session(context, create, &status);
    if (!session)
        return status;
    if (!session->store || session->absent) {
        if (g_strcmp0(r->options->format, "json"))
            cli_has_store(session);
        return STATUS_NOTHING;
    }
    if (!moves)
        return tell(session, r);
    if (!store_takes_marks(session->store)) {
        message_error(_("'%s' cannot be written: a cursor cannot move"),
                      store_path(session->store));
        return STATUS_STORE;
    }
    g_autoptr(GError) error = NULL;
    int lock = lock_cursor(store_marks_path(session->store), cursor, &error);
    if (lock < 0)
        return cli_fail(error);
    status = tell(session, r);
    close(lock);
    return status;
}

int
cli_digest(struct context *context, int argc, char **argv)
{
    AUTO(options_digest_clear) struct options_digest options = {0};
    int status;
    if (!command_parse(context, COMMAND_DIGEST, &options, &argc, &argv, &status))
        return status;
    AUTO(request_clear) struct request request = {.options = &options, .now = clock_now()};
    if (!cli_takes_nothing("digest", argc) || !read_places(&request) || !read_words(&request) ||
        !read_mail(&request))
        return STATUS_USAGE;
    return run(context, &request);
}
