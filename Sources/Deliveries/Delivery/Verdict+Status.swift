extension Verdict {
    /// The judgement by HTTP status alone, as Standard Webhooks 1.0 has it: any 2xx is success, a redirect is a failure
    /// and never followed, 410 ends the endpoint, 429 slows it down, everything else is tried again.
    package static func byStatus(_ reply: Reply) -> Verdict {
        let status = reply.status
        switch status {
        case 200..<300:
            return Verdict(.delivered, rule: "status \(status)")
        case 300..<400:
            let target = reply.location.map { " to \($0)" } ?? ""
            return Verdict(
                .retry(notBefore: nil), rule: "status \(status) redirects\(target); redirects are not followed")
        case 410:
            return Verdict(.gone, rule: "status 410: the receiver is gone")
        case 429:
            return Verdict(.throttled(until: reply.retryAfter), rule: "status 429: too many requests")
        default:
            return Verdict(.retry(notBefore: reply.retryAfter), rule: "status \(status)")
        }
    }

    /// The judgement where no answer came.
    package static func byFailure(_ failure: Exchange.Failure) -> Verdict {
        Verdict(.retry(notBefore: nil), rule: failure.text)
    }
}
