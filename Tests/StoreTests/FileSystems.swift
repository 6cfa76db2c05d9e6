import Glibc
import Testing

// Real limits of a file system. Mounting takes root; who is not has other means for two of the three, see there.

/// A directory that cannot be written: a read-only mount for root, whom permissions do not bind, else permissions.
final class ReadOnlyView {
    let path: String
    private let isMounted: Bool

    init(of directory: String) throws {
        isMounted = geteuid() == 0
        path = directory
        if isMounted {
            try #require(mount(directory, directory, nil, UInt(MS_BIND), nil) == 0, "cannot mount")
            let flags = UInt(MS_BIND) | UInt(MS_REMOUNT) | UInt(MS_RDONLY)
            try #require(mount(nil, directory, nil, flags, nil) == 0, "cannot mount read-only")
        } else {
            try #require(chmod(directory, 0o500) == 0)
        }
    }

    deinit {
        if isMounted {
            umount2(path, Int32(MNT_DETACH))
        } else {
            chmod(path, 0o700)
        }
    }
}

/// A file system of its own with little room.
final class SmallFileSystem {
    let path: String
    static var isPossible: Bool { geteuid() == 0 }

    init(at path: String, kilobytes: Int) throws {
        self.path = path
        try #require(mount("belfry-test", path, "tmpfs", 0, "size=\(kilobytes)k") == 0, "cannot mount")
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }
}
