/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a page holds nothing to read: a guard stands before the portal (captchas, firewalls, "403
 * Forbidden" with the status 200), or a script would fill it.
 */
#pragma once

#include "portal/page.h"

/* Whether a page is nothing but a guard's refusal or its captcha. */
bool page_is_refusal(struct page *page);

/*
 * The reason why nothing was found in a page: PAGE_ERROR_BLOCKED, PAGE_ERROR_SCRIPT or
 * PAGE_ERROR_EMPTY.
 */
enum page_error page_reason(struct page *page);
