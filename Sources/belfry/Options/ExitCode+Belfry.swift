import ArgumentParser

extension ExitCode {
    /// The daemon cannot be reached (EX_UNAVAILABLE of sysexits.h).
    static let unreachable = ExitCode(69)
    /// The configuration is invalid (EX_CONFIG of sysexits.h).
    static let configuration = ExitCode(78)
}
