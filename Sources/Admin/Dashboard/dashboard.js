// Belfry's dashboard: asks the API, follows its stream, and shows a page for what the address says after '#'.
import { start } from "./frame.js";
import { overview } from "./overview.js";
import { chat, chats, deliveries, delivery, endpoint, endpoints, event, events } from "./lists.js";

start({
    "": [overview], events: [events, event], chats: [chats, chat], deliveries: [deliveries, delivery],
    endpoints: [endpoints, endpoint],
});
