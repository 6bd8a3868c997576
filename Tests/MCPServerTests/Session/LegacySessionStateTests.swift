import JSONRPC
import MCP
import Testing

@testable import MCPServer

@Suite struct LegacySessionStateTests {
    private let handshake = LegacySessionState.Handshake(
        revision: .v2025_11_25,
        clientInfo: Implementation(name: "c", version: "1"),
        capabilities: ClientCapabilities()
    )

    @Test func handshakeHappensOnce() {
        var state = LegacySessionState()
        #expect(state.initialize(handshake) == true)
        #expect(state.initialize(handshake) == false)
    }

    @Test func idIsFreeAgainAfterItsRequestEnded() {
        var state = LegacySessionState()
        #expect(state.begin(.string("1")) {} == .started)
        #expect(state.begin(.string("1")) {} == .duplicate)
        #expect(state.begin(.number(JSONNumber(1))) {} == .started, "1 and \"1\" differ")
        #expect(state.end(.string("1")) == false)
        #expect(state.begin(.string("1")) {} == .started)
    }

    @Test func cancellationIsRememberedUntilTheRequestEnds() {
        var state = LegacySessionState()
        _ = state.begin(.string("1")) {}
        #expect(state.cancel(.string("1")) != nil)
        #expect(state.end(.string("1")) == true)
        _ = state.begin(.string("1")) {}
        #expect(state.end(.string("1")) == false, "the next request with this id is another one")
    }

    @Test func lateAndUnknownCancellationsAreIgnored() {
        var state = LegacySessionState()
        #expect(state.cancel(.string("1")) == nil)
        _ = state.begin(.string("1")) {}
        _ = state.end(.string("1"))
        #expect(state.cancel(.string("1")) == nil)
    }

    @Test func closingCancelsEverythingAndStartsNothing() {
        var state = LegacySessionState()
        _ = state.begin(.string("1")) {}
        _ = state.begin(.string("2")) {}
        #expect(state.close().count == 2)
        #expect(state.begin(.string("3")) {} == .closed)
        #expect(state.end(.string("1")) == true)
        #expect(state.initialize(handshake) == false)
    }
}
