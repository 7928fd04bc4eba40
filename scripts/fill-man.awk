# SPDX-License-Identifier: GPL-3.0-or-later
# Fills a manual page: @VERSION@, and the parts made from the tables.
function include(file,    line) {
    while ((getline line < file) > 0)
        print line
    close(file)
}
/^@SETTINGS@$/ { include(settings); next }
/^@KEYS@$/ { include(keys); next }
{ gsub(/@VERSION@/, version); print }
