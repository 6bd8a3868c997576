import HuaweiCloud
import Testing

/// huaweicloud-http.md §6.3.
@Suite struct KnownCodesTests {
    @Test(arguments: [
        ("APIGW.0301", "15 minutes"), ("APIGW.0302", "permission"), ("APIGW.0306", "permission"), ("SYS.0403", "permission"),
        ("CTS.0002", "permission"), ("APIGW.0308", "ask for less"), ("APIGW.0101", "not published"), ("Ecs.0005", "parameter"),
        ("Ecs.0009", "already has this flavor"), ("Ecs.0019", "flavor"), ("Ecs.0029", "flavor"), ("Ecs.0100", "status"),
        ("Ecs.0114", "no such server"), ("Ecs.0614", "no such server"), ("Ecs.0513", "unsubscribe"), ("Ecs.0605", "locked"),
        ("Ecs.0812", "drivers"), ("Ecs.0813", "drivers"), ("DEVPIPE.00011401", "pipeline"), ("DEVPIPE.00011136", "pipeline"),
        ("DEVPIPE.00011412", "CodeArts project id"), ("DEV_21_100169", "CodeArts project id"), ("CTS.0012", "project id"),
    ])
    func hints(code: String, words: String) { #expect(KnownCodes.hint(for: code)?.contains(words) == true) }

    @Test(arguments: ["", "Ecs.9999", "ecs.0114", "404"])
    func otherCodesHaveNone(_ code: String) { #expect(KnownCodes.hint(for: code) == nil) }
}
