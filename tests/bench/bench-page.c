/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast HTML becomes text and pages become articles in one warm process: for each file a few
 * CPU times of libxml2 alone, of html_import_fragment() with document_plain(), and of
 * article_extract(), printed as rows.py reads them.
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

/* named: the file; what: the work, a name of rows.  Milliseconds of each of the runs. */
static void
print_times(const char *named, const char *what, const char *program,
            void (*work)(const char *, gsize), const char *bytes, gsize length)
{
    int again = (int)CLAMP(20000000 / (length + 1), 1, 2000); /* short pages many times */
    printf("%s%s\t%s\tCPU ms", named, what, program);
    for (int i = 0; i < TIMES; i++) {
        double start = cpu_seconds();
        for (int n = 0; n < again; n++)
            work(bytes, length);
        printf("\t%.4f", (cpu_seconds() - start) / again * 1e3);
    }
    putchar('\n');
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
        g_autofree char *named = g_strdup_printf("%.0f KB", (double)length / 1e3);
        print_times(named, " to a tree", "libxml2", parse_alone, bytes, length);
        print_times(named, " to text", "libxml2", parse_alone, bytes, length);
        print_times(named, " to text", "crier in process", to_text, bytes, length);
        print_times(named, " to an article", "crier in process", to_article, bytes, length);
    }
    return 0;
}
