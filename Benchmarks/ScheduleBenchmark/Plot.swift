/// A line chart as SVG.
struct Plot {
    struct Line {
        var name: String
        var color: String
        var isDashed = false
        /// Evenly spaced over the days.
        var values: [Double]
    }

    var title: String
    var days: Int
    var lines: [Line]

    private static let width = 440.0
    private static let height = 260.0
    private static let left = 48.0
    private static let bottom = 36.0
    private static let top = 34.0

    /// Several plots side by side.
    static func svg(_ plots: [Plot]) -> String {
        let total = width * Double(plots.count)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(total.text(0)) \(height.text(0))" \
            font-family="sans-serif" font-size="11">
            <rect width="\(total.text(0))" height="\(height.text(0))" fill="white"/>

            """
        for (index, plot) in plots.enumerated() {
            text += "<g transform=\"translate(\((width * Double(index)).text(0)),0)\">\n\(plot.body)</g>\n"
        }
        return text + "</svg>\n"
    }

    private var body: String {
        let greatest = lines.flatMap(\.values).max() ?? 1
        let step = greatest > 250 ? 100.0 : 50
        let ceiling = (greatest / step).rounded(.up) * step
        let right = Self.width - 12
        let base = Self.height - Self.bottom
        func x(_ share: Double) -> Double { Self.left + share * (right - Self.left) }
        func y(_ value: Double) -> Double { base - value / ceiling * (base - Self.top) }
        var text = "<text x=\"\(Self.left.text(0))\" y=\"16\" font-weight=\"bold\">\(title)</text>\n"
        for tick in stride(from: 0, through: ceiling, by: step) {
            text += """
                <path d="M\(Self.left.text(0)) \(y(tick).text(1))H\(right.text(0))" stroke="#ddd"/>
                <text x="42" y="\((y(tick) + 4).text(1))" text-anchor="end">\(tick.text(0))</text>

                """
        }
        for day in stride(from: 0, through: days, by: days / 6) {
            let place = x(Double(day) / Double(days)).text(1)
            text += "<text x=\"\(place)\" y=\"\((base + 15).text(0))\" text-anchor=\"middle\">\(day)</text>\n"
        }
        text +=
            "<text x=\"428\" y=\"\((base + 29).text(0))\" text-anchor=\"end\">days since the start; minutes</text>\n"
        for (index, line) in lines.enumerated() {
            let count = Double(line.values.count)
            let points = line.values.enumerated().map { index, value in
                "\(x((Double(index) + 0.5) / count).text(1)),\(y(value).text(1))"
            }
            let dash = line.isDashed ? " stroke-dasharray=\"5 4\"" : ""
            text +=
                "<polyline fill=\"none\" stroke=\"\(line.color)\" stroke-width=\"2\"\(dash) "
                + "points=\"\(points.joined(separator: " "))\"/>\n"
            let legend = Self.left + 4 + Double(index) * 128
            text += "<text x=\"\(legend.text(0))\" y=\"29\" fill=\"\(line.color)\">\(line.name)</text>\n"
        }
        return text
    }
}
