/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A helper as parse/helper-role.h has them, which knows FRAME_PICTURE alone.  It has nothing but
 * its memory, its time and the channel.
 */
#include "config.h"

#include "picture/serve.h"
#include "base/channel.h"
#include "fence/fence.h"
#include "parse/helper-role.h"
#include "parse/limits.h"
#include "parse/question.h"
#include "picture/draw.h"

#include <stdlib.h>
#include <unistd.h>

#define QUESTION (1100u << 20) /* bytes: as large as fetch.max-size lets a file be */

static void
end_without_memory(void)
{
    _exit(HELPER_NO_MEMORY);
}

static bool
answer(int fd, const struct channel_frame *frame)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    struct drawn_request request;
    if (!drawn_request_get(&in, &request))
        return false;
    limits_time(limits_page_time());
    AUTO(pixels_free) struct pixels *pixels = picture_decode(in.at, (gsize)(in.end - in.at));
    if (!pixels)
        return channel_send(fd, FRAME_NOTHING, NULL);
    AUTO(drawn_free) struct drawn *drawn = picture_draw(pixels, &request);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    drawn_put(bytes, drawn);
    return channel_send(fd, FRAME_RESULT, bytes);
}

int
picture_serve(int fd)
{
    struct channel_frame frame;
    channel_frame_init(&frame);
    limits_memory(end_without_memory);
    if (channel_receive(fd, &frame, QUESTION, -1) != CHANNEL_FRAME || frame.kind != FRAME_ZONES)
        return EXIT_FAILURE;
    fence_enter(FENCE_PARSE, NULL);
    while (channel_receive(fd, &frame, QUESTION, -1) == CHANNEL_FRAME &&
           frame.kind == FRAME_PICTURE && answer(fd, &frame))
        ;
    channel_frame_clear(&frame);
    return EXIT_SUCCESS;
}
