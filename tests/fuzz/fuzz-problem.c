/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store keeps of how a source is doing: problems, behind the first NUL when it may be
 * asked again, then what its server said of that.  What is read is written and read alike, and the
 * next fetch lies ahead, but not far.
 */
#include "config.h"

#include "base/problem.h"
#include "fetch/policy.h"
#include "fuzz/kit.h"
#include "transfer/header-time.h"

/* What was cut may be cut within what stands in place of a secret. */
static bool
is_whole(const char *text)
{
    return !text || !g_str_has_suffix(text, "…");
}

static void
read_problems(const char *text)
{
    g_autoptr(GPtrArray) problems = problems_parse(text);
    for (guint i = 0; i < problems->len; i++) {
        const struct problem *problem = g_ptr_array_index(problems, i);
        assert_clean(problem->subject);
        assert_clean(problem->detail);
        g_autofree char *sentence = problem_sentence(problem);
        g_assert_true(*sentence);
        assert_clean(sentence);
        json_t *json = problem_json(problem);
        g_assert_nonnull(json_object_get(json, "text"));
        json_decref(json);
    }
    g_autofree char *written = problems_format(problems);
    g_assert_true((written != NULL) == (problems->len > 0));
    g_autoptr(GPtrArray) again = problems_parse(written);
    g_assert_cmpuint(again->len, ==, problems->len);
    for (guint i = 0; i < again->len; i++) {
        const struct problem *first = g_ptr_array_index(problems, i);
        if (is_whole(first->subject) && is_whole(first->detail))
            g_assert_true(problem_equal(g_ptr_array_index(again, i), first));
    }
}

static struct schedule_hints
read_hints(const char *text)
{
    struct schedule_hints hints = schedule_hints_parse(text);
    g_autofree char *written = schedule_hints_format(&hints);
    struct schedule_hints again = schedule_hints_parse(written);
    g_assert_true(again.ttl == hints.ttl && again.hours == hints.hours && again.days == hints.days);
    return hints;
}

static void
check_policy(const struct schedule_hints *hints, struct response *said, uint8_t number)
{
    int interval = 1 + number * 40; /* minutes */
    int64_t longest = FUZZ_NOW + policy_longest(interval, hints);
    g_assert_true(said->retry_after <= FUZZ_NOW + 7 * 86400);
    int64_t next = policy_next_success(said, interval, hints, FUZZ_NOW);
    g_assert_true(next > FUZZ_NOW && next <= longest);
    struct failing before = {number % 40, next}, after = before;
    for (int i = 0; i < 2; i++) { /* before it was due, and as it is */
        after = policy_failed(&after, interval, hints, 0, number, FUZZ_NOW);
        g_assert_true(after.next_due > FUZZ_NOW && after.next_due <= longest);
        g_assert_true(after.failures == before.failures + i || !before.failures);
        after.next_due = FUZZ_NOW;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, data + size};
    g_autofree char *problems = bytes_until(&in, '\0'), *stored = bytes_text(&in, '\0');
    g_autofree char *cache_control = bytes_text(&in, '\0'), *expires = bytes_text(&in, '\0'),
                    *date = bytes_text(&in, '\0'), *retry_after = bytes_text(&in, '\0');
    struct response said = {.cache_control = cache_control,
                            .expires = header_time(expires),
                            .date = header_time(date),
                            .retry_after = header_retry_after(retry_after, FUZZ_NOW)};
    read_problems(problems);
    struct schedule_hints hints = read_hints(stored);
    check_policy(&hints, &said, bytes_number(&in));
    return 0;
}
