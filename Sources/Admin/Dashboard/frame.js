// What stands around every page: stream, header, footer, notices, questions, token, and the way between pages.
import { bytes, clip, clock, h, morph, now, relative, setClock, span, state, tick, visible } from "./parts.js";
import { TOKEN, api, onRefusal, post, refusal, request } from "./api.js";

const find = (id) => document.getElementById(id);
const main = find("main");
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

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
export const feed = {
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

// Header, footer, notices, questions ----------------------------------------------------------------------------------

export const HEALTH = { ok: "Healthy", warning: "Needs attention", failing: "Failing" };
const HEALTH_TONES = { ok: "good", warning: "warn", failing: "bad" };
export const frame = { status: null, connection: ["Connecting"] };
let locked = false;

export function take(status) {
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
export const isStale = () => frame.connection[0] === "Reconnecting";

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
export function action(label, work, options) {
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
export function ask(title, text, verb, ...fields) {
    const dialog = find("dialog");
    const choices = [h("button", { value: "" }, "Cancel"), h("button", { value: "yes", class: "primary" }, verb)];
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title),
        h("p", { id: "dialog-text" }, text), fields,
        h("p", { class: "choices" }, choices));
    dialog.replaceChildren(form);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.onclose = () => resolve(dialog.returnValue ? Object.fromEntries(new FormData(form)) : null);
    });
}

export function choice(label, field, options, chosen) {
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

// Way between pages ---------------------------------------------------------------------------------------------------

let pages = {};
let shown = null;

const nowhere = {
    title: () => "Not found", load: async () => ({}),
    render: () => [h("h1", { tabindex: -1 }, "Not found"), h("p", null, h("a", { href: "#/" }, "Overview"))],
};

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
    const view = pages[route.name]?.[route.id ? 1 : 0] ?? nowhere;
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

export function render() {
    if (!shown?.data || locked) return;
    const content = shown.view.render(shown.data, shown.route);
    if (shown.isOther) main.replaceChildren();
    shown.isOther = false;
    main.removeAttribute("aria-busy");
    morph(main, content);
}

let rendering = null;
export function renderSoon() {
    rendering ??= setTimeout(() => {
        rendering = null;
        render();
    }, 150);
}

let reloading = null;
/** Loads the page's data again, once for all that ask within the delay. */
export function reload(delay) {
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

/** Shows, and keeps showing, what the address says; `views` are, by their first word, a list and a single thing. */
export function start(views) {
    pages = views;
    onRefusal(askForToken);
    setTheme(localStorage.getItem("belfry-theme") ?? "system");
    addEventListener("hashchange", show);
    addEventListener("online", () => stream.interrupt());
    document.addEventListener("visibilitychange", () => !document.hidden && reload(0));
    setInterval(tick, 1000);
    setInterval(() => reload(1), 30_000);
    show();
    follow();
}
