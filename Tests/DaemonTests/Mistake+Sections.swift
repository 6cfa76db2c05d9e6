// Mistakes outside of the list of endpoints.
extension Mistake {
    static let dingTalk = [
        Mistake(
            ["\"appKey\": \"key\", ": "", "\"dingtalk\": {": "\"dingtalk\": ▸{"],
            "dingtalk.appKey: required, but missing"),
        Mistake(
            ["${APP_SECRET}\"": "${APP_SECRT}\"", "\"appSecret\": ": "\"appSecret\": ▸"],
            "dingtalk.appSecret: the environment variable APP_SECRT is not set"),
        Mistake(["\"${APP_SECRET}\"": "▸\"${EMPTY}\""], "dingtalk.appSecret: expected a secret, found an empty string"),
        Mistake(["\"${APP_SECRET}\"": "▸12345"], "dingtalk.appSecret: expected a string, found a number"),
        Mistake(
            ["\"${APP_SECRET}\"": "▸\"${app.secret}\""],
            "dingtalk.appSecret: expected ${NAME}, ${NAME:-default} or ${file:/path}, found ${ and something else"),
        Mistake(
            ["\"${APP_SECRET}\"": "▸\"${APP_SECRET\""],
            "dingtalk.appSecret: \"${\" without its \"}\"; a plain ${ is written $${"),
        Mistake(
            ["\"${APP_SECRET}\"": "▸\"${file:/nonexistent/x}\""],
            "dingtalk.appSecret: cannot read /nonexistent/x: No such file or directory"),
        Mistake(
            ["\"appKey\"": "▸\"appkey\"", "\"dingtalk\": {": "\"dingtalk\": {\"appKey\": \"k\","],
            "dingtalk.appkey: unknown key; did you mean \"appKey\"?"),
        Mistake(
            ["\"baseURL\": \"https": "\"baseURL\": ▸\"ftp"],
            "dingtalk.baseURL: expected a URL that begins with http:// or https://, found another text"),
        Mistake(
            ["\"https://oapi.dingtalk.io\"": "▸\"https://oapi.dingtalk.io/?a=1\""],
            "dingtalk.baseURL: expected a URL without user name, query and fragment"),
        Mistake(
            ["\"legacy\"": "▸\"V1\""], "dingtalk.token: expected one of legacy, v1, found \"V1\"; did you mean \"v1\"?"),
        Mistake(
            ["\"legacy\"": "\"v1\"", "\"https://api.dingtalk.io\"": "▸\"https://api.dingtalk.com\""],
            "dingtalk.apiBaseURL: the token would come from *.dingtalk.com, the chats from *.dingtalk.io: both must be of one region"
        ),
        Mistake(
            ["\"requestsPerSecond\": 15": "\"requestsPerSecond\": ▸0"],
            "dingtalk.requestsPerSecond: expected a number above 0 and up to 10000, found 0"),
        Mistake(
            [": 5000": ": ▸-1"],
            "dingtalk.callsPerMonth: expected a whole number from 1 to 1000000000, found -1"),
        Mistake(
            [": 5000": ": ▸\"5000\""],
            "dingtalk.callsPerMonth: expected a whole number from 1 to 1000000000, found \"5000\""),
        Mistake(["\"10s\"": "▸10"], "dingtalk.timeout: expected a duration such as \"30s\", found 10"),
        Mistake(["\"10s\"": "▸\"10\""], "dingtalk.timeout: expected a duration such as \"30s\", found \"10\""),
        Mistake(["\"10s\"": "▸\"2h\""], "dingtalk.timeout: expected a duration from 100ms to 5m, found \"2h\""),
        Mistake(
            ["{\"token\": \"\", \"aesKey\": \"\"}": "{\"token\": \"t\", \"aesKey\": ▸\"\"}"],
            "dingtalk.callback.aesKey: expected a key, since callback.token is given"),
        Mistake(
            ["{\"token\": \"\", \"aesKey\": \"\"}": "{\"token\": \"t\", \"aesKey\": ▸\"abc\"}"],
            "dingtalk.callback.aesKey: expected the 43 characters of an EncodingAESKey"),
        Mistake(
            ["{\"token\": \"\", \"aesKey\": \"\"}": "▸{\"token\": \"t\"}"],
            "dingtalk.callback.aesKey: required, but missing"),
    ]

