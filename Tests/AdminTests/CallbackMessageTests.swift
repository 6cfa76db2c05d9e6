import Testing

@testable import Admin

@Suite struct CallbackMessageTests {
    @Test(
        "the chat's id is found under every spelling and wherever it stands",
        arguments: [
            (#"{"EventType":"chat_update_title","ChatId":"chat1"}"#, "chat_update_title", ["chat1"]),
            (#"{"EventType":"chat_add_member","chatId":"chat1","UserId":["u"]}"#, "chat_add_member", ["chat1"]),
            (#"{"eventType":"chat_quit","chatid":"chat1"}"#, "chat_quit", ["chat1"]),
            (#"{"EventType":"chat_disband","data":{"chatId":"chat1"}}"#, "chat_disband", ["chat1"]),
            (#"{"EventType":"x","BizData":"{\"chatId\":\"chat1\"}"}"#, "x", ["chat1"]),
            (#"{"EventType":"x","list":[{"chatId":"a"},{"chatId":"b"},{"chatId":"a"}]}"#, "x", ["a", "b"]),
            (#"{"EventType":"chat_update_owner","openConversationId":"cid=="}"#, "chat_update_owner", []),
            (#"{"EventType":"check_url"}"#, "check_url", []),
            (#"{"chatId":7}"#, "", []), (#"{"chatId":""}"#, "", []), ("[]", "", []), (#""{""#, "", []),
        ])
    func chats(text: String, type: String, chats: [String]) throws {
        let message = try #require(CallbackMessage(Array(text.utf8)))
        #expect(message.type == type)
        #expect(message.chats == chats)
    }

    @Test("what is no JSON is no message, and strings within strings end somewhere")
    func hostile() throws {
        #expect(CallbackMessage(Array("success".utf8)) == nil)
        var text = #"{"chatId":"deep"}"#
        for _ in 0..<10 {
            var quoted = ""
            for character in text {
                if character == "\"" || character == "\\" { quoted.append("\\") }
                quoted.append(character)
            }
            text = "{\"a\":\"\(quoted)\"}"
        }
        #expect(try #require(CallbackMessage(Array(text.utf8))).chats.isEmpty)
    }
}
