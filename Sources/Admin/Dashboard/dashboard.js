// Belfry's dashboard: asks the API, follows its stream, and shows a page for what the address says after '#'.
import {
    bytes, clip, clock, count, describe, duration, exactTime, facts, h, kind, localTimes, morph, name, now, plural,
    relative, s, setClock, setting, span, state, table, tick, time, visible,
} from "./parts.js";

const find = (id) => document.getElementById(id);
const main = find("main");
const encode = encodeURIComponent;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// API -----------------------------------------------------------------------------------------------------------------

const TOKEN = "belfry-token";

class Problem extends Error {
    constructor(status, { title, detail, problems } = {}) {
        super([title, detail, ...(problems ?? [])].filter(Boolean).map((text) => visible(text)).join("\n"));
        this.status = status;
    }
}

function request(path, { method = "GET", body, signal, headers } = {}) {
    const token = sessionStorage.getItem(TOKEN);
    return fetch(new URL(`api/v1/${path}`, document.baseURI), {
        method, signal, cache: "no-store", body: body && JSON.stringify(body),
        headers: {
            ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }),
            ...headers,
        },
    });
}

async function refusal(response) {
    if (response.status === 401) askForToken();
    const answer = await response.json().catch(() => null);
    const bare = { title: `Status ${response.status}`, detail: response.statusText };
    return new Problem(response.status, answer?.title ? answer : bare);
}

async function api(path, options) {
    let response;
    try {
        response = await request(path, options);
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Problem(0, { title: "Belfry does not answer", detail: error.message });
    }
    if (!response.ok) throw await refusal(response);
    return response.json();
}

const post = (path, body) => api(path, { method: "POST", body });

function query(values) {
    const given = Object.entries(values).filter(([, value]) => value);
    return given.length ? `?${new URLSearchParams(given)}` : "";
}

// Stream --------------------------------------------------------------------------------------------------------------

const SILENCE = 45_000;
const stream = { lastID: null, interrupt: () => {} };

/** Follows the stream for as long as the page is open, and says so when it cannot. */
async function follow() {
    for (let failures = 0; !locked; failures++) {
        const started = Date.now();
        const connection = new AbortController();
        let reason = "ended";
        try {
            stream.interrupt = () => connection.abort();
            await listen(connection);
        } catch (error) {
            reason = error.message;
        }
        if (locked) return;
        if (Date.now() - started > 10_000) failures = 0;
        const wait = Math.min(30_000, 1000 * 2 ** failures) * (0.75 + Math.random() / 4);
        const soon = span(Math.max(1000, wait));
        setConnection("Reconnecting", `Stream lost (${clip(reason)}); next try within ${soon}`);
        await Promise.race([sleep(wait), new Promise((resolve) => (stream.interrupt = resolve))]);
    }
}

