/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subcommands and their options, for every program: the table made from commands.def, the
 * global options, --help and --version.
 */
#pragma once

#include "config/context.h"

struct command {
    const char *name, *arguments, *help; /* help: untranslated */
    int (*run)(struct context *context, int argc, char **argv); /* an exit status */
};

/* The table of one program, ended by a NULL name; run by name. */
struct program {
    const struct command *commands;
    int (*fallback)(struct context *context, int argc, char **argv); /* without a command; or NULL */
    const GOptionEntry *extra; /* global options of this program alone; or NULL */
};

/* Parses global options, loads the configuration, runs the command; returns an exit status. */
int program_main(const struct program *program, int argc, char **argv);

/*
 * Parses a command's own options; argv[0] is its name.  The global options are accepted
 * here too.  False: *status is what to exit with (0 after --help).
 */
bool command_parse(struct context *context, const struct command *command, const GOptionEntry *entries,
                   int *argc, char ***argv, int *status);

/* The command of that name in the table of commands.def, with `run` NULL. */
const struct command *command_info(const char *name);
