/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast bytes become entries: parses a file a few times and prints the best MB per CPU
 * second and the peak memory beyond the file itself.
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
    if (argc < 2 || !g_file_get_contents(argv[1], &bytes, &length, &error)) {
        fprintf(stderr, "bench-feed FILE [TIMES]: %s\n", error ? error->message : "no file");
        return 1;
    }
    int times = argc > 2 ? atoi(argv[2]) : 3;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    double best = 0;
    guint entries = 0;
    for (int i = 0; i < times; i++) {
        struct feed_options options = {.url = "https://example.org/feed.xml"};
        double start = cpu_seconds();
        struct feed *feed = feed_parse(bytes, length, &options, &error);
        double took = cpu_seconds() - start;
        if (!feed) {
            fprintf(stderr, "%s: %s\n", argv[1], error->message);
            return 1;
        }
        entries = feed->items->len;
        feed_free(feed);
        if (i == 0 || took < best)
            best = took;
    }
    getrusage(RUSAGE_SELF, &after);
    printf("%8.1f MB/s  peak %4ld MiB  crier: %u entries, %ld MiB beyond the file\n",
           (double)length / 1e6 / best, after.ru_maxrss / 1024, entries,
           (after.ru_maxrss - before.ru_maxrss) / 1024);
    return 0;
}
