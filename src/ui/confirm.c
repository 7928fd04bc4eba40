/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prompt that takes answers. */
#include "config.h"

#include "ui/confirm.h"
#include "ui/answer.h"
#include "ui/app.h"

struct question {
    void (*done)(struct app *app, const char *data);
    char *data; /* owned */
};

static void
question_free(gpointer data)
{
    struct question *question = data;
    g_free(question->data);
    g_free(question);
}

static void
answered(struct app *app, struct view *view, const char *text, gpointer data)
{
    const struct question *question = data;
    (void)view;
    if (answer_of(text) == ANSWER_YES)
        question->done(app, question->data);
}

void
confirm(struct app *app, const char *label, const char *quoted,
        void (*done)(struct app *app, const char *data), char *data)
{
    struct question *question = g_new(struct question, 1);
    *question = (struct question){done, data};
    prompt_open(&app->prompt, &(struct prompt_request){.kind = PROMPT_CONFIRM,
                                                       .label = label,
                                                       .quoted = quoted,
                                                       .done = answered,
                                                       .data = question,
                                                       .free_data = question_free});
}
