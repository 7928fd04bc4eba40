/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps at which tests kill. */
#include "config.h"

#include "base/step.h"
#include "base/number.h"

#include <glib.h>
#include <signal.h>
#include <unistd.h>

void
test_step(void)
{
    static int step, at = -1;
    if (at < 0) {
        const char *text = g_getenv("CRIER_TEST_KILL_AT");
        gint64 number;
        at = text && number_parse(text, 0, G_MAXINT, &number) ? (int)number : 0;
    }
    if (at && ++step == at)
        kill(getpid(), SIGKILL);
}
