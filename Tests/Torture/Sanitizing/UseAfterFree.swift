// Reads memory that was given back: AddressSanitizer must say so.
let pointer = UnsafeMutablePointer<Int>.allocate(capacity: 4)
pointer.initialize(repeating: CommandLine.arguments.count, count: 4)
pointer.deallocate()
print(pointer[CommandLine.arguments.count])
