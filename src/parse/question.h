/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a parse process is asked: a page with its rules, as bytes.  Portals and profiles are sent
 * before and named by numbers; nothing that only a transfer needs is among them.
 */
#pragma once

#include "base/wire.h"
#include "parse/parse.h"

/* What is said between the pipeline and its helpers (parse/helper.h), one a frame. */
enum parse_frame {
    FRAME_ZONES = 1,  /* names of zones that rules have: texts */
    FRAME_PORTAL,     /* portal_put(); they are counted from 0 */
    FRAME_PROFILES,   /* how many, then so many of portal_put() */
    FRAME_PAGE,       /* question_put(), then the bytes of the page */
    FRAME_CONVERTERS, /* converters_put() */
    FRAME_ATTACHMENT, /* attachment_question_put(), then its bytes */
    FRAME_PICTURE,    /* drawn_request_put(), then its bytes */
    FRAME_RESULT,     /* back: result_put(), attachment_text_put(), drawn_put() */
    FRAME_NOTHING,    /* back: it is nothing that could be parsed */
};

/* portal: its number, or -1 for none. */
void question_put(GByteArray *out, const struct parse_page *page, const struct parse_rules *rules,
                  int64_t portal);

/* The other side of it: strings are owned, portals and profiles borrowed. */
struct question {
    struct parse_page page;
    struct parse_rules rules;
    char *strings[8];
};

/* false when it is none; portals: struct portal *, by their numbers. */
bool question_get(struct wire_input *in, const GPtrArray *portals, const GPtrArray *profiles,
                  struct question *question);
void question_clear(struct question *question);
DEFINE_AUTO_CLEAR(question, question_clear)
