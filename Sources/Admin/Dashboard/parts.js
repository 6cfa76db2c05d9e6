// What the pages are made of: elements, and text for people.

// Elements ------------------------------------------------------------------------------------------------------------

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, `on…` handlers and children; strings become text, never markup. */
export function h(name, properties, ...children) {
    return build(document.createElement(name), properties, children);
}

export function s(name, properties, ...children) {
    return build(document.createElementNS(SVG, name), properties, children);
}

function build(element, properties, children) {
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (value == null || value === false) continue;
        if (name.startsWith("on") || name === "spec") element[name] = value;
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...nodes(children));
    return element;
}

const nodes = (children) => children.flat(Infinity).filter((child) => child != null && child !== false)
    .map((child) => child instanceof Node ? child : document.createTextNode(child));

const HANDLERS = ["onclick", "onsubmit", "onchange", "oninput"];
// What the reader or a running action has set must outlive the next rendering.
const KEPT = new Set(["open", "aria-busy"]);

/** Makes the children of `parent` look like `fresh` but keeps the nodes, so that focus, selection and scroll stay. */
export function morph(parent, fresh) {
    fresh = nodes(fresh);
    const wanted = new Set(fresh.map((node) => node.dataset?.key));
    for (const child of [...parent.children]) {
        if (child.dataset.key && !wanted.has(child.dataset.key)) child.remove();
    }
    const keyed = new Map([...parent.children].map((child) => [child.dataset.key, child]));
    let cursor = parent.firstChild;
    for (const next of fresh) {
        const key = next.dataset?.key;
        const match = key ? keyed.get(key) : cursor?.dataset?.key ? null : cursor;
        if (match?.nodeName === next.nodeName) {
            if (match === cursor) cursor = cursor.nextSibling;
            else parent.insertBefore(match, cursor);
            morphNode(match, next);
        } else {
            parent.insertBefore(next, cursor);
        }
    }
    while (cursor) {
        const rest = cursor;
        cursor = cursor.nextSibling;
        rest.remove();
    }
}

function morphNode(node, fresh) {
    if (node.nodeType === Node.TEXT_NODE) {
        if (node.data !== fresh.data) node.data = fresh.data;
        return;
    }
    for (const { name } of [...node.attributes]) {
        if (!fresh.hasAttribute(name) && !KEPT.has(name)) node.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
        if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    }
    for (const name of HANDLERS) node[name] = fresh[name];
    if (fresh.spec) node.spec = fresh.spec;
    else morph(node, [...fresh.childNodes]);
    // A field shows what the address says, unless the reader is writing in it.
    const isField = node.nodeName === "SELECT" || node.nodeName === "INPUT" && node !== document.activeElement;
    if (isField && node.value !== fresh.value) node.value = fresh.value;
}

/**
 * A table with a caption for screen readers; `columns` are [title, class], rows are {key, class, cells}. On a narrow
 * screen the rows of `kind` "cards" become cards, whose style takes the table's roles away: so they are written out.
 */
export function table(caption, columns, rows, empty = "Nothing here.", kind = null) {
    if (rows.length === 0) return h("p", { class: "empty" }, empty);
    const heads = columns.map(([title, kind]) => h("th", { scope: "col", role: "columnheader", class: kind },
        title || h("span", { class: "unseen" }, "Actions")));
    const cell = (content, index) => index === 0
        ? h("th", { scope: "row", role: "rowheader", class: columns[0][1] }, content)
        : h("td", { class: columns[index][1], role: "cell", "data-title": columns[index][0] }, content);
    return h("table", { role: "table", class: kind }, h("caption", { class: "unseen" }, caption),
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
        h("tbody", { role: "rowgroup" }, rows.map((row) => row.full
            ? h("tr", { "data-key": row.key, role: "row", class: "full" },
                h("td", { colspan: columns.length, role: "cell" }, row.full))
            : h("tr", { "data-key": row.key, role: "row", class: row.class }, row.cells.map(cell)))));
}

