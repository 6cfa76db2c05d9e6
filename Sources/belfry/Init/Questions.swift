import Daemon
import Deliveries
import Glibc

/// Asks what a first configuration needs, on a terminal: one question again and again until its answer can be used.
struct Questions {
    /// Answers go in here; what came of them may go elsewhere, so questions go to standard error.
    static var haveTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    let source: ConfigurationSource

    func begin() {
        say("Four questions. What stands in brackets is taken when nothing is typed.\n\n")
    }

    func appKeyVariable() throws -> String {
        say("DingTalk's app key and secret stay out of the file: it refers to environment variables.\n")
        let usual = FirstConfiguration.usualKeyVariable
        return try answer("1. Variable that holds the app key [\(usual)]: ") { text in
            let name = text.isEmpty ? usual : text
            if let flaw = FirstConfiguration.flaw(inVariable: name) { throw Refused(flaw) }
            return name
        }
    }

    func chats() throws -> [String] {
        try answer("2. Ids of the chats to watch, blanks between them: ") { text in
            let ids = text.split { $0.isWhitespace || $0 == "," }.map(String.init)
            guard !ids.isEmpty else {
                throw Refused("expected at least one id, such as chat and 32 hexadecimal digits")
            }
            if let flaw = FirstConfiguration.flaw(inChats: ids) { throw Refused(flaw) }
            return ids
        }
    }

    func destination() throws -> Destination {
        let destination = try answer("3. URL that events are sent to: ") { text in
            do throws(Destination.Flaw) {
                return try Destination(url: text, source: source)
            } catch {
                throw Refused(error.description)
            }
        }
        say("   They are sent in the format \"\(destination.format.rawValue)\".\n")
        return destination
    }

    func region() throws -> FirstConfiguration.Region {
        try answer("4. Region, io (international) or com (mainland China) [io]: ") { text in
            guard let region = FirstConfiguration.Region(rawValue: text.isEmpty ? "io" : text) else {
                throw Refused("expected io or com")
            }
            return region
        }
    }

    /// Why an answer cannot be used.
    private struct Refused: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    private func answer<Answer>(_ question: String, _ read: (String) throws -> Answer) throws -> Answer {
        while true {
            say(question)
            guard let line = readLine() else {
                say("\n")
                throw ProblemLine("nothing was written: no answer")
            }
            do {
                return try read(line.trimmed)
            } catch let refused as Refused {
                say("   \(refused.reason)\n")
            }
        }
    }

    /// Without a line break of its own, so that the answer stands behind the question.
    private func say(_ text: String) {
        _ = Glibc.write(STDERR_FILENO, text, text.utf8.count)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
