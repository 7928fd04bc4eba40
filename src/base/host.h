/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hosts as people are shown them.  The net and the store have a host in ASCII (IDNA, RFC 3490);
 * people are shown its Unicode form where no label of it can be taken for another (UTS #39), and
 * "xn--…" else.  Machines are never given what these functions make.
 *
 * A label is shown in Unicode when
 * - its letters are of one script, or of those that one language writes together ("highly
 *   restrictive", UTS #39 5.2): Han with kana, with Hangul or with Bopomofo; a to z may stand
 *   beside Han, kana and Hangul, since none of these looks like a letter of ASCII;
 * - the script is one whose look-alikes are known here, and is written from left to right: what is
 *   not would move what stands beside it;
 * - not all of its letters look like Latin ones ("аррӏе"), unless the top level is of its script
 *   too, as browsers have it;
 * - its digits are those of ASCII, and all else is a letter or a mark of the script;
 * - it is the label that its own ASCII form stands for;
 * - the charset of the locale has all of it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * The name that the net has for a host, in lower case: "XN--…" as "xn--…", "пример.рф", "a%2eb",
 * full-width letters and "。" as their ASCII; newly allocated, NULL for what can be none.
 */
char *host_ascii(const char *host);

/*
 * For people: a host as it stands in a URL, with a port or not.  A number as it is read, whatever
 * its form: "0x7f.1" is 127.0.0.1.  Newly allocated, clean.
 */
char *host_shown(const char *host);

/* Whether the charset of the locale has all of a text. */
bool host_can_be_written(const char *text);

/*
 * Whether two hosts are one's own: the same, or one is below the other; "www." counts for nothing.
 */
bool host_is_akin(const char *one, const char *other);
