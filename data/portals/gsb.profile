# SPDX-License-Identifier: GPL-3.0-or-later
# Government Site Builder of the German federal administration.
[Profile]
Name=Government Site Builder
Fingerprint=Government Site Builder|SiteGlobals/
