/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes in a known encoding -> valid UTF-8.  Inside this room only: which encoding it is,
 * charset.h decides.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/*
 * Appends to out (NULL: only counts) and returns how many malformed sequences became U+FFFD.
 * name is a WHATWG name, iconv_names the names to try, separated by blanks.  NULs are dropped.
 */
guint charset_convert(const char *name, const char *iconv_names, const char *bytes, gsize length,
                      GString *out);

/* Whether this system's iconv knows one of the names. */
bool charset_convertible(const char *iconv_names);

/* Loads the converter of them that this system's iconv has, and keeps it until the process ends. */
void charset_keep(const char *iconv_names);

/* The length of the well-formed UTF-8 sequence at p (RFC 3629), 0 when there is none. */
gsize charset_utf8_sequence(const guchar *p, const guchar *end);
