/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schema, as numbered migrations: migration n brings a store from user_version n-1 to
 * n.  They are never edited once released.  Marks lie apart from content; documents and raw
 * pages apart from what lists read; counters are kept by triggers.
 */
#include "config.h"

#include "store/schema.h"
#include "base/i18n.h"
#include "store/db.h"

/* What stores of before schema 7 hold in place of a title. */
#define NO_TITLE "('(no title)', '(без заголовка)', '（无标题）')"

/*
 * What a mark changes: both counters, which hold no deleted article, and the list of what is
 * unread.
 */
#define MARKED(total, unread) \
    " UPDATE sources SET total = " total ", unread = " unread \
    " WHERE id = (SELECT source FROM articles WHERE id = new.article);" \
    " UPDATE languages SET total = " total ", unread = " unread \
    " WHERE source = (SELECT source FROM articles WHERE id = new.article)" \
    " AND language = (SELECT coalesce(language, " NO_LANGUAGE \
    ") FROM articles WHERE id = new.article);" \
    " DELETE FROM unread WHERE sort = (SELECT sort FROM articles WHERE id = new.article)" \
    " AND article = new.article AND (new.read OR new.deleted);"

/* What names of sources are made of, and that one has changed: source_names_follow(). */
#define NAMING(row) \
    row "url, " row "active, " row "title, " row "title_names, " row "feed_title, " row \
        "portal, " row "portal_name, " row "portal_names"
#define RENAMED \
    " UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'source_names'; END;"

