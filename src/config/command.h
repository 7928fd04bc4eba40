/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subcommands and their options, for every program: the table of commands.def, the global options,
 * --help and --version. The values of a command's options are members of a struct of its own, which
 * begins with what holds where none is given:
 *
 *     AUTO(options_list_clear) struct options_list options = {.limit = 100};
 *     if (!command_parse(context, COMMAND_LIST, &options, &argc, &argv, &status))
 *         return status;
 */
#pragma once

#include "config/commands-table.h"
#include "config/context.h"

/*
 * What starts a worker passes a descriptor by this variable.  The worker writes its name and
 * version there when it begins and COMMAND_END when it has ended by itself: another program in its
 * place, or one that vanished, says neither.
 */
#define COMMAND_REPORT "CRIER_REPORT_FD"
#define COMMAND_BEGIN  "crier " PACKAGE_VERSION "\n"
#define COMMAND_END    "end\n"

/*
 * In the environment of a child: its arguments that hold a secret (url_public()), a line each.
 * What anyone can see of a process is its arguments without them.
 */
#define COMMAND_SECRETS "CRIER_SECRETS"

/* An argument without what others must not see: secrets of URLs, values of headers. */
char *command_public(const char *argument);

struct command {
    const char *name;
    int (*run)(struct context *context, int argc, char **argv); /* an exit status */
};

/* The table of one program, ended by a NULL name; run by name. */
struct program {
    const struct command *commands;
    /* without a command; or NULL */
    int (*fallback)(struct context *context, int argc, char **argv);
    struct options_reader *reader; /* where the options go that `fallback` has; or NULL */
};

/* Parses global options, loads the configuration, runs the command; returns an exit status. */
int program_main(const struct program *program, int argc, char **argv);

/* Ends it at once, by itself, as a signal handler may; what stdio holds is lost. */
void program_end(int status);

/*
 * Parses a command's own options into its struct options_NAME, NULL where it has none; argv[0] is
 * its name.  The global options are accepted here too.  False: *status is what to exit with (0
 * after --help).
 */
bool command_parse(struct context *context, enum command_id command, void *values, int *argc,
                   char ***argv, int *status);

/* The words that an option takes, owned; it must be one that takes words. */
char **command_option_words(enum command_id command, const char *option);
