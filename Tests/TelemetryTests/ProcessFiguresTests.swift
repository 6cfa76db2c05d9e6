import Testing

@testable import Telemetry

@Suite("What the kernel tells of a process")
struct ProcessFiguresTests {
    private static let line =
        "4242 (bel) fry (2)) S 1 4242 4242 0 -1 4194560 1500 0 3 0 120 30 0 0 20 0 7 0 98765 1073741824 10240 "
        + "18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"

    @Test("a program's name may hold blanks and parentheses")
    func status() throws {
        let status = try #require(ProcessStatus(Self.line))
        #expect(status.cpuTicks == 150)
        #expect(status.startTicks == 98_765)
        #expect(status.virtualMemory == 1 << 30)
        #expect(status.residentPages == 10_240)
    }

    @Test("what is no such line is nothing", arguments: ["", "4242 (belfry", "4242 (belfry) S 1 2 3"])
    func damaged(line: String) {
        #expect(ProcessStatus(line) == nil)
    }

    @Test("the soft limit of open files is the first number of its line, or none")
    func limits() {
        let text = """
            Limit                     Soft Limit           Hard Limit           Units     
            Max processes             7000                 8000                 processes 
            Max open files            1024                 524288               files     

            """
        #expect(ProcessTexts.mostOpenFiles(inLimits: text) == 1024)
        #expect(ProcessTexts.mostOpenFiles(inLimits: text.replacing("1024  ", with: "unlimited")) == nil)
        #expect(ProcessTexts.bootSeconds(inStat: "cpu 1 2\nbtime 1795416000\nprocesses 7\n") == 1_795_416_000)
    }

    @Test("this process has a past, memory and open files")
    func current() throws {
        let figures = try #require(ProcessFigures.current())
        #expect(figures.residentMemory > 1 << 20)
        #expect(figures.virtualMemory >= figures.residentMemory)
        #expect(figures.openFiles > 2)
        #expect(figures.openFiles <= figures.mostOpenFiles ?? .max)
        #expect(figures.startSeconds > 1_600_000_000)
        // It never goes back, and never seems to have started anew.
        let later = try #require(ProcessFigures.current())
        #expect(later.cpuSeconds >= figures.cpuSeconds)
        #expect(later.startSeconds == figures.startSeconds)
    }

    @Test("its metrics bear the names that every client library uses")
    func names() {
        let figures = ProcessFigures(
            cpuSeconds: 1.5, virtualMemory: 3, residentMemory: 2, startSeconds: 1000, openFiles: 7, mostOpenFiles: nil)
        let text = PrometheusText(figures.metrics).text
        let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "process_cpu_seconds_total 1.5", "process_resident_memory_bytes 2", "process_virtual_memory_bytes 3",
                "process_open_fds 7", "process_max_fds +Inf", "process_start_time_seconds 1000",
            ])
    }
}
