/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What parsers say of a problem, in the language of who reads: they write English, since it is
 * kept, and who reads it may have another language than who fetched.
 */
#pragma once

/* Dates that are refused, and the title of what has one: both end with it. */
#define DETAIL_DATE_AHEAD "%s, which lies in the future, of '%.60s'"
#define DETAIL_DATE_EARLY "%s, which lies before 1990, of '%.60s'"

/* The translation, or the detail as it is; newly allocated. */
char *detail_shown(const char *detail);
/* The same of how a charset was decided on ("http: gbk; used: gbk (http)"). */
char *detail_evidence(const char *evidence);
/*
 * A charset and how it was decided on, in short: "utf-8 (declared)", "gb18030 (declared: gb2312)";
 * evidence: NULL for none.
 */
char *detail_charset(const char *charset, const char *evidence);
