import JSONRPC
import Testing

@testable import CloudServer

@Suite struct ArgumentsTests {
    private static let schema = ObjectSchema([
        .string("filter", "F.", nullable: true), .string("kept", "K.", nullable: true, empty: .kept),
        .string("type", "T.", default: "SOFT"),
        .integer("limit", "L.", default: 20), .integer("sequence", "S.", nullable: true), .boolean("force", "F.", default: false),
        .boolean("banned", "B.", nullable: true), .array("ids", "I.", items: .string(), nullable: true),
    ])

    private func read(_ raw: JSONObject) -> Arguments { Arguments(raw, schema: Self.schema) }

    @Test func defaultsAreApplied() {
        let arguments = read([:])
        #expect(arguments.text("type") == "SOFT")
        #expect(arguments.int("limit") == 20)
        #expect(arguments.bool("force") == false)
        #expect(arguments.optionalInt("sequence") == nil)
        #expect(arguments.optionalBool("banned") == nil)
        #expect(arguments.optionalStrings("ids") == nil)
    }

    @Test func whatIsGivenWins() {
        let arguments = read(["type": "HARD", "limit": 5, "force": true, "sequence": 0, "banned": false, "ids": []])
        #expect(arguments.text("type") == "HARD")
        #expect(arguments.int("limit") == 5)
        #expect(arguments.bool("force"))
        #expect(arguments.optionalInt("sequence") == 0)
        #expect(arguments.optionalBool("banned") == false)
        #expect(arguments.optionalStrings("ids") == [])
    }

    @Test func nullIsNotGiven() {
        let arguments = read(["filter": .null, "ids": .null])
        #expect(arguments.string("filter") == nil)
        #expect(!arguments.isGiven("filter"))
        #expect(!arguments.isGiven("ids"))
    }

    @Test func anEmptyFilterIsNotGiven() {
        #expect(read(["filter": ""]).string("filter") == nil)
        #expect(!read(["filter": ""]).isGiven("filter"))
        #expect(read(["filter": " "]).string("filter") == " ")
    }

    @Test func anEmptyStringIsKeptWhereTheTableSaysSo() {
        #expect(read(["kept": ""]).string("kept") == "")
        #expect(read(["kept": ""]).isGiven("kept"))
    }

    @Test func aDefaultIsNotGiven() {
        #expect(!read([:]).isGiven("limit"))
        #expect(read(["limit": 20]).isGiven("limit"))
    }

    @Test func integralNumbersAreIntegersHoweverTheyAreWritten() throws {
        let parsed = try #require(JSONParser.parse(#"{"limit":1e2}"#).objectValue)
        #expect(read(parsed).int("limit") == 100)
    }
}
