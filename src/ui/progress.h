/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the fetch is that runs, for people. */
#pragma once

#include "ui/app.h"

/* "fetching 12/30, 5 new, about 20 s left, 1.2 MB: City News"; newly allocated. */
char *progress_text(const struct app *app);
