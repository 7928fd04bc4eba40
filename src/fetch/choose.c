/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sources a fetch is for: those that were named, else those whose turn has come. */
#include "config.h"

#include "fetch/choose.h"
#include "fetch/policy.h"
#include "store/health.h"

static bool
is_due(struct fetch_choice *c, const struct source *source)
{
    if (!urls_find(c->urls, source->url) && urls_find_missing(c->urls, source->url))
        return false; /* nobody knows where it is */
    int64_t until = source_waits_until(source, urls_find(c->urls, source->url), c->hosts, c->now);
    if (until) {
        c->waiting++;
        c->until = c->until ? MIN(c->until, until) : until;
        return false;
    }
    const struct subscription *sub = urls_find(c->urls, source->url);
    const struct settings_subject subject = {source->url, source->tags,
                                             sub ? subscription_address(sub) : NULL};
    int interval = settings_for(c->context->settings, &subject).fetch_interval;
    struct schedule_hints hints = schedule_hints_parse(source->schedule_hints);
    return c->options->all || c->options->names ||
           policy_is_due(source->next_due, interval, &hints, c->now);
}

GPtrArray *
fetch_choose(struct store *store, struct fetch_choice *c, GError **error)
{
    g_autoptr(GPtrArray) all = c->options->names ? sources_named(store, c->options->names, error)
                                                 : sources_list(store, false, error);
    if (!all)
        return NULL;
    GPtrArray *chosen = g_ptr_array_new();
    while (all->len) {
        struct source *source = g_ptr_array_steal_index(all, 0);
        if (is_due(c, source))
            g_ptr_array_add(chosen, source);
        else
            source_free(source);
    }
    return chosen;
}
