import JSONRPC
import Testing

@testable import ECSServer

@Suite struct PruningTests {
    @Test func pruningLeavesOutNullAndEmptyValuesButKeepsZeroAndFalse() {
        let pruned = object(#"{"a":null,"b":"","c":[],"d":{},"e":0,"f":false,"g":"x","h":[null],"i":0.0}"#).pruned()
        #expect(JSONValue.object(pruned).text() == #"{"e":0,"f":false,"g":"x","h":[null],"i":0.0}"#)
    }

    @Test func pruningDoesNotReachIntoNestedValues() {
        let pruned = object(#"{"a":{"b":null,"c":""},"d":[{"e":null}]}"#).pruned()
        #expect(JSONValue.object(pruned).text() == #"{"a":{"b":null,"c":""},"d":[{"e":null}]}"#)
    }
}
