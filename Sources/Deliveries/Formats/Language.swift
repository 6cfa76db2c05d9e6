/// The language of messages for people, by its BCP 47 tag.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case simplifiedChinese = "zh-Hans"
}
