import HuaweiCloud
import Testing

@Suite struct HeaderListTests {
    @Test func namesAreComparedWithoutLetterCase() {
        let list: HeaderList = ["X-Request-Id": "1", "x-request-id": "2"]
        #expect(list["X-REQUEST-ID"] == "1")
        #expect(list.contains("x-Request-id"))
        #expect(list["X-Request"] == nil)
    }

    @Test func namesAreComparedByBytes() {
        // The Kelvin sign folds to k in Unicode, not in HTTP.
        let list: HeaderList = ["\u{212A}": "1"]
        #expect(list["k"] == nil)
    }

    @Test func settingReplacesAllFieldsOfTheName() {
        var list: HeaderList = ["A": "1", "B": "2", "a": "3"]
        list["a"] = "4"
        #expect(list.fields == [HeaderField(name: "A", value: "4"), HeaderField(name: "B", value: "2")])
        list["b"] = nil
        list["C"] = "5"
        #expect(list.fields.map(\.name) == ["A", "C"])
    }
}
