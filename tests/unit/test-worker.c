/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker's commands as far as they need no network: what they read, what they print of it, the
 * lock on the store, and what a mistake exits with.
 */
#include "config.h"

#include "base/status.h"
#include "feed/feed.h"
#include "transfer/exchange.h"
#include "portal/page.h"
#include "store/store.h"
#include "unit/capture.h"
#include "unit/transfer-kit.h"
#include "worker/commands.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define NOW 1761350400
#define FEED \
    "<rss version='2.0'><channel><title>City</title><item><title>Heat</title>" \
    "<link>http://a.example/1</link></item></channel></rss>"
#define PAGE \
    "<html lang='en'><head><title>Heat | City</title></head><body><article><h1>Heat is on</h1>" \
    "<p>The heating of all houses in the town begins on the fifteenth of October, the city says.</p>" \
    "<p>Whoever stays cold may call the city at any time of the day, on all days of the week.</p>" \
    "</article></body></html>"

struct worker {
    char *folder, *file, *store;
    struct context *context;
};

static void
start(struct worker *w, gconstpointer data)
{
    (void)data;
    w->folder = g_dir_make_tmp("crier-worker.XXXXXX", NULL);
    w->file = g_build_filename(w->folder, "file", NULL);
    w->store = g_build_filename(w->folder, "articles.db", NULL);
    w->context = capture_context(w->folder, w->store);
}

