/// The keys of an endpoint.
enum EndpointKey: String, CaseIterable {
    case name, format, url, events, chats, signing, headers, ordering, concurrency, rate, timeout, retry, template,
        overflow, language, success
}