/** Until the stream ends, breaks, or keeps silent for longer than a keep-alive may take. */
async function listen(connection) {
    let watchdog = setTimeout(() => connection.abort(), SILENCE);
    try {
        const headers = { accept: "text/event-stream", ...(stream.lastID && { "last-event-id": stream.lastID }) };
        const response = await request("stream", { signal: connection.signal, headers });
        if (!response.ok) throw await refusal(response);
        setConnection("Live");
        if (shown?.data) reload(0);
        api("status").then(take, () => {});
        let rest = "";
        for await (const chunk of chunks(response.body.pipeThrough(new TextDecoderStream()))) {
            clearTimeout(watchdog);
            watchdog = setTimeout(() => connection.abort(), SILENCE);
            const messages = (rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
            rest = messages.pop();
            messages.forEach(receive);
        }
    } finally {
        clearTimeout(watchdog);
    }
}

// Not every browser can iterate over a ReadableStream itself.
async function* chunks(body) {
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

function receive(text) {
    const fields = { data: [] };
    for (const line of text.split("\n")) {
        const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (field === "data") fields.data.push(value);
        else if (field) fields[field] = value;
    }
    if (fields.data.length === 0) return;
    const message = JSON.parse(fields.data.join("\n"));
    if (fields.id) stream.lastID = fields.id;
    if (fields.event === "status") take(message);
    if (fields.event === "event") feed.add(message);
    shown?.view.on?.(fields.event, message, shown.route);
}

/** The newest events, as the stream tells them; `held` is what stays on the page while the reader wants it to. */
const feed = {
    events: [], fresh: new Map(), received: 0, held: null,
    add(event) {
        if (this.events.some(({ id }) => id === event.id)) return;
        this.events = [event, ...this.events].slice(0, 200);
        this.fresh = new Map([...this.fresh, [event.id, Date.now()]].slice(-50));
        this.received++;
    },
    merge(list) {
        const known = new Set(list.map(({ id }) => id));
        const newer = this.events.filter(({ id, timestamp }) => !known.has(id) && !(timestamp < list[0]?.timestamp));
        this.events = [...newer, ...list].slice(0, 200);
    },
    hold() {
        this.held = this.held ? null : { events: this.events, received: this.received };
        render();
    },
};

// Frame: header, footer, notices, questions ---------------------------------------------------------------------------

const HEALTH = { ok: "Healthy", warning: "Needs attention", failing: "Failing" };
const HEALTH_TONES = { ok: "good", warning: "warn", failing: "bad" };
const frame = { status: null, connection: ["Connecting"] };
let locked = false;

function take(status) {
    frame.status = status;
    setClock(status.now);
    renderFrame();
    shown?.view.status?.(status);
}

function setConnection(...connection) {
    frame.connection = connection;
    renderFrame();
    render();
}

/** Whether what the page says may be out of date. */
const isStale = () => frame.connection[0] === "Reconnecting";

function renderFrame() {
    const { status, connection: [word, detail] } = frame;
    const health = status?.health.state;
    if (health) morph(find("health"), [
        isStale() && "last known: ", state(HEALTH[health], isStale() ? "idle" : HEALTH_TONES[health])]);
    const tone = { Live: "good", Connecting: "idle" }[word] ?? "warn";
    morph(find("connection"), [state(word, tone), detail && h("small", null, detail)]);
    const parts = [health && health !== "ok" && HEALTH[health], shown?.title, "Belfry"];
    document.title = parts.filter(Boolean).join(" · ");
    if (status) morph(find("about"), about(status));
}

function about(status) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return [
        h("p", null, `belfry ${status.version}, ${status.libraries}. Started `, relative(status.startedAt), ". ",
            `Store ${clip(status.store.path, 120)}, ${bytes(status.store.bytes)} of ${bytes(status.store.maxBytes)}. `,
            `Times are in ${zone}.`),
        h("p", null, action("Reload configuration", async () => {
            const { changes } = await post("reload");
            return `Configuration reloaded: ${changes.length ? changes.join("; ") : "no changes"}`;
        }), sessionStorage.getItem(TOKEN) && h("button", { type: "button", onclick: forgetToken }, "Forget token")),
    ];
}

function say(text, isComplaint = false) {
    find("said").textContent = isComplaint ? "" : text;
    find("complaint").textContent = isComplaint ? text : "";
    find("notice").hidden = !text;
}

/** A button that does `work`, and shows the text it returns; null is a change of mind. */
function action(label, work, options) {
    const perform = async (button) => {
        if (button.getAttribute("aria-busy") === "true") return;
        button.setAttribute("aria-busy", "true");
        const here = location.hash;
        try {
            const text = await work();
            if (text != null) say(`${clock(now())}  ${visible(text)}`);
        } catch (error) {
            say(error.message, true);
        } finally {
            button.removeAttribute("aria-busy");
            if (location.hash === here) reload(0);
        }
    };
    return h("button", { type: "button", onclick: (event) => perform(event.currentTarget), ...options }, label);
}

/** The answers, or null when the reader turns back. */
function ask(title, text, verb, ...fields) {
    const dialog = find("dialog");
    const choices = [h("button", { value: "" }, "Cancel"), h("button", { value: "yes", class: "primary" }, verb)];
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), h("p", null, text), fields,
        h("p", { class: "choices" }, choices));
    dialog.replaceChildren(form);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.onclose = () => resolve(dialog.returnValue ? Object.fromEntries(new FormData(form)) : null);
    });
}

function choice(label, field, options, chosen) {
    return h("label", null, label, " ", h("select", { name: field }, options.map(
        ([value, text]) => h("option", { value, selected: value === chosen }, text ?? value))));
}

