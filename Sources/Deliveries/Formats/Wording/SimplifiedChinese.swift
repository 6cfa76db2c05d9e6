import Chats
import Time

/// Messages in Chinese, times as in Beijing, which is eight hours ahead of UTC all year.
struct SimplifiedChinese: Vocabulary {
    let colon = "："
    let zoneOffset: Duration = .seconds(8 * 3600)

    func headline(of change: Change, group: String) -> Phrase {
        switch change {
        case .watched: "已开始监控群聊“\(group)”"
        case .setting(let setting, let old, let new): headline(of: setting, from: old, to: new, group: group)
        case .label(.name, let old, let new): "群聊“\(old)”已更名为“\(new)”"
        case .label(.owner, _, let new): "群聊“\(group)”的群主已变更为 \(new)"
        case .label(.icon, _, _): "群聊“\(group)”更换了群头像"
        case .added(let roster, let names, _): who(names, roster) + "加入了群聊“\(group)”"
        case .removed(let roster, let names, _): who(names, roster) + "离开了群聊“\(group)”"
        case .unreachable: "已无法读取群聊“\(group)”"
        case .reachable: "群聊“\(group)”已恢复读取"
        case .watchFailing: "无法读取钉钉数据"
        case .watchRecovered: "钉钉数据已恢复读取"
        case .endpointFailing(let endpoint, _): "向端点“\(endpoint)”投递失败"
        case .endpointDisabled(let endpoint, _): "端点“\(endpoint)”已被停用"
        case .endpointRecovered(let endpoint, _): "端点“\(endpoint)”已恢复正常"
        case .endpointTest: "这是一条来自 Belfry 的测试消息"
        }
    }

    private func headline(of setting: Setting, from old: Int?, to new: Int, group: String) -> Phrase {
        switch (setting, new) {
        case (.status, Setting.dismissedStatus): "群聊“\(group)”已解散"
        case (.status, Setting.normalStatus): "群聊“\(group)”已恢复"
        case (.chatBannedType, 1): "群聊“\(group)”已开启全员禁言"
        case (.chatBannedType, 0): "群聊“\(group)”已解除全员禁言"
        case (.searchable, 1): "群聊“\(group)”已允许被搜索到"
        case (.searchable, 0): "群聊“\(group)”已不允许被搜索到"
        case (.validationType, 1): "群聊“\(group)”已开启入群验证"
        case (.validationType, 0): "群聊“\(group)”已关闭入群验证"
        case (.mentionAllAuthority, 1): "群聊“\(group)”已设为仅群主和管理员可提醒所有人"
        case (.mentionAllAuthority, 0): "群聊“\(group)”已设为所有成员均可提醒所有人"
        case (.managementType, 1): "群聊“\(group)”已设为仅群主和管理员可管理"
        case (.managementType, 0): "群聊“\(group)”已设为所有成员均可管理"
        case (.showHistoryType, 1): "群聊“\(group)”的新成员现可查看最近 100 条消息"
        case (.showHistoryType, 0): "群聊“\(group)”的新成员已不可查看历史消息"
        case (.conversationTag, 2): "群聊“\(group)”已变更为企业群"
        case (.conversationTag, 0): "群聊“\(group)”已变更为普通群"
        default: "群聊“\(group)”的 " + change(of: setting, from: old, to: new)
        }
    }

    /// For values that the platform does not document.
    private func change(of setting: Setting, from old: Int?, to new: Int) -> Phrase {
        let before = old.map { "（原为 \($0)）" } ?? ""
        return "\(words: setting.rawValue) 已变更为 \(new)\(words: before)"
    }

    private func who(_ names: [String], _ roster: Roster) -> Phrase {
        names.count == 1 ? "\(names[0]) " : count(names.count, of: roster)
    }

    func headline(ofEvents count: Int) -> Phrase {
        "共 \(count) 条事件"
    }

    func label(_ fact: FactKind) -> String {
        switch fact {
        case .group: "群聊"
        case .people: "名单"
        case .size: "现有"
        case .previousOwner: "原群主"
        case .owner: "群主"
        case .reason: "原因"
        case .advice: "处理建议"
        case .time: "时间"
        }
    }

    func count(_ count: Int, of roster: Roster) -> Phrase {
        switch roster {
        case .members: "\(count) 名成员"
        case .guests: "\(count) 名外部联系人"
        }
    }

    func aside(_ phrase: Phrase) -> Phrase {
        "（" + phrase + "）"
    }

    func list(_ shown: [String], of total: Int) -> String {
        if shown.isEmpty { return "共 \(total) 人" }
        let names = shown.joined(separator: "、")
        return total > shown.count ? "\(names) 等 \(total) 人" : names
    }

    func period(from start: Timestamp?, to end: Timestamp) -> String {
        switch bounds(from: start, to: end) {
        case (let first, let second?): "\(first) 至 \(second)（北京时间）"
        case (let first, nil): "\(first)（北京时间）"
        }
    }
}
