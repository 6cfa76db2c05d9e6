// The first page: verdict, figures, endpoints, plots, and events as they come.
import { clip, clock, count, h, localTimes, now, plural, relative, s, span, state, time } from "./parts.js";
import { MINUTE } from "./plot.js";
import { api } from "./api.js";
import { HEALTH, feed, frame, isStale, reload, render, renderSoon, take } from "./frame.js";
import { endpointTable, eventTable, isTroubled, link, section, title, toolSection } from "./pieces.js";

const encode = encodeURIComponent;

const RANGES = { "1 h": 3_600_000, "6 h": 21_600_000, "24 h": 86_400_000 };
let range = "1 h";

/** Kept for a while: a day of minutes is a large answer. */
const past = { askedAt: -Infinity, value: null };
async function history(signal) {
    if (performance.now() - past.askedAt > 15_000) {
        past.value = await api("history", { signal });
        past.askedAt = performance.now();
    }
    return past.value;
}

export const overview = {
    title: () => "Overview",
    async load(_, signal) {
        const [status, endpoints, events, points] = await Promise.all([
            api("status", { signal }), api("endpoints", { signal }), api("events?limit=50", { signal }),
            history(signal),
        ]);
        feed.merge(events.data);
        take(status);
        return { endpoints: endpoints.data, history: points };
    },
    render: ({ endpoints, history }) => [
        verdict(frame.status), figures(frame.status, endpoints),
        section("Endpoints", endpointTable(endpoints)),
        toolSection("Over time", ranges(), beginning(history),
            h("div", { class: "plots" }, plots(history, frame.status))),
        toolSection("Live events", holdButton(),
            eventTable((feed.held ?? feed).events.slice(0, 25), "Nothing has been detected yet."),
            h("p", null, link("events", "All events"))),
    ],
    on(kind) {
        if (kind === "event") renderSoon();
        if (kind === "delivery") reload(2000);
    },
    status: () => renderSoon(),
};

const REASON_ENDPOINT = /^endpoint "([^"]+)"/;

function verdict({ health, watch }) {
    const reason = (text) => {
        const endpoint = REASON_ENDPOINT.exec(text)?.[1];
        const told = clip(localTimes(text), 300);
        return h("li", null, endpoint ? link(`endpoints/${encode(endpoint)}`, told) : told);
    };
    return h("section", { class: `verdict ${isStale() ? "stale" : health.state}`, "aria-label": "Health" },
        h("h1", { tabindex: -1 }, isStale() && "Last known: ", HEALTH[health.state]),
        h("ul", null, health.reasons.map(reason)),
        h("p", null, state(watch.state), watch.pausedUntil && [" until ", time(watch.pausedUntil)],
            watch.lastPollSuccess && [". Last successful poll ", relative(watch.lastPollSuccess)],
            watch.hint && `. ${clip(watch.hint, 300)}`));
}

function figures({ watch: { chats, polls }, budget, queue, endpoints }, all) {
    const cell = (label, value, note, tone) => h("div", { class: tone },
        h("dt", null, label), h("dd", null, h("b", null, value), note));
    const share = (part, whole) => [count(part), h("small", null, ` of ${count(whole)}`)];
    const others = (counts, ...words) => words.filter((word) => counts[word])
        .map((word) => `${count(counts[word])} ${word}`).join(", ");
    const total = endpoints.active + endpoints.failing + endpoints.paused + endpoints.disabled;
    const troubled = all.filter((endpoint) => endpoint.configured && isTroubled(endpoint)).length;
    const lateness = queue.oldestDueAt ? now() - Date.parse(queue.oldestDueAt) : 0;
    const due = queue.oldestDueAt
        ? [lateness > 0 ? "oldest due " : "next due ", relative(queue.oldestDueAt)] : "nothing is due";
    return h("dl", { class: "figures" },
        cell("Calls left", budget.remaining == null ? "no limit" : count(budget.remaining),
            [budgetBar(budget), budgetNote(budget)], budget.remaining === 0 ? "bad" : runsOut(budget) && "warn"),
        cell("Waiting", count(queue.pending), due, lateness > 60_000 && "warn"),
        cell("Dead", count(queue.dead), `${count(queue.delivered)} delivered`),
        cell("Endpoints active", share(endpoints.active, total),
            others({ ...endpoints, "with failures": troubled }, "failing", "disabled", "paused", "with failures")
                || "none fails", endpoints.failing + endpoints.disabled > 0 ? "bad" : troubled > 0 && "warn"),
        cell("Chats watched", share(chats.watched, chats.configured),
            others(chats, "new", "unreachable", "dismissed") || "all answer", chats.unreachable > 0 && "warn"),
        cell("Detected", count(polls.events), `in ${plural(polls.total, "poll")}, ${count(polls.failed)} failed`));
}

const runsOut = ({ spentBy, monthEnd }) => spentBy != null && Date.parse(spentBy) < Date.parse(monthEnd);

function budgetNote(budget) {
    const { callsPerMonth, used, spentBy, monthEnd, callsPerDay } = budget;
    const pace = `${count(callsPerDay)} a day`;
    if (callsPerMonth == null) return `${count(used)} used, ${pace}`;
    return [`of ${count(callsPerMonth)}; `, runsOut(budget)
        ? ["runs out ", relative(spentBy), `, ${clock(spentBy)}, at ${pace}`]
        : [`lasts until ${clock(monthEnd)} at ${pace}`]];
}

