/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decode FILE [CONTENT-TYPE]: the evidence for its charset on the first line, then its text. */
#include "config.h"

#include "text/charset.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
    g_autofree char *bytes = NULL;
    gsize length;
    g_autoptr(GError) error = NULL;
    if (argc < 2 || !g_file_get_contents(argv[1], &bytes, &length, &error)) {
        fprintf(stderr, "decode: %s\n", error ? error->message : "no file");
        return 1;
    }
    struct charset_hints hints = {.content_type = argc > 2 ? argv[2] : NULL};
    AUTO(charset_text_clear) struct charset_text text = {0};
    charset_decode(bytes, length, &hints, &text);
    printf("%s\n", text.evidence);
    fwrite(text.text, 1, text.length, stdout);
    return 0;
}
