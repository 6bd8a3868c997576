import HuaweiCloud
import JSONRPC
import Testing

/// huaweicloud-http.md §6.1.
@Suite struct ErrorBodyTests {
    @Test(arguments: [
        (#"{"error_code":"A.1","error_msg":"m"}"#, "A.1", "m"),
        (#"{"errorCode":"A.1","errorMsg":"m"}"#, "A.1", "m"),
        (#"{"code":"A.1","message":"m"}"#, "A.1", "m"),
        (#"{"error":{"code":"Ecs.0114","message":"m"}}"#, "Ecs.0114", "m"),
        (#"{"itemNotFound":{"code":404,"message":"m"}}"#, "404", "m"),
        (#"{"code":1e2,"message":"m"}"#, "1e2", "m"),
        (#"{"code":true,"message":12}"#, "true", "12"),
        (#"{"message":"outer","error":{"error_code":"in","error_msg":"m"}}"#, "in", "m"),
        (#"{"code":"late","message":"x","error_code":"first","error_msg":"m"}"#, "first", "m"),
        (#"{"error_code":null,"error_msg":"x","code":"c","message":"m"}"#, "c", "m"),
        (#"{"error_code":"x","code":"c","message":"m"}"#, "c", "m"),
        (#"{"error_code":{},"error_msg":"x","code":"c","message":"m"}"#, "c", "m"),
        (#"{"a":{"b":{"code":"deep","message":"m"}},"c":{"error_code":"later","error_msg":"x"}}"#, "deep", "m"),
        (#"{"a":{"code":"own","message":"m","b":{"error_code":"nested","error_msg":"x"}}}"#, "own", "m"),
        (#"{"code":"1","code":"2","message":"m"}"#, "2", "m"),
    ])
    func firstShapeWins(text: String, code: String, message: String) throws {
        let body = ErrorBody(try JSONParser.parse(text, duplicates: .lastWins))
        #expect(body?.code == code)
        #expect(body?.message == message)
    }

    @Test(arguments: [
        "[]", #"[{"code":"a","message":"b"}]"#, "null", "1", #""text""#, "{}", #"{"code":"a"}"#, #"{"message":"a"}"#,
        #"{"errors":[{"code":"a","message":"b"}]}"#, #"{"code":"","message":"b"}"#, #"{"error_code":"a","errorMsg":"b"}"#,
    ])
    func noMatch(_ text: String) throws { #expect(ErrorBody(try JSONParser.parse(text)) == nil) }
}
