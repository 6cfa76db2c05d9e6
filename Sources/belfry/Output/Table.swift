/// Rows in aligned columns, for people.
struct Table {
    /// Between two columns.
    private static let gap = "  "

    let columns: [String]
    private(set) var rows: [[String]] = []

    init(_ columns: [String]) {
        self.columns = columns
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells.map(\.withoutControls))
    }

    /// The head in bold where `isStyled`. Only the last column may be as long as it likes.
    func text(isStyled: Bool) -> String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { index, cell in
                index == cells.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[index] - cell.displayWidth)
            }
            return padded.joined(separator: Self.gap)
        }
        let head = line(columns)
        return ([isStyled ? "\u{1B}[1m\(head)\u{1B}[0m" : head] + rows.map(line)).joined(separator: "\n")
    }
}

extension String {
    /// Columns of a terminal: East Asian wide characters take two, combining marks none.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { width, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: width
            default: width + (scalar.isWide ? 2 : 1)
            }
        }
    }
}

extension Unicode.Scalar {
    /// The large blocks of Unicode's East Asian Width that are wide or full-width.
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
