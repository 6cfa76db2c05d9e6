// What pages share: actions, links, tables of what the daemon knows.
import {
    clip, clock, count, describe, duration, exactTime, facts, h, kind, name, now, plural, relative, span, state,
    table, time, visible,
} from "./parts.js";
import { api, post, query } from "./api.js";
import { action, ask, choice, feed, reload } from "./frame.js";

const encode = encodeURIComponent;

// Actions -------------------------------------------------------------------------------------------------------------

/** What each endpoint's last test brought, as long as the page is open. */
export const tests = new Map();

/** In a list, where many buttons say the same, a screen reader also hears of what each is. */
export const of = (verb, thing) => ({ "aria-label": `${verb} ${clip(thing)}` });

export const test = (endpoint, naming) => action("Test", async () => {
    const result = await post(`endpoints/${encode(endpoint)}/test`);
    tests.set(endpoint, result);
    return `Test of ${endpoint}: ${result.verdict}, ${result.rule}, after ${duration(result.duration)}`;
}, naming?.("Test", endpoint));

export function pause({ name: endpoint, state: current }, naming) {
    const verb = current === "paused" || current === "disabled" ? "Resume" : "Pause";
    return action(verb, async () => {
        const answer = await post(`endpoints/${encode(endpoint)}/${verb.toLowerCase()}`);
        return `${endpoint} is ${answer.state}`;
    }, naming?.(verb, endpoint));
}

/** Whether an endpoint waits out failures, its own schedule's way or between probes. */
const isWaitingOut = ({ configured, state: current, failures, pending }) => configured && failures > 0 && pending > 0
    && (current === "active" || current === "failing");

export const tryNow = (endpoint, naming) => isWaitingOut(endpoint) && action("Try now", async () => {
    await post(`endpoints/${encode(endpoint.name)}/resume`);
    return `${endpoint.name}: all that waits is due now`;
}, naming?.("Try now:", endpoint.name));