function askForToken() {
    const refused = sessionStorage.getItem(TOKEN) !== null;
    if (locked && !refused) return;
    locked = true;
    sessionStorage.removeItem(TOKEN);
    stream.interrupt();
    setConnection("Token needed");
    const field = h("input", { id: "token", type: "password", autocomplete: "current-password", required: true });
    main.replaceChildren(h("form", { class: "token", onsubmit: (event) => unlock(event, field.value) },
        h("h1", null, "Token needed"),
        h("p", null, refused ? "The token was refused. " : "", "Belfry asks for the token of its configuration, ",
            h("code", null, "admin.token"), ". It is kept until this tab is closed."),
        h("label", { for: "token" }, "Token"), field, h("button", { class: "primary" }, "Continue")));
    field.focus();
}

function unlock(event, token) {
    event.preventDefault();
    sessionStorage.setItem(TOKEN, token.trim());
    locked = false;
    setConnection("Connecting");
    follow();
    show();
}

function forgetToken() {
    sessionStorage.removeItem(TOKEN);
    location.reload();
}

// Actions -------------------------------------------------------------------------------------------------------------

/** What each endpoint's last test brought, as long as the page is open. */
const tests = new Map();

const test = (endpoint) => action("Test", async () => {
    const result = await post(`endpoints/${encode(endpoint)}/test`);
    tests.set(endpoint, result);
    return `Test of ${endpoint}: ${result.verdict}, ${result.rule}, after ${duration(result.duration)}`;
});

const pause = ({ name: endpoint, state: current }) => current === "paused" || current === "disabled"
    ? action("Resume", async () => `${endpoint} is ${(await post(`endpoints/${encode(endpoint)}/resume`)).state}`)
    : action("Pause", async () => `${endpoint} is ${(await post(`endpoints/${encode(endpoint)}/pause`)).state}`);

const poll = (chat) => action("Poll now", async () => {
    const { outcome, detail, events, notBefore } = await post(`chats/${encode(chat.id)}/poll`);
    const result = outcome === "queued" ? `queued, not before ${clock(notBefore)}` : outcome;
    const parts = [result, events?.length && plural(events.length, "event"), detail];
    return `Poll of ${clip(title(chat))}: ${parts.filter(Boolean).join(", ")}`;
});

const replay = ({ id }) => action("Replay", async () => {
    await post(`deliveries/${encode(id)}/replay`);
    return `${id} is queued again`;
});

const PERIODS = [["", "any time"], ["3600", "the last hour"], ["86400", "the last day"], ["604800", "the last 7 days"]];

const replayAll = ({ name: endpoint, dead, delivered }) => action("Replay all…", async () => {
    const answer = await ask(`Replay deliveries of ${clip(endpoint)}`,
        `They are queued again under the ids they had, so that a careful receiver drops what it has seen. ` +
        `Dead: ${count(dead)}. Delivered: ${count(delivered)}.`, "Replay",
        choice("Which", "state", [["dead", "Dead"], ["delivered", "Delivered"]]),
        choice("Ended within", "period", PERIODS));
    if (!answer) return null;
    const since = answer.period && new Date(now() - 1000 * answer.period).toISOString();
    const { replayed } = await post("replay", { endpoint, state: answer.state, ...(since && { since }) });
    return `${endpoint}: ${plural(replayed, "delivery").replace("deliverys", "deliveries")} queued again`;
});

const drop = ({ name: endpoint, pending }) => action("Drop…", async () => {
    const answer = await ask(`Drop ${clip(endpoint)}`, "It is configured no more. What still waits for it is " +
        `forgotten: ${count(pending)} pending. This cannot be undone.`, "Drop");
    if (!answer) return null;
    const { dropped } = await api(`endpoints/${encode(endpoint)}`, { method: "DELETE" });
    location.hash = "#/endpoints";
    return `${endpoint}: ${count(dropped)} dropped`;
});

// Pieces shared by pages ----------------------------------------------------------------------------------------------

const link = (path, content, kind) => h("a", { href: `#/${path}`, class: kind }, content);
const title = (chat) => chat.label ?? chat.name ?? chat.id;
const chatLink = (chat) => chat ? link(`chats/${encode(chat.id)}`, name(title(chat), 60)) : "–";
const endpointLink = (endpoint) => link(`endpoints/${encode(endpoint)}`, name(endpoint, 48));
const code = (text, label) => h("pre", { tabindex: 0, "aria-label": label }, visible(text));
const folded = (label, text) => h("details", null, h("summary", null, label), code(text, label));
const section = (heading, ...children) => toolSection(heading, null, ...children);
const toolSection = (heading, tools, ...children) => h("section", { "aria-label": heading },
    h("div", { class: "head" }, h("h2", null, heading), tools), children);