static const char *const migrations[] = {
    /* 1 */
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE sources("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " url TEXT NOT NULL UNIQUE,"      /* of the feed, or portal:ID/EDITION/SECTION */
    " title TEXT,"                    /* that the user or the portal file gave */
    " feed_title TEXT,"               /* that the feed gave */
    " tags TEXT NOT NULL DEFAULT ''," /* separated and surrounded by newlines */
    " portal TEXT, portal_name TEXT, edition TEXT, edition_name TEXT, section TEXT, language TEXT,"
    " position INTEGER NOT NULL DEFAULT 0,"
    " active INTEGER NOT NULL DEFAULT 1,"
    " home TEXT, etag TEXT, last_modified TEXT,"
    " last_attempt INTEGER, last_success INTEGER, last_error TEXT, failures INTEGER NOT NULL DEFAULT 0,"
    " next_due INTEGER, retry_after INTEGER, moved_to TEXT,"
    " charset TEXT, charset_evidence TEXT, warnings TEXT,"
    " total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE articles("
    " id INTEGER PRIMARY KEY AUTOINCREMENT," /* shown to users, never reused */
    " source INTEGER NOT NULL REFERENCES sources(id),"
    " key TEXT NOT NULL," /* i:ID, l:LINK or t:TITLE+DATE */
    " link TEXT, identity TEXT, title TEXT NOT NULL, author TEXT, publisher TEXT, section TEXT, language TEXT,"
    " published INTEGER, published_offset INTEGER NOT NULL DEFAULT 0, published_precision INTEGER NOT NULL DEFAULT 0,"
    " updated INTEGER, first_seen INTEGER NOT NULL,"
    " sort INTEGER NOT NULL," /* published, else first_seen */
    " revisions INTEGER NOT NULL DEFAULT 0, attachments INTEGER NOT NULL DEFAULT 0,"
    " withdrawn INTEGER," /* when its page was found gone */
    " UNIQUE(source, key));"
    "CREATE INDEX articles_by_date ON articles(sort, id);"
    "CREATE INDEX articles_by_source ON articles(source, sort, id);"
    "CREATE INDEX articles_by_identity ON articles(identity);"
    "CREATE TABLE marks("
    " article INTEGER PRIMARY KEY REFERENCES articles(id),"
    " read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE tags(article INTEGER NOT NULL REFERENCES articles(id), tag TEXT NOT NULL,"
    " PRIMARY KEY(article, tag)) WITHOUT ROWID;"
    "CREATE INDEX tags_by_tag ON tags(tag, article);"
    "CREATE TABLE documents("
    " article INTEGER NOT NULL REFERENCES articles(id), revision INTEGER NOT NULL,"
    " seen INTEGER NOT NULL, hash TEXT NOT NULL, origin TEXT NOT NULL, title TEXT," /* origin: feed or page */
    " data BLOB NOT NULL, PRIMARY KEY(article, revision));"
    "CREATE TABLE pages("
    " article INTEGER PRIMARY KEY REFERENCES articles(id), url TEXT NOT NULL, content_type TEXT,"
    " etag TEXT, last_modified TEXT, charset TEXT, charset_evidence TEXT, fetched INTEGER NOT NULL,"
    " error TEXT, permanent INTEGER NOT NULL DEFAULT 0," /* an error that asking again does not mend */
    " data BLOB);"
    "CREATE TABLE attachments("
    " article INTEGER NOT NULL REFERENCES articles(id), position INTEGER NOT NULL,"
    " url TEXT NOT NULL, title TEXT, type TEXT, length INTEGER, PRIMARY KEY(article, position)) WITHOUT ROWID;"
    "CREATE TABLE editions("
    " article INTEGER NOT NULL REFERENCES articles(id), language TEXT NOT NULL, url TEXT NOT NULL,"
    " identity TEXT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY(article, language)) WITHOUT ROWID;"
    "CREATE TABLE search_text("
    " article INTEGER PRIMARY KEY REFERENCES articles(id), title TEXT NOT NULL, text TEXT NOT NULL,"
    " indexed INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX search_pending ON search_text(article) WHERE indexed = 0;"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='search_text', content_rowid='article', tokenize='crier');"
    /* counters: an article counts unless it is deleted, as unread unless it is read */
    "CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN"
    " UPDATE sources SET total = total + 1, unread = unread + 1 WHERE id = new.source; END;"
    "CREATE TRIGGER marks_added AFTER INSERT ON marks BEGIN"
    " UPDATE sources SET total = total - new.deleted, unread = unread - (new.read OR new.deleted)"
    " WHERE id = (SELECT source FROM articles WHERE id = new.article); END;"
    "CREATE TRIGGER marks_changed AFTER UPDATE ON marks BEGIN"
    " UPDATE sources SET total = total + old.deleted - new.deleted,"
    " unread = unread + (old.read OR old.deleted) - (new.read OR new.deleted)"
    " WHERE id = (SELECT source FROM articles WHERE id = new.article); END;",
    /* 2: what a source sent last, as it came */
    "CREATE TABLE responses("
    " source INTEGER PRIMARY KEY REFERENCES sources(id), url TEXT NOT NULL, content_type TEXT,"
    " fetched INTEGER NOT NULL, data BLOB NOT NULL);",
    /* 3: which articles name an article as their edition */
    "CREATE INDEX editions_by_identity ON editions(identity);",
    /* 4: the index without a copy of the text; what waits to be indexed */
    "DROP TABLE search;"
    "DROP TABLE search_text;"
    "CREATE TABLE search_wait(article INTEGER PRIMARY KEY REFERENCES articles(id));"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', columnsize=0, detail=column, tokenize='crier');"
    "INSERT INTO search_wait(article) SELECT id FROM articles;",
    /* 5: what was ended for good and shall not come back with its source */
    "CREATE TABLE purged(source INTEGER NOT NULL, key TEXT NOT NULL, identity TEXT, PRIMARY KEY(source, key)) WITHOUT ROWID;"
    "CREATE INDEX purged_by_identity ON purged(identity);"
    "CREATE INDEX marks_deleted ON marks(article) WHERE deleted = 1;"
    "CREATE INDEX marks_starred ON marks(article) WHERE starred = 1;"
    "CREATE INDEX articles_attached ON articles(sort, id) WHERE attachments > 0;"
    "CREATE INDEX articles_revised ON articles(sort, id) WHERE revisions > 1;"
    "CREATE INDEX articles_withdrawn ON articles(sort, id) WHERE withdrawn IS NOT NULL;"
    "ALTER TABLE sources ADD COLUMN rhythm TEXT;", /* what the feed said of when to ask: fetch/policy.h */
    /* 6: where reading goes on: a block of the document and bytes into its text */
    "CREATE TABLE places(article INTEGER PRIMARY KEY REFERENCES articles(id), block INTEGER NOT NULL, offset INTEGER NOT NULL);",
    /*
     * 7: no words for people: problems as codes, names in all languages, articles without a title
     * without one
     */
    /* that want no request before */
    "CREATE TABLE hosts(authority TEXT PRIMARY KEY, retry_after INTEGER NOT NULL) WITHOUT ROWID;"
    "ALTER TABLE sources ADD COLUMN validated TEXT;" /* the URL that etag and last_modified are of */
    "ALTER TABLE sources ADD COLUMN title_names TEXT;"
    "ALTER TABLE sources ADD COLUMN portal_names TEXT;"
    "ALTER TABLE sources ADD COLUMN edition_names TEXT;"
    "UPDATE sources SET last_error = crier_problem(last_error), warnings = crier_problems(warnings);"
    "UPDATE pages SET error = crier_problem(error) WHERE error IS NOT NULL;"
    "UPDATE articles SET title = '' WHERE title IN " NO_TITLE ";"
    /* links that differ behind '#' or by a story's number are different ones (base/url.h) */
    "UPDATE OR IGNORE articles SET key = CASE WHEN key = 'l:' || identity THEN 'l:' || crier_identity(link) ELSE key END,"
    " identity = crier_identity(link) WHERE link IS NOT NULL AND identity IS NOT crier_identity(link);",
    /* 8: an index that any SQLite can read and check; whose file this is */
    "DROP TABLE search;"
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', columnsize=0, detail=column, tokenize='ascii');"
    "INSERT OR IGNORE INTO search_wait(article) SELECT id FROM articles;"
    "PRAGMA application_id=" G_STRINGIFY(STORE_APPLICATION) ";",
    /* 9: attachments that are kept, as they came, and what converters read in them */
    "CREATE TABLE files("
    " id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, content_type TEXT, format TEXT, etag TEXT, last_modified TEXT,"
    " fetched INTEGER NOT NULL, size INTEGER, sha256 TEXT," /* NULL: it did not come yet */
    " problem TEXT, permanent INTEGER NOT NULL DEFAULT 0,"  /* why there are no bytes, or no text */
    " text BLOB, data BLOB);"                               /* data lies there as it came */
    "CREATE INDEX files_missing ON files(url) WHERE data IS NULL AND permanent = 0;"
    "CREATE INDEX files_failed ON files(url) WHERE problem IS NOT NULL;"
    "CREATE INDEX attachments_by_url ON attachments(url);",
    /* 10: when and where an article takes place; NULL: nothing says so */
    "ALTER TABLE articles ADD COLUMN starts INTEGER;"
    "ALTER TABLE articles ADD COLUMN starts_offset INTEGER;"
    "ALTER TABLE articles ADD COLUMN starts_precision INTEGER;"
    "ALTER TABLE articles ADD COLUMN ends INTEGER;"
    "ALTER TABLE articles ADD COLUMN ends_offset INTEGER;"
    "ALTER TABLE articles ADD COLUMN ends_precision INTEGER;"
    "ALTER TABLE articles ADD COLUMN place TEXT;",
    /*
     * 11: what is neither read nor deleted, in the order of lists; the counters of sources by
     * language
     */
    "CREATE TABLE unread(sort INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(sort, article)) WITHOUT ROWID;"
    "CREATE TABLE languages("
    " source INTEGER NOT NULL, language TEXT NOT NULL," /* of articles; NO_LANGUAGE: they say none */
    " total INTEGER NOT NULL, unread INTEGER NOT NULL, PRIMARY KEY(source, language)) WITHOUT ROWID;"
    "INSERT INTO unread " SCHEMA_UNREAD ";"
    "INSERT INTO languages " SCHEMA_LANGUAGES ";"
    "CREATE TRIGGER articles_added_unread AFTER INSERT ON articles BEGIN"
    " INSERT OR REPLACE INTO unread(sort, article) VALUES(new.sort, new.id);"
    " INSERT INTO languages(source, language, total, unread) VALUES(new.source, coalesce(new.language, " NO_LANGUAGE
    "), 1, 1) ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + 1; END;"
    "CREATE TRIGGER articles_moved AFTER UPDATE OF sort ON articles WHEN new.sort <> old.sort BEGIN"
    " UPDATE unread SET sort = new.sort WHERE sort = old.sort AND article = old.id; END;"
    "CREATE TRIGGER articles_translated AFTER UPDATE OF language ON articles WHEN new.language IS NOT old.language BEGIN"
    " INSERT OR IGNORE INTO languages(source, language, total, unread) VALUES(new.source, coalesce(new.language, " NO_LANGUAGE
    "), 0, 0);"
    " UPDATE languages SET total = total + sign * (1 - deleted), unread = unread + sign * (1 - hidden)"
    " FROM (SELECT 1 AS sign, coalesce(new.language, " NO_LANGUAGE
    ") AS language UNION ALL SELECT -1, coalesce(old.language, " NO_LANGUAGE ")) side,"
    " (SELECT coalesce(max(m.deleted), 0) AS deleted, coalesce(max(m.read OR m.deleted), 0) AS hidden FROM marks m WHERE m.article = new.id) mark"
    " WHERE languages.source = new.source AND languages.language = side.language; END;"
    "DROP TRIGGER marks_added;"
    "DROP TRIGGER marks_changed;"
    "CREATE TRIGGER marks_added AFTER INSERT ON marks WHEN new.read OR new.deleted BEGIN" MARKED(
        "total - new.deleted",
        "unread - 1") " END;"
                      "CREATE TRIGGER marks_changed AFTER UPDATE ON marks WHEN new.read <> old.read OR new.deleted <> old.deleted BEGIN" MARKED(
                          "total + old.deleted - new.deleted",
                          "unread + (old.read OR old.deleted) - (new.read OR new.deleted)") " INSERT OR IGNORE INTO unread(sort, article) SELECT sort, id FROM articles"
                                                                                            " WHERE id = new.article AND NOT (new.read OR new.deleted); END;",
    /*
     * 12: what happened to articles (store/changes.h), from what is known of it; how far who has
     * been told; when a source was first there, with which came what it had from before
     */
    "CREATE TABLE changes("
    " id INTEGER PRIMARY KEY AUTOINCREMENT," /* the order; never reused */
    " article INTEGER NOT NULL REFERENCES articles(id), kind INTEGER NOT NULL," /* enum change_kind */
    " revision INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL);"
    "CREATE INDEX changes_by_article ON changes(article);"
    "CREATE INDEX changes_by_time ON changes(at, article);"
    "CREATE TABLE cursors(name TEXT PRIMARY KEY, article INTEGER NOT NULL, change INTEGER NOT NULL,"
    " moved INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX articles_by_arrival ON articles(first_seen);"
    "ALTER TABLE sources ADD COLUMN first_success INTEGER;"
    "UPDATE sources SET first_success = (SELECT min(first_seen) FROM articles WHERE source = sources.id);"
    "INSERT INTO changes(article, kind, revision, at)"
    " SELECT d.article, 1, d.revision, d.seen FROM articles a CROSS JOIN documents d ON d.article = a.id AND d.revision > 1"
    " WHERE a.revisions > 1 UNION ALL"
    " SELECT id, 2, revisions, withdrawn FROM articles WHERE withdrawn IS NOT NULL ORDER BY 4, 1;",
    /* 13: since when a source fails, when it last brought something, its last answer */
    "ALTER TABLE sources ADD COLUMN failing_since INTEGER;"
    "ALTER TABLE sources ADD COLUMN last_new INTEGER;"
    "ALTER TABLE sources ADD COLUMN http_status INTEGER;"
    "UPDATE sources SET failing_since = coalesce(last_success, last_attempt) WHERE failures > 0;"
    "UPDATE sources SET last_new = (SELECT max(first_seen) FROM articles WHERE source = sources.id);",
    /* 14: the order of titles, of what is indexed for search: their beginnings, folded */
    "CREATE TABLE titles(key BLOB NOT NULL, article INTEGER NOT NULL, PRIMARY KEY(key, article)) WITHOUT ROWID;"
    "INSERT INTO titles(key, article) SELECT crier_title_key(title) AS key, id FROM articles"
    " WHERE id NOT IN (SELECT article FROM search_wait) ORDER BY key, id;",
    /* 15: until when the certificate of a source's server holds */
    "ALTER TABLE sources ADD COLUMN certificate_expires INTEGER;",
    /* 16: watches whose hits could not be told, until they are */
    "CREATE TABLE watch_failures(name TEXT PRIMARY KEY, failures INTEGER NOT NULL, since INTEGER NOT NULL,"
    " last INTEGER NOT NULL, problem TEXT NOT NULL) WITHOUT ROWID;",
    /* 17: marks that came before their articles */
    "CREATE TABLE early_marks(source TEXT NOT NULL, id TEXT NOT NULL, identity TEXT NOT NULL, read INTEGER NOT NULL,"
    " starred INTEGER NOT NULL, tags TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(source, id, identity)) WITHOUT ROWID;"
    "CREATE INDEX early_marks_by_identity ON early_marks(identity) WHERE identity <> '';",
    /* 18: how stored bytes were obtained (transfer/evidence.h), and their SHA-256 */
    "ALTER TABLE pages ADD COLUMN evidence BLOB; ALTER TABLE pages ADD COLUMN sha256 TEXT;"
    "ALTER TABLE responses ADD COLUMN evidence BLOB; ALTER TABLE responses ADD COLUMN sha256 TEXT;",
    /* 19: what texts say, of store/reading.h: the dates that bind */
    "CREATE TABLE agenda("
    " article INTEGER NOT NULL REFERENCES articles(id), position INTEGER NOT NULL, role INTEGER NOT NULL,"
    " at INTEGER NOT NULL, offset INTEGER NOT NULL, precision INTEGER NOT NULL, computed INTEGER NOT NULL,"
    " sentence TEXT NOT NULL, PRIMARY KEY(article, position)) WITHOUT ROWID;"
    "CREATE INDEX agenda_by_time ON agenda(at, article);"
    /* the numbers of documents in them */
    "CREATE TABLE citations("
    " article INTEGER NOT NULL REFERENCES articles(id), position INTEGER NOT NULL, key TEXT NOT NULL,"
    " shown TEXT NOT NULL, own INTEGER NOT NULL, PRIMARY KEY(article, position)) WITHOUT ROWID;"
    "CREATE INDEX citations_by_key ON citations(key, own, article);"
    "INSERT INTO meta(key, value) VALUES('reading_form', '5');"
    "INSERT INTO meta(key, value) SELECT 'reading_rest', coalesce(max(id), 0) FROM articles;",
    /* 20: what was said of an article when each of its texts was new; NULL: not known */
    "ALTER TABLE documents ADD COLUMN heading TEXT;" /* the title; that of `title` is its origin's */
    "ALTER TABLE documents ADD COLUMN published INTEGER;"
    "ALTER TABLE documents ADD COLUMN published_offset INTEGER;"
    "ALTER TABLE documents ADD COLUMN published_precision INTEGER;"
    "ALTER TABLE documents ADD COLUMN updated INTEGER;"
    "ALTER TABLE documents ADD COLUMN attachments TEXT;" /* store/revisions.c */
    "ALTER TABLE documents ADD COLUMN reread INTEGER;",  /* when it was read again last */
    /* 21: how the last fetches of a source ended, a character each: store/health.h */
    "ALTER TABLE sources ADD COLUMN history TEXT;",
    /* 22: by what withdrawals were seen (store/withdrawals.h); what is asked for again, doubted */
    "ALTER TABLE changes ADD COLUMN evidence INTEGER;" /* enum withdrawal */
    "ALTER TABLE changes ADD COLUMN status INTEGER;"
    "ALTER TABLE changes ADD COLUMN place TEXT;"
    "CREATE TABLE rechecks("
    " article INTEGER PRIMARY KEY REFERENCES articles(id), asked INTEGER NOT NULL,"
    " kind INTEGER, since INTEGER);" /* NULL: no doubt; none that could be believed */
    "CREATE INDEX rechecks_unlisted ON rechecks(article) WHERE kind = 6;"
    "CREATE TABLE lists(source INTEGER PRIMARY KEY REFERENCES sources(id), articles TEXT NOT NULL);",
    /* 23: reading elsewhere (store/sync-items.h): what was marked since the last sync */
    "CREATE TABLE sync_log(id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, field TEXT NOT NULL,"
    " at INTEGER NOT NULL, UNIQUE(article, field));"
    /* the server's items, and what both sides said of each at the last sync */
    "CREATE TABLE sync_items(item INTEGER PRIMARY KEY, stream TEXT NOT NULL, article INTEGER,"
    " link TEXT, identity TEXT, title TEXT, read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,"
    " sent_read INTEGER, sent_starred INTEGER);" /* what is being told the server; NULL: nothing */
    "CREATE INDEX sync_items_by_article ON sync_items(article);"
    "CREATE INDEX sync_items_alone ON sync_items(identity) WHERE article IS NULL;"
    /* its subscriptions */
    "CREATE TABLE sync_feeds(stream TEXT PRIMARY KEY, identity TEXT NOT NULL, url TEXT NOT NULL,"
    " folder TEXT NOT NULL, source INTEGER, agreed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;",
    /*
     * 24: articles that are one in several languages, by the least of their numbers, and of which
     * that is to be found: store/edition-groups.h
     */
    "ALTER TABLE articles ADD COLUMN edition_group INTEGER;"
    "CREATE INDEX articles_by_group ON articles(edition_group, id) WHERE edition_group IS NOT NULL;"
    "CREATE TABLE editions_wait(article INTEGER PRIMARY KEY);"
    "INSERT INTO editions_wait(article) SELECT DISTINCT article FROM editions WHERE scope = 'article';"
    "CREATE TRIGGER editions_added AFTER INSERT ON editions WHEN new.scope = 'article' BEGIN"
    " INSERT INTO editions_wait(article) SELECT new.article WHERE NOT EXISTS (SELECT 1 FROM editions_wait WHERE article = new.article); END;"
    "CREATE TRIGGER editions_changed AFTER UPDATE ON editions WHEN 'article' IN (old.scope, new.scope) BEGIN"
    " INSERT INTO editions_wait(article) SELECT new.article WHERE NOT EXISTS (SELECT 1 FROM editions_wait WHERE article = new.article); END;"
    "CREATE TRIGGER articles_added_edition AFTER INSERT ON articles"
    " WHEN EXISTS (SELECT 1 FROM editions WHERE identity = new.identity) BEGIN"
    " INSERT INTO editions_wait(article) SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM editions_wait WHERE article = new.id); END;"
    "CREATE TRIGGER articles_readdressed AFTER UPDATE OF identity ON articles"
    " WHEN new.identity IS NOT old.identity BEGIN"
    " INSERT INTO editions_wait(article) SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM editions_wait WHERE article = new.id); END;",
    /* 25: pictures in articles, as they came (store/pictures.h); data NULL: it did not come */
    "CREATE TABLE pictures(article INTEGER NOT NULL REFERENCES articles(id), url TEXT NOT NULL,"
    " fetched INTEGER NOT NULL, data BLOB, UNIQUE(article, url));",
    /* 26: the number of the document that an article is, as its page labels it (store/reading.h) */
    "ALTER TABLE articles ADD COLUMN number TEXT;",
    /*
     * 27: what was purged, by more than its key, which a source may change; and when a bundle last
     * changed an article, which the moments in its texts and bytes do not tell
     */
    "ALTER TABLE purged ADD COLUMN first_seen INTEGER;"
    "ALTER TABLE purged ADD COLUMN title TEXT;"
    "CREATE TABLE arrivals(article INTEGER PRIMARY KEY REFERENCES articles(id), at INTEGER NOT NULL);"
    "CREATE INDEX arrivals_by_time ON arrivals(at);",
    /* 28: an index that holds each token once for an article, those of titles marked */
    "DROP TABLE search;"
    "CREATE VIRTUAL TABLE search USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii');"
    "DELETE FROM titles;"
    "INSERT OR IGNORE INTO search_wait(article) SELECT id FROM articles;",
    /* 29: titles in order language by language, which change with those of articles and sources */
    "DROP TABLE titles;"
    "CREATE TABLE titles(language TEXT NOT NULL, key BLOB NOT NULL, article INTEGER NOT NULL,"
    " PRIMARY KEY(language, key, article)) WITHOUT ROWID;"
    "INSERT INTO titles(language, key, article) " SCHEMA_TITLES " ORDER BY 1, 2, 3;"
    "CREATE TRIGGER articles_translated_title AFTER UPDATE OF language ON articles WHEN new.language IS NOT old.language BEGIN"
    " UPDATE titles SET language = (SELECT lower(substr(coalesce(new.language, s.language, ''), 1, 2)) FROM sources s WHERE s.id = new.source)"
    " WHERE language = (SELECT lower(substr(coalesce(old.language, s.language, ''), 1, 2)) FROM sources s WHERE s.id = old.source)"
    " AND key = crier_title_key(old.title) AND article = old.id; END;"
    "CREATE TRIGGER sources_translated AFTER UPDATE OF language ON sources WHEN new.language IS NOT old.language BEGIN"
    " UPDATE titles SET language = lower(substr(coalesce(new.language, ''), 1, 2)) WHERE (language, key, article) IN"
    " (SELECT lower(substr(coalesce(old.language, ''), 1, 2)), crier_title_key(a.title), a.id FROM articles a"
    " WHERE a.source = new.id AND a.language IS NULL); END;",
    /* 30: who names an attachment: enum attachment_naming (store/entry.h) */
    "ALTER TABLE attachments ADD COLUMN named INTEGER NOT NULL DEFAULT 0;",
    /* 31: what sources are called changes seldom, and is read by who follows a fetch each time */
    "INSERT INTO meta(key, value) VALUES('source_names', '0');"
    "CREATE TRIGGER sources_added AFTER INSERT ON sources BEGIN" RENAMED
    "CREATE TRIGGER sources_removed AFTER DELETE ON sources BEGIN" RENAMED
    "CREATE TRIGGER sources_renamed AFTER UPDATE OF " NAMING(
        "") " ON sources"
            " WHEN (" NAMING("old.") ") IS NOT (" NAMING("new.") ") BEGIN" RENAMED,
    /*
     * 32: since when an article has a title of which its page was not asked yet, and its source, by
     * which that is found; those that former versions forgot.  Titles lie behind the texts, so they
     * are read of those alone whose page was not asked since.
     */
    "ALTER TABLE rechecks ADD COLUMN wanted INTEGER;"
    "ALTER TABLE rechecks ADD COLUMN source INTEGER;"
    "CREATE INDEX rechecks_wanted ON rechecks(source) WHERE wanted IS NOT NULL;"
    "INSERT INTO rechecks(article, asked, wanted, source) SELECT a.id, 0, max(c.at), a.source"
    " FROM changes c CROSS JOIN pages p ON p.article = c.article"
    " LEFT JOIN rechecks r ON r.article = c.article CROSS JOIN articles a ON a.id = c.article"
    " CROSS JOIN documents d ON d.article = c.article AND d.revision = c.revision"
    " CROSS JOIN documents e ON e.article = c.article AND e.revision = c.revision - 1"
    " WHERE c.kind = 1 AND c.at > max(p.fetched, coalesce(r.asked, 0)) AND p.data IS NOT NULL"
    " AND d.heading <> e.heading AND d.data = e.data GROUP BY a.id"
    " ON CONFLICT(article) DO UPDATE SET wanted = excluded.wanted, source = excluded.source;",

    /* 33: groups of editions have one article of a language, and none that only links there */
    "INSERT OR IGNORE INTO editions_wait(article) SELECT id FROM articles WHERE edition_group IN"
    " (SELECT b.edition_group FROM articles b JOIN sources s ON s.id = b.source"
    " WHERE b.edition_group IS NOT NULL GROUP BY b.edition_group"
    " HAVING count(*) > count(DISTINCT coalesce(b.language, s.language, ''))"
    " OR count(DISTINCT coalesce(s.portal, '#' || s.id)) > 1);",
};

