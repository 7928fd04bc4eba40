/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats of documents that portals hand out, as the usual ending of a file's name: "pdf",
 * "docx", "zip". All results are newly allocated and in lower case, or NULL.  Inside this room
 * only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* "pdf" of "/files/a.pdf?x=1", NULL of what is no document's address. */
char *file_format_of_url(const char *url);

/* The format that a name tells, as people see it: "Plan 2026.pdf", "Notice 12 (PDF, 1.2 MB)". */
char *file_format_of_name(const char *name);
char *file_format_in_brackets(const char *name);

/* The format of a media type; NULL for NULL. */
char *file_format_of_type(const char *type);

bool file_is_picture_type(const char *type);

/*
 * The format of bytes by what they begin with.  *picture: they are a picture.  *binary: they are no
 * text, even where the result is NULL: then only the type or the URL tells what it is.
 */
char *file_format_of_bytes(const char *bytes, gsize length, bool *picture, bool *binary);

/* "Plan 2026.pdf" of "http://e.example/files/Plan%202026.pdf?v=1"; never NULL. */
char *file_name_of_url(const char *url);
