/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that was pasted: it is text wherever one types, and nowhere keys.  Where nothing is typed an
 * address is one to subscribe to, which is looked at only when that is asked for.
 */
#pragma once

struct app;

/* The text as it came from the terminal; lines of it become one. */
void paste_take(struct app *app, const char *text);
