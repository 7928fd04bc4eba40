/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The signal that asked the reader to end.  Handlers set it; every loop that waits looks at it.
 */
#pragma once

#include <signal.h>

/* The number of the signal; 0 while none came. */
extern volatile sig_atomic_t end_signal;

/*
 * Handles a signal by setting end_signal, unless it is ignored.  What waits for a line is
 * interrupted.
 */
void end_signal_catch(int number);
