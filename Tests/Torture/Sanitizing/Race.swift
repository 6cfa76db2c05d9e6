import Glibc

// Two threads write one number without a lock, long enough to meet: ThreadSanitizer must say so.
let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
counter.initialize(to: 0)
var threads: [pthread_t] = []
for _ in 0..<2 {
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { context in
            let counter = context?.assumingMemoryBound(to: Int.self)
            for _ in 0..<20_000_000 { counter?.pointee += 1 }
            return nil
        }, counter)
    threads.append(thread)
}
for thread in threads { pthread_join(thread, nil) }
print(counter.pointee)
