import JSONRPC
import Testing

@testable import MCPServer

@Suite struct CanonicalJSONTests {
    @Test(arguments: [
        (#"{"b":1,"a":{"d":2,"c":3}}"#, #"{"a":{"c":3,"d":2},"b":1}"#),
        (#"[3,1,2]"#, #"[3,1,2]"#),
        (#"[1.0,1e2,-0,0.5,1.50]"#, #"[1,100,0,0.5,1.50]"#),
        (#"[true,null,"A"]"#, #"[true,null,"A"]"#),
    ])
    func equalValuesHaveEqualBytes(_ text: String, _ canonical: String) throws {
        #expect(String(decoding: CanonicalJSON.bytes(try JSONParser.parse(text)), as: UTF8.self) == canonical)
    }

    @Test func namesAreSortedByTheirBytes() throws {
        let bytes = CanonicalJSON.bytes(["ü": 1, "z": 2, "Z": 3])
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"Z":3,"z":2,"ü":1}"#)
    }
}
