#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a terminal sends that nobody typed, the escape key, and Alt.
. "${srcdir:-.}/tests/lib.sh"
plan 8
. "$srcdir/tests/kit/town.sh"

keyed "type:${escape}[<0;10;6M${escape}[<0;10;6m?" see:Help "type:QQ"
status_is "clicks that nobody asked for" 0
ok "are no keys" all_unread
keyed "type:${escape}[I${escape}[O${escape}[200~${escape}[201~?" "see:Help" "type:QQ"
status_is "nor are focus and the frame of what is pasted" 0
keyed "type:${escape}[57399u" "see:^[[57399u does nothing here" type:Q
status_is "a key that is not known is named" 0
keyed "type:?" see:Help "type:${escape}Q"
status_is "the escape key and another one at once are both" 0
keyed "type:\\" "see:Search all" "type:one three${escape}btwo ${escape}f four${escape}b${escape}dfive$enter" "see:one two three five" "type:QQ"
status_is "in a prompt Alt moves over words and takes them away" 0
printf '[keys]\nM-x = help\n' >>"$XDG_CONFIG_HOME/crier/crier.conf"
keyed "type:${escape}x" see:Help type:Q
status_is "it can be bound" 0
keyed "type:?" see:Help "type:$escape" "see:All articles" type:Q
status_is "and the escape key is still one" 0
finish
