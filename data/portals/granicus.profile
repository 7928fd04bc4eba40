# SPDX-License-Identifier: GPL-3.0-or-later
# Granicus: agendas and minutes of meetings, as a table and as feeds of one view each.
[Profile]
Name=Granicus
Fingerprint=granicus\.com

[List]
Rows=//tr[contains(@class,"listingRow")]
Title=.//td[contains(@headers,"Name") or contains(@class,"listItem")][1]
Link=.//a[contains(@href,"AgendaViewer") or contains(@href,"MinutesViewer") or contains(@href,"MediaPlayer")]/@href
Date=.//td[contains(@headers,"Date")]
