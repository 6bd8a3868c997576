import AuthCommon
import CloudServer
import JSONRPC
import MCP
import TestSupport
import Testing

@testable import CTSServer
@testable import MCPServer

/// The list of tools as clients see it (cts.md, servers.md §4).
@Suite struct ToolListTests {
    private static let names = ["cts_search_traces", "cts_get_trace_detail"]

    @Test func theToolsAreThoseOfTheSpecificationInItsOrder() throws {
        #expect(try Bench().tools.map(\.definition.name) == Self.names + ["cts_whoami"])
        #expect(CloudTraceServer.tools(.unconfigured).map(\.name) == Self.names)
    }

    @Test(arguments: [(nil, 0), (.readonly, 3), (.operator, 3), (.admin, 3)] as [(Role?, Int)])
    func allToolsNeedReadonly(_ role: Role?, _ count: Int) throws {
        #expect(try Bench().listed(for: role).count == count)
    }

    @Test func allFourHintsAndATitleAreSent() throws {
        for tool in try Bench().tools.map(\.definition) {
            #expect(
                tool.annotations == ToolAnnotations(readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true)
            )
            #expect(tool.title?.isEmpty == false)
        }
    }

    @Test func descriptionsNameThePitfalls() throws {
        let texts = try Bench().tools.map { $0.definition.description ?? "" }
        for part in ["7 days", "last hour", "from_ms", "to_ms", "next_marker", "masked", "appear twice", "warnings"] {
            #expect(texts[0].contains(part), "\(part)")
        }
        for part in ["7 days", "masked", "5000", "cannot look up `data` events"] { #expect(texts[1].contains(part), "\(part)") }
    }

    @Test func theListIsShortEnoughForAModelsContext() throws {
        let length = try Bench().listLength
        #expect(length.inputs <= 12_000, "\(length)")
        #expect(length.all <= 26_000, "\(length)")
    }

    @Test func theParametersAreThoseOfTheTables() throws {
        let tools = try Bench().tools.map(\.definition)
        #expect(
            tools[0].inputSchema["properties"]?.objectValue?.keys == [
                "start_time", "end_time", "service_type", "user", "trace_rating", "trace_type", "trace_name", "resource_type",
                "resource_name", "resource_id", "limit",
                "next_marker", "auto_paginate", "max_results", "fields", "cursor",
            ]
        )
        #expect(tools[0].inputSchema["required"] == nil)
        #expect(tools[1].inputSchema["properties"]?.objectValue?.keys == ["trace_id", "trace_type"])
        #expect(tools[1].inputSchema["required"] == ["trace_id"])
        for tool in tools { #expect(tool.inputSchema["additionalProperties"] == false) }
    }
}
