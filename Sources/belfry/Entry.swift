import ArgumentParser
import Glibc

@main
enum Entry {
    static func main() async {
        // A receiver or a pipe that closes is a failed write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        await BelfryCommand.main()
    }
}
