/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What unit tests share: a main() that prints TAP in a UTF-8 locale, whatever the caller's. */
#pragma once

#include <glib.h>
#include <locale.h>
#include <string.h>

/* Registers the tests of a file. */
void add_tests(void);

int
main(int argc, char **argv)
{
    char *with_tap[16] = {argv[0], (char *)"--tap"};
    int count = 2;
    for (int i = 1; i < argc && count < 15; i++)
        with_tap[count++] = argv[i];
    char **arguments = with_tap;
    setlocale(LC_ALL, "C.UTF-8");
    g_setenv("TZ", "UTC", TRUE);
    g_test_init(&count, &arguments, NULL);
    add_tests();
    return g_test_run();
}
