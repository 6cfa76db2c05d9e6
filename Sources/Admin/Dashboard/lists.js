// The pages of lists, and of single things.
import {
    clip, count, describe, duration, exactTime, facts, h, kind, name, now, relative, setting, state, table, time,
    visible,
} from "./parts.js";
import { MINUTE } from "./plot.js";
import { api, query } from "./api.js";
import { choice, reload } from "./frame.js";
import {
    any, chatByID, chatField, chatLink, code, deliveryDetail, deliverySigns, deliveryTable, drop, endpointLink,
    endpointState, endpointTable, eventTable, filters, folded, heading, isTroubled, link, loadDelivery, loadTitles,
    message, none, of, onFirstPage, pager, pause, poll, replayAll, requestDetail, section, seenWithin, test, tests,
    title, trouble, tryNow, why,
} from "./pieces.js";

const encode = encodeURIComponent;

const EVENT_TYPES = [
    ...["watched", "dismissed", "restored", "members.added", "members.removed", "guests.added", "guests.removed",
        "muted", "unmuted", "renamed", "owner.changed", "icon.changed", "searchable.changed", "tag.changed",
        "join_verification.changed", "mention_all.changed", "management.changed", "history.changed", "unreachable",
        "reachable",
    ].map((change) => `chat.${change}`),
    "watch.failing", "watch.recovered", "endpoint.failing", "endpoint.disabled", "endpoint.recovered", "endpoint.test",
];

export const events = {
    title: () => "Events",
    load: ({ query: asked }, signal) => api(`events${query(asked)}`, { signal }),
    render: ({ data, next }, route) => [heading("Events"), filters(route,
        choice("Type", "type", any(...EVENT_TYPES), route.query.type),
        chatField(route.query.chat)),
        eventTable(data, none(route, "No such events.", "Nothing has been detected yet.")), pager(route, next)],
    on: onFirstPage(["event"]),
};

export const event = {
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

/**
 * When a chat was last polled. Over a restart only the last poll with news is remembered, which for a dismissed chat is
 * the last that there was.
 */
function lastPoll({ lastPoll: last, state: current, seenAt }) {
    if (last || current === "new") return relative(last);
    return current === "dismissed" && seenAt ? relative(seenAt) : "before this start";
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
    return h("label", null, "Search (name, label or id) ", h("input", {
        type: "search", name: "search", value: route.query.search ?? "", autocomplete: "off",
        oninput: (event) => search(event.currentTarget) }));
}

export const chats = {
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

export const chat = {
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
            ["Next poll", relative(found.expected?.nextPoll)], ["Last poll", lastPoll(found)],
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
        title: "Members", unit: "people", domain: [Math.min(points[0][0], to - 10 * MINUTE), to], format: count,
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

export const deliveries = {
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

export const delivery = {
    title: ({ id }) => id,
    async load({ id }, signal) {
        const [found] = await Promise.all([loadDelivery(id, signal), loadTitles(signal)]);
        return found;
    },
    render: (found) => [
        heading(["Delivery to ", endpointLink(found.endpoint)], deliverySigns(found)),
        h("p", null, "Of event ", link(`events/${encode(found.event)}`, found.event, "code"), " ", kind(found.type),
            found.chat && [" of ", chatByID(found.chat)]),
        deliveryDetail(found),
    ],
    on: (kind, message, { id }) => kind === "delivery" && message.id === id && reload(500),
};

export const endpoints = {
    title: () => "Endpoints",
    load: (_, signal) => api("endpoints", { signal }),
    render: ({ data }) => [heading("Endpoints"), endpointTable(data)],
    on: (kind) => kind === "delivery" && reload(1500),
};

export const endpoint = {
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
