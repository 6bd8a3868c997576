import Foundation
import JSONRPC
import Logging
import ProcessSupport
import Testing

@Suite struct EventLogTests {
    private static let ts = "2026-03-01T12:00:00.250+00:00"

    /// The lines that the body logs.
    private func lines(
        _ format: LogFormat,
        level: LogLevel = .trace,
        secrets: [Secret] = [],
        _ body: (EventLog, LogSink) -> Void
    ) -> [String] {
        let capture = Capture()
        let sink = LogSink(
            format: format,
            secrets: secrets,
            outputs: [capture.output],
            now: { Date(timeIntervalSince1970: 1_772_366_400.25) }
        )
        body(EventLog(logger: "ecs", level: level, sink: sink), sink)
        return capture.lines
    }

    @Test("text: time, level, logger, message, then every field")
    func text() {
        let lines = lines(.text) { log, _ in
            log.info(
                "tool-ok",
                ["tool": "ecs_list_servers", "duration_ms": 12, "ok": true, "ratio": .number(JSONNumber(0.5) ?? JSONNumber(0))]
            )
            log.warning(
                "odd",
                ["a": "", "b": "x y", "c": "a=b", "d": "q\"q", "e": "back\\slash", "f": "line\nfeed\u{1B}[0m", "g": "é", "h": "x,y;[z]"]
            )
            log.critical("deep", ["roles": ["admin", "x y"], "object": ["k": .null, "n": [1, false]], "none": .null])
            log.notice("no fields")
        }
        #expect(
            lines == [
                #"\#(Self.ts) INFO ecs tool-ok tool=ecs_list_servers duration_ms=12 ok=true ratio=0.5"#,
                #"\#(Self.ts) WARNING ecs odd a="" b="x y" c="a=b" d="q\"q" e="back\\slash" f="line\nfeed\u001b[0m" g="é" h=x,y;[z]"#,
                #"\#(Self.ts) CRITICAL ecs deep roles=["admin","x y"] object={"k":null,"n":[1,false]}"#,
                #"\#(Self.ts) NOTICE ecs no fields"#,
            ]
        )
    }

    @Test("JSON: ts, level, logger, msg, then the fields")
    func json() {
        let lines = lines(.json) { log, _ in
            log.info("tool-ok", ["tool": "ecs_list_servers", "duration_ms": 12, "name": "é\"\n\u{7F}"])
            log.critical("deep", ["roles": ["admin"], "object": ["k": .null], "none": .null, "empty": [:]])
        }
        #expect(
            lines == [
                #"{"ts":"\#(Self.ts)","level":"INFO","logger":"ecs","msg":"tool-ok","tool":"ecs_list_servers","duration_ms":12,"name":"é\"\n\u007f"}"#,
                #"{"ts":"\#(Self.ts)","level":"CRITICAL","logger":"ecs","msg":"deep","roles":["admin"],"object":{"k":null},"empty":{}}"#,
            ]
        )
    }

    @Test("fields never replace ts, level, logger and msg", arguments: LogFormat.allCases)
    func reserved(format: LogFormat) throws {
        let lines = lines(format) { log, _ in
            log.info("event", ["msg": "forged", "level": "DEBUG", "ts": "0", "logger": "x", "msg_": "own"])
        }
        switch format {
        case .json:
            let record = try JSONParser.parse(lines[0])
            #expect(record.objectValue?.keys == ["ts", "level", "logger", "msg", "msg__", "level_", "ts_", "logger_", "msg_"])
            #expect(record["msg"] == "event")
            #expect(record["msg__"] == "forged")
        case .text: #expect(lines == ["\(Self.ts) INFO ecs event msg__=forged level_=DEBUG ts_=0 logger_=x msg_=own"])
        }
    }

    @Test("one event is one line whatever is in it", arguments: LogFormat.allCases)
    func oneLine(format: LogFormat) throws {
        let hostile = "a\r\nb\u{0}\u{7F}\u{85}\u{2028}\u{2029}\u{202E}\u{1B}[2J\u{9B}é"
        let lines = lines(format) { log, _ in
            log.named(hostile).info(hostile, ["key\n=x": .string(hostile), "list": [.string(hostile)], "object": .object([hostile: 1])])
        }
        #expect(lines.count == 1)
        let controls = lines[0].unicodeScalars.filter { $0.value < 0x20 || 0x7F..<0xA0 ~= $0.value || 0x2028...0x202E ~= $0.value }
        #expect(controls.isEmpty)
        if case .json = format { #expect(try JSONParser.parse(lines[0])["msg"] == .string(hostile)) }
    }

    @Test("every JSON record can be read back")
    func parseable() throws {
        let values: [JSONValue] = [1, -2, "x", ["a": ["b": [.null, true]]], [[]], ""]
        for line in lines(.json, { log, _ in for value in values { log.info("e", ["v": value]) } }) {
            #expect(try JSONParser.parse(line)["v"] != nil)
        }
    }

    @Test("redacts messages, fields, names and error text at the sink", arguments: LogFormat.allCases)
    func redaction(format: LogFormat) {
        let secret = "top\"secret/value"
        struct Failure: Error, CustomStringConvertible { let description: String }
        let lines = lines(format, secrets: [Secret(secret), Secret("424242")]) { log, _ in
            log.error(
                "failed with \(secret)",
                ["error": .string("\(Failure(description: secret))"), "list": [.string(secret)], "n": 424242]
            )
            log.info(
                "x",
                [
                    "top\"secret/value": 1, "object": .object([secret: .string(secret)]), "authorization": "Basic x",
                    "headers": ["Authorization": "y z"],
                ]
            )
            log.named(secret).info("x")
            log.libraryLogger(secret).error(
                "\(secret)",
                error: Failure(description: secret),
                metadata: ["m": "\(secret)", "\(secret)": ["\(secret)"]]
            )
        }
        #expect(lines.count == 4)
        for line in lines {
            #expect(line.contains("***"))
            for form in [secret, "top\\\"secret", "secret/value", "424242", "Basic x", "y z"] { #expect(!line.contains(form)) }
        }
    }

    @Test("hides secrets that become known later, and keeps the earlier ones")
    func hide() {
        let lines = lines(.text, secrets: [Secret("first-secret")]) { log, sink in
            log.info("first-secret later-secret")
            sink.hide([Secret("later-secret")])
            log.info("first-secret later-secret")
            #expect(sink.redact("a later-secret") == "a ***")
            #expect(log.redactor.redact("a later-secret") == "a ***")
        }
        #expect(lines.map { $0.hasSuffix("*** later-secret") } == [true, false])
        #expect(lines[1].hasSuffix("*** ***"))
    }

    @Test("a level that is off costs nothing and writes nothing", arguments: LogLevel.allCases)
    func levels(level: LogLevel) {
        var evaluated: [LogLevel] = []
        let lines = lines(.text, level: level) { log, _ in
            for event in LogLevel.allCases {
                func fields() -> JSONObject {
                    evaluated.append(event)
                    return [:]
                }
                log.event(event, "e", fields())
                #expect(log.isEnabled(event) == (event >= level))
            }
        }
        let expected = LogLevel.allCases.filter { $0 >= level }
        #expect(evaluated == expected)
        #expect(lines.count == expected.count)
    }

    @Test("the disabled log writes nothing")
    func disabled() {
        EventLog.disabled.critical("x", ["a": 1])
        #expect(!EventLog.disabled.isEnabled(.critical))
        EventLog.disabled.libraryLogger("x").critical("x")
        #expect(EventLog.disabled.named("x").with(["a": 1]).redactor.redact("x") == "x")
    }

    @Test("every level has its upper-case name and its method")
    func names() {
        let lines = lines(.text) { log, _ in
            log.trace("e")
            log.debug("e")
            log.info("e")
            log.notice("e")
            log.warning("e")
            log.error("e")
            log.critical("e")
        }
        #expect(lines.map { $0.split(separator: " ")[1] } == ["TRACE", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL"])
    }

    @Test("context fields come first and the event's own win; the name can be another")
    func context() {
        let lines = lines(.text) { log, _ in
            log.with(["a": 1, "b": 2]).with(["c": 3]).named("part").info("e", ["b": 4, "d": 5])
        }
        #expect(lines == ["\(Self.ts) INFO part e a=1 b=4 c=3 d=5"])
    }

    @Test("level words are read in any case", arguments: ["trace", "DEBUG", "Info", "notice", "Warning", "ERROR", "critical"])
    func words(word: String) {
        #expect(LogLevel(word: word)?.rawValue == word.lowercased())
        #expect(LogLevel(word: "warn") == nil)
    }

    @Test("concurrent events come out as whole lines", .timeLimit(.minutes(1)))
    func concurrent() async throws {
        let capture = Capture()
        let sink = LogSink(format: .json, outputs: [capture.output])
        let log = EventLog(logger: "x", sink: sink)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { @concurrent in
                    for event in 0..<50 { log.info("e", ["task": .int(task), "event": .int(event)]) }
                }
            }
        }
        #expect(capture.lines.count == 400)
        for line in capture.lines { #expect(try JSONParser.parse(line)["msg"] == "e") }
    }
}
