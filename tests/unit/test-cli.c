/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands of crier, run here on a small store: what they print, and what they exit with. */
#include "config.h"

#include "base/status.h"
#include "cli/cli.h"
#include "reader/lines.h"
#include "reader/session.h"
#include "unit/capture.h"
#include "unit/store-kit.h"

struct cli {
    struct fixture store;
    char *urls;
    struct context *context;
};

static void
start(struct cli *c, gconstpointer data)
{
    set_up(&c->store, data);
    c->urls = g_build_filename(c->store.folder, "urls", NULL);
    g_assert_true(
        g_file_set_contents(c->urls, "http://a.example/feed \"city\" \"~City\"\n", -1, NULL));
    c->context = capture_context(c->store.folder, c->store.path);
    int64_t heat = put(&c->store, "1", "http://a.example/1", "Heat\tis\non", NOW);
    put(&c->store, "2", "http://a.example/2", "Новости \"дня\"", NOW - 86400);
    put(&c->store, "3", "http://a.example/3", "齐齐哈尔\\", NOW - 2 * 86400);
    put_text(&c->store, heat, "It is warm.\n\nAll over the town.", "page");
    static const struct mark_change marks[] = {{.article = 2, .mark = MARK_READ, .on = true},
                                               {.article = 2, .mark = MARK_STARRED, .on = true}};
    g_assert_true(marks_apply(c->store.store, marks, G_N_ELEMENTS(marks), NULL));
}

static void
end(struct cli *c, gconstpointer data)
{
    context_free(c->context);
    g_unlink(c->urls);
    g_free(c->urls);
    tear_down(&c->store, data);
}

static const struct {
    const char *name;
    int (*run)(struct context *context, int argc, char **argv);
} commands[] = {
    {"list", cli_list}, {"search", cli_search}, {"show", cli_show},       {"mark", cli_mark},
    {"keys", cli_keys}, {"status", cli_status}, {"sources", cli_sources}, {"config", cli_config},
    {"add", cli_add},   {"remove", cli_remove}, {"portal", cli_portal},   {"store", cli_store},
};

/* err: what the message has in it; "" for none. */
static void
prints(struct cli *c, const char *line, int status, const char *out, const char *err)
{
    size_t i = 0;
    gsize length = strcspn(line, " ");
    while (strlen(commands[i].name) != length || strncmp(commands[i].name, line, length))
        g_assert_cmpuint(++i, <, G_N_ELEMENTS(commands));
    struct capture got;
    capture_run(&got, commands[i].run, c->context, line);
    if (got.status != status || g_strcmp0(got.out, out) || !strstr(got.err, err) ||
        (!*err && *got.err))
        g_error("%s\n%d, wanted %d\n%s---\n%s---\n%s", line, got.status, status, got.out, out,
                got.err);
    capture_clear(&got);
}

/* --- rows ------------------------------------------------------------------------------------ */

#define TSV_1 "1\tU\t2025-10-25T00:00:00+00:00\t\tCity\tHeat is on\thttp://a.example/1\n"
#define TSV_2 "2\tS\t2025-10-24T00:00:00+00:00\t\tCity\tНовости \"дня\"\thttp://a.example/2\n"
#define TSV_3 "3\tU\t2025-10-23T00:00:00+00:00\t\tCity\t齐齐哈尔\\\thttp://a.example/3\n"
#define JSON(id, title, published, unread, starred) \
    "{\"id\":" id ",\"source\":1,\"portal\":null,\"edition\":null,\"section\":null," \
    "\"language\":null,\"title\":\"" title "\",\"link\":\"http://a.example/" id "\"," \
    "\"author\":null,\"published\":\"" published "T00:00:00+00:00\",\"updated\":null," \
    "\"first_seen\":\"2025-10-25T00:00:00Z\",\"starts\":null,\"ends\":null,\"place\":null,\"unread\":" unread \
    ",\"starred\":" starred "," \
    "\"tags\":[],\"state\":null,\"attachments\":0,\"withdrawn\":null"

static void
test_list(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(c, "list --format=tsv", 0, TSV_1 TSV_2 TSV_3, "");
    prints(c, "list --format=tsv --limit=1", 0, TSV_1, "");
    prints(c, "list --format=tsv --limit=0", 0, TSV_1 TSV_2 TSV_3, "");
    prints(c, "list --format=tsv --sort=unread --limit=2", 0, TSV_1 TSV_3, "");
    prints(c, "list --format=tsv is:starred", 0, TSV_2, "");
    prints(c, "list --format=json is:starred", 0,
           JSON("2", "Новости \\\"дня\\\"", "2025-10-24", "false", "true") "}\n", "");
    prints(c, "list --format=json --limit=1", 0,
           JSON("1", "Heat\\tis\\non", "2025-10-25", "true", "false") "}\n", "");
    /* columns as wide as what is in them, and nothing cut where there is no terminal */
    prints(c, "list -Heat", 0,
           "2  S   2025-10-24  City  Новости \"дня\"\n"
           "3  U   2025-10-23  City  齐齐哈尔\\\n",
           "");
}

