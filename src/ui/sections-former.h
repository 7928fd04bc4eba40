/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles that are of no subscription: of former ones, or what a bundle brought. */
#pragma once

#include "ui/app.h"

/* What they are found by. */
#define SECTIONS_FORMER "is:former"

/* Asks whether all of them but those with a star are to be deleted, and does it then. */
void sections_former_ask_delete(struct app *app);
