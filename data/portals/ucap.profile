# SPDX-License-Identifier: GPL-3.0-or-later
# UCAP (开普) and the provincial platforms built on it: static lists as list.shtml, list_2.shtml.
[Profile]
Name=UCAP
Name[zh]=开普
Fingerprint=<ucapcontent|<ucaptitle|ucap|createPageHTML\s*\(\s*['"]

[Article]
Title=//ucaptitle
Date=//publishtime
Body=//ucapcontent
