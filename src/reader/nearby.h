/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of people as queries: what concerns a street and house (address:"…"). */
#pragma once

#include <glib.h>

/* The addresses as terms of a query, one of which has to hold; "" of none; newly allocated. */
char *nearby_terms(char *const *addresses);

/* The same of a setting: addresses between semicolons; NULL when there is none. */
char *nearby_query(const char *setting);
