import AuthCommon
import JSONRPC
import Testing

@testable import CloudServer

@Suite struct ListCursorTests {
    private static let schema = ObjectSchema([
        .string("name", "N.", nullable: true), .string("kind", "K.", default: "a", enum: ["a", "b"]),
        .integer("limit", "L.", default: 20, minimum: 1, maximum: 100), .integer("offset", "O.", default: 1, minimum: 1),
        FieldSelection.parameter(["id", "name"]), ListCursor.parameter,
    ])
    private let cursor = ListCursor(tool: "fake_list", moving: ["offset"])

    private func page(_ raw: JSONObject) throws -> ListCursor.Page { try cursor.page(Arguments(raw, schema: Self.schema)) }

    /// The cursor behind a first page.
    private func next(_ raw: JSONObject, _ changes: JSONObject = ["offset": 2], position: JSONObject = [:]) throws -> JSONValue {
        cursor.next(try page(raw), changes, position: position)
    }

    private func problem(_ raw: JSONObject) -> ToolError? {
        do {
            _ = try page(raw)
            return nil
        } catch { return error as? ToolError }
    }

    @Test func withoutACursorThePageIsTheOneOfTheArguments() throws {
        let page = try page(["name": "x", "offset": 3])
        #expect(page.arguments.string("name") == "x")
        #expect(page.arguments.int("offset") == 3)
        #expect(page.position.isEmpty)
        #expect(try self.page(["cursor": .null]).arguments.int("offset") == 1)
        #expect(try self.page(["cursor": ""]).arguments.int("offset") == 1)
    }

    @Test func theCursorAloneContinuesTheSameList() throws {
        let page = try page(["cursor": next(["name": "x", "limit": 5], position: ["after": "id-1"])])
        #expect(page.arguments.string("name") == "x")
        #expect(page.arguments.int("limit") == 5)
        #expect(page.arguments.int("offset") == 2)
        #expect(page.position == ["after": "id-1"])
    }

    @Test func cursorsCanBeChained() throws {
        let second = try page(["cursor": next(["name": "x"])])
        let third = try page(["cursor": cursor.next(second, ["offset": 3])])
        #expect(third.arguments.int("offset") == 3)
        #expect(third.arguments.string("name") == "x")
    }

    @Test func argumentsThatAgreeMayBeRepeated() throws {
        let cursor = try next(["name": "x", "limit": 20])
        #expect(try page(["cursor": cursor, "name": "x", "kind": "a", "offset": 1]).arguments.int("offset") == 2)
        #expect(try page(["cursor": cursor, "name": "x", "limit": 20]).arguments.int("offset") == 2)
    }

    @Test func argumentsThatContradictAreRefused() throws {
        let error = problem(["cursor": try next(["name": "x"]), "name": "y", "kind": "b", "offset": 7])
        #expect(error?.code == "INVALID_PARAMS")
        #expect(error?.details.map(\.path) == ["name", "kind"])
    }

    @Test func fieldsAreKeptAndMayChange() throws {
        let cursor = try next(["fields": ["id"]])
        #expect(try page(["cursor": cursor]).arguments.optionalStrings("fields") == ["id"])
        #expect(try page(["cursor": cursor, "fields": ["name"]]).arguments.optionalStrings("fields") == ["name"])
        #expect(try page(["cursor": cursor, "fields": .null]).arguments.optionalStrings("fields") == nil)
    }

    private static func text(_ json: String) -> String { Base64URL.encode(Array(json.utf8)) }

    @Test(arguments: [
        "x", "2", "====", text("[]"), text("{}"), text("nonsense"), text(#"{"tool":"fake_list"}"#),
        text(#"{"tool":"fake_list","arguments":{}}"#), text(#"{"tool":"fake_list","arguments":{},"position":1}"#),
        text(#"{"tool":"other_list","arguments":{},"position":{}}"#), text(#"{"tool":"fake_list","arguments":[],"position":{}}"#),
        text(#"{"tool":"fake_list","arguments":{"offset":0},"position":{}}"#),
        text(#"{"tool":"fake_list","arguments":{"limit":1000000},"position":{}}"#),
        text(#"{"tool":"fake_list","arguments":{"unknown":1},"position":{}}"#),
        text(#"{"tool":"fake_list","arguments":{"cursor":"a"},"position":{}}"#),
        text(#"{"tool":"fake_list","arguments":{"limit":1,"limit":2},"position":{}}"#),
        text(String(repeating: "[", count: 10_000)),
    ])
    func aCursorThatTheToolDidNotGiveOutIsRefused(_ cursor: String) {
        let error = problem(["cursor": .string(cursor)])
        #expect(error?.code == "INVALID_PARAMS")
        #expect(error?.details.map(\.path) == ["cursor"])
        #expect(error?.details.first?.message == "must be a next_cursor of fake_list, unchanged")
    }

    @Test func aCursorThatWouldBeTooLongIsNone() throws {
        #expect(try next(["name": .string(String(repeating: "x", count: 8_000))]) != .null)
        let page = try cursor.page(Arguments(["name": .string(String(repeating: "x", count: 40_000))], schema: Self.schema))
        #expect(cursor.next(page, ["offset": 2]) == .null)
    }
}

@Suite struct FieldSelectionTests {
    private static let schema = ObjectSchema([FieldSelection.parameter(["id", "name", "tags"])])
    private let row: JSONObject = ["id": "1", "name": "n", "tags": []]

    private func selection(_ raw: JSONObject) -> FieldSelection { FieldSelection(Arguments(raw, schema: Self.schema)) }

    @Test func withoutItRowsAreWhole() {
        #expect(selection([:]).row(row).text() == row.text())
        #expect(selection(["fields": .null]).row(row).text() == row.text())
    }

    @Test func onlyTheSelectedMembersStayInTheRowsOrder() {
        #expect(selection(["fields": ["tags", "id"]]).row(row).text() == #"{"id":"1","tags":[]}"#)
        #expect(selection(["fields": ["name"]]).row(["id": "1"]).text() == "{}")
    }

    @Test(arguments: [["fields": []], ["fields": ["nonsense"]], ["fields": "id"], ["fields": ["id", "id", "id", "id"]]] as [JSONObject])
    func onlyKnownMembersCanBeSelected(_ raw: JSONObject) {
        #expect(!Arguments([:], schema: Self.schema).accepts(raw))
    }
}
