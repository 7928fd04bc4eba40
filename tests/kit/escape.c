/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into a program of crier (LD_PRELOAD): where it begins to read what is foreign, by a
 * library, it tries a way out of its fence instead, as who has taken it over would, says on
 * standard error "escape: WHAT: out" or "kept in", and ends.
 *
 *     CRIER_TEST_ESCAPE=WHAT (kit/escapes.c) CRIER_TEST_ESCAPE_FROM=PROGRAM
 *     CRIER_TEST_ESCAPE_AT=html|xml|sqlite|curl|png
 *     CRIER_TEST_ESCAPE_SECRET=FILE CRIER_TEST_ESCAPE_OUTSIDE=FILE CRIER_TEST_ESCAPE_PORT=N
 */
#include "config.h"

#include "kit/escapes.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *
variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static void
say(const char *what, const char *word)
{
    char line[80];
    int length = snprintf(line, sizeof line, "escape: %s: %s\n", what, word);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(1);
}

/* Where the program and the place are those that are meant, this is its end. */
static void
escape_from(const char *place)
{
    const char *what = variable("CRIER_TEST_ESCAPE");
    if (!*what || strcmp(place, variable("CRIER_TEST_ESCAPE_AT")) != 0 ||
        strcmp(program_invocation_short_name, variable("CRIER_TEST_ESCAPE_FROM")) != 0)
        return;
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGSYS, SIG_DFL);
    const struct escape *escape = escape_find(what);
    if (!escape)
        _exit(1);
    struct escape_target target = {
        .home = variable("HOME"),
        .secret = variable("CRIER_TEST_ESCAPE_SECRET"),
        .outside = variable("CRIER_TEST_ESCAPE_OUTSIDE"),
        .port = (int)strtoul(variable("CRIER_TEST_ESCAPE_PORT"), NULL, 10),
        .victim = getppid(),
        .terminal = -1,
        .words = "escape: exec: out",
    };
    dup2(STDERR_FILENO, STDOUT_FILENO); /* for echo */
    say(what, escape->attempt(&target) ? "out" : "kept in");
    _exit(0);
}

/* --- where foreign data begins ------------------------------------------------------------- */

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* The types of the libraries, as far as a call passes them on. */
void *htmlCtxtReadMemory(void *ctxt, const char *bytes, int size, const char *url,
                         const char *encoding, int options);
void *xmlNewParserCtxt(void);
const unsigned char *sqlite3_column_text(void *statement, int column);
int curl_multi_perform(void *multi, int *running);
int png_image_begin_read_from_memory(void *image, const void *bytes, size_t size);

void *
htmlCtxtReadMemory(void *ctxt, const char *bytes, int size, const char *url, const char *encoding,
                   int options)
{
    escape_from("html");
    return REAL(htmlCtxtReadMemory)(ctxt, bytes, size, url, encoding, options);
}

void *
xmlNewParserCtxt(void)
{
    escape_from("xml");
    return REAL(xmlNewParserCtxt)();
}

const unsigned char *
sqlite3_column_text(void *statement, int column)
{
    escape_from("sqlite");
    return REAL(sqlite3_column_text)(statement, column);
}

int
curl_multi_perform(void *multi, int *running)
{
    escape_from("curl");
    return REAL(curl_multi_perform)(multi, running);
}

int
png_image_begin_read_from_memory(void *image, const void *bytes, size_t size)
{
    escape_from("png");
    return REAL(png_image_begin_read_from_memory)(image, bytes, size);
}
