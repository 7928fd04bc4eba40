/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of problems at work: making them, keeping them, putting them into words. */
#include "config.h"

#include "base/problem.h"
#include "base/clean.h"
#include "base/detail.h"
#include "base/host.h"
#include "base/i18n.h"
#include "base/url.h"

#include <string.h>

#define MAX_DETAIL 300                  /* characters */
#define MAX_TEXT   (4 * MAX_DETAIL + 8) /* bytes of so many characters and an ellipsis */

/* What keys do about a source, where one is shown: {ACTION} is the key that does it there. */
enum keys { KEYS_NONE, KEYS_FETCH, KEYS_PAGE, KEYS_REPLACE, KEYS_FILE };

static const char *const keys_texts[] = {
    [KEYS_FETCH] = N_("{fetch} tries it now."),
    [KEYS_PAGE] = N_("{browser} opens its page in the browser."),
    [KEYS_REPLACE] = N_(
        "{browser} opens its page in the browser, {remove} unsubscribes from it, {add} subscribes to another one."),
    [KEYS_FILE] = N_("{remove} unsubscribes from it, {add} subscribes to another one."),
};

static const struct {
    const char *word, *class;
    enum exit_status status;
    const char *words, *advice;
    enum keys keys;
} table[PROBLEM_COUNT] = {
#define CLASS_DNS       "dns"
#define CLASS_CONNECT   "connect"
#define CLASS_TLS       "tls"
#define CLASS_TIMEOUT   "timeout"
#define CLASS_HTTP      "http"
#define CLASS_AUTH      "auth"
#define CLASS_BLOCKED   "blocked"
#define CLASS_PARSE     "parse"
#define CLASS_EMPTY     "empty"
#define CLASS_TOO_LARGE "too-large"
#define CLASS_DISK      "disk"
#define CLASS_OTHER     "other"
#define PROBLEM(id, word, class, status, words, advice, keys) \
    [PROBLEM_##id] = {word, CLASS_##class, STATUS_##status, words, advice, KEYS_##keys},
#include "base/problem.def"
#undef PROBLEM
};

static char *
clean(const char *text)
{
    /* the gate comes first: what it takes out may part a URL */
    g_autofree char *shown = text_squeeze(text, -1);
    g_autofree char *line = shown ? url_public(shown) : NULL;
    if (!line || !*line)
        return NULL;
    if (g_utf8_strlen(line, -1) <= MAX_DETAIL)
        return g_steal_pointer(&line);
    g_autofree char *cut = g_utf8_substring(line, 0, MAX_DETAIL);
    return g_strconcat(cut, "…", NULL);
}

struct problem *
problem_new(enum problem_code code, const char *subject, int64_t number, const char *detail)
{
    struct problem *problem = g_new0(struct problem, 1);
    *problem = (struct problem){code, number, clean(subject), clean(detail)};
    return problem;
}

struct problem *
problem_newf(enum problem_code code, const char *subject, int64_t number, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *detail = g_strdup_vprintf(format, args);
    va_end(args);
    return problem_new(code, subject, number, detail);
}

struct problem *
problem_copy(const struct problem *problem)
{
    if (!problem)
        return NULL;
    struct problem *copy = g_new0(struct problem, 1);
    *copy = (struct problem){problem->code, problem->number, g_strdup(problem->subject),
                             g_strdup(problem->detail)};
    return copy;
}

void
problem_put(GByteArray *out, const struct problem *problem)
{
    wire_put_bool(out, problem != NULL);
    if (!problem)
        return;
    wire_put_number(out, problem->code);
    wire_put_number(out, problem->number);
    wire_put_text(out, problem->subject);
    wire_put_text(out, problem->detail);
}

struct problem *
problem_get(struct wire_input *in)
{
    if (!wire_get_bool(in))
        return NULL;
    enum problem_code code = (enum problem_code)wire_get_number(in, 0, PROBLEM_COUNT - 1);
    int64_t number = wire_get_number(in, G_MININT64, G_MAXINT64);
    g_autofree char *subject = wire_get_line(in, MAX_TEXT), *detail = wire_get_line(in, MAX_TEXT);
    return in->bad ? NULL : problem_new(code, subject, number, detail);
}

void
problem_free(struct problem *problem)
{
    g_free(problem->subject);
    g_free(problem->detail);
    g_free(problem);
}

bool
problem_equal(const struct problem *a, const struct problem *b)
{
    return a->code == b->code && a->number == b->number && !g_strcmp0(a->subject, b->subject) &&
           !g_strcmp0(a->detail, b->detail);
}

static void
free_item(gpointer problem)
{
    problem_free(problem);
}

GPtrArray *
problems_new(void)
{
    return g_ptr_array_new_with_free_func(free_item);
}

void
problems_add(GPtrArray *problems, struct problem *problem)
{
    for (guint i = 0; i < problems->len; i++) {
        if (problem_equal(g_ptr_array_index(problems, i), problem)) {
            problem_free(problem);
            return;
        }
    }
    g_ptr_array_add(problems, problem);
}

struct problem *
problem_of_status(long status, const char *url)
{
    static const struct {
        long status;
        enum problem_code code;
    } known[] = {
        {206, PROBLEM_PARTIAL},   {304, PROBLEM_NOT_MODIFIED},      {401, PROBLEM_UNAUTHORIZED},
        {403, PROBLEM_FORBIDDEN}, {404, PROBLEM_NOT_FOUND},         {407, PROBLEM_UNAUTHORIZED},
        {410, PROBLEM_GONE},      {429, PROBLEM_TOO_MANY_REQUESTS}, {451, PROBLEM_FORBIDDEN}};
    enum problem_code code = status >= 500 && status < 600 ? PROBLEM_SERVER : PROBLEM_HTTP;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i].status == status)
            code = known[i].code;
    return problem_new(code, url, status, NULL);
}

