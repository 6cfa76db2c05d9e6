// Belfry's dashboard: asks the API, follows its stream, and shows a page for what the address says after '#'.
import {
    bytes, clip, clock, count, describe, duration, exactTime, facts, h, kind, localTimes, morph, name, now, plural,
    relative, s, setClock, setting, span, state, table, tick, time, visible,
} from "./parts.js";
import "./plot.js";

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
        if (shown?.data || shown?.isFailed) reload(0);
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
        h("p", { class: "buttons" }, action("Reload configuration", async () => {
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
        const place = button.closest("tr, article");
        try {
            const text = await work();
            if (text != null) say(`${clock(now())}  ${visible(text)}`);
        } catch (error) {
            say(error.message, true);
        } finally {
            button.removeAttribute("aria-busy");
            if (location.hash === here) await reload(0);
            if (document.activeElement === document.body) focusIn(place);
        }
    };
    return h("button", { type: "button", onclick: (event) => perform(event.currentTarget), ...options }, label);
}

/** Where the keyboard goes on when what it was on has gone: the same row, or the page's beginning. */
function focusIn(place) {
    const next = place?.isConnected && place.querySelector("a, button");
    (next || main.querySelector("h1"))?.focus();
}

/** The answers, or null when the reader turns back. */
function ask(title, text, verb, ...fields) {
    const dialog = find("dialog");
    const choices = [h("button", { value: "" }, "Cancel"), h("button", { value: "yes", class: "primary" }, verb)];
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), h("p", { id: "dialog-text" }, text), fields,
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

/** In a list, where many buttons say the same, a screen reader also hears of what each is. */
const of = (verb, thing) => ({ "aria-label": `${verb} ${clip(thing)}` });

const test = (endpoint, naming) => action("Test", async () => {
    const result = await post(`endpoints/${encode(endpoint)}/test`);
    tests.set(endpoint, result);
    return `Test of ${endpoint}: ${result.verdict}, ${result.rule}, after ${duration(result.duration)}`;
}, naming?.("Test", endpoint));

function pause({ name: endpoint, state: current }, naming) {
    const verb = current === "paused" || current === "disabled" ? "Resume" : "Pause";
    return action(verb, async () => {
        const answer = await post(`endpoints/${encode(endpoint)}/${verb.toLowerCase()}`);
        return `${endpoint} is ${answer.state}`;
    }, naming?.(verb, endpoint));
}

/** Whether an endpoint waits out failures, its own schedule's way or between probes. */
const isWaitingOut = ({ configured, state: current, failures, pending }) => configured && failures > 0 && pending > 0
    && (current === "active" || current === "failing");

const tryNow = (endpoint, naming) => isWaitingOut(endpoint) && action("Try now", async () => {
    await post(`endpoints/${encode(endpoint.name)}/resume`);
    return `${endpoint.name}: all that waits is due now`;
}, naming?.("Try now:", endpoint.name));

const poll = (chat, naming) => chat.configured && action("Poll now", async () => {
    const { outcome, detail, events, notBefore } = await post(`chats/${encode(chat.id)}/poll`);
    const result = outcome === "queued" ? `queued, not before ${clock(notBefore)}` : outcome;
    const parts = [result, events?.length && plural(events.length, "event"), detail];
    return `Poll of ${clip(title(chat))}: ${parts.filter(Boolean).join(", ")}`;
}, naming?.("Poll now:", title(chat)));

const replay = ({ id, type, endpoint }, naming) => action("Replay", async () => {
    await post(`deliveries/${encode(id)}/replay`);
    return `${id} is queued again`;
}, naming?.("Replay", `${type} for ${endpoint}, ${id}`));

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

const why = (text) => text && h("small", { class: "why" }, name(text, 160));

/** What chats are called, by id: the first five hundred, asked for once a minute. */
const titles = { askedAt: -Infinity, byID: new Map() };
async function loadTitles(signal) {
    if (performance.now() - titles.askedAt < 60_000) return;
    const { data } = await api("chats?limit=500", { signal });
    titles.byID = new Map(data.map((chat) => [chat.id, title(chat)]));
    titles.askedAt = performance.now();
}

const chatByID = (id) => id == null ? "–" : link(`chats/${encode(id)}`, name(titles.byID.get(id) ?? id, 60));

const DELIVERY_COLUMNS = [
    ["Queued", "time"], ["Event", "kind"], ["Chat", "chat"], ["Endpoint", "kind"], ["Tries", "number"],
    ["Due or ended", "time"], ["State", "rest"],
];

function deliveryTable(caption, deliveries, empty) {
    return table(caption, DELIVERY_COLUMNS, deliveries.map((delivery) => ({ key: delivery.id, cells: [
        time(delivery.queuedAt), link(`deliveries/${encode(delivery.id)}`, kind(delivery.type)),
        chatByID(delivery.chat), endpointLink(delivery.endpoint), count(delivery.attempts),
        relative(delivery.dueAt) ?? time(delivery.finishedAt),
        [state(delivery.state), " ", why(delivery.reason), delivery.state === "dead" && replay(delivery, of)],
    ] })), empty, "cards");
}

/** A delivery; one that waits comes with its endpoint and with what goes before it in its chat's order. */
async function loadDelivery(id, signal) {
    const delivery = await api(`deliveries/${encode(id)}`, { signal });
    if (delivery.state !== "pending") return delivery;
    const receiver = await api(`endpoints/${encode(delivery.endpoint)}`, { signal });
    if (!delivery.chat || receiver.ordering !== "chat") return { ...delivery, receiver, ahead: 0 };
    const until = new Date(Date.parse(delivery.queuedAt) + 1000).toISOString();
    const { data, next } = await api(`deliveries${query({
        endpoint: delivery.endpoint, chat: delivery.chat, state: "pending", until, limit: 100 })}`, { signal });
    const place = data.findIndex((one) => one.id === id);
    const earlier = place < 0 ? [] : data.slice(place + 1);
    return { ...delivery, receiver, ahead: earlier.length, first: next ? null : earlier.at(-1) };
}

/** What keeps a pending delivery from being sent, the gravest first. */
function waitsFor({ receiver, ahead, first, attempts, dueAt }) {
    if (!receiver.configured) return "its endpoint, which is configured no more";
    if (receiver.state === "paused") return ["its endpoint, which is ", state("paused"), ", to be resumed"];
    if (receiver.state === "disabled") {
        return ["its endpoint, which is ", state("disabled"), ", to be resumed ", why(receiver.reason)];
    }
    if (receiver.state === "failing") {
        return ["its endpoint, which is ", state("failing"), ": only probes go out, the next ",
            relative(receiver.probeAt) ?? "soon", " ", why(trouble(receiver))];
    }
    if (ahead > 0) {
        const number = first ? count(ahead) : `at least ${count(ahead)}`;
        return [`${number} earlier of its chat, `, first
            ? ["the first of which is ", link(`deliveries/${encode(first.id)}`, first.id, "code"),
                `, tried ${plural(first.attempts, "time")} `, why(first.reason)]
            : "which go out in their order"];
    }
    if (Date.parse(dueAt) > now()) return [attempts > 0 ? "its next try, " : "its first try, ", relative(dueAt)];
    return ["its turn: it is due", receiver.failures > 0 && [". Its endpoint had ", trouble(receiver)]];
}

const TRY_COLUMNS = [
    ["Try", "number"], ["Started", "time"], ["Took", "number"], ["Status", "wide number"],
    ["Result, and the rule that judged it", "rest"],
];

function deliveryDetail(delivery) {
    const { tries, reason, receiver } = delivery;
    const rows = tries.flatMap(({ number, startedAt, duration: took, result, status, rule, response }) => [
        { key: `${number}`, cells: [
            number, exactTime(startedAt), duration(took), status ?? "–",
            [state(result), " ", h("span", { class: "why" }, visible(rule))],
        ] },
        ...(response ? [{ key: `${number} response`, full: folded(`Response to try ${number}`, response) }] : []),
    ]);
    return [
        receiver && h("p", { class: "reason" }, "Waits for ", waitsFor(delivery), "."),
        facts(["Chat", delivery.chat && chatByID(delivery.chat)], ["Due", relative(delivery.dueAt)],
            ["Queued", time(delivery.queuedAt)], ["Ended", time(delivery.finishedAt)],
            [delivery.state === "pending" ? "Last try" : "Reason", reason && visible(reason)], ["Id", link(`deliveries/${encode(delivery.id)}`, delivery.id, "code")]),
        table(`Tries for ${clip(delivery.endpoint)}`, TRY_COLUMNS, rows, "Not tried yet."),
        requestDetail("Request, as it would be sent now", delivery.request),
    ];
}

/** What stands beside a delivery's heading. */
const deliverySigns = (delivery, naming) => [
    state(delivery.state), delivery.state !== "pending" && h("p", { class: "buttons" }, replay(delivery, naming)),
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
    return h("form", { class: "filters", role: "search", onchange: apply, onsubmit: apply }, fields);
}

const chatField = (chosen) => h("label", null, "Chat (id or label) ",
    h("input", { name: "chat", value: chosen ?? "", autocomplete: "off" }));

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

const ENDPOINT_COLUMNS = [
    ["Endpoint", "kind"], ["State", "rest"], ["Waiting", "number"], ["Oldest due", "time"],
    ["Delivered", "number"], ["Dead", "number"], ["", "buttons"],
];

/** An endpoint that has failed of late, although not often enough to be held back. */
const isTroubled = ({ state: current, failures }) => current === "active" && failures > 0;

const endpointState = (endpoint) => endpoint.configured
    ? state(endpoint.state, isTroubled(endpoint) ? "warn" : undefined) : state("removed");

/** What an endpoint's last tries came to; nothing when the last one was accepted. */
function trouble({ failures, failingSince, reason }) {
    if (!failures) return reason;
    const since = failingSince ? ` since ${clock(failingSince)}` : "";
    return `${plural(failures, "failure")}${since}${reason ? `: ${reason}` : ""}`;
}

function endpointTable(endpoints) {
    return table("Endpoints", ENDPOINT_COLUMNS, endpoints.map((endpoint) => ({ key: endpoint.name, cells: [
        endpointLink(endpoint.name), [endpointState(endpoint), " ", why(trouble(endpoint))],
        count(endpoint.pending), relative(endpoint.oldestDueAt), count(endpoint.delivered), count(endpoint.dead),
        endpoint.configured && [test(endpoint.name, of), pause(endpoint, of), tryNow(endpoint, of)],
    ] })), "No endpoint is configured: events are kept, and go nowhere.", "cards");
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
const none = ({ query: asked }, such, atAll) => Object.keys(asked).length ? such : atAll;
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
        chatField(route.query.chat)),
        eventTable(data, none(route, "No such events.", "Nothing has been detected yet.")), pager(route, next)],
    on: onFirstPage(["event"]),
};

