import JSONRPC
import NIOCore
import Testing

@testable import MCPServer

/// mcp.md §2.4, SSE response streams: decided as late as possible between a document and a stream.
@Suite(.timeLimit(.minutes(1))) struct PostExchangeTests {
    private let note = JSONRPCMessage.notification(JSONRPCNotification(method: "note"))

    private func exchange(allowsStream: Bool = true) -> PostExchange {
        PostExchange(stream: EventStream(name: nil), allowsStream: allowsStream)
    }

    private func document(_ exchange: PostExchange) async throws -> JSONValue? {
        guard case .document(let value) = await exchange.decision() else {
            Issue.record("a stream")
            return nil
        }
        return value
    }

    private func data(_ exchange: PostExchange) async -> [String] {
        let (events, _) = exchange.stream.attach()
        return await events.reduce(into: []) { texts, event in
            for line in String(buffer: event).split(separator: "\n") where line.hasPrefix("data: ") {
                texts.append(String(line.dropFirst(6)))
            }
        }
    }

    @Test func answerWithNothingBeforeItIsADocument() async throws {
        let exchange = exchange()
        exchange.run { ["id": 1] }
        #expect(try await document(exchange) == ["id": 1])
    }

    @Test func cancelledRequestIsAnEmptyDocument() async throws {
        let exchange = exchange()
        exchange.run { nil }
        #expect(try await document(exchange) == nil)
    }

    @Test func messageBeforeTheAnswerMakesItAStreamThatEndsWithTheAnswer() async throws {
        let exchange = exchange()
        exchange.run {
            await exchange.send(note)
            return ["id": 1]
        }
        guard case .stream = await exchange.decision() else {
            Issue.record("a document")
            return
        }
        #expect(await data(exchange) == [#"{"jsonrpc":"2.0","method":"note"}"#, #"{"id":1}"#])
    }

    @Test func clientThatTakesNoStreamGetsTheAnswerAlone() async throws {
        let exchange = exchange(allowsStream: false)
        #expect(!exchange.isOpen)
        exchange.run {
            await exchange.send(note)
            await exchange.hangUp()
            return ["id": 1]
        }
        #expect(try await document(exchange) == ["id": 1])
    }

    @Test func timerMakesItAStreamWithoutAMessage() async {
        let exchange = exchange()
        let gate = Gate()
        exchange.run {
            try? await gate.wait()
            return ["id": 1]
        }
        #expect(exchange.commit())
        guard case .stream = await exchange.decision() else {
            Issue.record("a document")
            return
        }
        gate.open()
        #expect(await data(exchange) == [#"{"id":1}"#])
    }

    @Test func hangingUpMakesItAStream() async {
        let exchange = exchange()
        exchange.run {
            await exchange.hangUp()
            return ["id": 1]
        }
        guard case .stream = await exchange.decision() else {
            Issue.record("a document")
            return
        }
    }

    @Test func cancellingReachesTheWork() async throws {
        let exchange = exchange()
        let gate = Gate()
        exchange.run {
            do { try await gate.wait() } catch { return nil }
            return ["id": 1]
        }
        exchange.cancel()
        #expect(try await document(exchange) == nil)
    }

    @Test func batchIsADocumentWhenEveryAnswerHasAnID() async throws {
        let exchange = exchange()
        exchange.run { [["id": 1], ["id": 2]] }
        #expect(try await document(exchange) == [["id": 1], ["id": 2]])
    }

    @Test func answersOfABatchAreMessagesOfTheirOwnOnAStream() async {
        let exchange = exchange()
        exchange.run { [["id": 1], ["error": [:]]] }
        guard case .stream = await exchange.decision() else {
            Issue.record("a document")
            return
        }
        #expect(await data(exchange) == [#"{"id":1}"#, #"{"error":{}}"#])
    }
}
