/// What the kernel knows of a process.
package struct ProcessFigures: Sendable, Equatable {
    /// User and system time.
    package var cpuSeconds: Double
    /// Bytes.
    package var virtualMemory: Int
    /// Bytes.
    package var residentMemory: Int
    /// Since 1970.
    package var startSeconds: Double
    package var openFiles: Int
    /// Nil: no limit.
    package var mostOpenFiles: Int?

    package init(
        cpuSeconds: Double, virtualMemory: Int, residentMemory: Int, startSeconds: Double, openFiles: Int,
        mostOpenFiles: Int?
    ) {
        self.cpuSeconds = cpuSeconds
        self.virtualMemory = virtualMemory
        self.residentMemory = residentMemory
        self.startSeconds = startSeconds
        self.openFiles = openFiles
        self.mostOpenFiles = mostOpenFiles
    }
}

extension ProcessFigures {
    /// Under the names that every Prometheus client library uses for them.
    package var metrics: [MetricFamily] {
        [
            .counter(
                "process_cpu_seconds_total", "User and system time that the process has used.",
                [MetricFamily.Sample(value: cpuSeconds)]),
            .gauge("process_resident_memory_bytes", "Memory of the process that is in RAM.", Double(residentMemory)),
            .gauge("process_virtual_memory_bytes", "Address space of the process.", Double(virtualMemory)),
            .gauge("process_open_fds", "Open file descriptors.", Double(openFiles)),
            .gauge(
                "process_max_fds", "File descriptors that may be open at once.",
                mostOpenFiles.map(Double.init) ?? .infinity),
            .gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", startSeconds),
        ]
    }
}