const event = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const found = await api(`events/${encode(id)}`, { signal });
        const details = found.deliveries.map((delivery) => loadDelivery(delivery.id, signal));
        const [deliveries] = await Promise.all([Promise.all(details), loadTitles(signal)]);
        return { found, deliveries };
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
    h("div", { class: "heading" }, h("h3", null, endpointLink(delivery.endpoint)), deliverySigns(delivery, of)),
    deliveryDetail(delivery));

const CHAT_COLUMNS = [
    ["Chat", "chat"], ["State"], ["Members", "number"], ["Polled every", "number"], ["Mean delay", "number"],
    ["Last poll", "time"], ["Next poll", "time"], ["", "buttons"],
];

/** When a chat was last polled; the daemon remembers that over a restart only of what brought something new. */
function lastPoll({ lastPoll: last, state: current, seenAt }) {
    if (last || current === "new") return relative(last);
    return current === "dismissed" && seenAt ? ["saw it ", relative(seenAt)] : "before this start";
}

const SEARCHED = 2000;
const MATCHES_SHOWN = 200;

/** Looks for a part of a name, label or id among the first chats, and for an exact id or label among all. */
async function searchChats(wanted, asked, signal) {
    const all = [];
    let next;
    do {
        const page = await api(`chats${query({ ...asked, limit: 500, cursor: next })}`, { signal });
        all.push(...page.data);
        next = page.next;
    } while (next && all.length < SEARCHED);
    const part = wanted.toLowerCase();
    const data = all.filter((chat) => [chat.id, chat.label, chat.name].some(
        (text) => text?.toLowerCase().includes(part)));
    const isExact = ({ id, label }) => id === wanted || label === wanted;
    if (!data.some(isExact) && (next || data.length === 0)) {
        const one = await api(`chats/${encode(wanted)}`, { signal }).catch((error) => {
            if (error.status !== 404) throw error;
        });
        if (one && (!asked.state || asked.state === one.state)) data.unshift(one);
    }
    return { data: data.slice(0, MATCHES_SHOWN), next: null, matches: data.length, searched: next ? all.length : null };
}

