import CCurl

extension Transfer {
    /// What never changes on this handle.
    func setConstantOptions(proxy: String, caFile: String?, sockets: OpenSockets) throws(HTTPError) {
        let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())

        // The program has threads: libcurl must not use signals for its timeouts, nor wait for a resolver that hangs.
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_QUICK_EXIT, 1)

        // Nothing but the URL decides where a request goes: no other protocols, redirects, environment, or files at
        // home.
        try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_DEFAULT_PROTOCOL, "https")
        try easy.set(CURLOPT_FOLLOWLOCATION, 0)
        try easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // The empty strings also overrule `http_proxy` and `no_proxy` in the environment. With a proxy, an exception
        // would reach its target unjudged.
        try easy.set(CURLOPT_PROXY, proxy)
        try easy.set(CURLOPT_NOPROXY, "")
        try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)

        try easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let caFile {
            try easy.set(CURLOPT_CAINFO, caFile)
        }
        // HTTP/2 of this libcurl has known faults in reusing connections.
        try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))

        // A connection that idled long is often closed by the other side already, and writing to it loses the request.
        try easy.set(CURLOPT_MAXAGE_CONN, 20)
        try easy.set(CURLOPT_MAXLIFETIME_CONN, 300)

        try easy.set(CURLOPT_PRIVATE, context: context)
        try easy.set(CURLOPT_ERRORBUFFER, context: errorBuffer.pointer)
        try setCallbacks(context)
        // The connections outlive the transfer that made them.
        try easy.set(CURLOPT_CLOSESOCKETDATA, context: UnsafeRawPointer(Unmanaged.passUnretained(sockets).toOpaque()))
        try easy.setCloseSocket { context, descriptor in
            guard let context else { return -1 }
            return Unmanaged<OpenSockets>.fromOpaque(context).takeUnretainedValue().close(descriptor)
        }
    }

    private func setCallbacks(_ context: UnsafeRawPointer) throws(HTTPError) {
        try easy.set(CURLOPT_WRITEDATA, context: context)
        try easy.setSink(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let data = UnsafeRawBufferPointer(start: bytes, count: size * count)
            // Any number but that of the bytes ends the transfer with CURLE_WRITE_ERROR.
            return Transfer.from(context)?.response.appendBody(data) == true ? data.count : Int(CURL_WRITEFUNC_ERROR)
        }
        try easy.set(CURLOPT_HEADERDATA, context: context)
        try easy.setSink(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(context)?.response.appendHeader(line) == true ? line.count : Int(CURL_WRITEFUNC_ERROR)
        }
        try easy.set(CURLOPT_OPENSOCKETDATA, context: context)
        try easy.setOpenSocket { context, _, address in
            guard let address else { return CURL_SOCKET_BAD }
            return Transfer.from(context)?.openSocket(address) ?? CURL_SOCKET_BAD
        }
        try easy.set(CURLOPT_PREREQDATA, context: context)
        try easy.setPrerequest { context, peer, _, port, ownPort in
            Transfer.from(context)?.mayStart(peer: peer, port: port, ownPort: ownPort) == true
                ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
