# SPDX-License-Identifier: GPL-3.0-or-later
# SharePoint: what counts as content stands in web part zones and rich text fields; a list's
# feed is /_layouts/listfeed.aspx?List={GUID}.
[Profile]
Name=SharePoint
Fingerprint=MSOWebPartPage|_layouts/(?:15/)?(?:init|core|listfeed)|ms-rtestate-field

[Article]
Body=//*[contains(@class,"ms-rtestate-field")][string-length(normalize-space())>60]
