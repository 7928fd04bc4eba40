/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crier-transfer as a process: it takes requests from a channel and gives answers to it. */
#pragma once

/* Serves the worker at the other end of the channel until that ends; an exit status. */
int transfer_serve(int channel);