export const poll = (chat, naming) => chat.configured && action("Poll now", async () => {
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

export const replayAll = ({ name: endpoint, dead, delivered }) => action("Replay all…", async () => {
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

export const drop = ({ name: endpoint, pending }) => action("Drop…", async () => {
    const answer = await ask(`Drop ${clip(endpoint)}`, "It is configured no more. What still waits for it is " +
        `forgotten: ${count(pending)} pending. This cannot be undone.`, "Drop");
    if (!answer) return null;
    const { dropped } = await api(`endpoints/${encode(endpoint)}`, { method: "DELETE" });
    location.hash = "#/endpoints";
    return `${endpoint}: ${count(dropped)} dropped`;
});

// Pieces --------------------------------------------------------------------------------------------------------------

export const heading = (text, ...more) => h("div", { class: "heading" }, h("h1", { tabindex: -1 }, text), more);
export const none = ({ query: asked }, such, atAll) => Object.keys(asked).length ? such : atAll;
export const onFirstPage = (kinds) => (
    (kind, _, { query: { cursor } }) => !cursor && kinds.includes(kind) && reload(1500));

export const link = (path, content, kind) => h("a", { href: `#/${path}`, class: kind }, content);
export const title = (chat) => chat.label ?? chat.name ?? chat.id;
export const chatLink = (chat) => chat ? link(`chats/${encode(chat.id)}`, name(title(chat), 60)) : "–";
export const endpointLink = (endpoint) => link(`endpoints/${encode(endpoint)}`, name(endpoint, 48));
export const code = (text, label) => h("pre", { tabindex: 0, "aria-label": label }, visible(text));
export const folded = (label, text) => h("details", null, h("summary", null, label), code(text, label));
export const section = (heading, ...children) => toolSection(heading, null, ...children);
export const toolSection = (heading, tools, ...children) => h("section", { "aria-label": heading },
    h("div", { class: "head" }, h("h2", null, heading), tools), children);

export const seenWithin = ({ after, by }) => after ? span(Date.parse(by) - Date.parse(after)) : "–";

const EVENT_COLUMNS = [
    ["Time", "time"], ["Chat", "chat"], ["What"], ["Seen within", "wide number"], ["Type", "wide quiet"],
];

export function eventTable(events, empty) {
    return table("Events, newest first", EVENT_COLUMNS, events.map((event) => {
        const { chat, observed } = event.data;
        const isFresh = Date.now() - feed.fresh.get(event.id) < 3000;
        return { key: event.id, class: isFresh ? "fresh" : null, cells: [
            time(event.timestamp), chatLink(chat), link(`events/${encode(event.id)}`, name(describe(event), 160)),
            seenWithin(observed), kind(event.type),
        ] };
    }), empty);
}

export const why = (text) => text && h("small", { class: "why" }, name(text, 160));

/** What chats are called, by id: the first five hundred, asked for once a minute. */
const titles = { askedAt: -Infinity, byID: new Map() };
export async function loadTitles(signal) {
    if (performance.now() - titles.askedAt < 60_000) return;
    const { data } = await api("chats?limit=500", { signal });
    titles.byID = new Map(data.map((chat) => [chat.id, title(chat)]));
    titles.askedAt = performance.now();
}

export const chatByID = (id) => id == null ? "–" : link(`chats/${encode(id)}`, name(titles.byID.get(id) ?? id, 60));

const DELIVERY_COLUMNS = [
    ["Queued", "time"], ["Event", "kind"], ["Chat", "chat"], ["Endpoint", "kind"], ["Tries", "number"],
    ["Due or ended", "time"], ["State", "rest"],
];

export function deliveryTable(caption, deliveries, empty) {
    return table(caption, DELIVERY_COLUMNS, deliveries.map((delivery) => ({ key: delivery.id, cells: [
        time(delivery.queuedAt), link(`deliveries/${encode(delivery.id)}`, kind(delivery.type)),
        chatByID(delivery.chat), endpointLink(delivery.endpoint), count(delivery.attempts),
        relative(delivery.dueAt) ?? time(delivery.finishedAt),
        [state(delivery.state), " ", why(delivery.reason), delivery.state === "dead" && replay(delivery, of)],
    ] })), empty, "cards");
}

/** A delivery; one that waits comes with its endpoint and with what goes before it in its chat's order. */
export async function loadDelivery(id, signal) {
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

/** What keeps a pending delivery from being sent, the gravest first, and what is known of the cause. */
function waitsFor({ receiver, ahead, first, attempts, dueAt }) {
    const condition = receiver.configured ? receiver.state : "removed";
    if (condition === "removed") return ["its endpoint, which is configured no more"];
    if (condition === "paused") return ["its endpoint, which is paused, to be resumed"];
    if (condition === "disabled") return ["its endpoint, which is disabled, to be resumed", receiver.reason];
    if (condition === "failing") {
        const next = relative(receiver.probeAt) ?? "soon";
        return [["its endpoint, which is failing: only probes go out, the next ", next], trouble(receiver)];
    }
    if (ahead > 0 && !first) return [`at least ${count(ahead)} earlier of its chat, which go out in their order`];
    if (ahead > 0) {
        const tried = first.attempts > 0 ? `tried ${plural(first.attempts, "time")}` : "not tried yet";
        return [[`${count(ahead)} earlier of its chat, the first of which is `,
            link(`deliveries/${encode(first.id)}`, first.id, "code"), `, ${tried}`], first.reason];
    }
    if (Date.parse(dueAt) <= now()) return ["its turn: it is due", receiver.failures > 0 && trouble(receiver)];
    return [[attempts > 0 ? "its next try, " : "its first try, ", relative(dueAt)]];
}

function waitingNote(delivery) {
    const [what, cause] = waitsFor(delivery);
    return h("p", { class: "reason" }, "Waits for ", what, ". ", why(cause));
}

const TRY_COLUMNS = [
    ["Try", "number"], ["Started", "time"], ["Took", "number"], ["Status", "wide number"],
    ["Result, and the rule that judged it", "rest"],
];

export function deliveryDetail(delivery) {
    const { tries, reason, receiver } = delivery;
    const rows = tries.flatMap(({ number, startedAt, duration: took, result, status, rule, response }) => [
        { key: `${number}`, cells: [
            number, exactTime(startedAt), duration(took), status ?? "–",
            [state(result), " ", h("span", { class: "why" }, visible(rule))],
        ] },
        ...(response ? [{ key: `${number} response`, full: folded(`Response to try ${number}`, response) }] : []),
    ]);
    return [
        receiver && waitingNote(delivery),
        facts(["Due", relative(delivery.dueAt)],
            ["Queued", time(delivery.queuedAt)], ["Ended", time(delivery.finishedAt)],
            [delivery.state === "pending" ? "Last try" : "Reason", reason && visible(reason)],
            ["Id", link(`deliveries/${encode(delivery.id)}`, delivery.id, "code")]),
        table(`Tries for ${clip(delivery.endpoint)}`, TRY_COLUMNS, rows, "Not tried yet."),
        requestDetail("Request, as it would be sent now", delivery.request),
    ];
}

/** What stands beside a delivery's heading. */
export const deliverySigns = (delivery, naming) => [
    state(delivery.state), delivery.state !== "pending" && h("p", { class: "buttons" }, replay(delivery, naming)),
];

export function requestDetail(heading, sent) {
    if (!sent) return h("p", { class: "empty" }, "The endpoint is configured no more: no request can be shown.");
    return folded(heading, message(`${sent.method} ${sent.url}`, sent));
}

export const message = (first, { headers, body }) => [
    first, ...headers.map((header) => `${header.name}: ${header.value}`), "", body].join("\n");

export function pager(route, next) {
    const { cursor, ...rest } = route.query;
    return h("nav", { class: "pager", "aria-label": "More" }, cursor && link(`${route.name}${query(rest)}`, "Newest"),
        next && link(`${route.name}${query({ ...rest, cursor: next })}`, route.name === "chats" ? "Next" : "Older"));
}

export function filters(route, ...fields) {
    const apply = (event) => {
        event.preventDefault();
        location.hash = `#/${route.name}${query(Object.fromEntries(new FormData(event.currentTarget)))}`;
    };
    return h("form", { class: "filters", role: "search", onchange: apply, onsubmit: apply }, fields);
}

export const chatField = (chosen) => h("label", null, "Chat (id or label) ",
    h("input", { name: "chat", value: chosen ?? "", autocomplete: "off" }));

export const any = (...words) => [["", "any"], ...words.map((word) => [word])];

const ENDPOINT_COLUMNS = [
    ["Endpoint", "kind"], ["State", "rest"], ["Waiting", "number"], ["Oldest due", "time"],
    ["Delivered", "number"], ["Dead", "number"], ["", "buttons"],
];

/** An endpoint that has failed of late, although not often enough to be held back. */
export const isTroubled = ({ state: current, failures }) => current === "active" && failures > 0;

export const endpointState = (endpoint) => endpoint.configured
    ? state(endpoint.state, isTroubled(endpoint) ? "warn" : undefined) : state("removed");

/** What an endpoint's last tries came to; nothing when the last one was accepted. */
export function trouble({ failures, failingSince, reason }) {
    if (!failures) return reason;
    const since = failingSince ? ` since ${clock(failingSince)}` : "";
    return `${plural(failures, "failure")}${since}${reason ? `: ${reason}` : ""}`;
}

export function endpointTable(endpoints) {
    return table("Endpoints", ENDPOINT_COLUMNS, endpoints.map((endpoint) => ({ key: endpoint.name, cells: [
        endpointLink(endpoint.name), [endpointState(endpoint), " ", why(trouble(endpoint))],
        count(endpoint.pending), relative(endpoint.oldestDueAt), count(endpoint.delivered), count(endpoint.dead),
        endpoint.configured && [test(endpoint.name, of), pause(endpoint, of), tryNow(endpoint, of)],
    ] })), "No endpoint is configured: events are kept, and go nowhere.", "cards");
}
