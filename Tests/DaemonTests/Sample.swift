import Daemon

/// A valid configuration to spoil.
enum Sample {
    static let text = """
        {
          "dingtalk": {
            "baseURL": "https://oapi.dingtalk.io",
            "appKey": "key", "appSecret": "${APP_SECRET}",
            "token": "legacy", "apiBaseURL": "https://api.dingtalk.io",
            "requestsPerSecond": 15, "callsPerMonth": 5000, "timeout": "10s",
            "callback": {"token": "", "aesKey": ""}
          },
          "watch": {
            "chats": ["chat1", {"id": "chat2", "label": "Board", "weight": 5, "interval": "10m"}],
            "minInterval": "5s", "maxInterval": "6h"
          },
          "endpoints": [
            {"name": "ops", "format": "slack", "url": "https://hooks.slack.com/services/x",
             "events": ["chat.dismissed", "chat.members.*"]},
            {"name": "audit", "url": "https://audit.example.com/hooks",
             "signing": [{"scheme": "standard", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}],
             "headers": {"Authorization": "Bearer x"},
             "chats": ["*"], "ordering": "chat", "concurrency": 16, "rate": "50/s", "timeout": "15s",
             "retry": {"schedule": ["5s", "5m"], "maxAge": "7d"}}
          ],
          "storage": {"path": "data/belfry.db", "retention": "30d", "maxSize": "10GiB"},
          "admin": {"listen": "127.0.0.1:8780", "token": ""},
          "network": {"allow": [], "insecureHTTP": false, "proxy": null, "caFile": null},
          "log": {"level": "info", "format": "text"},
          "shutdownTimeout": "20s"
        }
        """

    static let environment = ["APP_SECRET": "s3cret", "EMPTY": ""]

    static func parse(_ text: String, file: String = "config.json") throws(ConfigurationError) -> Configuration {
        let source = ConfigurationSource(file: file, environment: environment)
        return try Configuration(parsing: Array(text.utf8), source: source)
    }

    /// The sample with each text replaced by its counterpart; nil when one does not occur exactly once.
    static func edited(_ edits: [(old: String, new: String)]) -> String? {
        var text = text
        for edit in edits {
            guard text.ranges(of: edit.old).count == 1 else { return nil }
            text = text.replacing(edit.old, with: edit.new)
        }
        return text
    }
}
