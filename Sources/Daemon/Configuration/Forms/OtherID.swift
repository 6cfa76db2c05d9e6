/// What is often taken for a chat id, by the words for it. `chat/get` knows only ids that *create group chat* returned.
enum OtherID: String {
    case openConversationID = "an openConversationId (cid…)"
    /// `28502520087`, and `69412345:80817263` where two people talk.
    case client = "a conversation id of the client side (JSAPI)"
    case webAddress = "a web address"

    /// Nil for what may be a chat id.
    init?(_ text: String) {
        let isNumeric = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") }
        if text.hasPrefix("cid") {
            // Base 64, whose padding is easily lost on the way.
            self = .openConversationID
        } else if isNumeric || text.hasPrefix("$:LWCP") {
            self = .client
        } else if text.contains("://") {
            self = .webAddress
        } else {
            return nil
        }
    }
}