const seenWithin = ({ after, by }) => after ? span(Date.parse(by) - Date.parse(after)) : "–";

const EVENT_COLUMNS = [
    ["Time", "time"], ["Chat", "chat"], ["What"], ["Seen within", "wide number"], ["Type", "wide quiet"],
];

function eventTable(events, empty) {
    return table("Events, newest first", EVENT_COLUMNS, events.map((event) => {
        const { chat, observed } = event.data;
        const isFresh = Date.now() - feed.fresh.get(event.id) < 3000;
        return { key: event.id, class: isFresh ? "fresh" : null, cells: [
            time(event.timestamp), chatLink(chat), link(`events/${encode(event.id)}`, name(describe(event), 160)),
            seenWithin(observed), kind(event.type),
        ] };
    }), empty);
}

const stateAndReason = (word, reason) => [
    state(word), " ", reason && h("small", { class: "why" }, name(reason, 160)),
];

const DELIVERY_COLUMNS = [
    ["Queued", "time"], ["Event", "kind"], ["Endpoint", "wide kind"], ["Tries", "wide number"],
    ["Next try or end", "wide time"], ["State", "rest"],
];

function deliveryTable(caption, deliveries, empty) {
    return table(caption, DELIVERY_COLUMNS, deliveries.map((delivery) => ({ key: delivery.id, cells: [
        time(delivery.queuedAt), link(`deliveries/${encode(delivery.id)}`, kind(delivery.type)),
        endpointLink(delivery.endpoint), count(delivery.attempts),
        relative(delivery.dueAt) ?? time(delivery.finishedAt),
        [stateAndReason(delivery.state, delivery.reason), delivery.state === "dead" && replay(delivery)],
    ] })), empty);
}

const TRY_COLUMNS = [
    ["Try", "number"], ["Started", "time"], ["Took", "number"], ["Status", "wide number"],
    ["Result, and the rule that judged it", "rest"],
];

function deliveryDetail(delivery) {
    const { tries, reason } = delivery;
    const rows = tries.flatMap(({ number, startedAt, duration: took, result, status, rule, response }) => [
        { key: `${number}`, cells: [
            number, exactTime(startedAt), duration(took), status ?? "–",
            [state(result), " ", h("span", { class: "why" }, visible(rule))],
        ] },
        ...(response ? [{ key: `${number} response`, full: folded(`Response to try ${number}`, response) }] : []),
    ]);
    return [
        facts(["Next try", relative(delivery.dueAt)], ["Queued", time(delivery.queuedAt)],
            ["Ended", time(delivery.finishedAt)],
            ["Reason", reason && reason !== tries.at(-1)?.rule && visible(reason)],
            ["Id", link(`deliveries/${encode(delivery.id)}`, delivery.id, "code")]),
        table(`Tries for ${clip(delivery.endpoint)}`, TRY_COLUMNS, rows, "Not tried yet."),
        requestDetail("Request, as it would be sent now", delivery.request),
    ];
}

/** What stands beside a delivery's heading. */
const deliverySigns = (delivery) => [
    state(delivery.state), delivery.state !== "pending" && h("p", { class: "buttons" }, replay(delivery)),
];

function requestDetail(heading, sent) {
    if (!sent) return h("p", { class: "empty" }, "The endpoint is configured no more: no request can be shown.");
    return folded(heading, message(`${sent.method} ${sent.url}`, sent));
}

const message = (first, { headers, body }) => [
    first, ...headers.map((header) => `${header.name}: ${header.value}`), "", body].join("\n");

function pager(route, next) {
    const { cursor, ...rest } = route.query;
    return h("nav", { class: "pager", "aria-label": "More" }, cursor && link(`${route.name}${query(rest)}`, "Newest"),
        next && link(`${route.name}${query({ ...rest, cursor: next })}`, route.name === "chats" ? "Next" : "Older"));
}

