/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cost of JSON, counted by its tokens.  Each weight is what jansson 2.14 allocates on 64 bits,
 * with what it copies when a table has to grow.
 */
#include "config.h"

#include "feed/json-cost.h"

#define ARRAY     104 /* its value and a table of 8 */
#define OBJECT    200
#define ELEMENT   24 /* of a table: 8, and all smaller tables before it */
#define MEMBER    88 /* a pair and its bucket, beside the name, which is counted as a string */
#define STRING    33
#define NUMBER    24
#define MAX_DEPTH 2048 /* jansson refuses what lies deeper */

/* The closing quotation mark of the string that begins at p, or the end. */
static const char *
string_end(const char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\' && p + 1 < end)
            p++;
    return p;
}

static const char *
word_end(const char *p, const char *end)
{
    while (p + 1 < end && (g_ascii_isalnum(p[1]) || p[1] == '.' || p[1] == '-' || p[1] == '+'))
        p++;
    return p;
}

gsize
json_cost(const char *text, gsize length)
{
    gsize cost = 0, longest = 0;
    guint depth = 0;
    const char *end = text + length;
    for (const char *p = text; p < end; p++) {
        const char *from = p;
        if (*p == '"') {
            p = string_end(p, end);
            cost += STRING + (gsize)(p - from);
            longest = MAX(longest, (gsize)(p - from));
        } else if (*p == '[' || *p == '{') {
            if (++depth > MAX_DEPTH)
                break;
            cost += *p == '[' ? ARRAY : OBJECT;
        } else if (*p == ',') {
            cost += ELEMENT;
        } else if (*p == ':') {
            cost += MEMBER;
        } else if (g_ascii_isdigit(*p) || *p == '-') {
            p = word_end(p, end);
            cost += NUMBER;
        } else if ((*p == ']' || *p == '}') && --depth == 0) {
            break;
        }
    }
    gsize buffer = 16; /* of the longest string, which doubles until it is long enough */
    while (buffer < longest)
        buffer *= 2;
    return cost + 2 * buffer;
}
