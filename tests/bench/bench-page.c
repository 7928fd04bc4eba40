/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast HTML becomes text and pages become articles in one warm process: for each file the best
 * of a few CPU times of html_import_fragment() with document_plain(), of libxml2 alone, and of
 * article_extract().
 */
#include "config.h"

#include "document/html-import.h"
#include "document/html.h"
#include "portal/article.h"

#include <stdio.h>
#include <time.h>

#define TIMES 5

static double
cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
parse_alone(const char *bytes, gsize length)
{
    AUTO(xmlFreeDoc) struct _xmlDoc *doc = html_parse(bytes, length);
    g_assert(doc);
}

static void
to_text(const char *bytes, gsize length)
{
    (void)length;
    AUTO(document_free) struct document *document =
        html_import_fragment(bytes, "http://a.example/");
    g_autofree char *text = document_plain(document);
    g_assert(text);
}

static void
to_article(const char *bytes, gsize length)
{
    const struct charset_hints hints = {NULL, "text/html; charset=utf-8", NULL};
    const struct article_options options = {.now = 1761350400};
    AUTO(page_free) struct page *page =
        page_open(bytes, length, &hints, "http://a.example/b/c.html");
    struct article *article = page ? article_extract(page, &options, NULL) : NULL;
    if (article)
        article_free(article);
}

static double
best_of(void (*work)(const char *, gsize), const char *bytes, gsize length)
{
    double best = 0;
    int again = (int)CLAMP(20000000 / (length + 1), 1, 2000); /* short pages many times */
    for (int i = 0; i < TIMES; i++) {
        double start = cpu_seconds();
        for (int n = 0; n < again; n++)
            work(bytes, length);
        double took = (cpu_seconds() - start) / again;
        if (i == 0 || took < best)
            best = took;
    }
    return best;
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        g_autofree char *bytes = NULL;
        gsize length;
        g_autoptr(GError) error = NULL;
        if (!g_file_get_contents(argv[i], &bytes, &length, &error)) {
            fprintf(stderr, "bench-page: %s\n", error->message);
            return 1;
        }
        printf("   %8.0f KB: libxml2 alone %9.3f ms, to text %9.3f ms, to an article %9.3f ms\n",
               (double)length / 1e3, best_of(parse_alone, bytes, length) * 1e3,
               best_of(to_text, bytes, length) * 1e3, best_of(to_article, bytes, length) * 1e3);
    }
    return 0;
}
