/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The urls file: three lines say what is added to it, the rest is the file.  What is added is read
 * as it was meant, what is removed is gone, and everything else stays as it was.
 */
#include "config.h"

#include "base/url.h"
#include "config/settings.h"
#include "config/urls.h"
#include "fuzz/folder-kit.h"

static struct urls *
load(void)
{
    g_autoptr(GError) error = NULL;
    struct urls *urls = urls_load(folder(), &error);
    g_assert_no_error(error);
    return urls;
}

/* Each subscription and saved query as a line. */
static GPtrArray *
lines_of(const struct urls *urls)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *s = g_ptr_array_index(urls->subscriptions, i);
        g_autofree char *tags = g_strjoinv("\n", s->tags);
        g_ptr_array_add(lines, g_strdup_printf("%s\n%s\n%s", s->url, s->title, tags));
    }
    for (guint i = 0; i < urls->queries->len; i++) {
        const struct saved_query *q = g_ptr_array_index(urls->queries, i);
        g_ptr_array_add(lines, g_strdup_printf("query:%s:%s", q->title, q->query));
    }
    return lines;
}

static void
check(const struct urls *urls)
{
    for (guint i = 0; i < urls->subscriptions->len; i++) {
        const struct subscription *s = g_ptr_array_index(urls->subscriptions, i);
        g_assert_true(urls_find(urls, s->url) == s);
        g_assert_true(s->portal || url_is_web(s->url) || url_is_file(s->url));
        g_assert_true(!s->title || *s->title);
        assert_clean(s->title);
        for (char **tag = s->tags; *tag; tag++)
            assert_clean(*tag);
    }
    for (guint i = 0; i < urls->problems->len; i++) {
        const struct urls_problem *problem = g_ptr_array_index(urls->problems, i);
        g_assert_true(g_utf8_validate(problem->text, -1, NULL));
    }
}

/* Whether all lines that were there are there, in their order, and how many others. */
static guint
added(const GPtrArray *before, const GPtrArray *after)
{
    guint at = 0, more = 0;
    for (guint i = 0; i < after->len; i++) {
        if (at < before->len &&
            g_str_equal(g_ptr_array_index(after, i), g_ptr_array_index(before, at)))
            at++;
        else
            more++;
    }
    g_assert_cmpuint(at, ==, before->len);
    return more;
}

static void
take_back(const char *name, const GPtrArray *before)
{
    g_autoptr(GError) error = NULL;
    char *const names[] = {(char *)name, NULL};
    g_assert_true(urls_remove(folder(), names, &error));
    g_assert_no_error(error);
    AUTO(urls_free) struct urls *urls = load();
    g_autoptr(GPtrArray) left = lines_of(urls);
    g_assert_cmpuint(added(before, left), ==, 0);
}

static void
add_source(const char *url, const char *title, const char *tag)
{
    AUTO(urls_free) struct urls *urls = load();
    g_autoptr(GPtrArray) before = lines_of(urls);
    g_autoptr(GError) error = NULL;
    char *const tags[] = {(char *)tag, NULL};
    if (!urls_append(folder(), url, title, tags, &error))
        return;
    AUTO(urls_free) struct urls *now = load();
    g_autoptr(GPtrArray) after = lines_of(now);
    check(now);
    if (g_str_has_prefix(url, "portal:") || g_str_has_prefix(url, "query:"))
        return;
    g_assert_cmpuint(added(before, after), ==, 1);
    if (!g_str_is_ascii(url)) /* its host is written in another form */
        return;
    const struct subscription *s = urls_find(now, url);
    g_autofree char *name = text_squeeze(title, -1), *word = text_squeeze(tag, -1);
    g_assert_nonnull(s);
    g_assert_cmpstr(s->title, ==, *name ? name : NULL);
    g_assert_cmpstr(s->tags[0], ==, word);
    take_back(url, before);
}

static void
add_query(const char *title, const char *query)
{
    AUTO(urls_free) struct urls *urls = load();
    g_autoptr(GPtrArray) before = lines_of(urls);
    g_autoptr(GError) error = NULL;
    if (!urls_append_query(folder(), title, query, &error))
        return;
    AUTO(urls_free) struct urls *now = load();
    g_autoptr(GPtrArray) after = lines_of(now);
    g_assert_cmpuint(added(before, after), ==, 1);
    take_back(g_ptr_array_index(after, after->len - 1), before);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_setenv("CRIER_DATADIR", folder(), FALSE); /* no portal is known */
    struct bytes in = {data, data + size};
    g_autofree char *url = bytes_until(&in, '\n'), *title = bytes_until(&in, '\n'),
                    *tag = bytes_until(&in, '\n'), *text = bytes_until(&in, '\0');
    folder_write("urls", text);
    AUTO(urls_free) struct urls *urls = load();
    check(urls);
    if (g_utf8_validate(url, -1, NULL))
        add_source(url, title, tag);
    add_query(title, tag);
    return 0;
}