static void
test_list_mistakes(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(c, "list is:deleted", STATUS_NOTHING, "", "nothing matched");
    prints(c, "list --format=json is:deleted", STATUS_NOTHING, "", ""); /* programs see none */
    prints(c, "list --format=xml", STATUS_USAGE, "", "--format: 'xml' is not one of table, ");
    prints(c, "list --sort=size", STATUS_USAGE, "", "--sort: 'size' is not one of ");
    prints(c, "list --limit=-1", STATUS_USAGE, "", "--limit: -1 is less than 0");
    prints(c, "list --colour", STATUS_USAGE, "", "--colour");
    prints(c, "list is:green", STATUS_USAGE, "", "green");
    prints(c, "search", STATUS_USAGE, "", "what to search for is missing");
    prints(c, "search _", STATUS_USAGE, "", "what to search for is missing");
    prints(c, "search --limit=-1 warm", STATUS_USAGE, "", "less than 0");
    prints(c, "search --format=x warm", STATUS_USAGE, "", "--format: 'x'");
}

static void
test_search(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(c, "search --format=tsv warm", 0, TSV_1, "");
    prints(c, "search --format=json warm", 0,
           JSON("1", "Heat\\tis\\non", "2025-10-25", "true",
                "false") ",\"snippet\":\"It is warm. All over the town.\"}\n",
           "");
    prints(c, "search --format=tsv cold", STATUS_NOTHING, "", "");
}