static void
end(struct worker *w, gconstpointer data)
{
    (void)data;
    context_free(w->context);
    GDir *folder = g_dir_open(w->folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(w->folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(folder);
    g_assert_cmpint(g_rmdir(w->folder), ==, 0);
    g_free(w->folder);
    g_free(w->file);
    g_free(w->store);
}

static void
write_file(struct worker *w, const char *bytes, gssize length)
{
    g_assert_true(g_file_set_contents(w->file, bytes, length, NULL));
}

/* --- input ----------------------------------------------------------------------------------- */

/* In place of a command: reads argv[1], of the length that argv[2] says, and prints it. */
static int
read_it(struct context *context, int argc, char **argv)
{
    (void)context;
    (void)argc;
    gsize length = 99;
    g_autofree char *bytes = worker_read(argv[1], &length);
    if (!bytes)
        return STATUS_USAGE;
    printf("%zu %d", length, memcmp(bytes, "a\0b\n", 5));
    return STATUS_OK;
}

static void
reads(struct worker *w, const char *path, int status, const char *out, const char *err)
{
    g_autofree char *line = g_strdup_printf("read %s", path);
    struct capture got;
    capture_run(&got, read_it, w->context, line);
    g_assert_cmpint(got.status, ==, status);
    g_assert_cmpstr(got.out, ==, out);
    if (*err ? !strstr(got.err, err) : *got.err)
        g_error("%s", got.err);
    capture_clear(&got);
}

/* All bytes, and a NUL behind them. */
static void
test_read(struct worker *w, gconstpointer data)
{
    (void)data;
    reads(w, w->file, STATUS_USAGE, "", "file': No such file");
    write_file(w, "a\0b\n", 4);
    reads(w, w->file, STATUS_OK, "4 0", "");
    reads(w, w->folder, STATUS_USAGE, "", "cannot read '"); /* it can be opened */
    int before = dup(STDIN_FILENO);
    g_assert_nonnull(freopen(w->file, "r", stdin));
    reads(w, "-", STATUS_OK, "4 0", "");
    dup2(before, STDIN_FILENO);
    close(before);
}

/* --- commands -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(struct context *context, int argc, char **argv);
} commands[] = {
    {"parse", worker_parse},     {"opml", worker_opml},         {"extract", worker_extract},
    {"entries", worker_entries}, {"fetch", worker_fetch},       {"article", worker_article},
    {"portal", worker_portal},   {"download", worker_download}, {"reprocess", worker_reprocess},
};

/* FILE stands for the file; out and err: what each has in it, "" for nothing at all. */
static void
prints(struct worker *w, const char *line, int status, const char *out, const char *err)
{
    g_autoptr(GString) whole = g_string_new(line);
    g_string_replace(whole, "FILE", w->file, 0);
    size_t i = 0;
    gsize length = strcspn(line, " ");
    while (strlen(commands[i].name) != length || strncmp(commands[i].name, line, length))
        g_assert_cmpuint(++i, <, G_N_ELEMENTS(commands));
    struct capture got;
    capture_run(&got, commands[i].run, w->context, whole->str);
    if (got.status != status || !strstr(got.out, out) || (!*out && *got.out) ||
        !strstr(got.err, err) || (!*err && *got.err))
        g_error("%s\n%d, wanted %d\n%s---\n%s---\n%s", line, got.status, status, got.out, out,
                got.err);
    capture_clear(&got);
}

static void
test_parse(struct worker *w, gconstpointer data)
{
    (void)data;
    write_file(w, FEED, -1);
    prints(w, "parse FILE", STATUS_OK, "\"title\":\"Heat\"", "");
    prints(w, "opml FILE", STATUS_SOME, "{\"error\":{\"code\":\"", "");
    write_file(
        w, "<opml version='2.0'><body><outline xmlUrl='http://a.example/feed'/></body></opml>", -1);
    prints(w, "opml FILE", STATUS_OK, "http://a.example/feed", "");
    prints(w, "parse FILE", STATUS_SOME, "{\"error\":{\"code\":\"", "");
    prints(w, "parse", STATUS_USAGE, "", "'parse' takes one file");
    prints(w, "parse FILE FILE", STATUS_USAGE, "", "'parse' takes one file");
    prints(w, "opml", STATUS_USAGE, "", "'opml' takes one file");
    prints(w, "parse FILE.none", STATUS_USAGE, "", "cannot read");
}

static void
test_extract(struct worker *w, gconstpointer data)
{
    (void)data;
    write_file(w, PAGE, -1);
    prints(w, "extract FILE", STATUS_OK, "{", "");
    prints(w, "extract --format=text FILE", STATUS_OK, "The heating of all houses", "");
    prints(w, "extract --format=html FILE", STATUS_OK, "<p>The heating", "");
    prints(w, "extract --format=yaml FILE", STATUS_USAGE, "",
           "'yaml' is not one of json, text, markdown, html");
    prints(w, "extract", STATUS_USAGE, "", "'extract' takes one file");
    prints(w, "extract --portal=FILE.portal FILE", STATUS_USAGE, "", "file.portal");
    prints(w, "entries --section=en/n FILE", STATUS_USAGE, "", "there is no section 'en/n'");
    write_file(w, "<html><body></body></html>", -1);
    prints(w, "extract FILE", STATUS_SOME, "\"error\"", "");
    prints(w, "entries FILE", STATUS_SOME, "\"error\"", "");
}

static void
test_mistakes(struct worker *w, gconstpointer data)
{
    (void)data;
    prints(w, "fetch --due --all", STATUS_USAGE, "", "--due and --all exclude each other");
    prints(w, "fetch --progress=loud", STATUS_USAGE, "", "'loud' is not one of auto, bar, ");
    prints(w, "article City", STATUS_USAGE, "", "'' is not an http or https URL");
    prints(w, "article City file:///etc/passwd", STATUS_USAGE, "", "'file:///etc/passwd' is not");
    prints(w, "download file:///etc/passwd FILE", STATUS_USAGE, "", "'file:///etc/passwd' is not");
    g_assert_false(g_file_test(w->store, G_FILE_TEST_EXISTS));
}

/* In place of a command: an error of one word, as JSON. */
static int
print_error(struct context *context, int argc, char **argv)
{
    (void)context;
    return worker_print_error(argv[1], argc > 2 ? argv[2] : "a \"b\"\n\xff");
}

static void
test_error(struct worker *w, gconstpointer data)
{
    (void)data;
    struct capture got;
    capture_run(&got, print_error, w->context, "x malformed");
    g_assert_cmpint(got.status, ==, STATUS_SOME);
    g_assert_cmpstr(got.out, ==,
                    "{\"error\":{\"code\":\"malformed\",\"message\":\"a \\\"b\\\"\\n\ufffd\"}}\n");
    capture_clear(&got);
}

/* --- the store ------------------------------------------------------------------------------- */

static void
test_store(struct worker *w, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) none = NULL, locked = NULL, foreign = NULL;
    int lock = 0, other;
    g_assert_null(worker_open_store(w->context, false, &lock, &none));
    g_assert_error(none, STORE_ERROR, STORE_ERROR_UNKNOWN);
    g_assert_cmpint(worker_status_of(none), ==, STATUS_USAGE);
    g_assert_cmpint(lock, ==, -1);
    g_assert_false(g_file_test(w->store, G_FILE_TEST_EXISTS));

    struct store *store = worker_open_store(w->context, true, &lock, NULL);
    g_assert_nonnull(store);
    g_assert_cmpint(lock, >=, 0);
    g_assert_null(worker_open_store(w->context, true, &other, &locked));
    g_assert_error(locked, STORE_ERROR, STORE_ERROR_LOCKED);
    g_assert_cmpint(worker_status_of(locked), ==, STATUS_BUSY);
    store_close(store);
    close(lock); /* gives it back */
    store = worker_open_store(w->context, false, &lock, NULL);
    g_assert_nonnull(store);
    store_close(store);
    close(lock);

    g_free(w->context->store_file);
    w->context->store_file = g_strdup(w->file);
    write_file(w, "a letter", -1);
    g_assert_null(worker_open_store(w->context, true, &lock, &foreign));
    g_assert_cmpint(worker_status_of(foreign), ==, STATUS_STORE);
    g_autoptr(GError) config = g_error_new_literal(CONFIG_ERROR, 0, "message");
    g_assert_cmpint(worker_status_of(config), ==, STATUS_USAGE);
}

/* --- answers --------------------------------------------------------------------------------- */

static void
test_answers(void)
{
    struct response r = {.url = (char *)"http://a.example/x/", .body = g_byte_array_new()};
    g_assert_null(worker_feed(&r)); /* without a byte */
    AUTO(page_free) struct page *empty = worker_page(&r);
    g_assert_nonnull(empty);
    g_byte_array_append(r.body, (const guint8 *)FEED, sizeof FEED - 1);
    AUTO(feed_free) struct feed *feed = worker_feed(&r);
    g_assert_cmpstr(feed->title, ==, "City");
    g_byte_array_unref(r.body);
}

/*
 * A login is kept for its own host and for no other, also when that does not answer: here one that
 * refuses, since nothing listens at a port that is ours.
 */
static void
test_login(struct worker *w, gconstpointer data)
{
    (void)data;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, length), ==, 0);
    g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &length), ==, 0);
    int port = ntohs(address.sin_port);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d/x", port),
                    *with = g_strdup_printf("http://ann:secret@127.0.0.1:%d/x", port),
                    *line = g_strdup_printf("download %s FILE", with);
    g_autofree char *before = worker_written(url);
    g_assert_cmpstr(before, ==, url);
    prints(w, line, STATUS_ALL, "", "cannot connect to '127.0.0.1");
    g_autofree char *after = worker_written(url), *other = worker_written("http://b.example/x");
    g_assert_cmpstr(after, ==, with);
    g_assert_cmpstr(other, ==, "http://b.example/x");
    g_assert_false(g_file_test(w->file, G_FILE_TEST_EXISTS));
    close(fd);
}

void
add_tests(void)
{
    static const struct {
        const char *path;
        void (*run)(struct worker *w, gconstpointer data);
    } tests[] = {
        {"/worker/read", test_read},       {"/worker/parse", test_parse},
        {"/worker/extract", test_extract}, {"/worker/mistakes", test_mistakes},
        {"/worker/error", test_error},     {"/worker/store", test_store},
        {"/worker/login", test_login},
    };
    static const char *const proxies[] = {"http_proxy", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < G_N_ELEMENTS(proxies); i++)
        g_unsetenv(proxies[i]);
    g_autofree char *now = g_strdup_printf("%d", NOW);
    g_setenv("CRIER_NOW", now, TRUE);
    g_assert_nonnull(kit_starter());
    g_test_add_func("/worker/answers", test_answers);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct worker, NULL, start, tests[i].run, end);
}
