// What libcurl can do by itself: one thread, reused handles, nothing stored.
//
//     requests post|get URL COUNT IN_FLIGHT [CA_FILE]
//
// `post` sends messages of 600 bytes with the headers of Standard Webhooks, each signed by HMAC-SHA256. `get` reads URL with
// the number of a chat in place of the `%d` in it. Prints requests, seconds, µs of processor time a request, and failures.
#include <curl/curl.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>
#include <sys/epoll.h>

#include "measure.h"

enum { body_size = 600, url_size = 512, chats = 1000 };

struct exchange {
    CURL *easy;
    struct curl_slist *headers;
    char body[body_size];
    char url[url_size];
};

static CURLM *multi;
static int poller;
static double deadline = -1;
static int is_post;
static const char *address;
static long wanted, begun, ended, failed;

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

static int watch(CURL *easy, curl_socket_t descriptor, int what, void *context, void *mark) {
    (void)easy, (void)context;
    struct epoll_event event = {.data.fd = descriptor};
    if (what == CURL_POLL_REMOVE) return epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, NULL), 0;
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    if (mark == NULL) {
        if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) && errno == EEXIST)
            epoll_ctl(poller, EPOLL_CTL_MOD, descriptor, &event);
        curl_multi_assign(multi, descriptor, &poller);
    } else {
        epoll_ctl(poller, EPOLL_CTL_MOD, descriptor, &event);
    }
    return 0;
}

static int set_timer(CURLM *handle, long milliseconds, void *context) {
    (void)handle, (void)context;
    deadline = milliseconds < 0 ? -1 : now() + (double)milliseconds * 1e-3;
    return 0;
}

static void prepare(struct exchange *exchange, const char *ca_file) {
    CURL *easy = exchange->easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 15000L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    if (ca_file != NULL) curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    if (!is_post) return;
    curl_easy_setopt(easy, CURLOPT_URL, address);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)body_size);
}

// The message's headers: id, time, and the signature over both and the body.
static void sign(struct exchange *exchange, long number) {
    static const char key[] = "a key of thirty-two bytes, no less";
    char signed_text[body_size + 128], line[160], code[64];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_size = 0;
    long seconds = (long)time(NULL);
    int front = snprintf(signed_text, 128, "evt_%010ld.%ld.", number, seconds);
    memcpy(signed_text + front, exchange->body, body_size);
    HMAC(EVP_sha256(), key, 32, (unsigned char *)signed_text, (size_t)front + body_size, digest, &digest_size);
    EVP_EncodeBlock((unsigned char *)code, digest, (int)digest_size);

    curl_slist_free_all(exchange->headers);
    struct curl_slist *list = curl_slist_append(NULL, "user-agent: limit/1.0");
    list = curl_slist_append(list, "content-type: application/json");
    snprintf(line, sizeof line, "webhook-id: evt_%010ld", number);
    list = curl_slist_append(list, line);
    snprintf(line, sizeof line, "webhook-timestamp: %ld", seconds);
    list = curl_slist_append(list, line);
    snprintf(line, sizeof line, "webhook-signature: v1,%s", code);
    exchange->headers = curl_slist_append(list, line);
    curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
}

static void begin(struct exchange *exchange) {
    long number = begun++;
    if (is_post) {
        memset(exchange->body, ' ', body_size);
        int front = snprintf(exchange->body, body_size, "{\"id\":\"evt_%010ld\",\"text\":\"", number);
        exchange->body[front] = '-';
        memcpy(exchange->body + body_size - 2, "\"}", 2);
        sign(exchange, number);
    } else {
        snprintf(exchange->url, url_size, address, (int)(number % chats));
        curl_easy_setopt(exchange->easy, CURLOPT_URL, exchange->url);
    }
    curl_multi_add_handle(multi, exchange->easy);
}

static void collect(void) {
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        struct exchange *exchange;
        long status = 0;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&exchange);
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        if ((code != CURLE_OK || status != 200) && failed++ == 0)
            fprintf(stderr, "first failure: status %ld, %s\n", status, curl_easy_strerror(code));
        ended++;
        curl_multi_remove_handle(multi, exchange->easy);
        if (begun < wanted) begin(exchange);
    }
}

int main(int count, char **arguments) {
    if (count < 5) return fprintf(stderr, "usage: requests post|get URL COUNT IN_FLIGHT [CA_FILE]\n"), 64;
    is_post = strcmp(arguments[1], "post") == 0;
    address = arguments[2];
    wanted = atol(arguments[3]);
    int in_flight = atoi(arguments[4]);

    curl_global_init(CURL_GLOBAL_ALL);
    multi = curl_multi_init();
    poller = epoll_create1(EPOLL_CLOEXEC);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)in_flight + 8);
    struct exchange *exchanges = calloc((size_t)in_flight, sizeof *exchanges);
    for (int i = 0; i < in_flight; i++) prepare(&exchanges[i], count > 5 ? arguments[5] : NULL);

    double start = now(), used = processor_time();
    for (int i = 0; i < in_flight && begun < wanted; i++) begin(&exchanges[i]);
    struct epoll_event events[256];
    int running = 0;
    while (ended < wanted) {
        double rest = deadline < 0 ? 1 : deadline - now();
        int ready = epoll_wait(poller, events, 256, rest <= 0 ? 0 : (int)(rest * 1e3) + 1);
        for (int i = 0; i < ready; i++) {
            int mask = 0;
            if (events[i].events & EPOLLIN) mask |= CURL_CSELECT_IN;
            if (events[i].events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
            if (events[i].events & (EPOLLERR | EPOLLHUP)) mask |= CURL_CSELECT_ERR;
            curl_multi_socket_action(multi, events[i].data.fd, mask, &running);
        }
        if (deadline >= 0 && now() >= deadline) {
            deadline = -1;
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
        collect();
    }
    double seconds = now() - start;
    printf("{\"requests\": %ld, \"seconds\": %.6f, \"cpu\": %.3f, \"failed\": %ld}\n", ended, seconds,
        (processor_time() - used) / (double)ended, failed);
    return failed != 0;
}
