/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier-parser: the commands that turn one file into JSON or text.  It links no network
 * library, which is most of what starting crier-worker costs, and has no store.
 */
#include "config.h"

#include "config/command.h"
#include "document/html.h"
#include "worker/commands.h"

static const struct command commands[] = {
    {"parse", worker_parse},     {"opml", worker_opml},         {"extract", worker_extract},
    {"entries", worker_entries}, {"outlines", worker_outlines}, {NULL, NULL},
};

int
main(int argc, char **argv)
{
    static const struct program program = {commands, NULL, NULL};
    sandbox_enter();
    html_set_up();
    return program_main(&program, argc, argv);
}
