package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    package var url: String
    package var headers: [HTTPField]
    package var body: [UInt8]
    /// The limit over the whole exchange: name, connection, TLS, request, and the last byte of the response.
    package var timeout: Duration
    /// The limit for name, connection and TLS.
    package var connectTimeout: Duration
    /// How many bytes of the response's body are read; what is beyond ends the exchange.
    package var responseLimit: Int
    package var addressPolicy: AddressPolicy
    /// Gets the body of a success piece by piece, on the engine's thread, which it must not keep; none of it is then in the
    /// response, and `responseLimit` does not count.
    package var onBody: (@Sendable (UnsafeRawBufferPointer) -> Void)?

    package init(
        _ method: HTTPMethod, _ url: String, headers: [HTTPField] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(15), connectTimeout: Duration = .seconds(5), responseLimit: Int = 64 << 10,
        addressPolicy: AddressPolicy = AddressPolicy()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.responseLimit = responseLimit
        self.addressPolicy = addressPolicy
    }
}