/*
 * --- the tokenizer that schemas before 8 name: without it their index could not even be dropped
 */

static int
former_create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)context;
    (void)arguments;
    (void)count;
    static char nothing;
    *out = (Fts5Tokenizer *)(void *)&nothing;
    return SQLITE_OK;
}

static void
former_destroy(Fts5Tokenizer *self)
{
    (void)self;
}

static int
former_tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int length,
                int (*token)(void *context, int flags, const char *token, int length, int start,
                             int end))
{
    (void)self, (void)context, (void)flags, (void)text, (void)length, (void)token;
    return SQLITE_OK;
}

int
schema_register_former(sqlite3 *db)
{
    static fts5_tokenizer former = {former_create, former_destroy, former_tokenize};
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api ? api->xCreateTokenizer(api, "crier", NULL, &former, NULL) : SQLITE_ERROR;
}

/* --- which one a store has ---------------------------------------------------------------- */

int
schema_version(void)
{
    return (int)G_N_ELEMENTS(migrations);
}

const char *
schema_migration(int version)
{
    return migrations[version - 1];
}

static int
stored_version(struct store *store, GError **error)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(store->db, "PRAGMA user_version", -1, &s, NULL) != SQLITE_OK) {
        store_fail(store, error);
        return -1;
    }
    int version = -1;
    if (sqlite3_step(s) == SQLITE_ROW)
        version = sqlite3_column_int(s, 0);
    else
        store_fail(store, error);
    sqlite3_finalize(s);
    return version;
}

static bool
migrate_to(struct store *store, int version, GError **error)
{
    g_autofree char *mark = g_strdup_printf("PRAGMA user_version=%d", version);
    return store_exec(store, schema_migration(version), error) && store_exec(store, mark, error);
}

bool
schema_migrate(struct store *store, GError **error)
{
    int version = stored_version(store, error);
    if (version < 0)
        return false;
    if (version > schema_version()) {
        store_fail_version(store, version, schema_version(), error);
        return false;
    }
    if (version == schema_version()) {
        store->schema = version;
        return true;
    }
    if (store->read_only) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_READ_ONLY,
                    _("'%s' needs an upgrade but cannot be written"), store->path);
        return false;
    }
    if (schema_register_former(store->db) != SQLITE_OK) {
        store_fail(store, error);
        return false;
    }
    if (!store_begin(store, error))
        return false;
    /* another program may have done it while this one waited */
    version = stored_version(store, error);
    if (version > schema_version())
        store_fail_version(store, version, schema_version(), error);
    while (version >= 0 && version < schema_version())
        version = migrate_to(store, version + 1, error) ? version + 1 : -1;
    if (version < 0 || version > schema_version()) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, error))
        return false;
    store->schema = version;
    return true;
}
