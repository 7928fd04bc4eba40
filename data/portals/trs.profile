# SPDX-License-Identifier: GPL-3.0-or-later
# TRS (拓尔思): static pages, index.html and index_1.html for the second page; articles as
# ./202405/t20240512_693227.html.
[Profile]
Name=TRS
Name[zh]=拓尔思
Fingerprint=TRS_Editor|trs_editor|createPageHTML\s*\(\s*\d|/t20\d{6}_\d+\.s?html?

[List]
Keep.Link=/t?\d{6,8}[^/]*\.s?html?|/20\d\d|/content_
Date.FromUrl=/t(\d{4})(\d\d)(\d\d)_
Date.Template={1}-{2}-{3}

[Article]
Body=//*[contains(@class,"TRS_Editor")][not(ancestor::*[contains(@class,"TRS_Editor")])]
