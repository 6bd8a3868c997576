import JSONRPC
import Testing

@Suite struct JSONObjectTests {
    @Test("keeps the order of its members")
    func order() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = 4
        #expect(object.keys == ["b", "a", "c"])
        #expect(object.text() == #"{"b":4,"a":2,"c":3}"#)
        object["a"] = nil
        #expect(object.keys == ["b", "c"])
        object.set("d", nil)
        object.set("e", .null)
        #expect(object.keys == ["b", "c", "e"])
        #expect(object.contains("e"))
        #expect(!object.contains("a"))
        #expect(object["e"] == .null)
        #expect(Array(object).count == 3)
        #expect(JSONObject().isEmpty)
    }

    @Test("of repeated names the last value counts", arguments: [2, 40])
    func repeated(count: Int) {
        let members = (0..<count).map { JSONObject.Member(key: "k\($0)", value: .int($0)) }
        let object = JSONObject(members: members + [JSONObject.Member(key: "k1", value: "new")])
        #expect(object.keys == members.map(\.key))
        #expect(object["k1"] == "new")
        #expect((["a": 1, "a": 2] as JSONObject).text() == #"{"a":2}"#)
    }

    @Test("names are compared by their bytes")
    func names() {
        let object: JSONObject = ["\u{E9}": 1]
        #expect(object["e\u{301}"] == nil)
        #expect(object != ["e\u{301}": 1])
    }

    @Test("equality does not depend on the order")
    func equality() {
        let forward = JSONObject(members: (0..<100).map { JSONObject.Member(key: "k\($0)", value: .int($0)) })
        let backward = JSONObject(members: (0..<100).reversed().map { JSONObject.Member(key: "k\($0)", value: .int($0)) })
        #expect(forward == backward)
        #expect(forward.hashValue == backward.hashValue)
        var other = backward
        other["k7"] = 0
        #expect(forward != other)
        other["k7"] = nil
        #expect(forward != other)
        other["x"] = 7
        #expect(forward != other)
    }

    @Test("comparing large objects takes linear time")
    func comparing() {
        let members = (0..<50_000).map { JSONObject.Member(key: "member\($0)", value: .int($0)) }
        let forward = JSONObject(members: members)
        let backward = JSONObject(members: members.reversed())
        let time = ContinuousClock().measure { #expect(forward == backward) }
        #expect(time < .seconds(20))
    }

    @Test("a prepared object is written the same in every style, and forgets its text when it is changed")
    func prepared() {
        let object: JSONObject = ["a": 1, "b": ["c": "\"d\""], "e": [1, 2]]
        var copy = object.prepared()
        #expect(copy == object)
        #expect(copy.hashValue == object.hashValue)
        for style in [JSONStyle.compact, .spaced, .pretty(indent: 2)] {
            #expect(copy.text(style) == object.text(style))
            #expect(JSONValue.array([.object(copy), 1]).text(style) == JSONValue.array([.object(object), 1]).text(style))
        }
        copy["a"] = 2
        #expect(copy.text() == #"{"a":2,"b":{"c":"\"d\""},"e":[1,2]}"#)
        copy = object.prepared()
        copy["b"] = nil
        #expect(copy.text() == #"{"a":1,"e":[1,2]}"#)
        copy = object.prepared()
        copy.set("f", true)
        #expect(copy.text() == #"{"a":1,"b":{"c":"\"d\""},"e":[1,2],"f":true}"#)
    }
}
