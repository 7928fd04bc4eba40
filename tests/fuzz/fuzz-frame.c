/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one process of a fetch sends another: the first byte is how many steps follow, each of which
 * says what is read of the rest.  What was read is within its bounds, and when all was, writing it
 * gives the same bytes.  The rest is also what comes through a channel, and what crier-transfer
 * answers.
 */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/channel.h"
#include "base/wire.h"
#include "fuzz/kit.h"
#include "transfer/frames.h"

#define MOST_BYTES 64
#define MOST_TEXTS 5

static void
read_text(struct wire_input *in, GByteArray *out, bool needed)
{
    g_autofree char *text = needed ? wire_need_text(in, MOST_BYTES) : wire_get_text(in, MOST_BYTES);
    g_assert_true(!needed || text);
    assert_clean(text);
    g_assert_true(!text || strlen(text) <= MOST_BYTES);
    wire_put_text(out, text);
}

static void
read_texts(struct wire_input *in, GByteArray *out, bool clean)
{
    g_autoptr(GPtrArray) texts = clean ? wire_get_texts(in, MOST_TEXTS, MOST_BYTES)
                                       : wire_get_strings(in, MOST_TEXTS, MOST_BYTES);
    g_assert_true(!texts || (!in->bad && texts->len <= MOST_TEXTS));
    for (guint i = 0; texts && clean && i < texts->len; i++)
        assert_clean(g_ptr_array_index(texts, i));
    wire_put_texts(out, texts);
}

static void
read_bytes(struct wire_input *in, GByteArray *out)
{
    gsize length;
    const guint8 *bytes = wire_get_bytes(in, MOST_BYTES, &length);
    g_assert_true(length <= MOST_BYTES && (bytes || !length) && (bytes != NULL) == !in->bad);
    wire_put_bytes(out, bytes ? bytes : (const guint8 *)"", length);
}

static void
read_number(struct wire_input *in, GByteArray *out)
{
    int64_t number = wire_get_number(in, -5, 1000);
    g_assert_true(number >= -5 && number <= 1000);
    wire_put_number(out, number);
}

static void
read_step(struct wire_input *in, GByteArray *out, uint8_t step)
{
    g_autofree char *string = NULL;
    switch (step % 7) {
    case 0:
        read_number(in, out);
        break;
    case 1:
        wire_put_bool(out, wire_get_bool(in));
        break;
    case 2:
        read_bytes(in, out);
        break;
    case 3:
        read_text(in, out, step & 0x80);
        break;
    case 4:
        string = wire_get_string(in, MOST_BYTES);
        wire_put_text(out, string);
        break;
    case 5:
        read_texts(in, out, step & 0x80);
        break;
    default:
        g_assert_cmpuint(wire_get_count(in, MOST_TEXTS), <=, MOST_TEXTS);
        in->bad = true; /* a count is of the caller's to write */
    }
}

/* The other end sends anything and is gone. */
static void
receive(const uint8_t *data, size_t size)
{
    int ends[2];
    g_assert_true(channel_pair(ends));
    g_assert_cmpint(send(ends[0], data, size, MSG_NOSIGNAL), ==, (ssize_t)size);
    close(ends[0]);
    struct channel_frame frame;
    channel_frame_init(&frame);
    enum channel_result result;
    while ((result = channel_receive(ends[1], &frame, MOST_BYTES, -1)) == CHANNEL_FRAME)
        g_assert_cmpuint(frame.bytes->len, <=, MOST_BYTES);
    g_assert_true(result == CHANNEL_END || result == CHANNEL_BROKEN);
    channel_frame_clear(&frame);
    close(ends[1]);
}

/* The worker believes nothing of an answer that could not be one. */
static void
read_answer(const uint8_t *data, size_t size)
{
    struct wire_input in = wire_input(data, size);
    guint serial = frames_get_serial(&in);
    struct response *response = response_new(request_new("http://city.example/feed.xml", 0, NULL));
    struct answer_head head;
    if (frames_get_response(&in, 1 << 20, response, &head)) {
        const char *const texts[] = {response->url,           response->moved_to,
                                     response->content_type,  response->links,
                                     response->cache_control, response->evidence};
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            assert_clean(texts[i]);
        g_assert_cmpuint(head.length, <=, 1 << 20);
        head.serial = serial;
    }
    response_free(response);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes bytes = {data, data + size};
    uint8_t steps = bytes_number(&bytes) % 8;
    const uint8_t *script = bytes.at;
    if ((size_t)(bytes.end - bytes.at) < steps)
        return 0;
    const uint8_t *rest = script + steps;
    struct wire_input in = wire_input(rest, (gsize)(bytes.end - rest));
    g_autoptr(GByteArray) out = g_byte_array_new();
    for (uint8_t i = 0; i < steps && !in.bad; i++)
        read_step(&in, out, script[i]);
    g_assert_true(in.at <= in.end);
    if (!in.bad) {
        g_assert_cmpmem(out->data, out->len, rest, (gsize)(in.at - rest));
        g_assert_true(wire_is_done(&in) == (in.at == in.end));
    }
    read_answer(rest, (size_t)(bytes.end - rest));
    if (size < 4096)
        receive(rest, (size_t)(bytes.end - rest));
    return 0;
}
