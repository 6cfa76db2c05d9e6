// A plot over time, for the eye, the pointer, the keyboard and the screen reader.
import { clock, date, h, minute, s } from "./parts.js";

export const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * MINUTE);
/** A logarithmic scale of seconds, with the ticks that people use. */
const LOGARITHMIC = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 36_000, 360_000];
const EDGE = { left: 50, right: 10, top: 8, bottom: 20 };

function linear(highest) {
    const raw = Math.max(highest, 1) / 3;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = Math.max([1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw), 1);
    const ticks = Array.from({ length: Math.ceil(Math.max(highest, 1) / step) + 1 }, (_, index) => index * step);
    return { ticks, place: (value) => value / ticks.at(-1) };
}

function logarithmic(values) {
    const positive = values.filter((value) => value > 0);
    const low = Math.max(0, LOGARITHMIC.findLastIndex((tick) => tick <= Math.min(...positive, 1)));
    const high = LOGARITHMIC.findIndex((tick, index) => index > low && tick >= Math.max(...positive, 1));
    const ticks = LOGARITHMIC.slice(low, high < 0 ? LOGARITHMIC.length : high + 1);
    const [first, last] = [Math.log(ticks[0]), Math.log(ticks.at(-1))];
    return { ticks, place: (value) => (Math.log(Math.max(value, ticks[0])) - first) / (last - first) };
}

function timeTicks([from, to], most) {
    const step = TIME_STEPS.find((size) => (to - from) / size <= most) ?? TIME_STEPS.at(-1);
    const zone = new Date(from).getTimezoneOffset() * MINUTE;
    const first = Math.ceil((from - zone) / step) * step + zone;
    const form = step < DAY ? minute : date;
    return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
        .map((instant) => [instant, form.format(instant)]);
}

const valueAt = (points, instant) => points.findLast(([moment]) => moment <= instant)?.[1];

/**
 * `<time-plot>`: set `spec` to {title, unit, domain, series, format, logarithmic?}; a series is {name, tone, points,
 * step?, dashed?, note?} with points [[milliseconds, value or null]]. The arrow keys and the pointer read values; the
 * first series says where there are any.
 */
