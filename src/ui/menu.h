/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done here, to be chosen from by those who know no keys; and the themes. */
#pragma once

#include "ui/app.h"

/* Opens a choice of all actions of the view that has the focus. */
void menu_open(struct app *app);

/* Opens a choice of themes, of which the one under the cursor is shown. */
void menu_open_themes(struct app *app);
