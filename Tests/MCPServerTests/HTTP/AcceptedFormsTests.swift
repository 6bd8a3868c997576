import Testing

@testable import MCPServer

@Suite struct AcceptedFormsTests {
    @Test(
        arguments: [
            (nil, AcceptedForms([.json, .eventStream])),
            ("application/json, text/event-stream", [.json, .eventStream]),
            ("*/*", [.json, .eventStream]),
            ("APPLICATION/JSON", [.json]),
            ("text/event-stream;q=0.5", [.eventStream]),
            ("application/json;q=0, text/event-stream", [.eventStream]),
            ("application/json;q=0.0", []),
            ("text/html", []),
            ("", []),
            ("application/*, text/*", [.json, .eventStream]),
        ] as [(String?, AcceptedForms)]
    )
    func readsTheHeader(_ header: String?, _ expected: AcceptedForms) {
        #expect(AcceptedForms(header: header) == expected)
    }
}
