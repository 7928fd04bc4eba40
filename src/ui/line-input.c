/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of standard input, as they come. */
#include "config.h"

#include "ui/line-input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MAX_LINE 8192 /* bytes */

void
line_input_init(struct line_input *input)
{
    *input = (struct line_input){.lines = g_queue_new(), .begun = g_string_new(NULL)};
}

void
line_input_clear(struct line_input *input)
{
    g_queue_free_full(input->lines, g_free);
    g_string_free(input->begun, TRUE);
}

/* A piece of the line that has begun. */
static void
add(struct line_input *input, const char *bytes, gsize length)
{
    gsize room = MAX_LINE - MIN(input->begun->len, MAX_LINE);
    g_string_append_len(input->begun, bytes, (gssize)MIN(length, room));
}

static void
end_line(struct line_input *input)
{
    g_queue_push_tail(input->lines, g_strdup(input->begun->str));
    g_string_truncate(input->begun, 0);
}

void
line_input_read(struct line_input *input)
{
    char bytes[MAX_LINE];
    if (input->ended)
        return;
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    const char *at = bytes, *end = bytes + MAX(got, 0);
    for (const char *feed; at < end && (feed = memchr(at, '\n', (gsize)(end - at)));
         at = feed + 1) {
        add(input, at, (gsize)(feed - at));
        end_line(input);
    }
    add(input, at, (gsize)(end - at));
    input->ended = got <= 0;
    if (input->ended && input->begun->len)
        end_line(input);
}

char *
line_input_take(struct line_input *input)
{
    return g_queue_pop_head(input->lines);
}
