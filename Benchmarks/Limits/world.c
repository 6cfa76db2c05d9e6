// The world around the program, on one thread with one clock: the platform that is polled and the receiver that is posted to.
//
//     world [--port PORT] [--tls CERTIFICATE KEY] [--members COUNT] [--changes PERCENT]
//
// Prints its port. The receiver is strict: a request that is not HTTP/1.1 with one host, one length and one webhook-id is
// counted as malformed and hung up on; on a path that begins with /plain the body's "id" stands for the header. A path that
// begins with /hung never gets an answer. The platform knows every chat:
// each has COUNT members, and at PERCENT of its polls it has a new name. From the reply that first shows a name to the post
// that tells of it is a delay.
//
// GET /stats tells the counts, GET /reset begins them anew, GET /delays lists the delays in µs.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

enum { buffer_size = 32768, chat_limit = 1 << 18, change_limit = 1 << 20 };

struct connection {
    int descriptor;
    SSL *tls;
    size_t length;
    char input[buffer_size];
};

struct slice {
    const char *start;
    size_t length;
};

// A request that has arrived whole.
struct request {
    int is_post;
    struct slice path, id, body;
    size_t length;
};

static struct {
    long requests, unique, repeated, malformed, hung, polls, connections;
    double first, last, first_poll, last_poll;
} counts;

static SSL_CTX *tls_context;
static long members = 3, change_percent;
static char *roster;
static size_t roster_length;
static char *reply;
static size_t reply_size;

// MARK: - Ids that were seen

static uint64_t *seen;
static size_t seen_capacity = 1 << 20, seen_count;

static uint64_t hash(struct slice text) {
    uint64_t value = 0x9e3779b97f4a7c15;
    for (size_t i = 0; i < text.length; i++) value = (value ^ (unsigned char)text.start[i]) * 0xff51afd7ed558ccd, value ^= value >> 29;
    return value ? value : 1;
}

static int insert(uint64_t value) {
    size_t place = value & (seen_capacity - 1);
    while (seen[place] != 0) {
        if (seen[place] == value) return 0;
        place = (place + 1) & (seen_capacity - 1);
    }
    seen[place] = value;
    return 1;
}

// Whether the id is a new one.
static int note(struct slice id) {
    if (seen_count * 2 >= seen_capacity) {
        uint64_t *old = seen;
        size_t old_capacity = seen_capacity;
        seen_capacity *= 2;
        seen = calloc(seen_capacity, sizeof *seen);
        for (size_t i = 0; i < old_capacity; i++)
            if (old[i] != 0) insert(old[i]);
        free(old);
    }
    int is_new = insert(hash(id));
    seen_count += (size_t)is_new;
    return is_new;
}

// MARK: - Chats and their changes

static struct chat {
    uint64_t id;
    uint32_t polls, change;
} *chat_table;
static double *shown_at;
static float *delays;
static size_t change_count, delay_count;
static uint64_t chance = 88172645463325252;

static struct chat *chat(struct slice id) {
    uint64_t value = hash(id);
    size_t place = value & (chat_limit * 2 - 1);
    while (chat_table[place].id != 0 && chat_table[place].id != value) place = (place + 1) & (chat_limit * 2 - 1);
    chat_table[place].id = value;
    return &chat_table[place];
}

static int happens(long percent) {
    chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
    return (long)(chance % 100) < percent;
}

static void note_told(struct slice body) {
    static const char mark[] = "\"to\":\"change ";
    const char *found = memmem(body.start, body.length, mark, sizeof mark - 1);
    if (found == NULL) return;
    size_t change = strtoul(found + sizeof mark - 1, NULL, 10);
    if (change > change_count || shown_at[change] == 0) return;
    delays[delay_count++] = (float)((now() - shown_at[change]) * 1e6);
    shown_at[change] = 0;
}

// MARK: - Requests

static struct slice trimmed(const char *start, const char *end) {
    while (start < end && *start == ' ') start++;
    return (struct slice){start, (size_t)(end - start)};
}

static int is_named(const char *line, size_t length, const char *name) {
    return length == strlen(name) && strncasecmp(line, name, length) == 0;
}

static int begins(struct slice path, const char *text) {
    return path.length >= strlen(text) && memcmp(path.start, text, strlen(text)) == 0;
}

static int find_id(struct request *request) {
    static const char mark[] = "\"id\":\"";
    const char *found = memmem(request->body.start, request->body.length, mark, sizeof mark - 1);
    if (found == NULL) return 0;
    found += sizeof mark - 1;
    const char *end = memchr(found, '"', (size_t)(request->body.start + request->body.length - found));
    if (end == NULL) return 0;
    request->id = (struct slice){found, (size_t)(end - found)};
    return 1;
}

