import Glibc

/// Whether a file that is open is still the one at its path, whole. A descriptor goes on working when its file is removed, replaced
/// or cut short, and what is written to it from then on is lost at the next start.
struct FilePresence {
    private let path: String
    /// Bytes that the file's own writer may cut it to.
    private let keptSize: Int
    private var known: Appearance?

    /// - `keptSize`: the writer itself makes the file shorter, though never shorter than this; without it, never at all.
    init(_ path: String, keptSize: Int = .max) {
        self.path = path
        self.keptSize = keptSize
        known = Appearance(of: path)
    }

    private struct Appearance {
        var device: dev_t
        var number: ino_t
        var size: Int

        init?(of path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = status.st_dev
            number = status.st_ino
            size = Int(status.st_size)
        }
    }

    /// Bytes, at the last look.
    var size: Int { known?.size ?? 0 }

    /// What somebody else did to the file since the last look; nil when nothing.
    mutating func harm() -> String? {
        let now = Appearance(of: path)
        defer { known = now }
        guard let known else { return nil }
        guard let now else { return "removed" }
        if now.device != known.device || now.number != known.number { return "replaced" }
        return now.size < min(known.size, keptSize) ? "cut short" : nil
    }
}
