/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A digest as a mail message (text/mail.h). */
#pragma once

#include "reader/digest.h"

struct digest_envelope {
    const char *from;    /* an address */
    char *const *to;     /* addresses, NULL-terminated */
    const char *subject; /* one line; NULL: the name and what has come */
    const char *name;    /* of its cursor; or NULL */
    int64_t date;        /* seconds UTC */
};

/* The message, newly allocated; its Message-ID is the same for the same content. */
char *digest_mail(struct store *store, const struct digest *digest,
                  const struct digest_envelope *envelope, enum digest_body body, GError **error);

/* Who runs this, where: newly allocated.  Found out before the fence. */
char *digest_own_address(void);
