/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that knows all kinds of views and makes them. */
#pragma once

#include "ui/app.h"

/* A make_view_func: ui/app.h. */
struct view *open_make_view(struct app *app, const struct target *target, GError **error);
