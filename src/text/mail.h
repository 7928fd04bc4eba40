/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mail messages: RFC 5322, with the text twice (multipart/alternative, RFC 2046), as plain text
 * that flows (RFC 3676) and as HTML.  Pure.  Lines end with LF, as in a mailbox and as sendmail(8)
 * reads them, and are 76 characters long at most, but for addresses and ids that are longer; there
 * is no byte outside ASCII, and no line of a body is "." or begins with "From ", so that a message
 * passes whatever it is put through.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct mail {
    const char *from;      /* an address */
    char *const *to;       /* addresses, NULL-terminated; or NULL: whoever sends it knows */
    const char *subject;   /* clean, one line */
    const char *id, *list; /* Message-ID, List-Id (or NULL): without < > */
    int64_t date;          /* seconds UTC */
    int offset;            /* minutes east of UTC */
    const char *text;      /* clean; a line a paragraph, of any length */
    const char *html;      /* a whole document */
};

/* A moment as RFC 5322 has it, newly allocated; offset: minutes east of UTC. */
char *mail_date(int64_t time, int offset);

/* Newly allocated. */
char *mail_compose(const struct mail *mail);

/*
 * An address, "name@host" or "Name <name@host>", as it stands in a header, newly allocated; a local
 * name alone is one.  NULL when it is none, holds a control, or has a local part outside ASCII,
 * which not every mail server takes.
 */
char *mail_address(const char *text);
