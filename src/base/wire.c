/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as bytes: fixed numbers, counted strings; reading them without trust. */
#include "config.h"

#include "base/wire.h"
#include "base/clean.h"

#include <string.h>

#define NOTHING G_MAXUINT32 /* the length of NULL */

static void
put_length(GByteArray *out, guint32 length)
{
    g_byte_array_append(out, (const guint8 *)&length, sizeof length);
}

void
wire_put_number(GByteArray *out, int64_t number)
{
    g_byte_array_append(out, (const guint8 *)&number, sizeof number);
}

void
wire_put_bool(GByteArray *out, bool value)
{
    guint8 byte = value;
    g_byte_array_append(out, &byte, 1);
}

void
wire_put_bytes(GByteArray *out, const void *bytes, gsize length)
{
    g_assert(length < NOTHING);
    put_length(out, (guint32)length);
    g_byte_array_append(out, bytes, (guint)length);
}

void
wire_put_text(GByteArray *out, const char *text)
{
    if (text)
        wire_put_bytes(out, text, strlen(text));
    else
        put_length(out, NOTHING);
}

void
wire_put_texts(GByteArray *out, const GPtrArray *texts)
{
    put_length(out, texts ? texts->len : NOTHING);
    for (guint i = 0; texts && i < texts->len; i++)
        wire_put_text(out, g_ptr_array_index(texts, i));
}

void
wire_put_strv(GByteArray *out, const char *const *texts)
{
    put_length(out, texts ? g_strv_length((char **)(gpointer)texts) : NOTHING);
    for (; texts && *texts; texts++)
        wire_put_text(out, *texts);
}

/* --- reading ------------------------------------------------------------------------------- */

struct wire_input
wire_input(const void *bytes, gsize length)
{
    return (struct wire_input){bytes, (const guint8 *)bytes + length, false};
}

/* The next bytes, into `to`; zeros when there are not so many. */
static void
take(struct wire_input *in, void *to, gsize length)
{
    memset(to, 0, length);
    in->bad |= (gsize)(in->end - in->at) < length;
    if (in->bad)
        return;
    memcpy(to, in->at, length);
    in->at += length;
}

int64_t
wire_get_number(struct wire_input *in, int64_t least, int64_t most)
{
    int64_t number;
    take(in, &number, sizeof number);
    in->bad |= number < least || number > most;
    return in->bad ? least : number;
}

bool
wire_get_bool(struct wire_input *in)
{
    guint8 byte;
    take(in, &byte, 1);
    in->bad |= byte > 1;
    return !in->bad && byte;
}

static guint32
get_length(struct wire_input *in)
{
    guint32 length;
    take(in, &length, sizeof length);
    return length;
}

guint
wire_get_count(struct wire_input *in, guint most)
{
    guint32 count = get_length(in);
    in->bad |= count > most || count > (gsize)(in->end - in->at);
    return in->bad ? 0 : count;
}

/* The bytes of that length; NULL when bad. */
static const guint8 *
take_bytes(struct wire_input *in, gsize length, gsize most)
{
    in->bad |= length > most || length > (gsize)(in->end - in->at);
    if (in->bad)
        return NULL;
    const guint8 *bytes = in->at;
    in->at += length;
    return bytes;
}

const guint8 *
wire_get_bytes(struct wire_input *in, gsize most, gsize *length)
{
    guint32 size = get_length(in);
    const guint8 *bytes = take_bytes(in, size, most);
    *length = bytes ? size : 0;
    return bytes;
}

char *
wire_get_string(struct wire_input *in, gsize most)
{
    guint32 length = get_length(in);
    if (length == NOTHING || in->bad)
        return NULL;
    const guint8 *bytes = take_bytes(in, length, most);
    in->bad |= bytes && memchr(bytes, 0, length);
    return in->bad ? NULL : g_strndup((const char *)bytes, length);
}

char *
wire_get_text(struct wire_input *in, gsize most)
{
    char *text = wire_get_string(in, most);
    if (text && !text_is_clean(text, strlen(text))) {
        in->bad = true;
        g_clear_pointer(&text, g_free);
    }
    return text;
}

char *
wire_get_line(struct wire_input *in, gsize most)
{
    char *line = wire_get_text(in, most);
    if (line && strpbrk(line, "\n\t")) {
        in->bad = true;
        g_clear_pointer(&line, g_free);
    }
    return line;
}

char *
wire_need_text(struct wire_input *in, gsize most)
{
    char *text = wire_get_text(in, most);
    in->bad |= !text;
    return text ? text : g_strdup("");
}

static GPtrArray *
get_all(struct wire_input *in, guint count, gsize most,
        char *(*get)(struct wire_input *in, gsize most))
{
    guint32 stated = get_length(in);
    if (stated == NOTHING || in->bad)
        return NULL;
    in->bad |= stated > count || stated > (gsize)(in->end - in->at);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint32 i = 0; i < stated && !in->bad; i++) {
        char *text = get(in, most);
        in->bad |= !text;
        if (text)
            g_ptr_array_add(texts, text);
    }
    return in->bad ? NULL : g_steal_pointer(&texts);
}

GPtrArray *
wire_get_texts(struct wire_input *in, guint count, gsize most)
{
    return get_all(in, count, most, wire_get_text);
}

GPtrArray *
wire_get_strings(struct wire_input *in, guint count, gsize most)
{
    return get_all(in, count, most, wire_get_string);
}

bool
wire_is_done(const struct wire_input *in)
{
    return !in->bad && in->at == in->end;
}
