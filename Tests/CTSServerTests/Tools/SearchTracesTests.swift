import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import CTSServer

/// `cts_search_traces` (cts.md §1).
@Suite(.timeLimit(.minutes(1))) struct SearchTracesTests {
    private static let hour = "from=1768461330250"
    private static let to = "to=1768464930250"
    private static let noFilters =
        #""service_type":null,"user":null,"trace_rating":null,"trace_type":"system","trace_name":null,"resource_type":null,"resource_name":null,"resource_id":null"#

    @Test func allMembersOfTheResultAreAlwaysPresent() async throws {
        let bench = try Bench(.ok("{}"))
        let data = try await bench.success("cts_search_traces")
        #expect(
            data.text()
                == #"{"total_returned":0,"next_marker":null,"next_cursor":null,"truncated":false,"query":{"from_ms":1768461330250,"to_ms":1768464930250,"filters":{"#
                + Self.noFilters + #","limit":10,"auto_paginate":false,"max_results":null}},"traces":[],"warnings":[]}"#
        )
        #expect(bench.cloud.sent == [Bench.request("\(Self.hour)&limit=10&\(Self.to)&trace_type=system")])
    }

    @Test func filtersAreSentAndToldAsTheyWereGiven() async throws {
        let bench = try Bench(.ok(Fixtures.page([Fixtures.row("a"), Fixtures.row("b")], marker: "b")))
        let data = try await bench.success(
            "cts_search_traces",
            [
                "service_type": "ECS", "user": "ada", "trace_rating": "incident", "trace_name": "deleteServer", "resource_type": "ecs",
                "resource_name": "web",
                "resource_id": "r-1", "limit": json("2.0"), "next_marker": "z",
            ]
        )
        #expect(
            bench.cloud.sent == [
                Bench.request(
                    "\(Self.hour)&limit=2&next=z&resource_id=r-1&resource_name=web&resource_type=ecs&service_type=ECS&\(Self.to)&trace_name=deleteServer"
                        + "&trace_rating=incident&trace_type=system&user=ada"
                )
            ]
        )
        #expect(
            data["query"]?["filters"]?.text()
                == #"{"service_type":"ECS","user":"ada","trace_rating":"incident","trace_type":"system","trace_name":"deleteServer","resource_type":"ecs","resource_name":"web","resource_id":"r-1","limit":2,"auto_paginate":false,"max_results":null}"#
        )
        #expect(data["traces"]?.text() == #"[{"trace_id":"a"},{"trace_id":"b"}]"#)
        #expect(data["total_returned"] == 2)
        #expect(data["next_marker"] == "b")
        #expect(data["truncated"] == false)
    }

    @Test func emptyFiltersAndNullsCountAsNotGiven() async throws {
        let bench = try Bench(.ok("{}"))
        let data = try await bench.success(
            "cts_search_traces",
            [
                "start_time": "", "end_time": "", "service_type": "", "user": .null, "trace_rating": "", "trace_name": "",
                "resource_type": .null, "resource_name": "",
                "resource_id": "", "next_marker": "",
            ]
        )
        #expect(bench.cloud.sent == [Bench.request("\(Self.hour)&limit=10&\(Self.to)&trace_type=system")])
        #expect(data["query"]?["filters"]?["service_type"] == .null)
    }

    @Test func theWindowThatWasToldCanBePassedBack() async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"))
        let first = try await bench.success("cts_search_traces", ["start_time": "-2d", "end_time": "-1h"])
        let from = try #require(first["query"]?["from_ms"]?.text())
        let to = try #require(first["query"]?["to_ms"]?.text())
        let second = try await bench.success("cts_search_traces", ["start_time": .string(from), "end_time": .string(to)])
        #expect(second["query"]?["from_ms"]?.text() == from)
        #expect(bench.cloud.sent[0] == bench.cloud.sent[1])
    }

    @Test func timesWithoutAnOffsetAreInTheDefaultZone() async throws {
        let bench = try Bench(.ok("{}"), zone: .success(Fixtures.newYork))
        let data = try await bench.success("cts_search_traces", ["start_time": "2026-01-14", "end_time": "2026-01-14 12:00"])
        #expect(data["query"]?["from_ms"] == 1_768_366_800_000)
        #expect(data["query"]?["to_ms"] == 1_768_410_000_000)
    }

    @Test func withTraceTypeDataThereIsAWarningForEachGivenFilterInOrder() async throws {
        let bench = try Bench(.ok("{}"), .ok("{}"), .ok("{}"))
        let filters: JSONObject = [
            "trace_rating": "normal", "trace_name": "n", "resource_name": "rn", "resource_id": "ri", "resource_type": "rt",
            "service_type": "OBS", "user": "u",
        ]
        var arguments = filters
        arguments["trace_type"] = "data"
        let warnings = try await bench.success("cts_search_traces", arguments)["warnings"]?.arrayValue ?? []
        let names = warnings.map { String($0.stringValue?.prefix { $0 != ":" } ?? "") }
        #expect(names == ["service_type", "user", "resource_type", "resource_name", "resource_id", "trace_name", "trace_rating"])
        #expect(warnings.allSatisfy { $0.stringValue?.contains("system") == true })
        #expect(bench.cloud.sent[0].target.contains("&trace_rating=normal&trace_type=data&user=u"))
        #expect(try await bench.success("cts_search_traces", filters)["warnings"] == [])
        #expect(try await bench.success("cts_search_traces", ["trace_type": "data", "user": "", "limit": 5])["warnings"] == [])
    }

    @Test func autoPaginateReadsPageAfterPageWithOneWindow() async throws {
        let bench = try Bench(
            .ok(Fixtures.page([Fixtures.row("a"), Fixtures.row("b")], marker: "b")),
            .ok(Fixtures.page([], marker: "c")),
            .ok(Fixtures.page([Fixtures.row("d")], marker: "d"))
        )
        let data = try await bench.success(
            "cts_search_traces",
            ["auto_paginate": true, "limit": 2, "max_results": 3, "next_marker": "z", "user": "u"]
        )
        #expect(
            bench.cloud.sent == [
                Bench.request("\(Self.hour)&limit=2&next=z&\(Self.to)&trace_type=system&user=u"),
                Bench.request("\(Self.hour)&limit=1&next=b&\(Self.to)&trace_type=system&user=u"),
                Bench.request("\(Self.hour)&limit=1&next=c&\(Self.to)&trace_type=system&user=u"),
            ]
        )
        #expect(data["traces"]?.text() == #"[{"trace_id":"a"},{"trace_id":"b"},{"trace_id":"d"}]"#)
        #expect(data["next_marker"] == "d")
        #expect(data["truncated"] == true)
        #expect(data["query"]?["filters"]?["max_results"] == 3)
        #expect(data["query"]?["filters"]?["auto_paginate"] == true)
    }

    @Test func aRepeatedMarkerIsWarnedAboutBehindTheOtherWarnings() async throws {
        let bench = try Bench(.ok(Fixtures.page([], marker: "a")), .ok(Fixtures.page([], marker: "a")))
        let data = try await bench.success("cts_search_traces", ["auto_paginate": true, "trace_type": "data", "user": "u"])
        let names = data["warnings"]?.arrayValue?.map { String($0.stringValue?.prefix { $0 != ":" } ?? "") }
        #expect(names == ["user", "next_marker"])
        #expect(data["next_marker"] == .null)
        #expect(data["truncated"] == true)
    }

    @Test func anErrorOnAnyPageFailsTheCall() async throws {
        let bench = try Bench(
            .ok(Fixtures.page([Fixtures.row("a")], marker: "a")),
            .http(500, #"{"error_code":"CTS.0004","error_msg":"write failed"}"#, headers: ["X-Request-Id": "req-2"])
        )
        let error = try await bench.error("cts_search_traces", ["auto_paginate": true])
        #expect(error.text() == #"{"code":"CTS.0004","message":"write failed","request_id":"req-2","status_code":500,"retryable":false}"#)
    }

    @Test func missingPermissionNamesThePermission() async throws {
        let bench = try Bench(.http(403, #"{"error_code":"CTS.0002","error_msg":"no"}"#))
        let error = try await bench.error("cts_search_traces")
        #expect(error["code"] == "CTS.0002")
        #expect(error["hint"]?.stringValue?.contains("cts:trace:list") == true)
    }

    @Test(arguments: [
        (400, "CTS.0001", false), (400, "CTS.0003", false), (403, "CTS.0012", true), (500, "CTS.0005", false),
    ])
    func theApisOwnCodesAreReturned(_ status: Int, _ code: String, _ hasHint: Bool) async throws {
        let bench = try Bench(.http(status, "{\"error_code\":\"\(code)\",\"error_msg\":\"m\"}"))
        let error = try await bench.error("cts_search_traces")
        #expect(error["code"] == .string(code))
        #expect(error["status_code"] == .int(status))
        #expect((error["hint"] != nil) == hasHint)
    }

    @Test func aMalformedRowNeverFailsTheList() async throws {
        let bench = try Bench(.ok(#"{"traces":[null,{"trace_id":"a","time":"?","user":[],"code":{}},7,{"time":0}],"meta_data":[]}"#))
        let data = try await bench.success("cts_search_traces")
        #expect(data["traces"]?.text() == #"[{},{"trace_id":"a"},{},{"time":"1970-01-01 08:00:00 +0800"}]"#)
        #expect(data["total_returned"] == 4)
    }

    @Test(arguments: ["[]", "", "null"])
    func aSenselessAnswerIsAnError(_ body: String) async throws {
        #expect(try await Bench(.ok(body)).error("cts_search_traces")["code"] == "UPSTREAM_INVALID_RESPONSE")
    }

    @Test(
        arguments: [
            (["start_time": "soon"], "TIME_RANGE_INVALID"), (["end_time": " "], "TIME_RANGE_INVALID"),
            (["start_time": "now"], "TIME_RANGE_INVALID"),
            (["start_time": "-8d"], "TIME_RANGE_TOO_OLD"), (["start_time": "-8d", "end_time": "-9d"], "TIME_RANGE_INVALID"),
        ] as [(JSONObject, String)]
    )
    func noRequestIsSentWhenTheWindowIsWrong(_ arguments: JSONObject, _ code: String) async throws {
        let bench = try Bench(region: "mars-1", project: nil)
        #expect(try await bench.error("cts_search_traces", arguments)["code"] == .string(code))
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func anUnreadableTimeTellsItsPath() async throws {
        let error = try await Bench().error("cts_search_traces", ["start_time": "soon", "end_time": "-1h"])
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == ["start_time"])
    }

    @Test(
        arguments: [
            ("trace_rating", "fatal"), ("trace_type", "both"), ("trace_type", .null), ("trace_type", ""), ("limit", 0), ("limit", 201),
            ("limit", "5"), ("limit", .null),
            ("limit", json("1.5")), ("max_results", 0), ("max_results", 2_001), ("max_results", .null), ("auto_paginate", "true"),
            ("auto_paginate", .null), ("user", 5),
            ("start_time", 1_768_461_330_250), ("service_type", ["ECS"]), ("trace_id", "t"),
        ] as [(String, JSONValue)]
    )
    func rejectsArgumentsThatBreakTheirRule(_ name: String, _ value: JSONValue) async throws {
        let bench = try Bench()
        let error = try await bench.error("cts_search_traces", [name: value])
        #expect(error["code"] == "INVALID_PARAMS")
        #expect(error["details"]?.arrayValue?.map { $0["path"] } == [.string(name)])
        #expect(bench.cloud.sent.isEmpty)
    }

    @Test func aZoneThatCannotBeReadFailsClosed() async throws {
        #expect(try await Bench(zone: .failure(.damaged)).error("cts_search_traces")["code"] == "INTERNAL_ERROR")
    }
}
