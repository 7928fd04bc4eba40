/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast bytes become entries: parses a file a few times and prints, as rows.py reads them, the
 * MB per CPU second of each and the peak memory beyond the file itself.
 */
#include "config.h"

#include "feed/feed.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double
cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
    g_autofree char *bytes = NULL;
    gsize length;
    g_autoptr(GError) error = NULL;
    if (argc != 4 || !g_file_get_contents(argv[1], &bytes, &length, &error)) {
        fprintf(stderr, "bench-feed FILE TIMES NAME: %s\n", error ? error->message : "no file");
        return 1;
    }
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    printf("%s\tcrier in process\tMB/s", argv[3]);
    for (int i = 0; i < atoi(argv[2]); i++) {
        struct feed_options options = {.url = "https://example.org/feed.xml"};
        double start = cpu_seconds();
        struct feed *feed = feed_parse(bytes, length, &options, &error);
        double took = cpu_seconds() - start;
        if (!feed) {
            fprintf(stderr, "%s: %s\n", argv[1], error->message);
            return 1;
        }
        feed_free(feed);
        printf("\t%.3f", (double)length / 1e6 / took);
    }
    getrusage(RUSAGE_SELF, &after);
    printf("\n%s, beyond the file\tcrier in process\tMiB\t%ld\n", argv[3],
           (after.ru_maxrss - before.ru_maxrss) / 1024);
    return 0;
}
