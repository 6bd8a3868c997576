import JSONRPC
import NIOCore
import Testing

@testable import MCPServer

/// mcp.md §2.3: numbered events, resumption, bounds.
@Suite(.timeLimit(.minutes(1))) struct EventStreamTests {
    private func texts(_ events: AsyncStream<ByteBuffer>) async -> [String] {
        await events.reduce(into: []) { $0.append(String(buffer: $1)) }
    }

    /// What is queued for a reader once the stream has ended.
    private func rest(of stream: EventStream, _ events: AsyncStream<ByteBuffer>) async -> [String] {
        stream.finish()
        return await texts(events)
    }

    private func event(_ number: Int, of name: String = "7") -> String { "id: \(name)-\(number)\nevent: message\ndata: \(number)\n\n" }

    private func send(_ numbers: ClosedRange<Int>, to stream: EventStream) {
        for number in numbers { stream.send(Array(String(number).utf8)) }
    }

    @Test func eventsAreNumberedBehindTheStreamsName() async {
        let stream = EventStream(name: "7")
        let (events, _) = stream.attach()
        send(1...2, to: stream)
        #expect(await rest(of: stream, events) == [event(1), event(2)])
    }

    @Test func eventsOfAStreamWithoutNameHaveNoID() async {
        let stream = EventStream(name: nil)
        let (events, _) = stream.attach()
        send(1...1, to: stream)
        #expect(await rest(of: stream, events) == ["event: message\ndata: 1\n\n"])
    }

    @Test func whatCameBeforeTheFirstReaderIsNotLost() async {
        for name in ["7", nil] {
            let stream = EventStream(name: name)
            send(1...2, to: stream)
            let (events, _) = stream.attach()
            #expect(await rest(of: stream, events).count == 2)
        }
    }

    @Test func rawEventBeforeTheFirstReaderIsNotLost() async {
        let stream = EventStream(name: nil)
        stream.send(raw: ServerSentEvent.endpoint("/messages"))
        let (events, _) = stream.attach()
        #expect(await rest(of: stream, events) == ["event: endpoint\ndata: /messages\n\n"])
    }

    @Test func primingEventComesFirstHasAnIDAndNoData() async {
        let stream = EventStream(name: "7", primes: true)
        send(1...1, to: stream)
        let (events, _) = stream.attach()
        #expect(await rest(of: stream, events) == ["id: 7-0\nretry: 1000\ndata: \n\n", event(1)])
    }

    @Test func resumedReaderGetsWhatFollowsAndIsNotPrimed() async {
        let stream = EventStream(name: "7", primes: true)
        let (_, reader) = stream.attach()
        send(1...2, to: stream)
        stream.detach(reader)
        send(3...3, to: stream)
        let (events, _) = stream.attach(after: 1)
        send(4...4, to: stream)
        #expect(await rest(of: stream, events) == [event(2), event(3), event(4)])
    }

    @Test func finishedStreamCanStillBeResumed() async {
        let stream = EventStream(name: "7")
        send(1...2, to: stream)
        stream.finish()
        send(3...3, to: stream)
        #expect(await texts(stream.attach(after: 1).events) == [event(2)], "nothing follows the end")
        #expect(!stream.hasReader)
    }

    @Test func newReaderThatDoesNotResumeGetsNothingTwice() async {
        let stream = EventStream(name: "0", primes: true)
        let (former, reader) = stream.attach()
        send(1...1, to: stream)
        stream.detach(reader)
        #expect(await texts(former).last == event(1, of: "0"))
        send(2...2, to: stream)
        let (events, _) = stream.attach()
        #expect(await rest(of: stream, events) == ["id: 0-1\nretry: 1000\ndata: \n\n", event(2, of: "0")])
    }

    @Test func messageGoesToOneReaderOnly() async {
        let stream = EventStream(name: "7")
        let (first, _) = stream.attach()
        let (second, _) = stream.attach()
        send(1...1, to: stream)
        #expect(await texts(first).isEmpty, "the later reader takes the stream over")
        #expect(await rest(of: stream, second) == [event(1)])
    }

    @Test func lastEventsAreKeptWithinTheLimit() async {
        let stream = EventStream(name: "7", limit: 3)
        send(1...10, to: stream)
        let (events, _) = stream.attach(after: 0)
        #expect(await rest(of: stream, events) == [event(8), event(9), event(10)])
    }

    @Test func lastEventsAreKeptWithinTheirBytes() async {
        let stream = EventStream(name: "7")
        for _ in 0..<5 { stream.send([UInt8](repeating: UInt8(ascii: "1"), count: EventStream.keptBytes / 2)) }
        let (events, _) = stream.attach(after: 0)
        #expect(await rest(of: stream, events).count == 1)
    }

    @Test func singleEventIsKeptHoweverLarge() async {
        let stream = EventStream(name: "7")
        stream.send([UInt8](repeating: UInt8(ascii: "1"), count: EventStream.keptBytes + 1))
        #expect(await rest(of: stream, stream.attach().events).count == 1)
    }

    @Test func readerThatFallsBehindInEventsLosesItsConnectionAndCanResume() async {
        let stream = EventStream(name: "7", limit: 32)
        let (events, _) = stream.attach()
        send(1...65, to: stream)
        #expect(!stream.hasReader)
        let read = await texts(events)
        #expect(read.count == 64, "what was queued arrives before the end")
        let (resumed, _) = stream.attach(after: 64)
        #expect(await rest(of: stream, resumed) == [event(65)])
    }

    @Test func readerThatFallsBehindInBytesLosesItsConnection() {
        let stream = EventStream(name: "7")
        let megabyte = [UInt8](repeating: UInt8(ascii: "1"), count: 1 << 20)
        let (events, _) = stream.attach()
        withExtendedLifetime(events) {
            for _ in 0..<8 { stream.send(megabyte) }
            #expect(stream.hasReader)
            stream.send(megabyte)
            #expect(!stream.hasReader)
        }
    }

    @Test func readerThatKeepsUpKeepsItsConnection() async {
        let stream = EventStream(name: nil, limit: 8)
        let (events, reader) = stream.attach()
        var iterator = events.makeAsyncIterator()
        let megabyte = [UInt8](repeating: UInt8(ascii: "1"), count: 1 << 20)
        for _ in 0..<20 {
            stream.send(megabyte)
            if let event = await iterator.next() { stream.sent(event, by: reader) }
        }
        #expect(stream.hasReader)
    }

    @Test func hangingUpEndsTheConnectionButNotTheStream() async {
        let stream = EventStream(name: "7")
        let (events, _) = stream.attach()
        send(1...1, to: stream)
        await stream.hangUp()
        #expect(await texts(events) == [event(1)])
        #expect(!stream.isFinished)
        send(2...2, to: stream)
        let (resumed, _) = stream.attach(after: 1)
        #expect(await rest(of: stream, resumed) == [event(2)])
    }

    @Test func hangingUpBeforeTheFirstReaderLeavesItThePrimingEvent() async {
        let stream = EventStream(name: "7", primes: true)
        await stream.hangUp()
        #expect(await texts(stream.attach().events) == ["id: 7-0\nretry: 1000\ndata: \n\n"])
        let (resumed, _) = stream.attach(after: 0)
        send(1...1, to: stream)
        #expect(await rest(of: stream, resumed) == [event(1)], "only the first reader is hung up on")
    }

    @Test func streamThatCannotBeResumedIsNotHungUp() async {
        let stream = EventStream(name: nil)
        let (events, _) = stream.attach()
        await stream.hangUp()
        send(1...1, to: stream)
        #expect(await rest(of: stream, events).count == 1)
    }

    @Test func formerReaderCannotDetachItsSuccessor() {
        let stream = EventStream(name: "7")
        let (_, first) = stream.attach()
        _ = stream.attach()
        stream.detach(first)
        #expect(stream.hasReader)
    }

    @Test func silenceIsFilledWithAComment() async {
        let stream = EventStream(name: "7")
        let (events, _) = stream.attach()
        stream.keepAlive(after: .seconds(3600))
        stream.keepAlive(after: .zero)
        #expect(await rest(of: stream, events) == [": keepalive\n\n"])
    }
}
