# SPDX-License-Identifier: GPL-3.0-or-later
# WordPress: the main feed at /feed/; lists of posts in the themes' usual markup.
[Profile]
Name=WordPress
Fingerprint=/wp-content/|/wp-includes/
Feed=/feed/

[List]
Rows=//article[.//a[@rel="bookmark"]]
Rows.2=//article[.//*[contains(@class,"entry-title")]//a]
Title=.//*[contains(@class,"entry-title")]
Link=.//*[contains(@class,"entry-title")]//a/@href
Link.2=.//a[@rel="bookmark"]/@href
Date=.//time/@datetime
Next=//a[contains(@class,"next")]/@href
