/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages of who reads: what ui.languages states, else those of the locale and English. */
#pragma once

#include "config/settings.h"

/* Language ranges (text/language.h), the most wanted first; newly allocated, never empty. */
char *languages_wanted(const struct settings *settings);
