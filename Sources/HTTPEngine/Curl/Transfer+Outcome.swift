import CCurl

extension Transfer {
    /// What became of the exchange, by libcurl's code and by what was seen on the way.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | 0 | a response |
    /// | 23 (a limit) | a response, cut |
    /// | 18 (cut short), or any code after a status that is no success | a response with a body error |
    /// | any other, once the request was started | unknown |
    /// | any other, before | not sent, or refused, or configuration |
    func outcome(of code: CURLcode) -> Outcome {
        let isSuccess = (200..<300).contains(response.status)
        switch code {
        case CURLE_OK where response.status >= 200:
            return .success(makeResponse(bodyError: nil))
        case CURLE_WRITE_ERROR where response.status >= 200 && response.isTruncated:
            return .success(makeResponse(bodyError: nil))
        case CURLE_PARTIAL_FILE where response.status >= 200:
            return .success(makeResponse(bodyError: .connectionLost))
        case _ where response.status >= 200 && !isSuccess:
            return .success(makeResponse(bodyError: Self.reasonAfterSending(code)))
        case _ where isHiddenRetry:
            return .failure(.unknown(.hiddenRetry, "the reused connection closed before a reply"))
        case _ where startedRequests > 0:
            return .failure(.unknown(Self.reasonAfterSending(code), errorBuffer.text(for: code)))
        default:
            return .failure(errorBeforeSending(code))
        }
    }

    private static func reasonAfterSending(_ code: CURLcode) -> HTTPError.Reason {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_GOT_NOTHING: .noReply
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR, CURLE_OK: .malformedReply
        default: .connectionLost
        }
    }

    private func errorBeforeSending(_ code: CURLcode) -> HTTPError {
        // A name may have several addresses; a refused one decides only if no other could be tried.
        if let refusal, code == CURLE_ABORTED_BY_CALLBACK || openedSockets == 0 {
            return .refusedAddress(refusal)
        }
        let text = errorBuffer.text(for: code)
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return .notSent(.name, text)
        case CURLE_OPERATION_TIMEDOUT:
            return .notSent(.timeout, text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            return .notSent(.tls, text)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_LOGIN_DENIED,
            CURLE_SSL_CACERT_BADFILE, CURLE_BAD_FUNCTION_ARGUMENT:
            return .configuration(text)
        default:
            return .notSent(.connection, text)
        }
    }

    private func makeResponse(bodyError: HTTPError.Reason?) -> HTTPResponse {
        let isFailure = response.status >= 300
        return HTTPResponse(
            status: response.status, headers: HTTPHeaders(lines: response.headers), body: response.body,
            isBodyTruncated: response.isTruncated, bodyError: bodyError,
            retryAfter: isFailure ? retryAfter : nil,
            redirectTarget: (300..<400).contains(response.status) ? easy.string(CURLINFO_REDIRECT_URL) : nil,
            remoteAddress: remoteAddress, duration: .microseconds(easy.number(CURLINFO_TOTAL_TIME_T)))
    }

    /// libcurl reads both forms. It gives what it read unchecked: a date in the past is negative, a number can be
    /// anything.
    private var retryAfter: Duration? {
        let seconds = easy.number(CURLINFO_RETRY_AFTER)
        return seconds > 0 ? .seconds(min(seconds, 365 * 86_400)) : nil
    }
}
