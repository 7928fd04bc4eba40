/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier: the program that people start.  The command table; without a command the reader
 * opens.  Links neither libcurl nor libxml2.
 */
#include "config.h"

#include "cli/cli.h"
#include "ui/ui.h"

static const struct command commands[] = {
    {"add", "", "", cli_add},         {"remove", "", "", cli_remove},   {"sources", "", "", cli_sources},
    {"fetch", "", "", cli_worker},    {"list", "", "", cli_list},       {"search", "", "", cli_search},
    {"show", "", "", cli_show},       {"mark", "", "", cli_mark},       {"status", "", "", cli_status},
    {"store", "", "", cli_store},     {"portal", "", "", cli_portal},   {"config", "", "", cli_config},
    {"keys", "", "", cli_keys},       {"parse", "", "", cli_worker},    {"opml", "", "", cli_worker},
    {"extract", "", "", cli_worker},  {"entries", "", "", cli_worker},  {"reprocess", "", "", cli_worker},
    {NULL, NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    const struct program program = {commands, ui_main, ui_options};
    return program_main(&program, argc, argv);
}
