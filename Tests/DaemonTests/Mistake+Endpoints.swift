// Mistakes in the list of endpoints.
extension Mistake {
    private static let secret = "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\""
    private static let auditURL = "\"https://audit.example.com/hooks\""

    static let endpoints = [
        Mistake(["\"name\": \"audit\", ": "", "{\"url\"": "▸{\"url\""], "endpoints[1].name: required, but missing"),
        Mistake(["\"audit\"": "▸\"ops\""], "endpoints[1].name: the name \"ops\" is given twice, first at 14:14"),
        Mistake(
            ["\"audit\"": "▸\"a/b\""],
            "endpoints[1].name: expected a name of letters, digits, '.', '_' and '-' that begins with a letter or digit, found \"a/b\""
        ),
        Mistake(
            [", \"url\": \(auditURL)": "", "{\"name\": \"audit\"": "▸{\"name\": \"audit\""],
            "endpoints[1].url: required, but missing"),
        Mistake(
            [auditURL: "▸\"audit.example.com\""],
            "endpoints[1].url: expected a URL that begins with http:// or https://, found another text"),
        Mistake([auditURL: "▸\"https:///hooks\""], "endpoints[1].url: expected a URL with a host, found another text"),
        Mistake(
            [auditURL: "▸\"https://a:99999/\""],
            "endpoints[1].url: expected a URL with a port below 65536, found another text"),
        Mistake(
            [auditURL: "▸\"https://me:pw@audit.example.com/\""],
            "endpoints[1].url: expected a URL without user name and password; send them in headers.Authorization"),
        Mistake(
            [auditURL: "▸\"https://a.example.com/\\r\\nx\""],
            "endpoints[1].url: expected a URL without spaces, backslashes and control characters, found another text"),
        Mistake(
            [auditURL: "▸\"http://a:80\\\\@b.example.com/\""],
            "endpoints[1].url: expected a URL without spaces, backslashes and control characters, found another text"),
        Mistake(
            [auditURL: "▸\"http://audit.example.com/\""],
            "endpoints[1].url: plain http is refused: use https, name the address in network.allow, or set network.insecureHTTP"
        ),
        Mistake(
            ["\"slack\"": "▸\"slak\""],
            "endpoints[0].format: expected one of standard, cloudevents, cloudevents-binary, cloudevents-batch, slack, discord, teams, dingtalk, feishu, wecom, ntfy, template, found \"slak\"; did you mean \"slack\"?"
        ),
        Mistake(
            [
                "\"slack\"": "\"template\"",
                "\"events\": [": "\"template\": {\"body\": {\"text\": ▸\"{{data.chat.nmae}}\"}}, \"events\": [",
            ],
            "endpoints[0].template.body.text: no event has data.chat.nmae"),
        Mistake(
            [
                "\"slack\"": "\"template\"",
                "\"events\": [": "\"template\": {\"body\": ▸\"{{id | shout}}\"}, \"events\": [",
            ],
            "endpoints[0].template.body: no filter is called shout; known are default, join, count and date"),
        Mistake(
            ["\"slack\"": "\"template\"", "\"events\": [": "\"template\": {\"body\": ▸\"{{id\"}, \"events\": ["],
            "endpoints[0].template.body: {{ without }}"),
        Mistake(
            ["\"ordering\"": "▸\"language\": \"en\", \"ordering\""],
            "endpoints[1].language: the format \"standard\" is read by programs and has no language"),
        Mistake(
            ["\"events\": [": "▸\"success\": {\"status\": [200]}, \"events\": ["],
            "endpoints[0].success: the format \"slack\" knows its destination's own answers"),
        Mistake(
            ["\"scheme\": \"standard\"": "\"scheme\": \"feishu\", ▸\"header\": \"x\""],
            "endpoints[1].signing[0].header: the scheme \"feishu\" puts its signature into no header"),
        Mistake(
            ["\"chat.dismissed\"": "▸\"chat.dismised\""],
            "endpoints[0].events[0]: no event type matches \"chat.dismised\"; did you mean \"chat.dismissed\"?"),
        Mistake(
            ["\"chat.members.*\"": "▸\"chat.member.*\""],
            "endpoints[0].events[1]: no event type matches \"chat.member.*\"; did you mean \"chat.members.*\"?"),
        Mistake(
            ["\"chat.members.*\"": "▸\"chat.*.added\""],
            "endpoints[0].events[1]: no event type matches \"chat.*.added\"; a * stands only at the end"),
        Mistake(
            ["[\"chat.dismissed\", \"chat.members.*\"]": "▸[]"], "endpoints[0].events: expected at least one element"),
        Mistake(
            ["[\"chat.dismissed\", \"chat.members.*\"]": "▸\"chat.dismissed\""],
            "endpoints[0].events: expected a list, found \"chat.dismissed\""),
        Mistake(
            ["[\"*\"]": "[\"chat1\", ▸\"Bord\"]"],
            "endpoints[1].chats[1]: no watched chat has the id or label \"Bord\"; did you mean \"Board\"?"),
        Mistake(
            ["[\"*\"]": "[▸\"nowhere\"]"], "endpoints[1].chats[0]: no watched chat has the id or label \"nowhere\""),
        Mistake(
            [secret: "▸\"hunter2 is not base64\""],
            "endpoints[1].signing[0].secret: expected whsec_ and base64, found something that is not base64"),
        Mistake(
            [secret: "▸\"whsec_c2hvcnQ=\""],
            "endpoints[1].signing[0].secret: expected 24 to 64 bytes behind whsec_, found 5"),
        Mistake(
            [", \"secret\": \(secret)": "", "[{\"scheme\"": "[▸{\"scheme\""],
            "endpoints[1].signing[0].secret: required, but missing"),
        Mistake(
            ["\"scheme\": \"standard\"": "\"scheme\": ▸\"standart\""],
            "endpoints[1].signing[0].scheme: expected one of standard, standard-ed25519, github, slack, stripe, shopify, dingtalk, feishu, found \"standart\"; did you mean \"standard\"?"
        ),
        Mistake(
            ["\"scheme\": \"standard\"": "\"scheme\": \"standard\", \"header\": ▸\"x y\""],
            "endpoints[1].signing[0].header: expected the beginning of a header's name: letters, digits and -"),
        Mistake(
            ["\"Authorization\": \"Bearer x\"": "\"Authorization\": ▸\"Bearer x\\r\\nx: y\""],
            "endpoints[1].headers.Authorization: expected a value without line breaks and control characters"),
        Mistake(
            ["\"Authorization\": \"Bearer x\"": "\"Authorization\": ▸\"a\\u0000b\""],
            "endpoints[1].headers.Authorization: expected a value without line breaks and control characters"),
        Mistake(
            ["\"Authorization\": \"Bearer x\"": "▸\"X Key\": \"v\""],
            "endpoints[1].headers[\"X Key\"]: expected a header's name: letters, digits and -"),
        Mistake(
            ["\"Authorization\": \"Bearer x\"": "▸\"Content-Length\": \"5\""],
            "endpoints[1].headers.Content-Length: this header is set for every delivery and cannot be another"),
        Mistake(
            ["\"Authorization\": \"Bearer x\"": "\"X-A\": \"1\", ▸\"x-a\": \"2\""],
            "endpoints[1].headers.x-a: the header is given twice, first at 18:18"),
        Mistake(
            ["\"ordering\": \"chat\"": "\"ordering\": ▸\"chats\""],
            "endpoints[1].ordering: expected one of chat, none, found \"chats\"; did you mean \"chat\"?"),
        Mistake(
            ["\"concurrency\": 16": "\"concurrency\": ▸0"],
            "endpoints[1].concurrency: expected a whole number from 1 to 1024, found 0"),
        Mistake(
            ["\"concurrency\": 16": "\"concurrency\": ▸1.5"],
            "endpoints[1].concurrency: expected a whole number from 1 to 1024, found 1.5"),
        Mistake(
            ["\"50/s\"": "▸\"50 per second\""],
            "endpoints[1].rate: expected a rate such as \"20/s\", \"20/m\" or \"1000/h\", found \"50 per second\""),
        Mistake(["\"15s\"": "▸\"0s\""], "endpoints[1].timeout: expected a duration from 10ms to 10m, found \"0s\""),
        Mistake(
            ["\"7d\"": "▸\"soon\""], "endpoints[1].retry.maxAge: expected a duration such as \"30s\", found \"soon\""),
        Mistake(
            ["\"5m\"]": "▸true]"], "endpoints[1].retry.schedule[1]: expected a duration such as \"30s\", found true"),
        Mistake(["\"maxAge\"": "▸\"maxage\""], "endpoints[1].retry.maxage: unknown key; did you mean \"maxAge\"?"),
        Mistake(
            ["\"ordering\"": "\"overflow\": ▸\"drop\", \"ordering\""],
            "endpoints[1].overflow: expected one of queue, digest, found \"drop\""),
        Mistake(
            ["\"ordering\"": "\"language\": ▸\"zh\", \"ordering\""],
            "endpoints[1].language: expected one of en, zh-Hans, found \"zh\""),
        Mistake(
            ["\"ordering\"": "\"success\": {\"status\": [200, ▸99]}, \"ordering\""],
            "endpoints[1].success.status[1]: expected a whole number from 200 to 599, found 99"),
        Mistake(
            ["\"ordering\"": "\"success\": ▸{}, \"ordering\""], "endpoints[1].success: expected status, json, or both"),
        Mistake(
            ["\"ordering\"": "▸\"template\": {\"body\": \"x\"}, \"ordering\""],
            "endpoints[1].template: only the format \"template\" takes a template"),
    ]
}