    static let watch = [
        Mistake(
            ["[\"chat1\", {\"id\": \"chat2\", \"label\": \"Board\", \"weight\": 5, \"interval\": \"10m\"}]": "▸[]"],
            "watch.chats: no chat to watch: name some here, or a chatsFile"),
        Mistake(["\"chat1\"": "▸1"], "watch.chats[0]: expected a chat id or an object with one, found 1"),
        Mistake(["\"chat1\"": "▸\"\""], "watch.chats[0]: expected a chat id, found an empty string"),
        Mistake(
            ["\"chat1\"": "▸\"cidAbc==\""],
            "watch.chats[0]: expected a chat id (chat…), found an openConversationId (cid…), which chat/get does not take"
        ),
        Mistake(
            ["\"chat1\"": "▸\"cidLostItsPadding\""],
            "watch.chats[0]: expected a chat id (chat…), found an openConversationId (cid…), which chat/get does not take"
        ),
        Mistake(
            ["\"chat1\"": "▸\"28502520087\""],
            "watch.chats[0]: expected a chat id (chat…), found a conversation id of the client side (JSAPI), which chat/get does not take"
        ),
        Mistake(
            ["\"id\": \"chat2\"": "\"id\": ▸\"69412345:80817263\""],
            "watch.chats[1].id: expected a chat id (chat…), found a conversation id of the client side (JSAPI), which chat/get does not take"
        ),
        Mistake(
            ["\"chat1\"": "▸\"https://oapi.dingtalk.com/robot/send?access_token=x\""],
            "watch.chats[0]: expected a chat id (chat…), found a web address, which chat/get does not take"),
        Mistake(
            ["\"chat1\"": "▸\"chat 1\""],
            "watch.chats[0]: expected a chat id without spaces, quotes and any of / ? # & < > \\"),
        Mistake(["\"chat1\"": "▸\"*\""], "watch.chats[0]: expected a chat id, found \"*\""),
        Mistake(
            ["{\"id\": \"chat2\"": "▸{\"id\": \"chat1\""],
            "watch.chats[1]: the chat chat1 is listed twice, first at 10:15"),
        Mistake(["\"id\": \"chat2\", ": "", "{\"label\"": "▸{\"label\""], "watch.chats[1].id: required, but missing"),
        Mistake(
            ["\"Board\"": "▸\"*\""],
            "watch.chats[1].label: the label \"*\" stands for every chat where endpoints choose theirs"),
        Mistake(
            ["\"weight\": 5": "\"weight\": ▸0"],
            "watch.chats[1].weight: expected a number above 0 and up to 1000000, found 0"),
        Mistake(
            ["\"interval\"": "▸\"intervall\""], "watch.chats[1].intervall: unknown key; did you mean \"interval\"?"),
        Mistake(["\"10m\"": "▸\"10M\""], "watch.chats[1].interval: expected a duration such as \"30s\", found \"10M\""),
        Mistake(
            ["\"10m\"": "▸\"4s\""],
            "watch.chats[1].interval: 4s is shorter than minInterval, 5s, which holds for every chat"),
        Mistake(["\"6h\"": "▸\"1s\""], "watch.maxInterval: minInterval, 5s, is longer than maxInterval, 1s"),
        Mistake(
            ["\"minInterval\"": "\"chatsFile\": ▸\"/nonexistent/chats.txt\", \"minInterval\""],
            "watch.chatsFile: /nonexistent/chats.txt cannot be read: No such file or directory"),
        Mistake(
            ["\"watch\"": "▸\"wach\"", "\"dingtalk\": {": "\"watch\": {\"chats\": [\"chat9\"]}, \"dingtalk\": {"],
            "wach: unknown key; did you mean \"watch\"?"),
    ]

