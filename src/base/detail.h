/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What parsers say of a problem, in the language of who reads: they write English, since it is
 * kept, and who reads it may have another language than who fetched.
 */
#pragma once

/* A date that was refused, and the title of what has it. */
#define DETAIL_REFUSED_DATE "%s of '%.60s' cannot be true"

/* The translation, or the detail as it is; newly allocated. */
char *detail_shown(const char *detail);
/* The same of how a charset was decided on ("http: gbk; used: gbk (http)"). */
char *detail_evidence(const char *evidence);
