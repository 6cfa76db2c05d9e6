import Deliveries
import Testing

struct FeishuVerdictTests {
    @Test(
        "Feishu's answers are judged by code, whatever the status says",
        arguments: [
            Answer(200, #"{"code":0,"msg":"success","data":{}}"#, .delivered, says: "code 0"),
            Answer(200, #"{"StatusCode":0,"StatusMessage":"success"}"#, .delivered, says: "code 0"),
            Answer(
                200, #"{"Extra":null,"StatusCode":0,"StatusMessage":"success","code":0,"msg":"success"}"#, .delivered,
                says: "code 0"),
            Answer(200, #"{"code":9499,"msg":"Bad Request"}"#, .rejected, says: "Bad Request"),
            Answer(400, #"{"code":9499,"msg":"Bad Request"}"#, .rejected, says: "Bad Request"),
            Answer(
                200, #"{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}"#, .rejected,
                says: "address"),
            Answer(
                200, #"{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}"#, .retried,
                says: "clock"),
            Answer(200, #"{"code":19022,"msg":"Ip Not Allowed"}"#, .retried, says: "allowed addresses"),
            Answer(200, #"{"code":19024,"msg":"Key Words Not Found"}"#, .rejected, says: "keyword"),
            Answer(200, #"{"code":11232,"msg":"frequency limited"}"#, .throttled(until: nil), says: "11232"),
            Answer(400, #"{"code":11232,"msg":"frequency limited"}"#, .throttled(until: nil), says: "11232"),
            Answer(200, #"{"code":777}"#, .retried, says: "777"),
            Answer(200, "", .retried, says: "empty body"),
            Answer(500, #"{"code":0}"#, .retried, says: "status 500"),
            Answer(429, "", .throttled(until: nil), says: "429"),
        ])
    func answers(_ answer: Answer) {
        answer.check(FeishuFormat())
    }
}
