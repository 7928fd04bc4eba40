/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that stand before another one and only send their readers there. */
#pragma once

#include "portal/page.h"

/*
 * Where a page sends its readers by <meta http-equiv="refresh">; NULL when it does not, or only to
 * itself.
 */
char *interstitial_refresh(struct page *page);

/*
 * Where a page without text sends its readers: by a refresh, by a script that sets the location, or
 * by the one frame that fills it.  NULL when it does not, or only to itself.
 */
char *interstitial_target(struct page *page);