static void
test_fields(void)
{
    static const struct {
        const char *text, *field;
    } cases[] = {{NULL, ""}, {"", ""}, {"a\tb\nc\rd\x1b\x7f", "a b c d  "}, {"ж\\t", "ж\\t"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *field = cli_tsv_field(cases[i].text);
        g_assert_cmpstr(field, ==, cases[i].field);
    }
    json_t *values[] = {cli_string(NULL), cli_string(""), cli_string("a"),
                        cli_time(0),      cli_time(NOW),  NULL};
    static const char *const expected[] = {NULL, NULL, "a", NULL, "2025-10-25T00:00:00Z"};
    for (size_t i = 0; values[i]; i++) {
        g_assert_cmpstr(json_string_value(values[i]), ==, expected[i]);
        g_assert_cmpint(json_is_null(values[i]), ==, !expected[i]);
        json_decref(values[i]);
    }
}

/* What is at the end of an article's life outranks what was before. */
static void
test_states(void)
{
    static const struct {
        bool deleted, revised, withdrawn;
        const char *state;
    } cases[] = {{false, false, false, NULL},
                 {true, false, false, "deleted"},
                 {true, true, false, "revised"},
                 {true, true, true, "withdrawn"}};
    char *none[] = {NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct article_row row = {.id = 7,
                                  .tags = none,
                                  .deleted = cases[i].deleted,
                                  .revised = cases[i].revised,
                                  .withdrawn = cases[i].withdrawn};
        json_t *o = lines_article(&row);
        g_assert_cmpstr(json_string_value(json_object_get(o, "state")), ==, cases[i].state);
        g_assert_true(json_is_null(json_object_get(o, "published")));
        json_decref(o);
    }
}

/* --- articles -------------------------------------------------------------------------------- */

static void
test_show(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(
        c, "show --format=json 1", 0,
        JSON(
            "1", "Heat\\tis\\non", "2025-10-25", "true",
            "false") ",\"publisher\":null,\"revisions\":1,"
                     "\"body\":\"It is warm.\\n\\nAll over the town.\",\"editions\":[],\"files\":[],\"numbers\":[],\"withdrawals\":[]}\n",
        "");
    prints(c, "show x", STATUS_USAGE, "", "'x' is not the number of an article");
    prints(c, "show 0", STATUS_USAGE, "", "'0' is not the number of an article");
    prints(c, "show 99", STATUS_USAGE, "", "99");
    prints(c, "show", STATUS_USAGE, "", "the number of an article is missing");
    prints(c, "show --width=-1 1", STATUS_USAGE, "", "--width: -1 is less than 0");
    prints(c, "show --links=blue 1", STATUS_USAGE, "", "--links: 'blue'");
    prints(c, "show --lang=fr 1", STATUS_USAGE, "", "article 1 has no edition 'fr'");
    prints(c, "show --revision=5 1", STATUS_USAGE, "", "5");
    /* one that is not there does not hide the others */
    struct capture got;
    capture_run(&got, cli_show, c->context, "show --width=20 99 1");
    g_assert_cmpint(got.status, ==, STATUS_USAGE);
    g_assert_true(g_str_has_suffix(got.out, "\nIt is warm.\n\nAll over the town.\n"));
    capture_clear(&got);
}

static void
test_mark(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(c, "mark starred is:unread", 0, "", "");
    prints(c, "list --format=tsv is:starred --limit=1", 0,
           "1\tUS\t2025-10-25T00:00:00+00:00\t\tCity\tHeat is on\thttp://a.example/1\n", "");
    prints(c, "mark unstarred is:starred", 0, "", "");
    prints(c, "mark +later Heat", 0, "", "");
    prints(c, "list --format=tsv tag:later", 0, TSV_1, "");
    prints(c, "mark -later tag:later", 0, "", "");
    prints(c, "list --format=tsv tag:later", STATUS_NOTHING, "", "");
    prints(c, "mark deleted Heat", 0, "", "");
    prints(c, "list --format=tsv Heat", STATUS_NOTHING, "", "");
    prints(c, "mark undeleted Heat", 0, "", ""); /* it looks among those that are deleted */
    prints(c, "mark read is:unread", 0, "", "");
    prints(c, "list is:unread", STATUS_NOTHING, "", "nothing matched");
    prints(c, "mark read is:unread", STATUS_NOTHING, "", "nothing matched");
    prints(c, "mark unread Heat", 0, "", "");
    prints(c, "list --format=tsv is:unread", 0, TSV_1, "");
    prints(c, "mark green Heat", STATUS_USAGE, "", "'green' is not one of read, unread, ");
    prints(c, "mark + Heat", STATUS_USAGE, "", "'+' is not one of ");
    prints(c, "mark +a_b Heat", STATUS_USAGE, "", "a tag is one word");
    prints(c, "mark read", STATUS_USAGE, "", "a state and a query are needed");
}

/* --- sources --------------------------------------------------------------------------------- */

#define SOURCE_JSON \
    "{\"id\":1,\"url\":\"http://a.example/feed\",\"title\":\"City\",\"portal\":null," \
    "\"tags\":[\"city\"],\"unread\":2,\"total\":3,\"last_success\":null,\"last_error\":null"

static void
test_sources(struct cli *c, gconstpointer data)
{
    (void)data;
    prints(c, "sources --format=tsv", 0, "1\thttp://a.example/feed\tCity\t2\t3\n", "");
    g_autofree char *json = g_strdup_printf(SOURCE_JSON ",\"file\":\"%s\"}\n", c->urls);
    prints(c, "sources --format=json", 0, json, "");
    prints(c, "sources", 0, "  1      2/3      City  http://a.example/feed\n", "");
    prints(c, "sources x", STATUS_USAGE, "", "'sources' takes no argument");
    prints(c, "sources --format=x", STATUS_USAGE, "", "--format: 'x'");
    prints(c, "remove", STATUS_USAGE, "", "which source is missing");
    prints(c, "remove Village", STATUS_USAGE, "", "Village");
    prints(c, "add", STATUS_USAGE, "", "'add' takes one URL or portal");
    prints(c, "add --no-discover --title=Village http://b.example/feed", 0,
           "subscribed: http://b.example/feed\n", "");
    g_autofree char *urls = NULL;
    g_assert_true(g_file_get_contents(c->urls, &urls, NULL, NULL));
    g_assert_nonnull(strstr(urls, "\nhttp://b.example/feed \"~Village\"\n"));
    prints(c, "remove Village", 0, "unsubscribed: Village; its articles stay\n", "");
    prints(c, "sources --format=tsv", 0, "1\thttp://a.example/feed\tCity\t2\t3\n", "");
}

static void
test_status(struct cli *c, gconstpointer data)
{
    (void)data;
    AUTO(problem_free) struct problem *error =
        problem_new(PROBLEM_SERVER, "http://a.example/feed", 503, NULL);
    struct source_result result = {
        .id = 1, .now = NOW, .next_due = NOW, .charset = "gb18030", .charset_evidence = "meta"};
    g_assert_true(sources_record(c->store.store, &result, NULL));
    result.error = error;
    result.failures = 1;
    g_assert_true(sources_record(c->store.store, &result, NULL));
    /* three articles in two days */
    prints(c, "status City", 0,
           "1  City [failing]\n"
           "    last success 2025-10-25T00:00:00Z, 1.5 articles a day\n"
           "    failing since 2025-10-25T00:00:00Z; next fetch 2025-10-25T00:00:00Z\n"
           "    error: http://a.example/feed: the server has a fault (HTTP 503)\n"
           "    charset gb18030 (meta)\n",
           "");
    struct capture got;
    capture_run(&got, cli_status, c->context, "status --format=json");
    g_assert_cmpint(got.status, ==, 0);
    json_t *o = json_loads(got.out, 0, NULL);
    g_assert_cmpstr(json_string_value(json_object_get(json_object_get(o, "last_error"), "code")),
                    ==, "server-error");
    g_assert_cmpstr(json_string_value(json_object_get(o, "charset")), ==, "gb18030");
    g_assert_true(json_real_value(json_object_get(o, "per_day")) == 1.5);
    json_decref(o);
    capture_clear(&got);
    prints(c, "status Village", STATUS_USAGE, "", "Village");
    prints(c, "status --format=tsv", STATUS_USAGE, "", "--format: 'tsv'");
}

/* A line of `urls` that makes no source is among them, without a number. */
static void
test_status_lines(struct cli *c, gconstpointer data)
{
    (void)data;
    g_assert_true(g_file_set_contents(c->urls, "gopher://ann:secret@b.example/\n", -1, NULL));
    struct capture got;
    capture_run(&got, cli_status, c->context, "status --format=json");
    json_t *o = json_loads(got.out, 0, NULL);
    g_assert_true(json_is_null(json_object_get(o, "id")));
    g_assert_cmpint(json_integer_value(json_object_get(o, "line")), ==, 1);
    g_assert_null(strstr(got.out, "secret"));
    json_decref(o);
    capture_clear(&got);
}

/* --- no store, settings, mistakes ------------------------------------------------------------ */

static void
test_no_store(struct cli *c, gconstpointer data)
{
    (void)data;
    g_free(c->context->store_file);
    c->context->store_file = g_build_filename(c->store.folder, "none.db", NULL);
    prints(c, "list", STATUS_NOTHING, "", "there is no store yet");
    prints(c, "list --format=tsv", STATUS_NOTHING, "", "");
    prints(c, "show 1", STATUS_USAGE, "", "there is no store yet");
    prints(c, "mark read is:unread", STATUS_NOTHING, "", "there is no store yet");
    prints(c, "sources --format=tsv", 0, "1\thttp://a.example/feed\tCity\t0\t0\n", "");
    c->context->store_is_stated = true;
    prints(c, "list", STATUS_USAGE, "", "none.db");
    g_assert_false(g_file_test(c->context->store_file, G_FILE_TEST_EXISTS));
}

static void
test_config(struct cli *c, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_assert_true(context_set(c->context, "fetch.pages=always", &error));
    prints(c, "config fetch.pages", 0, "fetch.pages=always\t# --set\n", "");
    prints(c, "config fetch.colour", STATUS_USAGE, "", "unknown setting 'fetch.colour'");
    prints(c, "config fetch.pages fetch.depth", STATUS_USAGE, "", "'config' takes one setting");
    prints(c, "keys x", STATUS_USAGE, "", "'keys' takes no argument");
}

static void
test_fail(void)
{
    static const struct {
        const char *domain;
        int code, status;
    } cases[] = {{"config", 0, STATUS_USAGE},
                 {"store", STORE_ERROR_UNKNOWN, STATUS_USAGE},
                 {"store", STORE_ERROR_LOCKED, STATUS_BUSY},
                 {"store", STORE_ERROR_CORRUPT, STATUS_STORE},
                 {"other", 0, STATUS_INTERNAL}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GQuark domain = g_str_equal(cases[i].domain, "config")  ? CONFIG_ERROR
                        : g_str_equal(cases[i].domain, "store") ? STORE_ERROR
                                                                : g_quark_from_static_string("x");
        g_autoptr(GError) error = g_error_new_literal(domain, cases[i].code, "message");
        g_assert_cmpint(session_status(error), ==, cases[i].status);
    }
}

void
add_tests(void)
{
    static const struct {
        const char *path;
        void (*run)(struct cli *c, gconstpointer data);
    } tests[] = {
        {"/cli/list", test_list},         {"/cli/list-mistakes", test_list_mistakes},
        {"/cli/search", test_search},     {"/cli/show", test_show},
        {"/cli/mark", test_mark},         {"/cli/sources", test_sources},
        {"/cli/status", test_status},     {"/cli/status-lines", test_status_lines},
        {"/cli/no-store", test_no_store}, {"/cli/config", test_config},
    };
    g_autofree char *now = g_strdup_printf("%d", NOW);
    g_setenv("CRIER_NOW", now, TRUE);
    g_test_add_func("/cli/fields", test_fields);
    g_test_add_func("/cli/states", test_states);
    g_test_add_func("/cli/fail", test_fail);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct cli, NULL, start, tests[i].run, end);
}