const char *
problem_word(enum problem_code code)
{
    return table[code].word;
}

const char *
problem_class(enum problem_code code)
{
    return table[code].class;
}

enum exit_status
problem_status(enum problem_code code)
{
    return table[code].status;
}

bool
problem_by_word(const char *word, enum problem_code *code)
{
    for (int i = 0; word && i < PROBLEM_COUNT; i++) {
        if (g_str_equal(table[i].word, word)) {
            *code = (enum problem_code)i;
            return true;
        }
    }
    return false;
}

const char *
problem_advice(enum problem_code code)
{
    return *table[code].advice ? gettext(table[code].advice) : NULL;
}

const char *
problem_keys(enum problem_code code)
{
    const char *text = keys_texts[table[code].keys];
    return text ? gettext(text) : NULL;
}

bool
problem_is_tried_again(enum problem_code code)
{
    return table[code].keys == KEYS_FETCH;
}

/* --- words -------------------------------------------------------------------------------- */

/* detail: what is put for {detail}; NULL: the problem's own has none. */
static char *
fill(const char *words, const struct problem *p, const char *detail)
{
    GString *out = g_string_new(words);
    g_autofree char *number =
        p->number == PROBLEM_NO_NUMBER ? NULL : g_strdup_printf("%" G_GINT64_FORMAT, p->number);
    g_string_replace(out, "{n}", number ? number : "?", 1);
    if (!detail) { /* "no feed: {detail}" -> "no feed" */
        g_string_replace(out, ": {detail}", "", 1);
        g_string_replace(out, "：{detail}", "", 1);
    }
    /* once: a detail may hold what looks like one */
    g_string_replace(out, "{detail}", detail ? detail : "?", 1);
    return g_string_free(out, FALSE);
}

/* A detail for people: sentences of our own parsers have translations, hosts and URLs a form. */
static char *
shown_detail(const struct problem *p)
{
    if (!p->detail || !*p->detail)
        return NULL;
    g_autofree char *sentence = detail_shown(p->detail);
    switch (p->code) {
    case PROBLEM_HOST:
    case PROBLEM_CONNECT:
    case PROBLEM_PRIVATE_ADDRESS:
        return host_shown(p->detail);
    default:
        return url_shown(sentence);
    }
}

char *
problem_words(const struct problem *p)
{
    g_autofree char *detail = shown_detail(p);
    return fill(gettext(table[p->code].words), p, detail);
}

