# SPDX-License-Identifier: GPL-3.0-or-later
# The same platform where a script fills the list: its rows are JSON in the page, an
# article's address is JSON within that JSON.
[Profile]
Name=UCAP, lists filled by script
Name[zh]=开普（脚本列表）
Fingerprint=var\s+listData\s*=|jpaas-jpublic|jpaas_

[List]
Format=json
Json=articleList"?\s*:\s*(\[.*)
Rows=$
Title=title
Link=urls
Link.Capture="(?:common|pc)"\s*:\s*"([^"]+)"
Date=pubDate
Date.2=publishTime