/** How a search went; nothing when there was none. */
function searchNote({ matches, searched }) {
    if (matches == null) return null;
    const told = matches === 1 ? "1 chat matches" : `${count(matches)} chats match`;
    return [told, matches > MATCHES_SHOWN && `; the first ${count(MATCHES_SHOWN)} are shown`,
        searched && `. The first ${count(searched)} chats were searched: an exact id or label finds the others`, "."];
}

let typing = null;
/** Searches while the reader writes, once the writing rests, and without a step back for every letter. */
function searchField(route) {
    const search = ({ form }) => {
        clearTimeout(typing);
        typing = setTimeout(() => {
            if (!form.isConnected) return;
            location.replace(`#/${route.name}${query(Object.fromEntries(new FormData(form)))}`);
        }, 300);
    };
    return h("label", null, "Search (name, label or id) ", h("input", { type: "search", name: "search", value: route.query.search ?? "",
        autocomplete: "off", oninput: (event) => search(event.currentTarget) }));
}

const chats = {
    title: () => "Chats",
    load({ query: { search, ...asked } }, signal) {
        return search?.trim() ? searchChats(search.trim(), asked, signal) : api(`chats${query(asked)}`, { signal });
    },
    render: ({ data, next, ...found }, route) => [heading("Chats"),
        filters(route, searchField(route),
            choice("State", "state", any("new", "watched", "unreachable", "dismissed"), route.query.state)),
        h("p", { class: "note", role: "status" }, searchNote(found)),
        table("Chats", CHAT_COLUMNS, data.map((chat) => ({ key: chat.id, cells: [
            chatLink(chat), chatState(chat), count(chat.members),
            duration(chat.interval ?? chat.expected?.interval) ?? "–", duration(chat.expected?.delay) ?? "–",
            lastPoll(chat), relative(chat.expected?.nextPoll), poll(chat, of),
        ] })), none(route, "No such chats.", "No chat is configured."), "cards"), pager(route, next)],
    on: onFirstPage(["event"]),
};

