# SPDX-License-Identifier: GPL-3.0-or-later
# CivicPlus CivicEngage: feeds at /RSSFeed.aspx, ModID 1 for news, 63 for alerts, 58 for the calendar.
[Profile]
Name=CivicPlus
Fingerprint=CivicEngage|civicplus\.com|/CivicAlerts\.aspx
Feed=/RSSFeed.aspx?ModID=1&CID=All-newsflash.xml
Feed.2=/RSSFeed.aspx?ModID=63&CID=All-0
Feed.3=/RSSFeed.aspx?ModID=58&CID=All-calendar.xml