char *
problem_words_alone(const struct problem *p)
{
    return fill(gettext(table[p->code].words), p, NULL);
}

char *
problem_sentence(const struct problem *p)
{
    g_autofree char *words = problem_words(p), *subject = p->subject ? url_shown(p->subject) : NULL;
    /* TRANSLATORS: what something is of, and what it is: "http://example.org/: not found" */
    return subject ? g_strdup_printf(_("%s: %s"), subject, words) : g_steal_pointer(&words);
}

char *
problem_sentence_of(const char *title, const struct problem *p)
{
    g_autofree char *sentence = problem_sentence(p),
                    *subject = p->subject ? url_shown(p->subject) : NULL;
    bool named = !title ||
                 (subject && (g_str_equal(title, subject) || g_str_equal(title, p->subject)));
    return named ? g_steal_pointer(&sentence) : g_strdup_printf(_("%s: %s"), title, sentence);
}

char *
problem_advised(const char *words, const char *advice)
{
    static const char *const stops[] = {".", "!", "?", "…", "。", "！", "？"};
    bool stops_itself = false; /* what a converter or a server says may */
    for (size_t i = 0; i < G_N_ELEMENTS(stops); i++)
        stops_itself |= g_str_has_suffix(words, stops[i]);
    if (!advice)
        return g_strdup(words);
    if (stops_itself) /* TRANSLATORS: two sentences: what went wrong, and what to do about it */
        return g_strdup_printf(_("%s %s"), words, advice);
    /* TRANSLATORS: what went wrong, without a full stop; what to do about it, with one */
    return g_strdup_printf(_("%s. %s"), words, advice);
}

/* --- JSON --------------------------------------------------------------------------------- */

static json_t *
text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *
values(const struct problem *p, bool absent)
{
    json_t *o = json_object();
    json_object_set_new(o, "code", json_string(table[p->code].word));
    if (absent)
        json_object_set_new(o, "class", json_string(table[p->code].class));
    if (absent || p->subject)
        json_object_set_new(o, "subject", text_or_null(p->subject));
    if (absent || p->number != PROBLEM_NO_NUMBER)
        json_object_set_new(o, "number",
                            p->number == PROBLEM_NO_NUMBER ? json_null() : json_integer(p->number));
    if (absent || p->detail)
        json_object_set_new(o, "detail", text_or_null(p->detail));
    return o;
}

json_t *
problem_json(const struct problem *p)
{
    json_t *o = values(p, true);
    g_autofree char *words = fill(table[p->code].words, p, p->detail);
    g_autofree char *sentence = p->subject ? g_strdup_printf("%s: %s", p->subject, words)
                                           : g_strdup(words);
    json_object_set_new(o, "text", json_string(sentence));
    return o;
}

char *
problem_format(const struct problem *p)
{
    json_t *o = values(p, false);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    char *line = g_strdup(text);
    free(text);
    return line;
}

struct problem *
problem_from_json(const json_t *o)
{
    enum problem_code code;
    if (!problem_by_word(json_string_value(json_object_get(o, "code")), &code))
        return NULL;
    const json_t *number = json_object_get(o, "number");
    return problem_new(code, json_string_value(json_object_get(o, "subject")),
                       json_is_integer(number) ? json_integer_value(number) : PROBLEM_NO_NUMBER,
                       json_string_value(json_object_get(o, "detail")));
}

struct problem *
problem_parse(const char *text)
{
    json_t *o = text ? json_loads(text, 0, NULL) : NULL;
    struct problem *problem = problem_from_json(o);
    json_decref(o);
    return problem;
}

char *
problems_format(const GPtrArray *problems)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; problems && i < problems->len; i++) {
        g_autofree char *line = problem_format(g_ptr_array_index(problems, i));
        g_string_append_printf(out, "%s\n", line);
    }
    return g_string_free(out, !out->len);
}

GPtrArray *
problems_parse(const char *text)
{
    GPtrArray *problems = problems_new();
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    for (char **line = lines; *line; line++) {
        struct problem *problem = **line ? problem_parse(*line) : NULL;
        if (problem)
            g_ptr_array_add(problems, problem);
    }
    return problems;
}
