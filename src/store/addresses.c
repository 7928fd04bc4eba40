/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading articles for an address. */
#include "config.h"

#include "store/addresses.h"
#include "document/document.h"
#include "store/blob.h"
#include "text/street.h"

static char *
plain_of(sqlite3_value *value)
{
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return NULL;
    g_autoptr(GBytes) bytes =
        blob_decompress(sqlite3_value_blob(value), (gsize)sqlite3_value_bytes(value), DOCUMENT_CAP);
    return bytes ? document_stored_plain(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes))
                 : NULL;
}

static void
free_address(void *data)
{
    street_free(data);
}

static void
address_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct street_address *address = sqlite3_get_auxdata(context, 2);
    if (!address) {
        const char *text = (const char *)sqlite3_value_text(values[2]);
        address = text ? street_parse(text) : NULL;
        if (!address)
            return;
        sqlite3_set_auxdata(context, 2, address, free_address);
        address = sqlite3_get_auxdata(context, 2);
        if (!address)
            return;
    }
    const char *title = (const char *)sqlite3_value_text(values[0]);
    g_autofree char *plain = plain_of(values[1]);
    sqlite3_result_int(context, street_find(address, title, plain) != STREET_NONE);
}

int
addresses_register(sqlite3 *db)
{
    return sqlite3_create_function(db, "crier_address", 3,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                   address_function, NULL, NULL);
}
