import Chats
import JSON
import Telemetry
import Testing
import Time

@testable import DingTalk

@Suite("Answers of the platform")
struct PlatformReplyTests {
    private func refusal(_ json: String) throws -> Refusal {
        let error = #expect(throws: CallError.self) {
            _ = try PlatformReply.object(status: 200, body: Array(json.utf8))
        }
        guard case .refused(let refusal) = try #require(error) else { throw try #require(error) }
        return refusal
    }

    @Test(
        "an error is told by its effective code, plain or wrapped",
        arguments: [
            (#"{"errcode":40016,"errmsg":"invalid chatid"}"#, 40016, ErrorClass.chat),
            (#"{"errcode":"-1","errmsg":"system busy"}"#, -1, .busy),
            (#"{"errcode":88,"sub_code":"40014","sub_msg":"bad","errmsg":"x"}"#, 40014, .token),
            (#"{"errcode":88,"errmsg":"ding talk error[subcode=90018,submsg=too many]"}"#, 90018, .throttled),
            (#"{"errcode":88,"sub_code":90020,"errmsg":"x"}"#, 90020, .quota),
            (#"{"errcode":88,"errmsg":"ding talk error[subcode=-1,submsg=]"}"#, -1, .busy),
            (#"{"errcode":43007,"errmsg":"no permission"}"#, 43007, .configuration),
            (#"{"errcode":49000,"errmsg":"chatid is required"}"#, 49000, .programming),
            (#"{"errcode":987654,"errmsg":"?"}"#, 987_654, .unknown),
        ])
    func codes(json: String, code: Int, errorClass: ErrorClass) throws {
        let refusal = try refusal(json)
        #expect(refusal.code == code)
        #expect(refusal.errorClass == errorClass)
    }

    @Test("the end of a penalty is read off the text, in the platform's time zone")
    func penalty() throws {
        let json =
            #"{"errcode":88,"sub_code":"90018","sub_msg":"call too often 限制将在 2026-09-03 00:01:03 结束","errmsg":"x"}"#
        #expect(try refusal(json).until?.description == "2026-09-02T16:01:03.000Z")
        #expect(try refusal(#"{"errcode":90018,"errmsg":"until later"}"#).until == nil)
    }

    @Test(
        "what is not an answer is unreadable, never a change",
        arguments: [
            (200, "<html>blocked</html>"), (200, ""), (200, #"{"errcode":0,"chat_info":{"na"#), (200, "[]"),
            (200, "null"),
            (200, #"{"status":1111,"wait":5,"source":"x5","punish":"deny"}"#), (502, #"{"errcode":0}"#), (302, ""),
        ])
    func unreadable(status: Int, body: String) throws {
        let error = #expect(throws: CallError.self) {
            _ = try PlatformReply.object(status: status, body: Array(body.utf8))
        }
        guard case .unreadable = try #require(error) else { throw try #require(error) }
    }

    @Test(
        "what an answer repeats of our secrets is not told on",
        arguments: [
            (
                #"<html>GET /chat/get?access_token=t0ken-0123456789&chatid=chat1 is blocked by this gateway</html>"#,
                #"the answer is not JSON: "<html>GET /chat/get?access_token=[secret]&chatid=chat1 is blocked by this gatewa…""#
            ),
            (#"{"errmsg":"t0ken-0123456789"}"#, #"the answer has no errcode: "{"errmsg":"[secret]"}""#),
            (#"{"errcode":40014,"errmsg":"invalid t0ken-0123456789"}"#, "invalid [secret]"),
            (#"{"errcode":88,"sub_code":"40014","sub_msg":"bad t0ken-0123456789","errmsg":"x"}"#, "bad [secret]"),
        ])
    func secrets(body: String, told: String) throws {
        let error = #expect(throws: CallError.self) {
            _ = try PlatformReply.object(status: 200, body: Array(body.utf8), scrubber: Scrubber(["t0ken-0123456789"]))
        }
        switch try #require(error) {
        case .refused(let refusal): #expect(refusal.message == told)
        case .unreadable(let failure): #expect(failure.text == told)
        case .cancelled: Issue.record("cancelled")
        }
    }

    private func snapshot(_ json: String) throws -> Snapshot {
        let object = try PlatformReply.object(status: 200, body: Array(json.utf8))
        return try ChatReply.snapshot(of: "chat1", in: object)
    }

    @Test("numbers as strings, wrapped lists, nulls, absent and unknown keys are all understood")
    func tolerance() throws {
        let json = """
            {"errcode":"0","errmsg":"ok","chat_info":{"chatid":"chat1","name":"n","owner":"o","status":"1","searchable":1,
            "useridlist":{"string":["b","a"]},"extidlist":["x"],"agentidlist":[7],"icon":null,"future":{"a":[1]}}}
            """
        #expect(
            try snapshot(json)
                == Snapshot(
                    settings: [.status: 1, .searchable: 1], labels: [.name: "n", .owner: "o"],
                    rosters: [.members: ["a", "b"], .guests: ["x"]]))
    }

    @Test("a group without members is one whose members are not known")
    func nobody() throws {
        let living = try snapshot(#"{"errcode":0,"chat_info":{"name":"n","owner":"o","useridlist":[],"extidlist":[]}}"#)
        #expect(living == Snapshot(labels: [.name: "n", .owner: "o"], rosters: [.guests: []]))
        let dismissed = try snapshot(#"{"errcode":0,"chat_info":{"name":"n","status":2,"useridlist":[]}}"#)
        #expect(dismissed == Snapshot(settings: [.status: 2], labels: [.name: "n"]))
    }

    @Test(
        "an answer that is about another chat, or has a field of a foreign type, is unreadable",
        arguments: [
            #"{"errcode":0,"chat_info":{"chatid":"chat2","name":"n"}}"#, #"{"errcode":0}"#,
            #"{"errcode":0,"chat_info":{"useridlist":"a,b"}}"#, #"{"errcode":0,"chat_info":{"useridlist":["a",7]}}"#,
            #"{"errcode":0,"chat_info":{}}"#, #"{"errcode":0,"chat_info":{"chatid":"chat1","useridlist":null}}"#,
            #"{"errcode":0,"chat_info":{"status":"dismissed"}}"#, #"{"errcode":0,"chat_info":{"name":{}}}"#,
        ])
    func halfAnswers(json: String) {
        #expect(throws: CallError.self) { try snapshot(json) }
    }
}
