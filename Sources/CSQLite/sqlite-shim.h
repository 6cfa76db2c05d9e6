#ifndef BELFRY_SQLITE_SHIM_H
#define BELFRY_SQLITE_SHIM_H

#include <sqlite3.h>

// SQLITE_TRANSIENT ("copy it") and SQLITE_STATIC ("it stays where it is until the step is done") are macros that cast
// integers to function pointers, which Swift does not import: so there is a function for each kind of binding.
static inline int sqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

static inline int sqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

static inline int sqlite_bind_blob_borrowed(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_STATIC);
}

// sqlite3_db_config is variadic. Closing the last connection must not write after a write has failed: the log then holds
// pages whose state on disk nobody knows, and only a recovery at the next start checks them.
static inline int sqlite_keep_log_on_close(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

// sqlite3_config is variadic. Counting the bytes in use takes a lock of the whole process at every allocation.
static inline int sqlite_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
