import JSONRPC
import MCP
import NIOCore
import Testing

@testable import MCPServer

/// mcp.md §2.3: which streams of a session can be resumed, and by which event ids.
@Suite(.timeLimit(.minutes(1))) struct SessionStreamsTests {
    @Test func idsAreUniqueAcrossTheStreamsOfASession() {
        let streams = SessionStreams(numbered: true)
        let names = [streams.own.name] + (0..<100).map { _ in streams.open(.v2025_11_25).name }
        #expect(!names.contains(nil))
        #expect(Set(names).count == 101)
    }

    @Test func streamsOfHTTPWithSSEHaveNoIDs() {
        let streams = SessionStreams(numbered: false)
        #expect(streams.own.name == nil)
        #expect(streams.open(.v2024_11_05).name == nil)
        #expect(streams.find("0-1") == nil)
    }

    @Test func eventIsFoundByItsStreamAndNumber() throws {
        let streams = SessionStreams(numbered: true)
        let stream = streams.open(.v2025_06_18)
        streams.keep(stream)
        let name = try #require(stream.name)
        #expect(streams.find("\(name)-0")?.0 === stream)
        #expect(streams.find("\(name)-17")?.1 == 17)
        #expect(streams.find("0-3")?.0 === streams.own)
    }

    @Test(arguments: ["", "-", "0", "0-", "x-1", "99-1", "0--1", "0-x", "0-99999999999999999999", "no-such-event"])
    func everyOtherIDIsUnknown(_ id: String) {
        let streams = SessionStreams(numbered: true)
        streams.keep(streams.open(.v2025_11_25))
        #expect(streams.find(id) == nil)
    }

    @Test func streamIsUnknownUntilItIsKept() throws {
        let streams = SessionStreams(numbered: true)
        let stream = streams.open(.v2025_11_25)
        #expect(streams.find("\(try #require(stream.name))-0") == nil)
    }

    @Test func finishedStreamsMakeRoomBeforeRunningOnes() throws {
        let streams = SessionStreams(numbered: true)
        let all = (0..<SessionStreams.limit).map { _ in streams.open(.v2025_11_25) }
        for stream in all { streams.keep(stream) }
        all[5].finish()
        streams.keep(streams.open(.v2025_11_25))
        #expect(streams.find("\(try #require(all[5].name))-0") == nil)
        #expect(streams.find("\(try #require(all[0].name))-0") != nil)
        streams.keep(streams.open(.v2025_11_25))
        #expect(streams.find("\(try #require(all[0].name))-0") == nil, "without a finished one the oldest goes")
    }

    @Test func endOfTheSessionEndsAllStreamsAlsoLaterOnes() {
        let streams = SessionStreams(numbered: true)
        let (before, after) = (streams.open(.v2025_11_25), streams.open(.v2025_11_25))
        streams.keep(before)
        streams.finish()
        streams.keep(after)
        #expect(streams.own.isFinished && before.isFinished && after.isFinished)
    }

    @Test(arguments: [(ProtocolRevision.v2025_03_26, 0), (.v2025_06_18, 0), (.v2025_11_25, 1)])
    func onlyTheRevisionThatKnowsPollingIsPrimed(_ revision: ProtocolRevision, _ count: Int) async {
        let stream = SessionStreams(numbered: true).open(revision)
        let (events, _) = stream.attach()
        stream.finish()
        #expect(await events.reduce(into: 0) { sum, _ in sum += 1 } == count)
    }
}
