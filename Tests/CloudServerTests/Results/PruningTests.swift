import JSONRPC
import Testing

@testable import CloudServer

/// Pruning (ecs.md §1), which all three servers use.
@Suite struct PruningTests {
    private static func object(_ text: String) throws -> JSONObject { try #require(try JSONParser.parse(text).objectValue) }

    @Test func pruningLeavesOutNullAndEmptyValuesButKeepsZeroAndFalse() throws {
        let pruned = try Self.object(#"{"a":null,"b":"","c":[],"d":{},"e":0,"f":false,"g":"x","h":[null],"i":0.0}"#).pruned()
        #expect(pruned.text() == #"{"e":0,"f":false,"g":"x","h":[null],"i":0.0}"#)
    }

    @Test func pruningDoesNotReachIntoNestedValues() throws {
        let pruned = try Self.object(#"{"a":{"b":null,"c":""},"d":[{"e":null}]}"#).pruned()
        #expect(pruned.text() == #"{"a":{"b":null,"c":""},"d":[{"e":null}]}"#)
    }

    @Test func onlyNullsAreLeftOutWhereEmptyValuesMeanSomething() throws {
        let kept = try Self.object(#"{"a":null,"b":"","c":[],"d":{},"e":0,"f":[null]}"#).withoutNulls()
        #expect(kept.text() == #"{"b":"","c":[],"d":{},"e":0,"f":[null]}"#)
    }
}
