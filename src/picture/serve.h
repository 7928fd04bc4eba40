/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process that draws pictures: its limits, its fence, and its loop of questions. */
#pragma once

/* Answers what comes by a channel (parse/question.h) until its other end is closed. */
int picture_serve(int fd);
