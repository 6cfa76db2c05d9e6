#ifndef BELFRY_CURL_SHIM_H
#define BELFRY_CURL_SHIM_H

#include <curl/curl.h>
#include <sys/socket.h>

// libcurl's setters and getters are variadic, and Swift imports no variadic C function. Passing an argument of the
// wrong width through `...` is undefined, so there is one wrapper for each type of argument that is used, and no
// other.

// CURLVERSION_NOW is a macro that stands for an enumerator, which Swift does not import.
static inline const curl_version_info_data *curl_linked_version(void) {
    return curl_version_info(CURLVERSION_NOW);
}

// Switches, numbers, enumerations and times in milliseconds: libcurl reads exactly a `long`.
static inline CURLcode curl_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Sizes that may pass 2 GiB: libcurl reads a `curl_off_t`.
static inline CURLcode curl_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// Strings, which libcurl copies. CURLOPT_POSTFIELDS is the exception and goes through `curl_easy_set_pointer`.
static inline CURLcode curl_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// What libcurl keeps a pointer to: the contexts of callbacks, the error buffer, the body to send.
static inline CURLcode curl_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

// CURLOPT_HTTPHEADER. libcurl keeps the list itself, not a copy.
static inline CURLcode curl_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which share one shape.
static inline CURLcode curl_easy_set_sink(CURL *easy, CURLoption option, curl_write_callback function) {
    return curl_easy_setopt(easy, option, function);
}

// CURLOPT_OPENSOCKETFUNCTION: sees the address of every new connection before it is made.
static inline CURLcode curl_easy_set_open_socket(CURL *easy, curl_opensocket_callback function) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}

// CURLOPT_CLOSESOCKETFUNCTION: closes what the function before opened.
static inline CURLcode curl_easy_set_close_socket(CURL *easy, curl_closesocket_callback function) {
    return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, function);
}

// CURLOPT_PREREQFUNCTION: sees the peer before every request, on new and on reused connections.
static inline CURLcode curl_easy_set_prereq(CURL *easy, curl_prereq_callback function) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}

// The address behind a `curl_sockaddr`. libcurl's storage is longer than the `struct sockaddr` that is declared, so a
// copy of the structure, which is what Swift would make, cuts an IPv6 address short.
static inline const void *curl_sockaddr_bytes(const struct curl_sockaddr *address) {
    return &address->addr;
}

static inline CURLcode curl_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

// A string that belongs to libcurl and lives until the handle's next transfer.
static inline CURLcode curl_easy_get_string(CURL *easy, CURLINFO info, const char **value) {
    return curl_easy_getinfo(easy, info, value);
}

// CURLINFO_PRIVATE: the object that stands behind an easy handle.
static inline CURLcode curl_easy_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The contexts of the two callbacks below.
static inline CURLMcode curl_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}

// CURLMOPT_SOCKETFUNCTION: which descriptors to watch, and for what.
static inline CURLMcode curl_multi_set_socket(CURLM *multi, curl_socket_callback function) {
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
}

// CURLMOPT_TIMERFUNCTION: the one timer that drives every timeout of the multi handle.
static inline CURLMcode curl_multi_set_timer(CURLM *multi, curl_multi_timer_callback function) {
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
}

#endif