function filters(route, ...fields) {
    const apply = (event) => {
        event.preventDefault();
        location.hash = `#/${route.name}${query(Object.fromEntries(new FormData(event.currentTarget)))}`;
    };
    return h("form", { class: "filters", onchange: apply, onsubmit: apply }, fields);
}

const any = (...words) => [["", "any"], ...words.map((word) => [word])];

// Overview ------------------------------------------------------------------------------------------------------------

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

const overview = {
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
        verdict(frame.status), figures(frame.status),
        section("Endpoints", endpointTable(endpoints)),
        toolSection("Over time", ranges(), h("div", { class: "plots" }, plots(history, frame.status))),
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

function figures({ watch: { chats, polls }, budget, queue, endpoints }) {
    const cell = (label, value, note, tone) => h("div", { class: tone },
        h("dt", null, label), h("dd", null, h("b", null, value), note));
    const share = (part, whole) => [count(part), h("small", null, ` of ${count(whole)}`)];
    const others = (counts, ...words) => words.filter((word) => counts[word])
        .map((word) => `${count(counts[word])} ${word}`).join(", ");
    const total = endpoints.active + endpoints.failing + endpoints.paused + endpoints.disabled;
    const lateness = queue.oldestDueAt ? now() - Date.parse(queue.oldestDueAt) : 0;
    const due = queue.oldestDueAt
        ? [lateness > 0 ? "oldest due " : "next due ", relative(queue.oldestDueAt)] : "nothing is due";
    return h("dl", { class: "figures" },
        cell("Calls left", budget.remaining == null ? "no limit" : count(budget.remaining),
            [budgetBar(budget), budgetNote(budget)], budget.remaining === 0 ? "bad" : runsOut(budget) && "warn"),
        cell("Waiting", count(queue.pending), due, lateness > 60_000 && "warn"),
        cell("Dead", count(queue.dead), `${count(queue.delivered)} delivered`),
        cell("Endpoints active", share(endpoints.active, total),
            others(endpoints, "failing", "disabled", "paused") || "none fails",
            endpoints.failing + endpoints.disabled > 0 && "bad"),
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

const ENDPOINT_COLUMNS = [
    ["Endpoint", "kind"], ["State", "rest"], ["Waiting", "number"], ["Oldest due", "wide time"],
    ["Delivered", "wide number"], ["Dead", "wide number"], ["", "wide buttons"],
];

function endpointTable(endpoints) {
    return table("Endpoints", ENDPOINT_COLUMNS, endpoints.map((endpoint) => ({ key: endpoint.name, cells: [
        endpointLink(endpoint.name), stateAndReason(endpoint.configured ? endpoint.state : "removed", endpoint.reason),
        count(endpoint.pending), relative(endpoint.oldestDueAt),
        count(endpoint.delivered), count(endpoint.dead), endpoint.configured && [test(endpoint.name), pause(endpoint)],
    ] })), "No endpoint is configured: events are kept, and go nowhere.");
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

const STEP = 60_000;
const SECONDS = (value) => value == null ? "–" : span(1000 * value);

function plots({ points }, { budget }) {
    const to = now();
    const oldest = points.length ? Date.parse(points[0].at) : to;
    const domain = [Math.max(to - RANGES[range], Math.min(oldest, to - 10 * STEP)), to];
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
    const size = STEP * Math.ceil((to - from) / STEP / 120);
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

// Lists and single things ---------------------------------------------------------------------------------------------

const heading = (text, ...more) => h("div", { class: "heading" }, h("h1", { tabindex: -1 }, text), more);
const onFirstPage = (kinds) => (kind, _, { query: { cursor } }) => !cursor && kinds.includes(kind) && reload(1500);

const EVENT_TYPES = [
    ...["watched", "dismissed", "restored", "members.added", "members.removed", "guests.added", "guests.removed",
        "muted", "unmuted", "renamed", "owner.changed", "icon.changed", "searchable.changed", "tag.changed",
        "join_verification.changed", "mention_all.changed", "management.changed", "history.changed", "unreachable",
        "reachable",
    ].map((change) => `chat.${change}`),
    "watch.failing", "watch.recovered", "endpoint.failing", "endpoint.disabled", "endpoint.recovered", "endpoint.test",
];

const events = {
    title: () => "Events",
    load: ({ query: asked }, signal) => api(`events${query(asked)}`, { signal }),
    render: ({ data, next }, route) => [heading("Events"), filters(route,
        choice("Type", "type", any(...EVENT_TYPES), route.query.type),
        h("label", null, "Chat id ", h("input", { name: "chat", value: route.query.chat ?? "" }))),
        eventTable(data, "No such events."), pager(route, next)],
    on: onFirstPage(["event"]),
};

const event = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const found = await api(`events/${encode(id)}`, { signal });
        const details = found.deliveries.map((delivery) => api(`deliveries/${encode(delivery.id)}`, { signal }));
        return { found, deliveries: await Promise.all(details) };
    },
    render({ found: { deliveries: _, ...body }, deliveries }) {
        const { chat, sequence, observed } = body.data;
        return [
            heading(name(describe(body), 200)),
            facts(["Chat", chat && chatLink(chat)], ["Type", kind(body.type)], ["Time", exactTime(body.timestamp)],
                ["Happened", observed.after && [`within ${seenWithin(observed)}, after `, exactTime(observed.after)]],
                ["Sequence", count(sequence)], ["Id", h("code", null, body.id)]),
            section("Deliveries", deliveries.length ? deliveries.map(deliveryArticle)
                : h("p", { class: "empty" }, "No endpoint subscribes to this event.")),
            section("Body", code(JSON.stringify(body, null, 2), "Body of the event")),
        ];
    },
    on: (kind, message, { id }) => kind === "delivery" && message.event === id && reload(500),
};

const deliveryArticle = (delivery) => h("article", { "data-key": delivery.id },
    h("div", { class: "heading" }, h("h3", null, endpointLink(delivery.endpoint)), deliverySigns(delivery)),
    deliveryDetail(delivery));

const CHAT_COLUMNS = [
    ["Chat", "chat"], ["State"], ["Members", "number"], ["Polled every", "wide number"], ["Mean delay", "wide number"],
    ["Last poll", "wide time"], ["Next poll"], ["", "wide buttons"],
];

const chats = {
    title: () => "Chats",
    load: ({ query: asked }, signal) => api(`chats${query(asked)}`, { signal }),
    render: ({ data, next }, route) => [heading("Chats"),
        filters(route, choice("State", "state", any("new", "watched", "unreachable", "dismissed"), route.query.state)),
        table("Chats", CHAT_COLUMNS, data.map((chat) => ({ key: chat.id, cells: [
            chatLink(chat), state(chat.state), count(chat.members),
            duration(chat.interval ?? chat.expected?.interval) ?? "–", duration(chat.expected?.delay) ?? "–",
            relative(chat.lastPoll), relative(chat.expected?.nextPoll), poll(chat),
        ] })), "No such chats."), pager(route, next)],
    on: onFirstPage(["event"]),
};

const chat = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const [found, told] = await Promise.all([
            api(`chats/${encode(id)}`, { signal }), api(`events${query({ chat: id, limit: 500 })}`, { signal }),
        ]);
        return { found, told: told.data };
    },
    render: ({ found, told }) => [
        heading(h("bdi", null, clip(title(found), 120)), h("p", { class: "buttons" }, poll(found))),
        facts(["State", state(found.state)], ["Members", count(found.members)],
            ["Interval set", duration(found.interval)], ["Expected interval", duration(found.expected?.interval)],
            ["Mean delay", duration(found.expected?.delay)],
            ["Next poll", relative(found.expected?.nextPoll)], ["Last poll", relative(found.lastPoll)],
            ["Weight", count(found.weight)], ["Events", count(found.sequence)],
            ["Id", h("code", null, clip(found.id, 200))]),
        section("Over time", h("div", { class: "plots" }, membersPlot(found, told))),
        section("History", eventTable(told.slice(0, 50), "Nothing has been detected yet."),
            h("p", null, link(`events${query({ chat: found.id })}`, "All events of this chat"))),
        section("Snapshot", found.snapshot ? facts(...Object.entries(found.snapshot).map(snapshotFact))
            : h("p", { class: "empty" }, "Not read yet.")),
    ],
    on: (kind, message, { id }) => kind === "event" && message.data.chat?.id === id && reload(500),
};

function membersPlot({ members }, told) {
    const points = [];
    for (const { timestamp, data: { change } } of told.toReversed()) {
        const roster = change.snapshot?.useridlist;
        if (roster) points.push([Date.parse(timestamp), roster.length]);
        if (change.field === "useridlist") points.push([Date.parse(timestamp), change.count]);
    }
    const to = now();
    points.push([to, points.at(-1)?.[1] ?? members]);
    return h("time-plot", { class: "broad", spec: {
        title: "Members", unit: "people", domain: [Math.min(points[0][0], to - 10 * STEP), to], format: count,
        series: [{ name: "members", tone: "ink", step: true, points }],
    } });
}

function snapshotFact([field, value]) {
    if (!Array.isArray(value)) {
        const [label, text] = setting(field, value);
        return [label, h("bdi", { class: "long" }, text)];
    }
    const [label] = setting(field);
    const ids = value.slice(0, 500).map((id) => visible(id)).join("\n");
    const more = value.length > 500 ? `\nand ${count(value.length - 500)} more` : "";
    return [label, value.length ? folded(count(value.length), ids + more) : "none"];
}

const deliveries = {
    title: () => "Deliveries",
    async load({ query: asked }, signal) {
        const [list, known] = await Promise.all(
            [`deliveries${query(asked)}`, "endpoints"].map((path) => api(path, { signal })));
        return { ...list, names: known.data.map((endpoint) => endpoint.name) };
    },
    render: ({ data, next, names }, route) => [heading("Deliveries"),
        filters(route, choice("Endpoint", "endpoint", any(...names), route.query.endpoint),
            choice("State", "state", any("pending", "delivered", "dead"), route.query.state)),
        deliveryTable("Deliveries, newest first", data, "No such deliveries."), pager(route, next)],
    on: onFirstPage(["event", "delivery"]),
};

const delivery = {
    title: ({ id }) => id,
    load: ({ id }, signal) => api(`deliveries/${encode(id)}`, { signal }),
    render: (found) => [
        heading(["Delivery to ", endpointLink(found.endpoint)], deliverySigns(found)),
        h("p", null, "Of event ", link(`events/${encode(found.event)}`, found.event, "code"), " ", kind(found.type)),
        deliveryDetail(found),
    ],
    on: (kind, message, { id }) => kind === "delivery" && message.id === id && reload(500),
};

const endpoints = {
    title: () => "Endpoints",
    load: (_, signal) => api("endpoints", { signal }),
    render: ({ data }) => [heading("Endpoints"), endpointTable(data)],
    on: (kind) => kind === "delivery" && reload(1500),
};

const endpoint = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const list = (wanted) => `deliveries${query({ endpoint: id, state: wanted, limit: 20 })}`;
        const [found, dead, pending] = await Promise.all(
            [`endpoints/${encode(id)}`, list("dead"), list("pending")].map((path) => api(path, { signal })));
        return { found, dead: dead.data, pending: pending.data };
    },
    render: ({ found, dead, pending }) => [
        heading(name(found.name, 120), state(found.configured ? found.state : "removed"), h("p", { class: "buttons" },
            found.configured ? [test(found.name), pause(found), replayAll(found)] : drop(found))),
        found.reason && h("p", { class: `reason ${found.state}` }, clip(found.reason, 600)),
        facts(["Failures in a row", found.failures ? count(found.failures) : null],
            ["Failing since", time(found.failingSince)], ["Next probe", relative(found.probeAt)],
            ["Waiting", count(found.pending)], ["Oldest due", relative(found.oldestDueAt)],
            ["Delivered", count(found.delivered)], ["Dead", count(found.dead)], ["Format", found.format],
            ["Events", found.events?.join(", ")], ["Chats", found.chats?.map((one) => clip(one, 40)).join(", ")],
            ["Ordering", found.ordering], ["Concurrency", count(found.concurrency)],
            ["Rate", found.rate ?? "not limited"], ["Address", h("code", null, clip(found.url ?? "–", 120))]),
        tests.has(found.name) && testDetail(tests.get(found.name)),
        section("Recent dead letters", deliveryTable("Dead letters", dead, "None."), more(found, "dead")),
        section("Queue", deliveryTable("Waiting deliveries", pending, "Nothing waits."), more(found, "pending")),
    ],
    on: (kind, message, { id }) => kind === "delivery" && message.endpoint === id && reload(1000),
    status: () => reload(1000),
};

