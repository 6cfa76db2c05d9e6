"""What truly happened in a simulated organization, told by the simulator itself."""

import harness


class History:
    """Every state that each chat ever had, in order."""

    def __init__(self, initial, simulator):
        """`initial`: the chats before the first change."""
        self._changes = simulator.control("GET", "/changes")["data"]
        self.states = {chat: [dict(state)] for chat, state in initial.items()}
        for change in self._changes:
            self.states[change["chat"]].append(self._after(self.states[change["chat"]][-1], change))

    @staticmethod
    def _after(state, change):
        state, field = dict(state), change["field"]
        if "added" in change or "removed" in change:
            members = set(state.get(field, [])) | set(change.get("added") or [])
            state[field] = sorted(members - set(change.get("removed") or []))
        elif change["to"] is not None:
            state[field] = change["to"]
        return state

    def complaint(self, chat, events):
        """Why the events cannot have come of polls of this chat; None when they can. Each poll's events together must lead
        to a state that was there, none before that of the poll before, and the last to the present one."""
        states = self.states[chat]
        known, place = {}, 0
        for group in by_poll(events):
            for event in group:
                harness.tell(known, event)
            place = next(
                (index for index in range(place, len(states)) if not harness.differences(known, states[index])), None)
            if place is None:
                return f"{chat}: {group[-1]['type']} {group[-1]['data']['sequence']} tells of a state that never was"
        wrong = harness.differences(known, states[-1])
        return f"{chat}: {wrong}" if wrong else None


def by_poll(events):
    groups = []
    for event in events:
        if groups and groups[-1][0]["data"]["observed"] == event["data"]["observed"]:
            groups[-1].append(event)
        else:
            groups.append([event])
    return groups
