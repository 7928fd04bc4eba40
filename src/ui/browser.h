/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses that are opened by another program.  It is watched until it ends: one that fails is
 * told of, with its words and the address.  One that runs in the terminal gets it meanwhile.
 */
#pragma once

#include "reader/attachment.h"
#include "ui/app.h"

#define BROWSERS_MAX 8 /* that are watched; of more the oldest is left alone */

/*
 * Opens an address of the web with the program that the settings name; of an attachment that is
 * kept, a copy.
 */
void browser_open(struct app *app, const char *url);

/*
 * Whether an attachment can be given to it.  One that draws on the terminal, or gets it and is not
 * known, shows pages and texts there, few show pictures; all else it offers to save.
 */
bool browser_shows(const struct app *app, enum attachment_shape shape);

/*
 * Whether it can be expected to write mail to an address of mail: a browser of the terminal shows a
 * form that sends nothing.
 */
bool browser_takes_mail(const struct app *app);

/* Descriptors to poll; how many there are. */
int browser_descriptors(const struct app *app, int fds[BROWSERS_MAX]);
/* Tells of those that have ended. */
void browser_poll(struct app *app);