// Returns 1 for a whole request, 0 when more must come, -1 for what is none.
static int parse(const char *start, size_t available, struct request *request) {
    const char *end = memmem(start, available, "\r\n\r\n", 4);
    if (end == NULL) return available < buffer_size - 1 ? 0 : -1;
    const char *line_end = memmem(start, available, "\r\n", 2);
    static const char version[] = " HTTP/1.1";
    size_t tail = sizeof version - 1;
    request->is_post = strncmp(start, "POST /", 6) == 0;
    size_t method = request->is_post ? 5 : 4;
    if (!request->is_post && strncmp(start, "GET /", 5) != 0) return -1;
    if ((size_t)(line_end - start) < method + 1 + tail || memcmp(line_end - tail, version, tail) != 0) return -1;
    request->path = (struct slice){start + method, (size_t)(line_end - start) - method - tail};

    int hosts = 0, ids = 0, lengths = 0;
    size_t length = 0;
    for (const char *line = line_end + 2; line < end + 2; line = line_end + 2) {
        line_end = memmem(line, (size_t)(end + 2 - line), "\r\n", 2);
        const char *colon = memchr(line, ':', (size_t)(line_end - line));
        if (colon == NULL || colon == line || colon[-1] == ' ' || *line == ' ') return -1;
        size_t name = (size_t)(colon - line);
        struct slice value = trimmed(colon + 1, line_end);
        if (is_named(line, name, "host")) hosts++;
        if (is_named(line, name, "transfer-encoding")) return -1;
        if (is_named(line, name, "webhook-id")) ids++, request->id = value;
        if (is_named(line, name, "content-length")) {
            lengths++;
            if (value.length == 0 || value.length > 5) return -1;
            for (size_t i = 0; i < value.length; i++) {
                if (value.start[i] < '0' || value.start[i] > '9') return -1;
                length = length * 10 + (size_t)(value.start[i] - '0');
            }
        }
    }
    request->body = (struct slice){end + 4, length};
    request->length = (size_t)(end + 4 - start) + length;
    if (hosts != 1 || lengths > 1 || request->length > buffer_size) return -1;
    if (available < request->length) return 0;
    if (request->is_post && begins(request->path, "/plain")) ids += find_id(request);
    return request->is_post && (lengths != 1 || ids != 1) ? -1 : 1;
}

// MARK: - Answers. All are made in `reply`; the length is returned.

static size_t answer_text(const char *body) {
    return (size_t)snprintf(reply, reply_size, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n\r\n%s",
        strlen(body), body);
}

static size_t answer_stats(void) {
    char body[640];
    snprintf(body, sizeof body,
        "{\"requests\": %ld, \"unique\": %ld, \"repeated\": %ld, \"malformed\": %ld, \"hung\": %ld, \"polls\": %ld, "
        "\"connections\": %ld, \"first\": %.6f, \"last\": %.6f, \"firstPoll\": %.6f, \"lastPoll\": %.6f, \"cpu\": %.0f}\n",
        counts.requests, counts.unique, counts.repeated, counts.malformed, counts.hung, counts.polls, counts.connections,
        counts.first, counts.last, counts.first_poll, counts.last_poll, processor_time());
    return answer_text(body);
}

static size_t answer_delays(void) {
    size_t needed = delay_count * 12 + 256;
    if (needed > reply_size) reply = realloc(reply, reply_size = needed);
    char *body = malloc(needed);
    size_t length = 0;
    body[length++] = '[';
    for (size_t i = 0; i < delay_count; i++)
        length += (size_t)sprintf(body + length, i == 0 ? "%.0f" : ",%.0f", (double)delays[i]);
    strcpy(body + length, "]");
    length = answer_text(body);
    free(body);
    return length;
}

