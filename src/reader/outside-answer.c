/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors and texts on their way from a role. */
#include "config.h"

#include "reader/outside-answer.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/status.h"
#include "base/wire.h"
#include "config/settings.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK(crier_child_error, child_error)

enum answer_kind { ANSWER_DONE, ANSWER_FILE, ANSWER_CONFIG, ANSWER_OTHER };

GByteArray *
outside_read(int fd, gsize most)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 buffer[65536];
    ssize_t got;
    while ((got = read(fd, buffer, sizeof buffer)) != 0 && bytes->len < most) {
        if (got > 0)
            g_byte_array_append(bytes, buffer, (guint)got);
        else if (errno != EINTR)
            break;
    }
    return bytes;
}

int
outside_answer(int fd, const GError *error, const char *text)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    wire_put_number(out, !error                          ? ANSWER_DONE
                         : error->domain == G_FILE_ERROR ? ANSWER_FILE
                         : error->domain == CONFIG_ERROR ? ANSWER_CONFIG
                                                         : ANSWER_OTHER);
    wire_put_number(out, error ? error->code : 0);
    const char *said = error ? error->message : text ? text : "";
    wire_put_bytes(out, said, strlen(said));
    file_write_all(fd, out->data, out->len);
    return error ? STATUS_USAGE : STATUS_OK;
}

bool
outside_take_answer(const GByteArray *bytes, char **text, GError **error)
{
    struct wire_input in = wire_input(bytes->data, bytes->len);
    enum answer_kind kind = (enum answer_kind)wire_get_number(&in, ANSWER_DONE, ANSWER_OTHER);
    int code = (int)wire_get_number(&in, 0, G_MAXINT);
    g_autofree char *said = wire_get_string(&in, OUTSIDE_ANSWER);
    if (!wire_is_done(&in)) {
        g_set_error(error, CHILD_ERROR, CHILD_ERROR_START, _("cannot start '%s': %s"), "crier",
                    g_strerror(EPIPE));
        return false;
    }
    if (kind == ANSWER_DONE) {
        if (text)
            *text = g_steal_pointer(&said);
        return true;
    }
    GQuark domain = kind == ANSWER_FILE     ? G_FILE_ERROR
                    : kind == ANSWER_CONFIG ? CONFIG_ERROR
                                            : CHILD_ERROR;
    g_set_error_literal(error, domain, code, said ? said : "");
    return false;
}
