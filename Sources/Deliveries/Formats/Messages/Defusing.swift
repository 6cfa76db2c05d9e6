/// Ways to take the meaning from markup in foreign texts where a destination knows no escape.
enum Defusing {
    /// Marks of Markdown, tags and mentions in their full-width forms, which read the same and mean nothing. An underscore
    /// within a word stays, since it means nothing there and user ids are copied from messages.
    static func fullWidth(_ text: String) -> String {
        mapped(text) { scalar, isWithinWord in
            switch scalar {
            case "_": return isWithinWord ? nil : "＿"
            case "*", "`", "[", "]", "<", ">", "#", "~", "|", "\\", "@":
                // The full-width forms stand in the order of ASCII, from U+FF01 for the exclamation mark.
                return Unicode.Scalar(scalar.value + 0xFEE0).map { String($0) }
            default: return nil
            }
        }
    }

    /// Replaces scalars for which `replacement` has something; it is told whether letters or digits stand on both sides.
    static func mapped(_ text: String, _ replacement: (Unicode.Scalar, Bool) -> String?) -> String {
        let scalars = Array(text.unicodeScalars)
        func isWord(_ index: Int) -> Bool {
            guard scalars.indices.contains(index) else { return false }
            return scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
        }
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            if let other = replacement(scalar, isWord(index - 1) && isWord(index + 1)) {
                result += other
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
