// What SQLite can do by itself: the rows that the store writes for an event, written by a plain program.
//
//     rows STORE EVENTS CHATS BATCH
//
// STORE is a store of the real program in which chats 0 ..< CHATS (`chat` and 32 hexadecimal digits) have been advanced once
// and one endpoint, number 1, is known. Each transaction holds BATCH events of as many chats, one delivery each. Nothing is
// read back or checked. Prints events and seconds.
#include <sqlite3.h>
#include <string.h>

#include "measure.h"

static sqlite3 *database;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(1);
}

static sqlite3_stmt *prepare(const char *text) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void step(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    check(sqlite3_reset(statement));
}

static long long number(const char *text) {
    sqlite3_stmt *statement = prepare(text);
    check(sqlite3_step(statement));
    long long value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

int main(int count, char **arguments) {
    if (count < 5) return fprintf(stderr, "usage: rows STORE EVENTS CHATS BATCH\n"), 64;
    long wanted = atol(arguments[2]), chats = atol(arguments[3]), batch = atol(arguments[4]);
    check(sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    check(sqlite3_exec(database,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096;"
        "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -14336; PRAGMA secure_delete = OFF;",
        NULL, NULL, NULL));
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *chat = prepare(
        "UPDATE chats SET revision = ?2, sequence = ?3, seen_at = ?4, unreachable = 0, name = ?5, snapshot = ?6 "
        "WHERE number = ?1");
    sqlite3_stmt *event = prepare(
        "INSERT INTO events (id, chat, shard, sequence, type, timestamp, body) VALUES (?1, ?2, 7, ?3, 'chat.renamed', ?4, ?5)");
    sqlite3_stmt *span = prepare(
        "INSERT INTO event_spans (block, earliest, latest) VALUES (?1, ?2, ?2) "
        "ON CONFLICT (block) DO UPDATE SET latest = max(latest, ?2)");
    sqlite3_stmt *lane = prepare("INSERT INTO lanes (endpoint, due, lane) VALUES (1, ?1, ?2)");
    sqlite3_stmt *pending = prepare(
        "INSERT INTO pending (endpoint, lane, event, shard, queued_at, attempts, failures) VALUES (1, ?1, ?2, 7, ?3, 0, 0)");
    sqlite3_stmt *tally = prepare("UPDATE endpoints SET pending = pending + ?1 WHERE number = 1");
    long long first = number("SELECT min(number) FROM chats WHERE id <> ''"), time = 1790000000000;
    long long round = number("SELECT max(sequence) FROM chats WHERE id <> ''");
    char body[600], name[96], snapshot[128], id[64];
    memset(body, 'b', sizeof body);
    memset(name, 'n', sizeof name);
    memset(snapshot, 's', sizeof snapshot);

    long events = 0;
    double start = now(), used = processor_time();
    while (events < wanted) {
        step(begin);
        for (long i = 0; i < batch; i++, events++) {
            long long here = first + events % chats, sequence = round + 1 + events / chats;
            time++;
            sqlite3_bind_int64(chat, 1, here);
            sqlite3_bind_int64(chat, 2, sequence);
            sqlite3_bind_int64(chat, 3, sequence);
            sqlite3_bind_int64(chat, 4, time);
            sqlite3_bind_text(chat, 5, name, sizeof name, SQLITE_STATIC);
            sqlite3_bind_blob(chat, 6, snapshot, sizeof snapshot, SQLITE_STATIC);
            step(chat);
            // As random as the real ones: where a row lands in the index of ids is half of what it costs.
            unsigned long long scattered = (unsigned long long)(round * chats + events) * 0x9e3779b97f4a7c15;
            int length = snprintf(id, sizeof id, "evt_%016llx%06lld", scattered, sequence);
            sqlite3_bind_text(event, 1, id, length, SQLITE_STATIC);
            sqlite3_bind_int64(event, 2, here);
            sqlite3_bind_int64(event, 3, sequence);
            sqlite3_bind_int64(event, 4, time);
            sqlite3_bind_blob(event, 5, body, sizeof body, SQLITE_STATIC);
            step(event);
            long long row = sqlite3_last_insert_rowid(database);
            sqlite3_bind_int64(span, 1, row / 1024);
            sqlite3_bind_int64(span, 2, time);
            step(span);
            sqlite3_bind_int64(lane, 1, time);
            sqlite3_bind_int64(lane, 2, 1099511627776 + row);
            step(lane);
            sqlite3_bind_int64(pending, 1, 1099511627776 + row);
            sqlite3_bind_int64(pending, 2, row);
            sqlite3_bind_int64(pending, 3, time);
            step(pending);
        }
        sqlite3_bind_int64(tally, 1, batch);
        step(tally);
        step(commit);
    }
    double seconds = now() - start;
    printf("{\"events\": %ld, \"seconds\": %.6f, \"cpu\": %.3f}\n", events, seconds,
        (processor_time() - used) / (double)events);
    return 0;
}
