/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From where the scripts of a page take what they fill it with: addresses that are written out in
 * calls (fetch("…"), axios.get("…"), $.getJSON("…"), open("GET", "…")) and in attributes
 * (data-url, data-api, …).  No script is run.
 */
#pragma once

#include "portal/page.h"

/*
 * Resolved URLs, owned char *, those of the page's own host first and at most five; empty if none
 * is named.
 */
GPtrArray *endpoints_find(const struct page *page);
