/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between the channel and the loop: options, then the fence, then frames.  What it is told makes it
 * wait for nothing but the rest of a frame; what it says, the worker's thread takes at once.
 */
#include "config.h"

#include "transfer/serve.h"
#include "base/channel.h"
#include "base/memory.h"
#include "base/status.h"
#include "fence/fence.h"
#include "transfer/loop.h"

#include <curl/curl.h>
#include <stdlib.h>

#define AGENT "crier/" PACKAGE_VERSION " (municipal news reader)"
/* microseconds between two words about what came, and when nothing did: it lives */
#define TELL_EVERY (G_USEC_PER_SEC / 10)
#define TELL_ALIVE (5 * G_USEC_PER_SEC)

struct service {
    int channel;
    struct loop *loop;
    GByteArray *out; /* the frame that is made */
    gint64 told;     /* of what loop_received() says, the last that was told */
    gint64 told_at;
    bool ended; /* nobody takes the answers any more */
};

static void
say(struct service *s, enum frame_kind kind)
{
    s->ended |= !channel_send(s->channel, kind, s->out);
    g_byte_array_set_size(s->out, 0);
}

/* --- what is said -------------------------------------------------------------------------- */

static void
on_begun(gpointer data, guint serial)
{
    struct service *s = data;
    wire_put_number(s->out, serial);
    say(s, FRAME_BEGUN);
}

static void
note_told(struct service *s)
{
    s->told = loop_received(s->loop);
    s->told_at = g_get_monotonic_time();
}

static void
on_answered(gpointer data, guint serial, struct response *response)
{
    struct service *s = data;
    note_told(s);
    frames_put_response(s->out, serial, s->told, response);
    say(s, FRAME_RESPONSE);
    if (response->body->len)
        s->ended |= !channel_send(s->channel, FRAME_BODY, response->body);
    response_free(response);
}

/*
 * Says what has come, for whoever watches the progress or waits for it to end; how many
 * milliseconds until that may be said again.
 */
static int
tell_received(struct service *s)
{
    gint64 every = loop_received(s->loop) == s->told ? TELL_ALIVE : TELL_EVERY;
    gint64 left = s->told_at + every - g_get_monotonic_time();
    if (left > 0)
        return (int)(left / G_TIME_SPAN_MILLISECOND) + 1;
    note_told(s);
    wire_put_number(s->out, s->told);
    say(s, FRAME_RECEIVED);
    return TELL_ALIVE / G_TIME_SPAN_MILLISECOND;
}

/* --- what is heard ------------------------------------------------------------------------- */

static bool
take_request(struct service *s, const GByteArray *bytes)
{
    guint serial, session;
    int deadline;
    struct request *request = frames_get_request(bytes, &serial, &session, &deadline);
    if (request)
        loop_submit(s->loop, serial, request, session, deadline);
    return request != NULL;
}

static bool
take_wait(struct service *s, struct wire_input *in)
{
    g_autofree char *authority = wire_get_string(in, FRAMES_MAX_URL);
    int64_t until = wire_get_number(in, 0, G_MAXINT64);
    if (wire_is_done(in) && authority)
        loop_host_waits(s->loop, authority, until);
    return wire_is_done(in);
}

static bool
take_number(struct service *s, struct wire_input *in, void (*take)(struct loop *loop, guint number))
{
    guint number = (guint)wire_get_number(in, 1, G_MAXUINT);
    if (wire_is_done(in))
        take(s->loop, number);
    return wire_is_done(in);
}

static bool
take_frame(struct service *s, const struct channel_frame *frame)
{
    struct wire_input in = wire_input(frame->bytes->data, frame->bytes->len);
    switch (frame->kind) {
    case FRAME_REQUEST:
        return take_request(s, frame->bytes);
    case FRAME_TAKEN:
        loop_taken(s->loop);
        return true;
    case FRAME_RELEASED:
        return take_number(s, &in, loop_release);
    case FRAME_SESSION_END:
        return take_number(s, &in, loop_end_session);
    case FRAME_HOST_WAITS:
        return take_wait(s, &in);
    default:
        return false;
    }
}

/* All that is there. */
static void
hear(struct service *s, struct channel_frame *frame)
{
    enum channel_result result;
    while ((result = channel_receive(s->channel, frame, FRAMES_MAX_ASKED, 0)) == CHANNEL_FRAME)
        if (!take_frame(s, frame)) {
            s->ended = true;
            return;
        }
    s->ended |= result != CHANNEL_LATE;
}

/* --- the process --------------------------------------------------------------------------- */

/* Enters the fence: no file but those by which one trusts others and shows oneself. */
static void
enter_fence(const struct transfer_options *options)
{
    static const char *const variables[] = {"SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"};
    g_autoptr(GPtrArray) read = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value && *value)
            g_ptr_array_add(read, (gpointer)value);
    }
    for (guint i = 0; options->files && i < options->files->len; i++)
        g_ptr_array_add(read, g_ptr_array_index(options->files, i));
    g_ptr_array_add(read, NULL);
    const struct fence_places places = {.read = (const char *const *)read->pdata};
    fence_enter(FENCE_TRANSFER, &places);
}

static bool
hear_options(int channel, struct channel_frame *frame, struct transfer_options *options)
{
    return channel_receive(channel, frame, FRAMES_MAX_ASKED, -1) == CHANNEL_FRAME &&
           frame->kind == FRAME_OPTIONS && frames_get_options(frame->bytes, options);
}

static void
free_options(struct transfer_options *options)
{
    g_free((char *)(guintptr)options->user_agent);
    if (options->files)
        g_ptr_array_unref((GPtrArray *)(guintptr)options->files);
}

static void
serve(int channel, const struct transfer_options *options, struct channel_frame *frame)
{
    struct service s = {.channel = channel, .out = g_byte_array_new()};
    const struct loop_listener listener = {on_begun, on_answered, &s};
    struct transfer_options own = *options;
    if (!own.user_agent || !*own.user_agent)
        own.user_agent = AGENT;
    s.loop = loop_new(&own, &listener);
    while (!s.ended)
        if (loop_step(s.loop, channel, tell_received(&s)))
            hear(&s, frame);
    loop_free(s.loop);
    g_byte_array_unref(s.out);
}

int
transfer_serve(int channel)
{
    struct transfer_options options = {0};
    struct channel_frame frame;
    channel_frame_init(&frame);
    bool told = hear_options(channel, &frame, &options);
    if (told) {
        memory_give_back();
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, memory_new, free, memory_resize, memory_copy,
                             memory_zeros);
        enter_fence(&options);
        serve(channel, &options, &frame);
        curl_global_cleanup();
    }
    free_options(&options);
    channel_frame_clear(&frame);
    return told ? STATUS_OK : STATUS_USAGE;
}