/** Names and values. Pairs whose value is null are left out. */
export function facts(...pairs) {
    const known = pairs.filter(([, value]) => value != null && value !== "" && value !== false);
    return h("dl", { class: "facts" }, known.map(
        ([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
}

const TONES = {
    good: ["ok", "active", "delivered", "watched", "watching", "live"],
    bad: ["failing", "dead", "disabled", "unreachable", "rejected", "gone"],
    warn: ["warning", "retry", "throttled", "unknown", "held", "removed"],
};

/** A state as a word behind a mark whose shape, not only its colour, tells the tone. */
export function state(word, tone) {
    tone ??= Object.keys(TONES).find((name) => TONES[name].includes(word)) ?? "idle";
    return h("span", { class: `state ${tone}` }, word);
}

// Text for people -----------------------------------------------------------------------------------------------------

let skew = 0;

/** The daemon's clock is what its times are compared with, not the browser's. */
export function setClock(serverTime) {
    skew = Date.parse(serverTime) - Date.now();
}

export const now = () => Date.now() + skew;

const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Writes out the characters that would steer the text around them: controls and directional overrides. */
export const visible = (text) => String(text).replace(
    STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`);

export function clip(text, length = 80) {
    const characters = [...visible(text).slice(0, 4 * length + 4)];
    return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : characters.join("");
}

/** A foreign name, in a direction of its own. */
export const name = (text, length) => h("bdi", null, clip(text, length));

/** An event type, which may break after its dots. */
export const kind = (type) => h("code", null, visible(type).split(".").flatMap(
    (part, index) => index ? [".", h("wbr"), part] : part));

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
export const count = (number) => number == null ? "–" : grouped.format(number);
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

export function bytes(number) {
    const power = number < 1024 ? 0 : Math.min(4, Math.floor(Math.log2(number) / 10));
    return `${grouped.format(number / 1024 ** power)} ${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
}

/** Milliseconds as at most two units. */
export function span(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
    const units = [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]];
    const first = units.findIndex(([, size]) => seconds >= size);
    const parts = units.slice(first, first + 2).map(([unit, size], index) => [
        Math.floor(index === 0 ? seconds / size : seconds % units[first][1] / size), unit]);
    return parts.filter(([number]) => number > 0).map(([number, unit]) => `${number} ${unit}`).join(" ");
}

/** The daemon's own duration text, `1h43m`, with room between its parts. */
export const duration = (text) => text?.replace(/(\d)([a-z]+)/g, "$1 $2 ").replace(/\bm\b/g, "min").trim();

const part = (options) => new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...options });
const second = part({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const minute = part({ hour: "2-digit", minute: "2-digit" });
export const date = part({ day: "numeric", month: "short" });
const precise = part({ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });

export function clock(at, form = second) {
    const instant = new Date(at);
    const today = instant.toDateString() === new Date(now()).toDateString();
    return today ? form.format(instant)
        : `${date.format(instant)} ${(form === second ? minute : form).format(instant)}`;
}

/** A sentence of the daemon's with its instants as the reader's clock shows them. */
export const localTimes = (text) => text.replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) => clock(instant));

const at = (text, shown, relative) => text && h(
    "time", { datetime: text, title: text, "data-relative": relative }, shown(text));
export const time = (text) => at(text, (t) => clock(t));
export const exactTime = (text) => at(text, (t) => clock(t, precise));
export const relative = (text) => at(text, untilOrSince, true);

function untilOrSince(text) {
    const distance = Date.parse(text) - now();
    if (Math.abs(distance) < 1000) return "now";
    return distance > 0 ? `in ${span(distance)}` : `${span(-distance)} ago`;
}

/** Moves every relative time on. */
export function tick() {
    for (const element of document.querySelectorAll("time[data-relative]")) {
        const text = untilOrSince(element.dateTime);
        if (element.textContent !== text) element.textContent = text;
    }
}

// What the platform documents for each numeric property, by value.
const SETTINGS = {
    status: ["Status", { 1: "normal", 2: "dismissed" }],
    chatBannedType: ["Speaking", { 0: "everyone may speak", 1: "all members are muted" }],
    searchable: ["Search", { 0: "cannot be found by search", 1: "can be found by search" }],
    validationType: ["Joining", { 0: "needs no approval", 1: "needs approval" }],
    mentionAllAuthority: ["Mentioning everyone", { 0: "open to all members", 1: "only owner and administrators" }],
    managementType: ["Management", { 0: "open to all members", 1: "only owner and administrators" }],
    showHistoryType: ["History", { 0: "hidden from new members", 1: "new members see the last 100 messages" }],
    conversationTag: ["Kind", { 0: "normal group", 2: "organization group" }],
    name: ["Name"], owner: ["Owner"], icon: ["Icon"], useridlist: ["Members"], extidlist: ["Guests"],
};

/** A property of a group and its value, both in words. */
export function setting(field, value) {
    const [title, words] = SETTINGS[field] ?? [field];
    return [title, value == null ? "unknown" : words?.[value] ?? visible(value)];
}

const listed = (ids) => `${ids.slice(0, 3).map((id) => clip(id, 24)).join(", ")}${ids.length > 3 ? ", …" : ""}`;

/** What an event says, in a line. */
export function describe({ type, data: { change } }) {
    const ids = change.added ?? change.removed;
    if (ids) {
        const [who, did] = [type.includes("guests") ? "guest" : "member", change.added ? "joined" : "left"];
        return `${plural(ids.length, who)} ${did} (${listed(ids)}); now ${count(change.count)}`;
    }
    if (type === "chat.watched") return `First look: ${plural(change.snapshot.useridlist?.length ?? 0, "member")}`;
    if (type === "chat.unreachable") return `Unreachable: ${change.errcode} ${visible(change.errmsg)}`;
    if (type === "chat.reachable") return "Answers again";
    if (type === "watch.failing") return `Account cannot be read: ${change.errcode} ${visible(change.errmsg)}`;
    if (type === "watch.recovered") return "Account can be read again";
    if (type === "endpoint.test") return "Test";
    if (change.endpoint) return `Endpoint ${clip(change.endpoint, 40)} ${type.slice(9)}: ${visible(change.reason)}`;
    if (!change.field) return type;
    const [title, to] = setting(change.field, change.to);
    const from = typeof change.from === "string" ? `${clip(change.from, 60)} → ` : "";
    return `${title}: ${from}${clip(to, 60)}`;
}
