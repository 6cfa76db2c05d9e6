import CCurl

/// One `CURL*`, with setters that do not let an option fail in silence.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init() throws(HTTPError) {
        guard CurlLibrary.isInitialized, let pointer = curl_easy_init() else {
            throw .configuration("libcurl cannot be initialized")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try Self.check(curl_easy_set_long(pointer, option, value), option)
    }

    /// libcurl copies the string.
    func set(_ option: CURLoption, _ value: String?) throws(HTTPError) {
        let code =
            if let value {
                value.withCString { curl_easy_set_string(pointer, option, $0) }
            } else {
                curl_easy_set_string(pointer, option, nil)
            }
        try Self.check(code, option)
    }

    /// libcurl keeps the pointer.
    func set(_ option: CURLoption, context: UnsafeRawPointer?) throws(HTTPError) {
        try Self.check(curl_easy_set_pointer(pointer, option, context), option)
    }

    /// libcurl keeps the list.
    func setHeaders(_ list: UnsafeMutablePointer<curl_slist>?) throws(HTTPError) {
        try Self.check(curl_easy_set_list(pointer, CURLOPT_HTTPHEADER, list), CURLOPT_HTTPHEADER)
    }

    func setBodySize(_ size: Int) throws(HTTPError) {
        let option = CURLOPT_POSTFIELDSIZE_LARGE
        try Self.check(curl_easy_set_offset(pointer, option, curl_off_t(size)), option)
    }

    func setSink(_ option: CURLoption, _ function: curl_write_callback) throws(HTTPError) {
        try Self.check(curl_easy_set_sink(pointer, option, function), option)
    }

    func setOpenSocket(_ function: curl_opensocket_callback) throws(HTTPError) {
        try Self.check(curl_easy_set_open_socket(pointer, function), CURLOPT_OPENSOCKETFUNCTION)
    }

    func setCloseSocket(_ function: curl_closesocket_callback) throws(HTTPError) {
        try Self.check(curl_easy_set_close_socket(pointer, function), CURLOPT_CLOSESOCKETFUNCTION)
    }

    func setPrerequest(_ function: curl_prereq_callback) throws(HTTPError) {
        try Self.check(curl_easy_set_prereq(pointer, function), CURLOPT_PREREQFUNCTION)
    }

    func number(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return curl_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard curl_easy_get_string(pointer, info, &value) == CURLE_OK else { return nil }
        return value.map { String(cString: $0) }
    }

    /// An option that this libcurl lacks is an error: nearly all of them are part of what makes a request safe.
    private static func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPError) {
        guard code == CURLE_OK else {
            let reason = String(cString: curl_easy_strerror(code))
            throw .configuration("libcurl \(CurlLibrary.version) refuses option \(option.rawValue): \(reason)")
        }
    }
}