class TimePlot extends HTMLElement {
    #spec;
    #cursor = null;
    #width = 0;
    #sizes = new ResizeObserver(() => {
        if (this.clientWidth !== this.#width) this.#draw();
    });
    #svg = s("svg", { role: "img", tabindex: 0 });
    #legend = h("ul", { class: "legend" });
    #title = h("h3");
    #spoken = h("p", { class: "unseen", role: "status" });

    get spec() {
        return this.#spec;
    }

    set spec(spec) {
        this.#spec = spec;
        if (this.isConnected) this.#draw();
    }

    connectedCallback() {
        this.replaceChildren(this.#title, this.#svg, this.#legend, this.#spoken);
        this.#svg.onpointermove = (event) => this.#point(event.offsetX);
        this.#svg.onpointerleave = this.#svg.onblur = () => this.#move(null);
        this.#svg.onkeydown = (event) => this.#step(event);
        this.#sizes.observe(this);
    }

    disconnectedCallback() {
        this.#sizes.disconnect();
    }

    #x(instant) {
        const [from, to] = this.#spec.domain;
        return EDGE.left + (instant - from) / (to - from) * (this.#width - EDGE.left - EDGE.right);
    }

    #draw() {
        const { title, unit, domain, series, format } = this.#spec;
        this.#width = this.clientWidth;
        if (this.#width === 0) return;
        const height = this.#svg.clientHeight - EDGE.top - EDGE.bottom;
        const values = series.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
        const scale = this.#spec.logarithmic ? logarithmic(values) : linear(Math.max(0, ...values));
        const y = (value) => EDGE.top + (1 - scale.place(value)) * height;
        const bottom = EDGE.top + height;
        this.#title.replaceChildren(title, " ", h("small", null, unit));
        this.#svg.setAttribute("aria-label", this.#summary());
        this.#svg.replaceChildren(
            ...scale.ticks.map((tick) => s("g", { class: "tick" },
                s("line", { x1: EDGE.left, x2: this.#width - EDGE.right, y1: y(tick), y2: y(tick) }),
                s("text", { x: EDGE.left - 6, y: y(tick) + 4, "text-anchor": "end" }, format(tick)))),
            ...timeTicks(domain, (this.#width - EDGE.left) / 64).map(([instant, text]) => s("text",
                { x: Math.min(this.#x(instant), this.#width - 18), y: bottom + 15, "text-anchor": "middle" }, text)),
            ...series.flatMap((one) => [this.#line(one, y), ...this.#dots(one, y)]),
            s("line", { class: "cursor", y1: EDGE.top, y2: bottom, visibility: "hidden" }));
        this.#move(this.#cursor);
    }

    #line({ points, tone, step, dashed }, y) {
        let path = "", last = null;
        for (const [instant, value] of points) {
            if (value != null) {
                const [left, top] = [this.#x(instant).toFixed(1), y(value).toFixed(1)];
                path += last == null ? `M${left} ${top}` : step ? `H${left}V${top}` : `L${left} ${top}`;
            }
            last = value;
        }
        return s("path", { class: `line ${tone}${dashed ? " dashed" : ""}`, d: path });
    }

    /** Marks for values without a neighbour, of which no line would show anything. */
    #dots({ points, tone }, y) {
        const isAlone = (index) => points[index][1] != null && [index - 1, index + 1].every(
            (neighbour) => points[neighbour]?.[1] == null);
        return points.filter((_, index) => isAlone(index)).map(([instant, value]) => s("circle",
            { class: `dot ${tone}`, cx: this.#x(instant).toFixed(1), cy: y(value).toFixed(1), r: 3 }));
    }

    #summary() {
        const { title, unit, domain, series, format } = this.#spec;
        const known = series.filter(({ points }) => points.some(([, value]) => value != null));
        const told = known.map(({ name, points, note }) => {
            if (note) return `${name}: ${note}`;
            const [when, most] = points.reduce((best, point) => (point[1] ?? -1) > (best[1] ?? -1) ? point : best);
            return `${name}: latest ${format(points.at(-1)[1])}, highest ${format(most)} at ${clock(when, minute)}`;
        });
        return `${title}, ${unit}, from ${clock(domain[0], minute)} to ${clock(domain[1], minute)}. ` +
            `${told.join(". ") || "No data yet"}. Left and right arrow keys read single values.`;
    }

    #point(offset) {
        const [from, to] = this.#spec.domain;
        const instant = from + (offset - EDGE.left) / (this.#width - EDGE.left - EDGE.right) * (to - from);
        const moments = this.#spec.series[0].points.map(([moment]) => moment);
        const distances = moments.map((moment) => Math.abs(moment - instant));
        this.#move(moments[distances.indexOf(Math.min(...distances))] ?? null);
    }

    #step(event) {
        const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const moments = this.#spec.series[0].points.map(([moment]) => moment);
        if (!direction || moments.length === 0) return;
        event.preventDefault();
        const here = this.#cursor == null ? moments.length : moments.findLastIndex((moment) => moment <= this.#cursor);
        this.#move(moments[Math.min(Math.max(here + direction, 0), moments.length - 1)]);
        this.#spoken.textContent = this.#legend.textContent;
    }

    #move(instant) {
        this.#cursor = instant;
        const line = this.#svg.querySelector(".cursor");
        line?.setAttribute("visibility", instant == null ? "hidden" : "visible");
        for (const end of ["x1", "x2"]) line?.setAttribute(end, instant == null ? 0 : this.#x(instant));
        const value = ({ points, note }) => instant == null
            ? note ?? this.#spec.format(points.at(-1)?.[1]) : this.#spec.format(valueAt(points, instant));
        this.#legend.replaceChildren(
            ...this.#spec.series.map((one) => h("li", null,
                s("svg", { class: "swatch", "aria-hidden": "true", viewBox: "0 0 16 8" },
                    s("path", { class: `line ${one.tone}${one.dashed ? " dashed" : ""}`, d: "M0 4H16" })),
                `${one.name} `, h("b", null, value(one)), " ")),
            instant == null ? "" : h("li", { class: "moment" }, clock(instant, minute)));
    }
}

customElements.define("time-plot", TimePlot);
