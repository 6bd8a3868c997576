import Foundation
import ProcessSupport
import Testing

@Suite struct EnvironmentTests {
    @Test("gives values exactly as they were set")
    func exact() {
        let environment = Environment(["A": " x ", "B": ""])
        #expect(environment["A"] == " x ")
        #expect(environment["B"] == "")
        #expect(environment["C"] == nil)
        #expect(Environment.process["PATH"] == ProcessInfo.processInfo.environment["PATH"])
    }

    @Test("exit codes are those of the specification")
    func exitCodes() {
        #expect([ExitCode.success, .failure, .usage].map(\.rawValue) == [0, 1, 2])
    }
}
