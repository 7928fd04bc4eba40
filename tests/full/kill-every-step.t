#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# kill.t at every step that a fetch of the demo portal has.
KILL_STEPS=$(seq 1 92 | tr '\n' ' ')
export KILL_STEPS
exec sh "${srcdir:-.}/tests/cli/kill.t"
