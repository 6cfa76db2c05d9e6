import Daemon
import Glibc
import Testing

@Suite("The watch of the chats file")
struct ChatsFileWatchTests {
    @Test("has nothing to tell of a file that stays as it was read")
    func keepsQuiet() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try await file.look(3)
            try file.write("chat1 # now with a comment\n")
            try await file.look(3)
            try file.replace("chat1\n")
            try await file.look(3)
        }
        #expect(file.told.isEmpty)
        #expect(file.log.lines.isEmpty)
    }

    @Test("tells of a list that changed between the configuration's reading and its own first look")
    func seesEarlyChange() async throws {
        let file = try WatchedFile("chat1\n")
        let watched = try ChatsFile(path: file.path)
        try file.write("chat1\nchat2\n")
        #expect(watched.chats.count == 1)
        try await file.watching(having: watched) { try await file.look() }
        #expect(file.told == [["chat1", "chat2"]])
    }

    @Test("tells of a new list once two looks have seen the same")
    func waitsForRest() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try await file.look()
            try file.write("chat1\nchat2 Two\n")
            try await file.look()
            #expect(file.told.isEmpty)
            try await file.look()
            #expect(file.told == [["chat1", "chat2 Two"]])
            try await file.look(3)
        }
        #expect(file.told.count == 1)
    }

    @Test("leaves alone a file that is still being written, mistakes and all")
    func toleratesPartialWrites() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try await file.look()
            for text in ["", "ci", "cid", "chat1\ncha", "chat1\nchat2\nchat2\n", "chat1\nchat2\nchat3\n"] {
                try file.write(text)
                try await file.look()
            }
            try await file.look()
        }
        #expect(file.told == [["chat1", "chat2", "chat3"]])
        #expect(file.log.lines.isEmpty)
    }

    @Test("follows a file that is replaced by another, and a link that is turned")
    func followsReplacement() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try file.replace("chat2\n")
            try await file.look(2)
            let other = try file.directory.write("other.txt", "chat3\n")
            try file.remove()
            try #require(symlink(other, file.path) == 0)
            try await file.look(2)
            let third = try file.directory.write("third.txt", "chat4\n")
            let link = file.directory.path + "/chats.txt.new"
            try #require(symlink(third, link) == 0 && rename(link, file.path) == 0)
            try await file.look(2)
        }
        #expect(file.told == [["chat2"], ["chat3"], ["chat4"]])
    }

    @Test("keeps the old list while the file is gone, and says so once")
    func survivesDisappearance() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try file.remove()
            try await file.look(3)
            #expect(file.told.isEmpty)
            try file.write("chat1\n")
            try await file.look(2)
            #expect(file.told.isEmpty)
            try file.remove()
            try await file.look()
            try file.write("chat5\n")
            try await file.look(2)
        }
        #expect(file.told == [["chat5"]])
        let gone = [
            "warning: the chats file cannot be used; the chats stay as they are",
            "warning: \(file.path): cannot be read: No such file or directory", "info: the chats file is good again",
        ]
        #expect(file.log.lines == gone + gone)
    }

    @Test("logs the lines that are wrong, once a change, and keeps the old list")
    func reportsMistakes() async throws {
        let file = try WatchedFile("chat1\n")
        let wrong = "warning: \(file.path):2:1: the chat chat1 is listed twice, first on line 1"
        let title = "warning: the chats file cannot be used; the chats stay as they are"
        try await file.watching {
            try file.write("chat1\nchat1\nchat2\n")
            try await file.look(4)
            #expect(file.log.lines == [title, wrong])
            try file.replace("chat1\nchat1\nchat2\nchat3\n")
            try await file.look(4)
            #expect(file.log.lines == [title, wrong, title, wrong])
            #expect(file.told.isEmpty)
            try file.write("chat1\nchat2\n")
            try await file.look(2)
        }
        #expect(file.told == [["chat1", "chat2"]])
        #expect(file.log.lines.last == "info: the chats file is good again")
    }

    @Test("shows the first of very many mistakes, and how many more there are")
    func limitsLines() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try file.write(String(repeating: "*\n", count: 1000))
            try await file.look(2)
        }
        #expect(file.log.lines.count == 22)
        #expect(file.log.lines.last == "warning: and 980 more problems in the chats file")
    }

    @Test("does not wait for a pipe in the file's place")
    func refusesPipe() async throws {
        let file = try WatchedFile("chat1\n")
        try await file.watching {
            try file.remove()
            try #require(mkfifo(file.path, 0o600) == 0)
            try await file.look(3)
        }
        #expect(file.log.lines.last == "warning: \(file.path): cannot be read: not a regular file")
    }
}
