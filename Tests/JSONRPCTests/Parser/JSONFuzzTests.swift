import Foundation
import JSONRPC
import Testing

@Suite struct JSONFuzzTests {
    @Test("what is written is read back the same, in every style", arguments: (0 as UInt64)..<40)
    func roundTrip(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed)
        for _ in 0..<20 {
            let value = generator.value()
            let bytes = value.bytes()
            #expect(try JSONParser.parse(bytes) == value)
            #expect(try JSONParser.parse(bytes).bytes() == bytes)
            for style in [JSONStyle.spaced, .pretty(indent: 2), .pretty(indent: 0)] {
                #expect(try JSONParser.parse(value.bytes(style)).bytes() == bytes)
            }
        }
    }

    @Test("damaged documents are parsed or refused, and what is parsed is a fixed point", arguments: (0 as UInt64)..<40)
    func mutations(seed: UInt64) {
        var generator = DocumentGenerator(seed: seed &+ 1_000)
        for _ in 0..<100 {
            let bytes = generator.mutated(generator.value().bytes())
            for duplicates in [DuplicateKeys.rejected, .lastWins] {
                guard let value = try? JSONParser.parse(bytes, duplicates: duplicates) else { continue }
                let written = value.bytes()
                let again = try? JSONParser.parse(written)
                #expect(again == value)
                #expect(again?.bytes() == written)
            }
        }
    }

    @Test("random bytes are parsed or refused", arguments: (0 as UInt64)..<10)
    func noise(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            if let value = try? JSONParser.parse(bytes) { #expect((try? JSONParser.parse(value.bytes())) == value) }
        }
    }

    @Test("agrees with Foundation on what is JSON and on its meaning", arguments: (0 as UInt64)..<20)
    func foundation(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed &+ 2_000)
        for _ in 0..<20 {
            let value = generator.value()
            let theirs = try JSONSerialization.jsonObject(with: Data(value.bytes()), options: .fragmentsAllowed)
            #expect(Self.same(value, theirs), "\(value.text())")
            let written = try JSONSerialization.data(withJSONObject: ["v": theirs])
            #expect(Self.same(try JSONParser.parse(written)["v"] ?? .null, theirs))
        }
    }

    /// Whether Foundation's value means the same.
    ///
    /// Its dictionaries take canonically equivalent names for one, so such objects are skipped.
    private static func same(_ ours: JSONValue, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let value): return (theirs as? NSNumber)?.boolValue == value
        case .number(let number):
            // Foundation may miss the last bit.
            guard let other = (theirs as? NSNumber)?.doubleValue else { return false }
            return abs(other - number.double) <= abs(number.double) * 1e-15
        case .string(let text): return (theirs as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
        case .array(let elements):
            guard let others = theirs as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy(same)
        case .object(let object):
            guard let others = theirs as? [String: Any] else { return false }
            if Set(object.keys).count != object.count { return true }
            return others.count == object.count
                && object.members.allSatisfy { member in others[member.key].map { same(member.value, $0) } ?? false }
        }
    }
}
