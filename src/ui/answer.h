/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers to questions of yes or no, in any of the languages that the program speaks: who has a
 * Russian or Chinese keyboard on need not change it for that.
 */
#pragma once

enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO };

/* What a key, or a line of the linear mode, answers. */
enum answer answer_of(const char *text);
