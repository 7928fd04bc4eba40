/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OSC 52: the sequence that puts a text into the clipboard of the terminal, which may be on another
 * machine (xterm, "Operating System Commands"; the text is in Base64, RFC 4648).
 */
#pragma once

#include <glib.h>

/*
 * What one copies at most, in bytes: terminals cut sequences at 100 000 bytes, of which Base64
 * leaves three quarters.
 */
#define OSC52_MAX 74994

/* What stands between this program and the terminal. */
enum osc52_way { OSC52_DIRECT, OSC52_TMUX, OSC52_SCREEN };

/* By the environment. */
enum osc52_way osc52_way(void);

/*
 * The bytes to write, newly allocated; `text` has at most OSC52_MAX.  tmux takes the sequence for
 * itself with `set-clipboard on`, and hands on what is wrapped with `allow-passthrough on`: it gets
 * both.  screen hands on what is wrapped, in short pieces.
 */
char *osc52_sequence(const char *text, enum osc52_way way);
