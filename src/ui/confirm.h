/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions of yes or no, which one key answers (ui/answer.h). */
#pragma once

struct app;

/*
 * Asks; done() is called if the answer is yes.  quoted: what the label names (ui/question.h), or
 * NULL.  data is freed by g_free.
 */
void confirm(struct app *app, const char *label, const char *quoted,
             void (*done)(struct app *app, const char *data), char *data);
