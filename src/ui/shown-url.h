/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses in few cells.  Whose an address is says the end of its host, which stays whatever else
 * has to go: first what stands behind the host, then the scheme, then the host's beginning.
 */
#pragma once

/*
 * The cells of the host of an address, as url_shown() gives it, and those of `ellipsis` where
 * something stands behind it; of an address without one all.
 */
int shown_url_least(const char *url, const char *ellipsis);

/* The same address, without what has no room in `cells` of its scheme and host. */
char *shown_url_host(const char *url, int cells);

/* The address cut to `cells`. */
char *shown_url_fit(const char *url, int cells, const char *ellipsis);
