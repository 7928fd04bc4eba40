/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON pieces that articles and lists print alike.  Inside this room only. */
#pragma once

#include <jansson.h>

#include "portal/page.h"

json_t *page_warnings_json(const struct page *page);
/* The text as a JSON string; null for NULL and "". */
json_t *page_json_string(const char *text);
