/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what one sees that an article was withdrawn, as a value. */
#pragma once

#include <stdint.h>

enum withdrawal {
    WITHDRAWAL_NONE,
#define WITHDRAWAL(id, number, ...) WITHDRAWAL_##id = (number),
#include "store/withdrawal.def"
#undef WITHDRAWAL
    WITHDRAWAL_COUNT
};

const char *withdrawal_word(enum withdrawal kind);   /* "not-found"; NULL for none */
const char *withdrawal_phrase(enum withdrawal kind); /* of the table, not translated; or NULL */

struct withdrawal_sign {
    enum withdrawal kind; /* NONE: of before this was kept */
    int status;           /* HTTP, or 0 */
    char *place;          /* the URL where it was seen, without secrets; or NULL */
};

/* The evidence of a row c of `changes`, for withdrawal_sign_read(). */
#define WITHDRAWAL_SIGN \
    "coalesce(c.evidence, 0) || ' ' || coalesce(c.status, 0) || ' ' || coalesce(c.place, '')"

/* Reads that; its place is owned.  NULL: none. */
void withdrawal_sign_read(const char *text, struct withdrawal_sign *sign);