/** How much is spent, against a mark for how much of the month has passed. */
function budgetBar({ callsPerMonth, used, monthStart, monthEnd }) {
    if (!callsPerMonth) return null;
    const passed = (now() - Date.parse(monthStart)) / (Date.parse(monthEnd) - Date.parse(monthStart));
    const percent = (share) => `${Math.round(100 * share)} %`;
    return s("svg", { class: "meter", role: "img", viewBox: "0 0 100 6", preserveAspectRatio: "none",
        "aria-label": `${percent(used / callsPerMonth)} of the calls used, ${percent(passed)} of the month passed` },
    s("rect", { class: "all", y: 1, width: 100, height: 4 }),
    s("rect", { class: "part", y: 1, width: 100 * Math.min(1, used / callsPerMonth), height: 4 }),
    s("rect", { class: "mark", x: 100 * passed, width: 1, height: 6 }));
}

function ranges() {
    const choose = (text) => {
        range = text;
        render();
    };
    return h("p", { class: "buttons", role: "group", "aria-label": "Range" }, Object.keys(RANGES).map((text) => h(
        "button", { type: "button", "aria-pressed": `${text === range}`, onclick: () => choose(text) }, text)));
}

function holdButton() {
    const label = feed.held ? `Continue (${count(feed.received - feed.held.received)} new)` : "Hold";
    return h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => feed.hold() }, label));
}

/** Says why the plots are nearly empty while they are. */
function beginning({ points }) {
    if (points.length >= 5) return null;
    return h("p", { class: "note" }, points.length === 0 ? "The first minute is not over yet." : points.length === 1
        ? "Only the first minute is over yet, and shown as points." : `${points.length} minutes are over yet.`,
    " The history begins when Belfry starts, and grows every minute.");
}

const SECONDS = (value) => value == null ? "–" : span(1000 * value);

function plots({ points }, { budget }) {
    const to = now();
    const oldest = points.length ? Date.parse(points[0].at) : to;
    const domain = [Math.max(to - RANGES[range], Math.min(oldest, to - 10 * MINUTE)), to];
    const groups = bucket(points, domain);
    const series = (name, tone, value, dashed) => (
        { name, tone, dashed, points: groups.map(([at, group]) => [at, value(group)]) });
    const rate = (key) => (group) => group.reduce((sum, point) => sum + point[key], 0) / group.length;
    const worst = (key) => (group) => highest(group.map((point) => point[key]));
    const plot = (title, unit, format, series, logarithmic) => h(
        "time-plot", { spec: { title, unit, domain, format, series, logarithmic } });
    return [
        plot("Events and deliveries", "per minute", count, [
            series("events", "ink", rate("events")), series("delivered", "blue", rate("delivered")),
            series("dead", "red", rate("dead"))]),
        plot("Delivery latency", "seconds, logarithmic", SECONDS, [
            series("p50", "blue", worst("latencyP50")), series("p99", "ink", worst("latencyP99"), true)], true),
        plot("Queue depth", "deliveries waiting", count, depths(points, series)),
        budget.callsPerMonth ? h("time-plot", { spec: burnDown(budget, points) })
            : h("p", { class: "empty" }, "No budget to burn down: dingtalk.callsPerMonth is null."),
    ];
}

const highest = (values) => values.reduce((best, value) => value == null ? best : Math.max(best ?? 0, value), null);

/** A line for each of five endpoints, and one for the rest. */
function depths(points, series) {
    const names = [...new Set(points.flatMap(({ pending }) => Object.keys(pending)))];
    const others = names.slice(5);
    const depth = (of) => (group) => highest(group.map(
        ({ pending }) => of.reduce((sum, endpoint) => sum + (pending[endpoint] ?? 0), 0)));
    return [
        ...names.slice(0, 5).map((endpoint, index) => series(clip(endpoint, 40), `c${index}`, depth([endpoint]))),
        ...(others.length ? [series(plural(others.length, "other"), "c5", depth(others))] : []),
    ];
}

/** Groups of neighbouring points, few enough to draw: [time, points]. */
function bucket(points, [from, to]) {
    const size = MINUTE * Math.ceil((to - from) / MINUTE / 120);
    const groups = new Map();
    for (const point of points) {
        const at = Math.floor(Date.parse(point.at) / size) * size;
        if (at >= from) groups.set(at, [...(groups.get(at) ?? []), point]);
    }
    return [...groups];
}

function burnDown(budget, points) {
    const { callsPerMonth, remaining, monthStart, monthEnd, spentBy, callsPerDay } = budget;
    const [start, end] = [Date.parse(monthStart), Date.parse(monthEnd)];
    const known = points.filter((point) => point.callsRemaining != null && Date.parse(point.at) >= start)
        .map((point) => [Date.parse(point.at), point.callsRemaining]);
    const latest = [now(), remaining];
    const rest = Math.max(0, remaining - callsPerDay * (end - now()) / 86_400_000);
    const [isShort, last] = runsOut(budget) ? [true, [Date.parse(spentBy), 0]] : [false, [end, rest]];
    return { title: "Call budget", unit: "calls left this month", domain: [start, end], format: count, series: [
        { name: "left", tone: "ink", points: [[start, callsPerMonth], ...known, latest] },
        { name: "at this pace", tone: isShort ? "red" : "blue", dashed: true, points: [latest, last],
            note: isShort ? `none by ${clock(spentBy)}` : `${count(Math.round(rest))} unused` },
        { name: "even pace", tone: "faint", points: [[start, callsPerMonth], [end, 0]], note: "" },
    ] };
}
