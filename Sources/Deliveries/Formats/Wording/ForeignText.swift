/// Texts from outside made fit for one line of a message.
enum ForeignText {
    /// Without control characters and line breaks, which could forge lines of ours, and without bidirectional controls, which
    /// could turn them around; at most `limit` characters and four times as many bytes, a cut shown by `…`.
    static func cleaned(_ text: String, limit: Int) -> String {
        // One character may be thousands of combining marks, so the scalars are bounded first.
        let reach = limit * 8
        let front = text.unicodeScalars.prefix(reach)
        var isCut = text.unicodeScalars.dropFirst(reach).first != nil
        var scalars = String.UnicodeScalarView()
        for scalar in front {
            if isSpace(scalar) {
                if let last = scalars.last, last != " " { scalars.append(" ") }
            } else if !isDropped(scalar) {
                scalars.append(scalar)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        var result = ""
        var count = 0
        var bytes = 0
        for character in String(scalars) {
            bytes += character.utf8.count
            count += 1
            if count > limit || bytes > limit * 4 {
                isCut = true
                break
            }
            result.append(character)
        }
        if isCut {
            if count > limit { result.removeLast() }
            result += "…"
        }
        return isolated(result.isEmpty ? "–" : result)
    }

    /// Whether nothing that can be seen is left of it.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { isSpace($0) || isDropped($0) }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
        default: false
        }
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Soft hyphen, bidirectional marks, embeddings and isolates, zero-width space, byte order mark, non-characters. The
        // joiners U+200C and U+200D stay: scripts and emoji need them.
        case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE,
            0xFFFF:
            true
        default: false
        }
    }

    /// A name written from right to left between U+2068 and U+2069, so that it does not drag its surroundings along.
    private static func isolated(_ text: String) -> String {
        text.unicodeScalars.contains(where: isRightToLeft) ? "\u{2068}\(text)\u{2069}" : text
    }

    /// The blocks of the scripts that are written from right to left.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
