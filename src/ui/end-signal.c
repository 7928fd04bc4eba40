/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catching the signals that end the reader. */
#include "config.h"

#include "ui/end-signal.h"

#include <stddef.h>

volatile sig_atomic_t end_signal;

static void
on_end(int number)
{
    end_signal = number;
}

/* Without SA_RESTART: what waits for a line shall end. */
void
end_signal_catch(int number)
{
    struct sigaction action = {.sa_handler = on_end}, before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}