static size_t answer_chat(struct slice path) {
    static const char mark[] = "chatid=";
    const char *found = memmem(path.start, path.length, mark, sizeof mark - 1);
    if (found == NULL) return answer_text("{\"errcode\": 40035, \"errmsg\": \"no chatid\"}");
    struct slice id = {found + sizeof mark - 1, 0};
    while (id.start + id.length < path.start + path.length && id.start[id.length] != '&') id.length++;
    struct chat *known = chat(id);
    int is_changed = known->polls++ > 0 && change_count + 1 < change_limit && happens(change_percent);
    if (is_changed) known->change = (uint32_t)++change_count;
    counts.polls++;
    counts.last_poll = now();
    if (counts.first_poll == 0) counts.first_poll = counts.last_poll;
    char front[400];
    int length = snprintf(front, sizeof front,
        "{\"errcode\":0,\"errmsg\":\"ok\",\"chat_info\":{\"chatid\":\"%.*s\",\"name\":\"change %u\",\"owner\":\"manager4220\","
        "\"status\":1,\"chatBannedType\":0,\"searchable\":0,\"validationType\":0,\"useridlist\":",
        (int)id.length, id.start, known->change);
    size_t total = (size_t)length + roster_length + 2;
    size_t head = (size_t)snprintf(reply, reply_size,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n\r\n", total);
    memcpy(reply + head, front, (size_t)length);
    memcpy(reply + head + (size_t)length, roster, roster_length);
    memcpy(reply + head + (size_t)length + roster_length, "}}", 2);
    if (is_changed) shown_at[known->change] = now();
    return head + total;
}

static void reset(void) {
    long connections = counts.connections;
    memset(&counts, 0, sizeof counts);
    counts.connections = connections;
    memset(seen, 0, seen_capacity * sizeof *seen);
    seen_count = delay_count = 0;
}

// 0 for no answer.
static size_t answer(const struct request *request) {
    if (!request->is_post) {
        if (begins(request->path, "/chat/get")) return answer_chat(request->path);
        if (begins(request->path, "/gettoken"))
            return answer_text("{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"a-token\",\"expires_in\":7200}");
        if (begins(request->path, "/delays")) return answer_delays();
        if (begins(request->path, "/reset")) reset();
        return answer_stats();
    }
    if (begins(request->path, "/hung")) return counts.hung++, 0;
    double time = now();
    counts.requests++;
    counts.last = time;
    if (counts.first == 0) counts.first = time;
    if (note(request->id)) {
        counts.unique++;
        note_told(request->body);
    } else {
        counts.repeated++;
    }
    return answer_text("ok");
}

// MARK: - Connections

static int poller;

static void hang_up(struct connection *connection) {
    if (connection->tls != NULL) SSL_free(connection->tls);
    close(connection->descriptor);
    free(connection);
    counts.connections--;
}

static void welcome(int listener) {
    for (int descriptor; (descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *connection = malloc(sizeof *connection);
        connection->descriptor = descriptor;
        connection->length = 0;
        connection->tls = NULL;
        if (tls_context != NULL) {
            connection->tls = SSL_new(tls_context);
            SSL_set_fd(connection->tls, descriptor);
            SSL_set_accept_state(connection->tls);
        }
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
        counts.connections++;
    }
}

// More than 0 bytes, 0 when there are none for now, -1 at the end.
static ssize_t receive(struct connection *connection) {
    char *end = connection->input + connection->length;
    size_t room = buffer_size - connection->length;
    if (connection->tls == NULL) {
        ssize_t count = read(connection->descriptor, end, room);
        return count > 0 ? count : count < 0 && errno == EAGAIN ? 0 : -1;
    }
    ERR_clear_error();
    int count = SSL_read(connection->tls, end, (int)room);
    if (count > 0) return count;
    int error = SSL_get_error(connection->tls, count);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

// A connection has one answer at a time under way, and that fits into what the kernel keeps for it.
static int post(struct connection *connection, size_t length) {
    if (connection->tls != NULL) return SSL_write(connection->tls, reply, (int)length) == (int)length ? 0 : -1;
    return write(connection->descriptor, reply, length) == (ssize_t)length ? 0 : -1;
}

static void serve(struct connection *connection) {
    ssize_t count;
    do {
        count = receive(connection);
        if (count < 0) return hang_up(connection);
        connection->length += (size_t)count;
        size_t used = 0;
        struct request request = {0};
        int state = 0;
        while (used < connection->length
            && (state = parse(connection->input + used, connection->length - used, &request)) == 1) {
            used += request.length;
            size_t length = answer(&request);
            if (length > 0 && post(connection, length) != 0) return hang_up(connection);
        }
        if (state < 0) return counts.malformed++, hang_up(connection);
        memmove(connection->input, connection->input + used, connection->length - used);
        connection->length -= used;
        // A plain socket tells again of what is left; TLS may hold some itself.
    } while (count > 0 && connection->tls != NULL);
}

static void make_roster(void) {
    roster = malloc((size_t)members * 32 + 8);
    char *end = roster;
    *end++ = '[';
    for (long i = 0; i < members; i++) end += sprintf(end, i == 0 ? "\"member%013ld\"" : ",\"member%013ld\"", 7919 * i);
    *end++ = ']';
    roster_length = (size_t)(end - roster);
    reply = malloc(reply_size = roster_length + 4096);
}

static void open_tls(const char *certificate, const char *key) {
    tls_context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(tls_context, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(tls_context, key, SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        exit(1);
    }
}

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (int i = 1; i + 1 < count; i += 2) {
        if (strcmp(arguments[i], "--port") == 0) address.sin_port = htons((uint16_t)atoi(arguments[i + 1]));
        else if (strcmp(arguments[i], "--members") == 0) members = atol(arguments[i + 1]);
        else if (strcmp(arguments[i], "--changes") == 0) change_percent = atol(arguments[i + 1]);
        else if (strcmp(arguments[i], "--tls") == 0 && i + 2 < count) open_tls(arguments[i + 1], arguments[i + 2]), i++;
        else return fprintf(stderr, "what is %s?\n", arguments[i]), 64;
    }
    signal(SIGPIPE, SIG_IGN);
    make_roster();
    seen = calloc(seen_capacity, sizeof *seen);
    chat_table = calloc(chat_limit * 2, sizeof *chat_table);
    shown_at = calloc(change_limit, sizeof *shown_at);
    delays = calloc(change_limit, sizeof *delays);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
    if (listen(listener, 4096) != 0) fail("listen");
    socklen_t size = sizeof address;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[256];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    while (1) {
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr == NULL) welcome(listener);
            else serve(events[i].data.ptr);
        }
    }
}