const more = ({ name: endpoint }, wanted) => h("p", null,
    link(`deliveries${query({ endpoint, state: wanted })}`, `All ${wanted}`));

function testDetail({ delivered, verdict, rule, status, duration: took, request: sent, response }) {
    return section("Last test",
        facts(["Verdict", state(verdict, delivered ? "good" : "bad")], ["Rule that judged it", visible(rule)],
            ["Status", status], ["Took", duration(took)]),
        requestDetail("Request of the test", sent),
        response && folded("Response to the test", message(`${response.status}`, response)));
}

// Router --------------------------------------------------------------------------------------------------------------

const PAGES = {
    "": [overview], events: [events, event], chats: [chats, chat], deliveries: [deliveries, delivery],
    endpoints: [endpoints, endpoint],
};
const nowhere = {
    title: () => "Not found", load: async () => ({}),
    render: () => [heading("Not found"), h("p", null, link("", "Overview"))],
};
let shown = null;

function readRoute() {
    const [path, search = ""] = location.hash.slice(1).split("?");
    const [page = "", id] = path.split("/").slice(1).map((part) => {
        try {
            return decodeURIComponent(part);
        } catch {
            return part;
        }
    });
    return { name: page, id, path, query: Object.fromEntries(new URLSearchParams(search)) };
}

