# SPDX-License-Identifier: GPL-3.0-or-later
# hanweb (大汉): the list of a column page is in CDATA records of a script; more of it comes
# from /module/web/jpage/dataproxy.jsp, whose parameters only the column page knows.
[Profile]
Name=hanweb
Name[zh]=大汉
Fingerprint=/module/(?:web|xxgk)/|<datastore>|hanweb|/art/20\d\d/\d+/\d+/art_

[List]
Date.FromUrl=/art/(\d{4})/(\d+)/(\d+)/
Date.Template={1}-{2}-{3}
