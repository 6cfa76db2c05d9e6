// The admin API, and the token that it may want.
import { visible } from "./parts.js";

export const TOKEN = "belfry-token";

class Problem extends Error {
    constructor(status, { title, detail, problems } = {}) {
        super([title, detail, ...(problems ?? [])].filter(Boolean).map((text) => visible(text)).join("\n"));
        this.status = status;
    }
}

export function request(path, { method = "GET", body, signal, headers } = {}) {
    const token = sessionStorage.getItem(TOKEN);
    return fetch(new URL(`api/v1/${path}`, document.baseURI), {
        method, signal, cache: "no-store", body: body && JSON.stringify(body),
        headers: {
            ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }),
            ...headers,
        },
    });
}

let whenRefused = () => {};
/** What happens when the daemon wants a token, or another one. */
export const onRefusal = (handler) => (whenRefused = handler);

export async function refusal(response) {
    if (response.status === 401) whenRefused();
    const answer = await response.json().catch(() => null);
    const bare = { title: `Status ${response.status}`, detail: response.statusText };
    return new Problem(response.status, answer?.title ? answer : bare);
}

export async function api(path, options) {
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

export const post = (path, body) => api(path, { method: "POST", body });

export function query(values) {
    const given = Object.entries(values).filter(([, value]) => value);
    return given.length ? `?${new URLSearchParams(given)}` : "";
}
