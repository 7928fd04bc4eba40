/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Problems as data: a code, a number, a subject, a detail.  They travel so from where they arise to
 * the store, the event lines and JSON; sentences are made of them where a person reads, in that
 * person's language.  The codes, their words and what to do about them are one table, problem.def.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/auto.h"
#include "base/status.h"
#include "base/wire.h"

enum problem_code {
#define PROBLEM(id, ...) PROBLEM_##id,
#include "base/problem.def"
#undef PROBLEM
    PROBLEM_COUNT
};

#define PROBLEM_NO_NUMBER G_MININT64

struct problem {
    enum problem_code code;
    int64_t number; /* an HTTP status, a limit, a line: what {n} is; or PROBLEM_NO_NUMBER */
    char *subject;  /* what it is of: a URL, a file, a title; or NULL */
    char *detail;   /* untranslated, from a library or a portal; or NULL */
};

/*
 * A new one.  Subject and detail are copied through the gate (base/clean.h), and without the
 * secrets of URLs (base/url.h); detail is cut after 300 characters.
 */
struct problem *problem_new(enum problem_code code, const char *subject, int64_t number,
                            const char *detail);
struct problem *problem_newf(enum problem_code code, const char *subject, int64_t number,
                             const char *format, ...) G_GNUC_PRINTF(4, 5);
struct problem *problem_copy(const struct problem *problem); /* NULL for NULL */
void problem_free(struct problem *problem);
DEFINE_AUTO_FREE(problem, problem_free)
bool problem_equal(const struct problem *a, const struct problem *b);

/* Owned struct problem *. */
GPtrArray *problems_new(void);
/* Adds problem, which it takes, unless one is there that says the same. */
void problems_add(GPtrArray *problems, struct problem *problem);

/*
 * One, or NULL, as bytes between processes (base/wire.h).  What is read passes problem_new() again;
 * NULL where NULL was put, and when it is none.
 */
void problem_put(GByteArray *out, const struct problem *problem);
struct problem *problem_get(struct wire_input *in);

/* For an HTTP status that brought nothing. */
struct problem *problem_of_status(long status, const char *url);

const char *problem_word(enum problem_code code);  /* "not-found" */
const char *problem_class(enum problem_code code); /* "http": what monitors group by */
enum exit_status problem_status(enum problem_code code);
bool problem_by_word(const char *word, enum problem_code *code);

/* For people: "SUBJECT: words", or the words alone; newly allocated. */
char *problem_sentence(const struct problem *problem);
/* The same with what it happened to before it, "TITLE: ", unless that is the subject, or NULL. */
char *problem_sentence_of(const char *title, const struct problem *problem);
char *problem_words(const struct problem *problem);
/* The same without its detail, as what a program says is for who looks after it. */
char *problem_words_alone(const struct problem *problem);
/* What to do about it, translated, wherever that is; NULL for nothing. */
const char *problem_advice(enum problem_code code);
/* Both as sentences, newly allocated: "not found (HTTP 404). Look …"; advice: or NULL. */
char *problem_advised(const char *words, const char *advice);
/*
 * What keys do about it where a source is shown, translated, with {ACTION} for the key of an action
 * (reader/keymap.h); NULL for nothing.
 */
const char *problem_keys(enum problem_code code);
/* Whether all that these do is to try again. */
bool problem_is_tried_again(enum problem_code code);

/*
 * For machines: {"code", "class", "subject", "number", "detail", "text"}; text is the sentence in
 * English.
 */
json_t *problem_json(const struct problem *problem);

/* As the store keeps them: JSON, one a line.  What is no problem is passed over. */
char *problems_format(const GPtrArray *problems); /* NULL when there are none */
GPtrArray *problems_parse(const char *text);
char *problem_format(const struct problem *problem);
struct problem *problem_parse(const char *text); /* NULL when it is none */
struct problem *problem_from_json(const json_t *object);
