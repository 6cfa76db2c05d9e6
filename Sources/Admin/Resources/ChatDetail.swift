import Chats
import JSON
import Store

/// A chat with all that is known of it.
struct ChatDetail: Sendable {
    var chat: ChatResource
}

extension ChatDetail: Resource {
    static let name = "ChatDetail"
    static let fields: [Field<Self>] =
        ChatResource.fields.map { field in Field(field.name, schema: field.schema) { field.value($0.chat) } } + [
            Field("snapshot", schema: .object.described("Every known field, by the platform's name.").orNull) {
                detail in
                detail.chat.summary?.snapshot.map { .object($0.json) } ?? .null
            }
        ]
}
