/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cleanup at the end of a scope for our own structs, which carry no typedefs and so
 * cannot use g_autoptr():
 *
 *     AUTO(feed_free) struct feed *feed = feed_parse(…);
 *
 * A header that declares S_free(struct S *) or S_clear(struct S *) adds DEFINE_AUTO_FREE
 * or DEFINE_AUTO_CLEAR below it.  g_steal_pointer() works as with g_autoptr().
 */
#pragma once

#define DEFINE_AUTO_FREE(type, function) \
    static inline void auto_##function(struct type **pointer) \
    { \
        if (*pointer) \
            function(*pointer); \
    }

#define DEFINE_AUTO_CLEAR(type, function) \
    static inline void auto_##function(struct type *pointer) \
    { \
        function(pointer); \
    }

#define AUTO(function) __attribute__((cleanup(auto_##function)))
