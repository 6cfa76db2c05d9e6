import Glibc

/// What libFuzzer calls with each input. `BELFRY_FUZZ_TARGET` names the part that takes it; `planted` is a part with a crash in it,
/// which shows that crashes are found.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    guard let target = Fuzzer.target else {
        Fuzzer.plant(input)
        return 0
    }
    Fuzzer.wait { await target.take(input) }
    return 0
}

enum Fuzzer {
    static let target: FuzzTarget? = {
        let name = getenv("BELFRY_FUZZ_TARGET").map { String(cString: $0) } ?? ""
        let target = FuzzTarget(rawValue: name)
        guard target != nil || name == "planted" else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("BELFRY_FUZZ_TARGET is \(name); expected planted or one of \(names)")
        }
        return target
    }()

    static func plant(_ input: [UInt8]) {
        if input.count >= 4, input[0] == UInt8(ascii: "b"), input[1] == UInt8(ascii: "e"),
            input[2] == UInt8(ascii: "l"),
            input[3] == UInt8(ascii: "f")
        {
            preconditionFailure("the planted crash")
        }
    }

    /// libFuzzer waits for each input to end before it goes on.
    static func wait(_ work: @escaping @Sendable () async -> Void) {
        let done = Semaphore()
        Task {
            await work()
            done.signal()
        }
        done.wait()
    }
}

private final class Semaphore: Sendable {
    private let descriptors: (read: CInt, write: CInt)

    init() {
        var ends: (CInt, CInt) = (0, 0)
        let code = withUnsafeMutablePointer(to: &ends) {
            pipe(UnsafeMutableRawPointer($0).assumingMemoryBound(to: CInt.self))
        }
        precondition(code == 0, "no pipe")
        descriptors = ends
    }

    deinit {
        close(descriptors.read)
        close(descriptors.write)
    }

    func signal() {
        var byte: UInt8 = 0
        precondition(write(descriptors.write, &byte, 1) == 1)
    }

    func wait() {
        var byte: UInt8 = 0
        // libFuzzer's own clock interrupts.
        while read(descriptors.read, &byte, 1) != 1 { precondition(errno == EINTR, "the pipe is gone") }
    }
}
