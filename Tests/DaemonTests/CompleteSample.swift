import Daemon
import JSON

/// A valid configuration in which every key stands, none of them with its default.
struct CompleteSample {
    let value: JSONValue
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("chats.txt", "chat9 Nine\n")
        try directory.write("body.json", "{\"id\": \"{{id}}\"}")
        value = try JSONParser.parse(Self.text)
    }

    func read(_ value: JSONValue) throws(ConfigurationError) -> Configuration {
        let source = ConfigurationSource(file: directory.path + "/config.json", environment: [:])
        return try Configuration(parsing: value.serialized(), source: source)
    }

    private static let text = """
        {
          "$schema": "belfry.schema.json",
          "dingtalk": {
            "appKey": "key", "appSecret": "s", "baseURL": "http://127.0.0.1:1", "apiBaseURL": "http://127.0.0.1:2",
            "token": "v1", "requestsPerSecond": 7.5, "callsPerMonth": 200000, "timeout": "9s",
            "callback": {"token": "t", "aesKey": "1234567890123456789012345678901234567890123"}
          },
          "watch": {
            "chats": ["chat1", {"id": "chat2", "label": "Board", "weight": 5, "interval": "10m"}],
            "chatsFile": "chats.txt", "minInterval": "6s", "maxInterval": "5h"
          },
          "endpoints": [
            {
              "name": "a", "url": "https://a.example.com", "events": ["chat.muted"],
              "chats": ["chat1"], "headers": {"X-A": "1"}, "ordering": "none", "concurrency": 3, "rate": "50/s",
              "timeout": "14s", "retry": {"schedule": ["1s"], "maxAge": "2d"},
              "signing": [
                {"scheme": "standard", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "header": "x"}
              ],
              "success": {"status": [202], "json": {"ok": true}}
            },
            {
              "name": "b", "url": "https://b.example.com", "format": "template",
              "template": {"body": "{{id}}", "contentType": "text/markdown"}
            },
            {
              "name": "c", "url": "https://c.example.com", "format": "template", "template": {"bodyFile": "body.json"}
            },
            {
              "name": "d", "url": "https://d.example.com", "format": "slack", "language": "zh-Hans",
              "overflow": "digest"
            },
            {"name": "e", "url": "https://e.example.com", "format": "cloudevents"}
          ],
          "storage": {"path": "other.db", "retention": "31d", "maxSize": "11GiB"},
          "admin": {"listen": "127.0.0.1:8790", "token": "t", "basePath": "/belfry/", "hosts": ["ops.example.com"]},
          "network": {
            "allow": ["10.0.0.0/8"], "insecureHTTP": true, "proxy": "http://proxy.example.com", "caFile": "/dev/null"
          },
          "log": {"level": "debug", "format": "json"},
          "shutdownTimeout": "21s"
        }
        """
}
