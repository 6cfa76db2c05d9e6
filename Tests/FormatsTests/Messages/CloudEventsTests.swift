import Chats
import Deliveries
import JSON
import Testing
import Time

struct CloudEventsTests {
    private static let event = Event(
        .label(.name, from: "a", to: "b"), chat: Event.Chat(id: "chat 1/ä%\"", name: "Ärger"), sequence: 17,
        observed: Event.Observed(after: Sample.before, by: Sample.after))

    @Test("structured mode has the attributes beside the event's data")
    func structured() throws {
        let payload = CloudEventsFormat().payload(for: StoredEvent(Self.event))
        #expect(payload.contentType == "application/cloudevents+json; charset=utf-8")
        let body = try JSONParser.parse(payload.body)
        #expect(
            body == [
                "specversion": "1.0", "id": .string(Self.event.id), "source": "/belfry/chats/chat%201%2F%C3%A4%25%22",
                "type": "chat.renamed", "subject": "chat 1/ä%\"", "time": "2026-11-23T06:40:41.120Z",
                "datacontenttype": "application/json", "sequence": "17", "sequencetype": "Integer",
                "partitionkey": "chat 1/ä%\"", "data": .object(Self.event.data),
            ])
    }

    @Test("binary mode has them as percent-encoded headers and the data as its body")
    func binary() throws {
        let payload = CloudEventsBinaryFormat().payload(for: StoredEvent(Self.event))
        let headers = Dictionary(uniqueKeysWithValues: payload.headers.map { ($0.name, $0.value) })
        #expect(payload.contentType == "application/json")
        #expect(headers["ce-subject"] == "chat%201/%C3%A4%25%22")
        #expect(headers["ce-source"] == "/belfry/chats/chat%25201%252F%25C3%25A4%2525%2522")
        #expect(headers["ce-specversion"] == "1.0" && headers["ce-id"] == Self.event.id)
        #expect(headers["ce-sequence"] == "17" && headers["ce-datacontenttype"] == nil)
        #expect(try JSONParser.parse(payload.body) == .object(Self.event.data))
    }

    @Test("a batch of one is an array")
    func batch() throws {
        let payload = CloudEventsBatchFormat().payload(for: StoredEvent(Self.event))
        #expect(payload.contentType.hasPrefix("application/cloudevents-batch+json"))
        let single = CloudEventsFormat().payload(for: StoredEvent(Self.event))
        #expect(try JSONParser.parse(payload.body) == [try JSONParser.parse(single.body)])
    }

    @Test("what concerns no chat has a source of its own and the endpoint as its subject")
    func account() throws {
        let event = Event(
            .endpointFailing(endpoint: "ci", reason: "x"), chat: nil, sequence: 1,
            observed: Event.Observed(after: nil, by: Sample.after))
        let body = try JSONParser.parse(CloudEventsFormat().payload(for: StoredEvent(event)).body)
        #expect(body["source"] == "/belfry" && body["subject"] == "ci" && body["partitionkey"] == "belfry")
    }
}
