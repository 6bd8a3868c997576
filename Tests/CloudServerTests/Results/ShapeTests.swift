import JSONRPC
import Testing

@testable import CloudServer

/// The schemas of results, spelled out.
@Suite struct ShapeTests {
    @Test(
        arguments: [
            (Shape.anything, "{}"), (Shape.text(), #"{"type":"string"}"#), (Shape.text("d"), #"{"type":"string","description":"d"}"#),
            (Shape.textOrNull(), #"{"type":["string","null"]}"#), (Shape.integer(), #"{"type":"integer"}"#),
            (Shape.integerOrNull(), #"{"type":["integer","null"]}"#), (Shape.flag(), #"{"type":"boolean"}"#),
            (Shape.flagOrNull("d"), #"{"type":["boolean","null"],"description":"d"}"#),
            (Shape.array(of: Shape.text(), "d"), #"{"type":"array","description":"d","items":{"type":"string"}}"#),
            (Shape.map(to: Shape.integer()), #"{"type":"object","additionalProperties":{"type":"integer"}}"#),
            (Shape.openObject("d"), #"{"type":"object","description":"d"}"#),
            (
                Shape.object(["a": Shape.text(), "b": Shape.flag()], "d"),
                #"{"type":"object","description":"d","properties":{"a":{"type":"string"},"b":{"type":"boolean"}},"required":["a","b"]}"#
            ),
            (Shape.object(["a": Shape.text()], required: []), #"{"type":"object","properties":{"a":{"type":"string"}}}"#),
        ] as [(JSONValue, String)]
    )
    func aShapeIsAJSONSchema(_ shape: JSONValue, _ json: String) { #expect(shape.text() == json) }
}
