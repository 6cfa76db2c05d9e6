import Glibc

extension ProcessFigures {
    private static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    private static let pageSize = max(1, sysconf(Int32(_SC_PAGESIZE)))
    /// Read once: when the clock is set, the kernel moves it, and a process would seem to have started anew.
    private static let bootSeconds = text("/proc/stat").flatMap(ProcessTexts.bootSeconds)

    /// Of this process, now. Nil where there is no `/proc`. Its files are the kernel's memory: nothing is waited for.
    package static func current() -> ProcessFigures? {
        guard let status = text("/proc/self/stat").flatMap(ProcessStatus.init), let bootSeconds,
            let openFiles = openFiles()
        else { return nil }
        return ProcessFigures(
            cpuSeconds: Double(status.cpuTicks) / ticksPerSecond, virtualMemory: status.virtualMemory,
            residentMemory: status.residentPages * pageSize,
            startSeconds: Double(bootSeconds) + Double(status.startTicks) / ticksPerSecond, openFiles: openFiles,
            mostOpenFiles: text("/proc/self/limits").flatMap(ProcessTexts.mostOpenFiles))
    }

    private static func openFiles() -> Int? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var entries = 0
        while readdir(directory) != nil { entries += 1 }
        // Less `.`, `..`, and the descriptor of the listing itself.
        return entries - 3
    }

    private static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
