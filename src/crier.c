/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crier: the program that people start.  The command table; without a command the reader
 * opens.  Links neither libcurl nor libxml2.
 */
#include "config.h"

#include "cli/cli.h"
#include "ui/ui.h"

#define RUN_CRIER(name)  cli_##name
#define RUN_WORKER(name) cli_worker
#define RUN_PARSER(name) cli_parser
#define RUN_SYNC(name)   cli_sync

static const struct command commands[] = {
#define COMMAND(id, name, arguments, program, help) {#name, RUN_##program(name)},
    COMMANDS_TABLE(COMMAND)
#undef COMMAND
        {NULL, NULL},
};

int
main(int argc, char **argv)
{
    const struct program program = {commands, ui_main, &ui_options};
    return program_main(&program, argc, argv);
}
