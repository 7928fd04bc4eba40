/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every method hands on to the file below, but for those that may fail. */
#include "config.h"

#include "unit/faulty-vfs.h"

#include <glib.h>
#include <string.h>

static struct {
    sqlite3_vfs vfs, *below;
    enum fault fault;
    int at, count;
    bool struck;
} faulty;

struct faulty_file {
    sqlite3_file base;
    sqlite3_io_methods methods; /* as many as the file below has */
    sqlite3_file *below;
};

void
faulty_arm(enum fault fault, int at)
{
    faulty.fault = fault;
    faulty.at = at;
    faulty.count = 0;
    faulty.struck = false;
}

bool
faulty_struck(void)
{
    return faulty.struck;
}

/* What the operation that is about to happen shall give instead; SQLITE_OK: let it happen. */
static int
strike(int error)
{
    if (faulty.fault == FAULT_NONE || faulty.fault == FAULT_LOCKS)
        return SQLITE_OK;
    bool now = ++faulty.count == faulty.at;
    faulty.struck |= now;
    if (now || (faulty.struck && faulty.fault != FAULT_ERROR))
        return faulty.fault == FAULT_FULL && error == SQLITE_IOERR_WRITE ? SQLITE_FULL
               : faulty.fault == FAULT_FULL                              ? SQLITE_OK
                                                                         : error;
    return SQLITE_OK;
}

static sqlite3_file *
below(sqlite3_file *file)
{
    return ((struct faulty_file *)(void *)file)->below;
}

static int
faulty_close(sqlite3_file *file)
{
    int code = below(file)->pMethods->xClose(below(file));
    g_free(below(file));
    return code;
}

static int
faulty_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset)
{
    return below(file)->pMethods->xRead(below(file), to, amount, offset);
}

static int
faulty_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    bool before = faulty.struck;
    int code = strike(SQLITE_IOERR_WRITE);
    if (code && !before && faulty.fault == FAULT_DEATH) /* torn */
        below(file)->pMethods->xWrite(below(file), from, amount / 2, offset);
    return code ? code : below(file)->pMethods->xWrite(below(file), from, amount, offset);
}

static int
faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = strike(SQLITE_IOERR_TRUNCATE);
    return code ? code : below(file)->pMethods->xTruncate(below(file), size);
}

static int
faulty_sync(sqlite3_file *file, int flags)
{
    int code = strike(SQLITE_IOERR_FSYNC);
    return code ? code : below(file)->pMethods->xSync(below(file), flags);
}

static int
faulty_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return below(file)->pMethods->xFileSize(below(file), size);
}

static int
faulty_lock(sqlite3_file *file, int level)
{
    return faulty.fault == FAULT_LOCKS ? SQLITE_IOERR_LOCK
                                       : below(file)->pMethods->xLock(below(file), level);
}

static int
faulty_unlock(sqlite3_file *file, int level)
{
    return below(file)->pMethods->xUnlock(below(file), level);
}

static int
faulty_check_lock(sqlite3_file *file, int *out)
{
    return below(file)->pMethods->xCheckReservedLock(below(file), out);
}

static int
faulty_control(sqlite3_file *file, int operation, void *argument)
{
    return below(file)->pMethods->xFileControl(below(file), operation, argument);
}

static int
faulty_sector(sqlite3_file *file)
{
    return below(file)->pMethods->xSectorSize(below(file));
}

static int
faulty_characteristics(sqlite3_file *file)
{
    return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

static int
faulty_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return faulty.fault == FAULT_LOCKS
               ? SQLITE_IOERR_SHMMAP
               : below(file)->pMethods->xShmMap(below(file), page, size, extend, out);
}

static int
faulty_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return below(file)->pMethods->xShmLock(below(file), offset, count, flags);
}

static void
faulty_shm_barrier(sqlite3_file *file)
{
    below(file)->pMethods->xShmBarrier(below(file));
}

static int
faulty_shm_unmap(sqlite3_file *file, int remove)
{
    return below(file)->pMethods->xShmUnmap(below(file), remove);
}

static int
faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    struct faulty_file *f = (struct faulty_file *)(void *)file;
    *f = (struct faulty_file){.below = g_malloc0((gsize)faulty.below->szOsFile)};
    int code = faulty.below->xOpen(faulty.below, name, f->below, flags, out);
    if (code != SQLITE_OK) {
        g_free(f->below);
        return code;
    }
    f->methods = (sqlite3_io_methods){.iVersion = MIN(f->below->pMethods->iVersion, 2),
                                      .xClose = faulty_close,
                                      .xRead = faulty_read,
                                      .xWrite = faulty_write,
                                      .xTruncate = faulty_truncate,
                                      .xSync = faulty_sync,
                                      .xFileSize = faulty_size,
                                      .xLock = faulty_lock,
                                      .xUnlock = faulty_unlock,
                                      .xCheckReservedLock = faulty_check_lock,
                                      .xFileControl = faulty_control,
                                      .xSectorSize = faulty_sector,
                                      .xDeviceCharacteristics = faulty_characteristics,
                                      .xShmMap = faulty_shm_map,
                                      .xShmLock = faulty_shm_lock,
                                      .xShmBarrier = faulty_shm_barrier,
                                      .xShmUnmap = faulty_shm_unmap};
    f->base.pMethods = &f->methods;
    return SQLITE_OK;
}

static int
faulty_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    int code = strike(SQLITE_IOERR_DELETE);
    return code ? code : faulty.below->xDelete(faulty.below, name, sync_folder);
}

void
faulty_register(void)
{
    faulty.below = sqlite3_vfs_find(NULL);
    faulty.vfs = *faulty.below;
    faulty.vfs.zName = "faulty";
    faulty.vfs.szOsFile = (int)sizeof(struct faulty_file);
    faulty.vfs.xOpen = faulty_open;
    faulty.vfs.xDelete = faulty_delete;
    sqlite3_vfs_register(&faulty.vfs, 1);
}
