/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL functions over one value. */
#include "config.h"

#include "store/functions.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/url.h"
#include "text/fold.h"
#include "text/language.h"

#include <string.h>

static void
named(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *names = (const char *)sqlite3_value_text(values[0]),
               *wanted = (const char *)sqlite3_value_text(values[1]);
    g_auto(GStrv) lines = g_strsplit(names ? names : "", "\n", -1);
    bool found = false;
    for (char **line = lines; wanted && *line && !found; line++) {
        const char *name = strchr(*line, '=');
        g_autofree char *folded = name ? text_fold(name + 1) : NULL;
        found = folded && g_str_equal(folded, wanted);
    }
    sqlite3_result_int(context, found);
}

static void
identity(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *url = (const char *)sqlite3_value_text(values[0]);
    if (url)
        sqlite3_result_text(context, url_identity(url), -1, g_free);
}

/*
 * "HTTP 404 (not found): URL" tells its status in any language; of the rest the words are kept as
 * they are.
 */
static struct problem *
problem_of_sentence(const char *text)
{
    gint64 status;
    const char *url = strstr(text, "http");
    if (g_str_has_prefix(text, "HTTP ") &&
        number_prefix(text + strlen("HTTP "), 600, &status, NULL) && status >= 100 && status < 600)
        return problem_of_status((long)status, url);
    return problem_new(PROBLEM_OTHER, NULL, PROBLEM_NO_NUMBER, text);
}

static void
problem_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    if (!text)
        return;
    AUTO(problem_free) struct problem *problem = problem_of_sentence(text);
    sqlite3_result_text(context, problem_format(problem), -1, g_free);
}

/* "bad-date: …", and "page: URL: …" of an article's page. */
static struct problem *
problem_of_line(const char *line)
{
    static const char page[] = "page: ";
    if (g_str_has_prefix(line, page)) {
        const char *url = line + strlen(page), *end = strstr(url, ": ");
        g_autofree char *subject = end ? g_strndup(url, (gsize)(end - url)) : NULL;
        struct problem *problem = problem_of_sentence(end ? end + strlen(": ") : url);
        if (!problem->subject)
            problem->subject = g_steal_pointer(&subject);
        return problem;
    }
    enum problem_code code;
    gsize length = strcspn(line, ":");
    g_autofree char *word = g_strndup(line, length);
    if (line[length] && problem_by_word(word, &code))
        return problem_new(code, NULL, PROBLEM_NO_NUMBER, line + length + 1);
    return problem_new(PROBLEM_OTHER, NULL, PROBLEM_NO_NUMBER, line);
}

static void
problems_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    g_autoptr(GPtrArray) problems = problems_new();
    for (char **line = lines; *line; line++)
        if (**line)
            problems_add(problems, problem_of_line(*line));
    char *formatted = problems_format(problems);
    if (formatted)
        sqlite3_result_text(context, formatted, -1, g_free);
}

static void
digest_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const void *data = sqlite3_value_blob(values[0]);
    gsize length = (gsize)sqlite3_value_bytes(values[0]);
    sqlite3_result_text(context, g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length), -1,
                        g_free);
}

static void
language_rank_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *language = (const char *)sqlite3_value_text(values[0]),
               *ranges = (const char *)sqlite3_value_text(values[1]);
    sqlite3_result_int(context, language_rank(language, ranges ? ranges : ""));
}

int
functions_register(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"crier_named", 2, named},
                     {"crier_identity", 1, identity},
                     {"crier_digest", 1, digest_function},
                     {"crier_language_rank", 2, language_rank_function},
                     {"crier_problem", 1, problem_function},
                     {"crier_problems", 1, problems_function}};
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        int code = sqlite3_create_function(db, functions[i].name, functions[i].arguments,
                                           SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                           NULL, functions[i].function, NULL, NULL);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}
