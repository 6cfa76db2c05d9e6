"""Bar and line charts as SVG."""

import statistics

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 440, 240, 150, 34, 30


def frame(parts, count=1):
    width = WIDTH * count
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{width}" height="{HEIGHT}" fill="white"/>\n' + "".join(
            f'<g transform="translate({WIDTH * index},0)">\n{part}</g>\n' for index, part in enumerate(parts)) + "</svg>\n")


def bars(title, unit, entries):
    """Horizontal bars: entries are (name, values); whiskers reach from the least to the greatest."""
    greatest = max(max(values) for _, values in entries)
    step = (HEIGHT - TOP - BOTTOM) / len(entries)
    scale = (WIDTH - LEFT - 60) / greatest
    text = f'<text x="8" y="16" font-weight="bold">{title}</text>\n'
    for index, (name, values) in enumerate(entries):
        y = TOP + step * index
        middle, half = y + step / 2, min(step * 0.32, 12)
        value = statistics.median(values)
        color = "#c0392b" if name.startswith("belfry") else "#7f8c8d"
        text += (
            f'<text x="{LEFT - 6}" y="{middle + 4:.1f}" text-anchor="end">{name}</text>\n'
            f'<rect x="{LEFT}" y="{middle - half:.1f}" width="{value * scale:.1f}" height="{2 * half:.1f}" fill="{color}"/>\n'
            f'<path d="M{LEFT + min(values) * scale:.1f} {middle:.1f}H{LEFT + max(values) * scale:.1f}" stroke="black"/>\n'
            f'<text x="{LEFT + max(values) * scale + 5:.1f}" y="{middle + 4:.1f}">{value:,.0f}</text>\n')
    return text + f'<text x="{WIDTH - 12}" y="{HEIGHT - 8}" text-anchor="end">{unit}</text>\n'


def decades(title, unit, points):
    """One line over powers of ten: points is {size: values}."""
    left, right, base = 60, WIDTH - 20, HEIGHT - BOTTOM - 8
    sizes = sorted(points)
    greatest = max(max(values) for values in points.values())
    # Ticks at 1, 2 or 5 times a power of ten, three to six of them.
    tick = next(unit_ for unit_ in (10**power * factor for power in range(9) for factor in (1, 2, 5)) if greatest / unit_ <= 6)
    ceiling = (greatest // tick + 1) * tick

    def x(index):
        return left + (right - left) * (index + 0.5) / len(sizes)

    def y(value):
        return base - value / ceiling * (base - TOP)

    text = f'<text x="8" y="16" font-weight="bold">{title}</text>\n'
    for step in range(int(ceiling / tick) + 1):
        value = step * tick
        text += (
            f'<path d="M{left} {y(value):.1f}H{right}" stroke="#ddd"/>\n'
            f'<text x="{left - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:,}</text>\n')
    line = []
    for index, size in enumerate(sizes):
        values = points[size]
        line.append(f"{x(index):.1f},{y(statistics.median(values)):.1f}")
        text += (
            f'<path d="M{x(index):.1f} {y(min(values)):.1f}V{y(max(values)):.1f}" stroke="#c0392b"/>\n'
            f'<circle cx="{x(index):.1f}" cy="{y(statistics.median(values)):.1f}" r="4" fill="#c0392b"/>\n'
            f'<text x="{x(index):.1f}" y="{base + 15}" text-anchor="middle">{size:,}</text>\n')
    text += f'<polyline fill="none" stroke="#c0392b" stroke-width="2" points="{" ".join(line)}"/>\n'
    return text + f'<text x="{right}" y="{HEIGHT - 8}" text-anchor="end">{unit}</text>\n'
