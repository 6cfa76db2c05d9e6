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
    /// Who is to be told of the exchange's end; nil between two.
    var party: Party?

    enum Party {
        case one(CheckedContinuation<Outcome, Never>)
        case batch(TransferBatch, place: Int)
    }

    let easy: EasyHandle
    let errorBuffer = ErrorBuffer()
    private let isProxied: Bool
    private let sockets: OpenSockets
    private var headerList = HeaderList()
    private var bodyBuffer = BodyBuffer()

    // What is already set on the handle: setting a string again costs an allocation.
    private(set) var url = ""
    private var method: HTTPMethod?
    private var hasBody = false
    private var timeouts: (whole: Duration, connecting: Duration)?
    private var isFresh = false

    // The exchange.
    var response = ResponseBuffer()
    private var policy = AddressPolicy()
    private var isEncrypted = false
    private(set) var refusal: AddressRefusal?
    private(set) var remoteAddress: IPAddress?
    /// Sockets that the policy let libcurl open.
    private var opened: [Int32] = []
    var openedSockets: Int { opened.count }
    /// Something waited on the connection that was to be used again. Nothing was sent on it.
    private(set) var hasMetLeftovers = false
    /// How often a request was about to be sent: once, or libcurl is repeating it on its own.
    private(set) var startedRequests = 0
    private(set) var isHiddenRetry = false

    init(slot: Int, proxy: String, caFile: String?, sockets: OpenSockets) throws(HTTPError) {
        self.slot = slot
        self.sockets = sockets
        isProxied = !proxy.isEmpty
        easy = try EasyHandle()
        try setConstantOptions(proxy: proxy, caFile: caFile, sockets: sockets)
    }

    /// Sets the handle up for a request that is known to be sound.
    func begin(_ request: borrowing HTTPRequest, onFreshConnection isFresh: Bool) throws(HTTPError) {
        exchange += 1
        response = ResponseBuffer(bodyLimit: request.responseLimit, sink: request.onBody)
        policy = request.addressPolicy
        isEncrypted = request.isEncrypted
        refusal = nil
        remoteAddress = nil
        opened.removeAll(keepingCapacity: true)
        hasMetLeftovers = false
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
        try setTimeouts(request.timeout, connecting: request.connectTimeout)
        if self.isFresh != isFresh {
            try easy.set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
            self.isFresh = isFresh
        }
    }

    private func setTimeouts(_ whole: Duration, connecting: Duration) throws(HTTPError) {
        guard timeouts?.whole != whole || timeouts?.connecting != connecting else { return }
        try easy.set(CURLOPT_TIMEOUT_MS, whole.wholeMilliseconds)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, connecting.wholeMilliseconds)
        timeouts = (whole, connecting)
    }

    /// Sets the handle up for the same request once more, of which nothing was sent.
    func beginAgainOnFreshConnection() throws(HTTPError) {
        hasMetLeftovers = false
        opened.removeAll(keepingCapacity: true)
        errorBuffer.clear()
        try easy.set(CURLOPT_FRESH_CONNECT, 1)
        isFresh = true
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
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.pointee.family, type, address.pointee.protocol)
        opened.append(descriptor)
        return descriptor
    }

    /// Whether the request may go out to a peer, over a new connection or a reused one.
    ///
    /// When a reused connection dies before the first byte of a reply, libcurl sends the request again without a
    /// word. That is right for a GET and wrong for everything else: the first copy may have been acted upon.
    func mayStart(peer: UnsafePointer<CChar>?, port: Int32, ownPort: Int32) -> Bool {
        remoteAddress = peer.flatMap { IPAddress(cString: $0) }
        let remote = remoteAddress.map { SocketAddress(address: $0, port: UInt16(clamping: port)) }
        if !isProxied {
            guard let remote, isAllowed(remote) else { return false }
        }
        guard isClean(remote, ownPort: UInt16(clamping: ownPort)) else { return false }
        if startedRequests > 0, method?.isSafe != true {
            isHiddenRetry = true
            return false
        }
        startedRequests += 1
        return true
    }

    /// Whether nothing waits on a connection that was used before.
    private func isClean(_ peer: SocketAddress?, ownPort: UInt16) -> Bool {
        for descriptor in opened { sockets.note(descriptor) }
        guard opened.isEmpty, let peer, sockets.hasInput(OpenSockets.Ends(ownPort: ownPort, peer: peer)) else {
            return true
        }
        hasMetLeftovers = true
        return false
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