async function show() {
    if (locked) return;
    const route = readRoute();
    const view = PAGES[route.name]?.[route.id ? 1 : 0] ?? nowhere;
    shown?.abort.abort();
    const isOther = shown?.route.path !== route.path;
    const isFirst = !shown;
    const title = clip(view.title(route), 60);
    shown = { route, view, title, abort: new AbortController(), data: null, turn: 0, isOther };
    for (const anchor of document.querySelectorAll("nav[aria-label=Pages] a")) {
        if (anchor.hash === `#/${route.name}`) anchor.setAttribute("aria-current", "page");
        else anchor.removeAttribute("aria-current");
    }
    renderFrame();
    main.setAttribute("aria-busy", "true");
    await load(shown);
    if (isOther && !isFirst && !locked) main.querySelector("h1")?.focus();
}

async function load(page) {
    const turn = ++page.turn;
    try {
        const data = await page.view.load(page.route, page.abort.signal);
        if (page !== shown || turn !== page.turn || locked) return;
        page.data = data;
        render();
    } catch (error) {
        if (page !== shown || error.name === "AbortError" || locked) return;
        main.removeAttribute("aria-busy");
        if (page.data == null) main.replaceChildren(failure(error));
        else if (error.status) say(error.message, true);
    }
}

const failure = (error) => h("div", { role: "alert", class: "failure" },
    h("h1", { tabindex: -1 }, "This page cannot be shown"), h("p", null, error.message),
    h("p", { class: "buttons" }, h("button", { type: "button", onclick: show }, "Try again")));

