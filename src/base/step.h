/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests that kill a process wherever it could be killed: the steps of its work, between which
 * others see what it has done so far.
 */
#pragma once

/* One more step is done: ends the process by SIGKILL at step CRIER_TEST_KILL_AT. */
void test_step(void);
