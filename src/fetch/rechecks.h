/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which pages of articles that are new are asked for again, to see whether they have changed or are
 * gone: few at a time, at growing intervals (withdrawals_due()).  Where one is doubted, others that
 * are known to be there are asked for with it: when they are gone too, it is the portal that has a
 * fault.  Inside this room only.
 */
#pragma once

#include "fetch/pipeline.h"
#include "store/withdrawals.h"

/* Owned struct recheck *; a page may be there twice. */
GPtrArray *rechecks_choose(struct pipeline *pipeline, const struct job *job);
