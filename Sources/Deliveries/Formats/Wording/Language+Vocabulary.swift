extension Language {
    var vocabulary: any Vocabulary {
        switch self {
        case .english: English()
        case .simplifiedChinese: SimplifiedChinese()
        }
    }
}