    static let others = [
        Mistake(
            ["\"30d\"": "▸\"thirty days\""],
            "storage.retention: expected a duration such as \"30s\", found \"thirty days\""),
        Mistake(
            ["\"10GiB\"": "▸\"10 gigs\""],
            "storage.maxSize: expected a size such as \"64KiB\" or \"10GiB\", found \"10 gigs\""),
        Mistake(["\"10GiB\"": "▸\"1KiB\""], "storage.maxSize: expected a size from 1MiB to 1024TiB, found \"1KiB\""),
        Mistake(
            ["\"data/belfry.db\"": "▸\"\""], "storage.path: expected a string that is not empty, found an empty string"),
        Mistake(["{\"path\"": "{▸\"paht\": 1, \"path\""], "storage.paht: unknown key; did you mean \"path\"?"),
        Mistake(
            ["{\"path\"": "{▸\"colour\": 1, \"path\""], "storage.colour: unknown key; known: path, retention, maxSize"),
        Mistake(
            ["\"127.0.0.1:8780\"": "▸\"8780\""],
            "admin.listen: expected an address and a port such as \"127.0.0.1:8780\", found \"8780\""),
        Mistake(
            ["\"127.0.0.1:8780\"": "▸\"127.0.0.1:80800\""],
            "admin.listen: expected an address and a port such as \"127.0.0.1:8780\", found \"127.0.0.1:80800\""),
        Mistake(
            ["\"127.0.0.1:8780\"": "▸\"0.0.0.0:8780\""],
            "admin.listen: 0.0.0.0:8780 is no loopback address, so admin.token is required"),
        Mistake(
            ["\"127.0.0.1:8780\"": "▸\"[::]:8780\""],
            "admin.listen: [::]:8780 is no loopback address, so admin.token is required"),
        Mistake(
            ["\"127.0.0.1:8780\", \"token\": \"\"": "\"127.0.0.1:8780\", \"token\": ▸\"a b\""],
            "admin.token: expected printable ASCII without spaces, for it is sent in a header"),
        Mistake(
            ["\"admin\": {": "\"admin\": {\"basePath\": ▸\"belfry\", "],
            "admin.basePath: expected a path such as \"/belfry/\", found \"belfry\""),
        Mistake(
            ["\"admin\": {": "\"admin\": {\"hosts\": [\"ops.example.com:8443\", ▸\"https://ops.example.com\"], "],
            "admin.hosts[1]: expected a host such as \"belfry.example.com\", with or without a port, found \"https://ops.example.com\""
        ),
        Mistake(
            ["\"allow\": []": "\"allow\": [\"10.0.0.0/8\", ▸\"10.1.2.3/8\"]"],
            "network.allow[1]: expected an address range such as \"10.0.0.0/8\", no bit set behind its prefix, found \"10.1.2.3/8\""
        ),
        Mistake(
            ["\"allow\": []": "\"allow\": ▸\"10.0.0.0/8\""], "network.allow: expected a list, found \"10.0.0.0/8\""),
        Mistake(
            ["\"insecureHTTP\": false": "\"insecureHTTP\": ▸\"no\""],
            "network.insecureHTTP: expected true or false, found \"no\""),
        Mistake(
            ["\"insecureHTTP\"": "▸\"insecureHttp\""],
            "network.insecureHttp: unknown key; did you mean \"insecureHTTP\"?"),
        Mistake(
            ["\"proxy\": null": "\"proxy\": ▸\"proxy.example.com:3128\""],
            "network.proxy: expected a URL that begins with http:// or https:// or socks4:// or socks4a:// or socks5:// or socks5h://, found another text"
        ),
        Mistake(
            ["\"proxy\": null": "\"proxy\": ▸\"socks5h://localhost/run/proxy.socket\""],
            "network.proxy: expected a proxy's URL without path, query and fragment"),
        Mistake(
            ["\"caFile\": null": "\"caFile\": ▸\"/nonexistent/ca.pem\""],
            "network.caFile: /nonexistent/ca.pem cannot be read: No such file or directory"),
        Mistake(
            ["\"info\"": "▸\"inof\""],
            "log.level: expected one of trace, debug, info, notice, warning, error, critical, found \"inof\"; did you mean \"info\"?"
        ),
        Mistake(["\"text\"": "▸\"xml\""], "log.format: expected one of text, json, found \"xml\""),
        Mistake(
            ["{\"level\": \"info\", \"format\": \"text\"}": "▸\"info\""], "log: expected an object, found \"info\""),
        Mistake(["\"20s\"": "▸\"-20s\""], "shutdownTimeout: expected a duration such as \"30s\", found \"-20s\""),
        Mistake(
            ["\"shutdownTimeout\"": "▸\"shutdownTimout\""],
            "shutdownTimout: unknown key; did you mean \"shutdownTimeout\"?"),
        Mistake(
            ["\"log\"": "▸\"metrics\": true, \"log\""],
            "metrics: unknown key; known: dingtalk, watch, endpoints, storage, admin, network, log, shutdownTimeout, $schema"
        ),
    ]
}
