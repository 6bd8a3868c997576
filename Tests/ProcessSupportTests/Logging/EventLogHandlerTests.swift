import Foundation
import Logging
import ProcessSupport
import Testing

@Suite struct EventLogHandlerTests {
    private let capture = Capture()
    private var log: EventLog {
        EventLog(
            logger: "ecs",
            level: .info,
            sink: LogSink(format: .text, outputs: [capture.output], now: { Date(timeIntervalSince1970: 0) })
        )
    }

    @Test("a library's records come out in the same form, metadata sorted by name")
    func form() {
        var logger = log.libraryLogger("hummingbird")
        logger[metadataKey: "z"] = "last"
        logger.warning("Connection closed", metadata: ["b": ["x": "1"], "a": ["l", "m"], "c": .stringConvertible(5)])
        #expect(
            capture.lines == [#"1970-01-01T00:00:00.000+00:00 WARNING hummingbird Connection closed a=["l","m"] b={"x":"1"} c=5 z=last"#]
        )
    }

    @Test("levels and metadata are values")
    func values() {
        var first = log.libraryLogger("x")
        first[metadataKey: "only-on"] = "first"
        first.logLevel = .debug
        var second = first
        second.logLevel = .error
        second[metadataKey: "only-on"] = "second"
        #expect(first.logLevel == .debug)
        #expect(second.logLevel == .error)
        #expect(first[metadataKey: "only-on"] == "first")
        first.debug("one")
        second.warning("two")
        second.error("three")
        #expect(capture.lines.map { $0.split(separator: " ")[3] } == ["one", "three"])
    }

    @Test("starts at the log's level or at the given one")
    func level() {
        #expect(log.libraryLogger("x").logLevel == .info)
        #expect(log.libraryLogger("x", level: .error).logLevel == .error)
        #expect(log.handler("x").logLevel == .info)
        for level in LogLevel.allCases { #expect(LogLevel(level.loggerLevel) == level) }
    }

    @Test("a metadata provider's values are fields, and the statement's own win")
    func provider() {
        var handler = EventLogHandler(label: "x", sink: LogSink(outputs: [capture.output]), level: .info)
        handler.metadata = ["a": "handler", "b": "handler", "c": "handler"]
        handler.metadataProvider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
        Logger(label: "x") { _ in handler }.info("e", metadata: ["c": "own"])
        #expect(capture.lines[0].hasSuffix("e a=handler b=provider c=own"))
    }
}