function render() {
    if (!shown?.data || locked) return;
    const content = shown.view.render(shown.data, shown.route);
    if (shown.isOther) main.replaceChildren();
    shown.isOther = false;
    main.removeAttribute("aria-busy");
    morph(main, content);
}

let rendering = null;
function renderSoon() {
    rendering ??= setTimeout(() => {
        rendering = null;
        render();
    }, 150);
}

let reloading = null;
/** Loads the page's data again, once for all that ask within the delay. */
function reload(delay) {
    if (delay === 0 && shown && !locked) return load(shown);
    reloading ??= setTimeout(() => {
        reloading = null;
        if (shown && !document.hidden && !locked) load(shown);
    }, delay);
}

// Start ---------------------------------------------------------------------------------------------------------------

const THEMES = ["system", "light", "dark"];
function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    find("theme").textContent = `Theme: ${theme}`;
    localStorage.setItem("belfry-theme", theme);
}

find("theme").onclick = () => {
    const current = THEMES.indexOf(document.documentElement.dataset.theme);
    setTheme(THEMES[(current + 1) % THEMES.length]);
};
find("dismiss").onclick = () => say("");
document.querySelector(".skip").onclick = (event) => {
    event.preventDefault();
    main.focus();
};
setTheme(localStorage.getItem("belfry-theme") ?? "system");
addEventListener("hashchange", show);
addEventListener("online", () => stream.interrupt());
document.addEventListener("visibilitychange", () => !document.hidden && reload(0));
setInterval(tick, 1000);
setInterval(() => reload(1), 30_000);
show();
follow();
