import CCurl
import Glibc

/// One exchange at a time on one reused easy handle.
///
/// libcurl's callbacks get an unretained pointer to this object; the engine keeps it alive for as long as its handle
/// is in the multi handle. They run on the loop's thread inside a call that the engine made, and touch nothing else.
final class Transfer {
    typealias Outcome = Result<HTTPResponse, HTTPError>

    /// Where the engine keeps it.
    let slot: Int
    /// Counts the exchanges of this object, so that a late cancellation cannot hit a later one.
    private(set) var exchange = 0
    var continuation: CheckedContinuation<Outcome, Never>?

    let easy: EasyHandle
    let errorBuffer = ErrorBuffer()
    private let isProxied: Bool
    private var headerList = HeaderList()
    private var bodyBuffer = BodyBuffer()

    // What is already set on the handle: setting a string again costs an allocation.
    private(set) var url = ""
    private var method: HTTPMethod?
    private var hasBody = false

    // The exchange.
    var response = ResponseBuffer()
    private var policy = AddressPolicy()
    private var isEncrypted = false
    private(set) var refusal: AddressRefusal?
    private(set) var remoteAddress: IPAddress?
    /// Sockets that the policy let libcurl open.
    private(set) var openedSockets = 0
    /// How often a request was about to be sent: once, or libcurl is repeating it on its own.
    private(set) var startedRequests = 0
    private(set) var isHiddenRetry = false

    init(slot: Int, proxy: String, caFile: String?) throws(HTTPError) {
        self.slot = slot
        isProxied = !proxy.isEmpty
        easy = try EasyHandle()
        try setConstantOptions(proxy: proxy, caFile: caFile)
    }

    /// Sets the handle up for a request that is known to be sound.
    func begin(_ request: borrowing HTTPRequest, onFreshConnection isFresh: Bool) throws(HTTPError) {
        exchange += 1
        response = ResponseBuffer(bodyLimit: request.responseLimit, sink: request.onBody)
        policy = request.addressPolicy
        isEncrypted = request.isEncrypted
        refusal = nil
        remoteAddress = nil
        openedSockets = 0
        startedRequests = 0
        isHiddenRetry = false
        errorBuffer.clear()

        if url != request.url {
            try easy.set(CURLOPT_URL, request.url)
            url = request.url
        }
        try setMethod(request.method, hasBody: !request.body.isEmpty)
        if !request.body.isEmpty || request.method == .post {
            try easy.set(CURLOPT_POSTFIELDS, context: bodyBuffer.fill(request.body))
            try easy.setBodySize(request.body.count)
        }
        try easy.setHeaders(headerList.build(request.headers, hasBody: hasBody || request.method == .post))
        try easy.set(CURLOPT_TIMEOUT_MS, request.timeout.wholeMilliseconds)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        try easy.set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
    }

    private func setMethod(_ method: HTTPMethod, hasBody: Bool) throws(HTTPError) {
        guard self.method != method || self.hasBody != hasBody else { return }
        try easy.set(CURLOPT_CUSTOMREQUEST, nil)
        // Each of these three puts the others out of force.
        switch method {
        case .head: try easy.set(CURLOPT_NOBODY, 1)
        case .post: try easy.set(CURLOPT_POST, 1)
        case _ where hasBody: try easy.set(CURLOPT_POST, 1)
        default: try easy.set(CURLOPT_HTTPGET, 1)
        }
        if method != .head, method != .post, hasBody || method != .get {
            try easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
        self.method = method
        self.hasBody = hasBody
    }

    // MARK: - What libcurl asks

    /// A socket for a new connection, unless the policy forbids the address. Of a proxy only the family is looked at: some
    /// spellings of its URL stand for a Unix socket.
    func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        guard let bytes = curl_sockaddr_bytes(address), let peer = SocketAddress(bytes), isProxied || isAllowed(peer)
        else {
            return CURL_SOCKET_BAD
        }
        openedSockets += 1
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.protocol)
    }

    /// Whether the request may go out to a peer, over a new connection or a reused one.
    ///
    /// When a reused connection dies before the first byte of a reply, libcurl sends the request again without a
    /// word. That is right for a GET and wrong for everything else: the first copy may have been acted upon.
    func mayStart(peer: UnsafePointer<CChar>?, port: Int32) -> Bool {
        remoteAddress = peer.flatMap { IPAddress(cString: $0) }
        if !isProxied {
            guard let remoteAddress, isAllowed(SocketAddress(address: remoteAddress, port: UInt16(clamping: port)))
            else { return false }
        }
        if startedRequests > 0, method?.isSafe != true {
            isHiddenRetry = true
            return false
        }
        startedRequests += 1
        return true
    }

    private func isAllowed(_ peer: SocketAddress) -> Bool {
        guard case .refused(let refusal) = policy.judge(peer.address, port: peer.port, isEncrypted: isEncrypted) else {
            return true
        }
        self.refusal = refusal
        return false
    }
}

extension HTTPRequest {
    /// By its first bytes. Any spelling that libcurl accepts beyond these counts as plain, which only refuses too much.
    var isEncrypted: Bool {
        url.utf8.prefix(8).elementsEqual("https://".utf8) { $0 | 0x20 == $1 }
    }
}

extension Duration {
    /// Rounded up, and at least 1: libcurl takes 0 for no limit at all.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let fraction = Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        return max(1, Int(min(seconds, 1_000_000)) * 1000 + fraction)
    }
}