const chatState = (chat) => [state(chat.state), !chat.configured && [" ", why("configured no more")]];

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
        facts(["State", chatState(found)], ["Members", count(found.members)],
            ["Interval set", duration(found.interval)], ["Expected interval", duration(found.expected?.interval)],
            ["Mean delay", duration(found.expected?.delay)],
            ["Next poll", relative(found.expected?.nextPoll)], ["Last poll", found.lastPoll ? relative(found.lastPoll) : found.state !== "new" && "before this start"],
            ["Last news", relative(found.seenAt)],
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

/** A point a poll: of those who joined and those who left between two polls only the last count was ever true. */
function membersPlot({ members }, told) {
    const counts = new Map();
    for (const { data: { change, observed } } of told.toReversed()) {
        const roster = change.snapshot?.useridlist;
        if (roster) counts.set(Date.parse(observed.by), roster.length);
        if (change.field === "useridlist") counts.set(Date.parse(observed.by), change.count);
    }
    const points = [...counts];
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
        const [list, known] = await Promise.all([
            api(`deliveries${query(asked)}`, { signal }), api("endpoints", { signal }), loadTitles(signal)]);
        return { ...list, names: known.data.map((endpoint) => endpoint.name) };
    },
    render: ({ data, next, names }, route) => [heading("Deliveries"),
        filters(route, choice("Endpoint", "endpoint", any(...names), route.query.endpoint),
            choice("State", "state", any("pending", "delivered", "dead"), route.query.state),
            chatField(route.query.chat)),
        deliveryTable("Deliveries, newest first", data, none(route, "No such deliveries.", "Nothing was queued yet.")),
        pager(route, next)],
    on: onFirstPage(["event", "delivery"]),
};

const delivery = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const [found] = await Promise.all([loadDelivery(id, signal), loadTitles(signal)]);
        return found;
    },
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
        const paths = [`endpoints/${encode(id)}`, list("dead"), list("pending")];
        const [found, dead, pending] = await Promise.all(
            [...paths.map((path) => api(path, { signal })), loadTitles(signal)]);
        return { found, dead: dead.data, pending: pending.data };
    },
    render: ({ found, dead, pending }) => [
        heading(name(found.name, 120), endpointState(found), h("p", { class: "buttons" },
            found.configured ? [test(found.name), pause(found), replayAll(found), tryNow(found)] : drop(found))),
        trouble(found) && h("p", { class: `reason ${isTroubled(found) ? "troubled" : found.state}` },
            name(trouble(found), 600)),
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
    const isOther = shown?.route.path !== route.path || shown.isFailed === true;
    const isFirst = !shown;
    const title = clip(view.title(route), 60);
    shown = { route, view, title, abort: new AbortController(), data: null, turn: 0, isOther, complaint: null };
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
        if (page.complaint && page.complaint === find("complaint").textContent) say("");
        page.complaint = null;
        page.isFailed = false;
        render();
    } catch (error) {
        if (page !== shown || error.name === "AbortError" || locked) return;
        main.removeAttribute("aria-busy");
        if (page.data == null) {
            page.isFailed = true;
            page.isOther = true;
            main.replaceChildren(failure(error));
        } else if (error.status) {
            page.complaint = error.message;
            say(error.message, true);
        }
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
    find("theme").replaceChildren(h("span", null, "Theme: "), theme);
    localStorage.setItem("belfry-theme", theme);
}

find("theme").onclick = () => {
    const current = THEMES.indexOf(document.documentElement.dataset.theme);
    setTheme(THEMES[(current + 1) % THEMES.length]);
};
// From the notice the keyboard goes back to where it came from.
let cameFrom = null;
find("dismiss").onfocus = ({ relatedTarget }) => (cameFrom = relatedTarget);
find("dismiss").onclick = () => {
    say("");
    if (cameFrom?.isConnected) cameFrom.focus();
    else focusIn(null);
};
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
