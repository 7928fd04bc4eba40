# SPDX-License-Identifier: GPL-3.0-or-later
# gkmlpt: the open government lists of Guangdong. The page is filled by script; its interface
# is JSON: set Url to https://HOST/gkmlpt/api/all/0?page={page} in the section.
[Profile]
Name=gkmlpt (Guangdong)
Name[zh]=广东省政务公开目录
Fingerprint=/gkmlpt/

[List]
Format=json
Rows=articles
Title=title
Link=url
Date=date
