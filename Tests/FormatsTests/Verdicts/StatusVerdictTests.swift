import Deliveries
import JSON
import Testing

struct StatusVerdictTests {
    @Test(
        "formats for programs are judged by the status",
        arguments: [
            FormatName.standard, .cloudevents, .cloudeventsBinary, .cloudeventsBatch, .template,
        ])
    func byStatus(_ name: FormatName) {
        Answer(200, "anything", .delivered, says: "status 200").check(name.format)
        Answer(204, "", .delivered, says: "status 204").check(name.format)
        Answer(307, "", .retried, says: "redirect").check(name.format)
        Answer(400, "", .retried, says: "status 400").check(name.format)
        Answer(410, "", .gone, says: "gone").check(name.format)
        Answer(429, "", .throttled(until: nil), says: "429").check(name.format)
        Answer(500, "", .retried, says: "status 500").check(name.format)
    }

    @Test(
        "an endpoint's own rule decides what success is",
        arguments: [
            Answer(200, #"{"code":0}"#, .delivered, says: "success.json"),
            Answer(202, #"{"code":0.0,"more":1,"data":{"ok":true,"n":1}}"#, .retried, says: "data.ok"),
            Answer(200, #"{"code":5}"#, .retried, says: "code is 5, expected 0"),
            Answer(200, #"{"Code":0}"#, .retried, says: "code is missing"),
            Answer(200, "ok", .retried, says: "without the JSON"),
            Answer(201, #"{"code":0}"#, .retried, says: "201 is not in success.status"),
            Answer(404, #"{"code":0}"#, .retried, says: "status 404"),
            Answer(410, #"{"code":0}"#, .gone, says: "gone"),
            Answer(429, #"{"code":0}"#, .throttled(until: nil), says: "429"),
        ])
    func ownRule(_ answer: Answer) {
        let isNested = answer.status == 202
        let rule = SuccessRule(
            statuses: [200, 202], json: isNested ? ["code": 0, "data": ["ok": false]] : ["code": 0])
        answer.check(FormatName.standard.format(success: rule))
        answer.check(FormatName.template.format(success: rule))
    }

    @Test("a rule may count a status that is no success otherwise")
    func unusualStatus() {
        Answer(409, "", .delivered, says: "success.status").check(StandardFormat(success: SuccessRule(statuses: [409])))
    }

    @Test("a failure without an answer is tried again, in every format", arguments: FormatName.allCases)
    func failure(_ name: FormatName) {
        let exchange = Exchange.failed(Exchange.Failure(reason: "timeout", text: "no answer", mayHaveArrived: true))
        #expect(name.format.verdict(on: exchange) == Verdict(.retry(notBefore: nil), rule: "no answer"))
    }
}
