import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fetches the document of a JWK set.
protocol KeySetFetching: Sendable {
    /// The document and what `Cache-Control: max-age` says.
    func fetch() async throws -> (document: [UInt8], maxAge: Double?)
}

/// Fetches a JWK set by HTTP: at most 5 s and 1 MiB, no redirects.
struct KeySetFetcher: KeySetFetching {
    private static let timeout = TimeAmount.seconds(5)
    private static let largest = 1 << 20

    /// Why a response is no document.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let url: String
    let client: HTTPClient

    func fetch() async throws -> (document: [UInt8], maxAge: Double?) {
        // The client's time limit ends with the head of the response; this one covers the body too.
        try await withThrowingTaskGroup(of: (document: [UInt8], maxAge: Double?).self) { group in
            group.addTask { try await fetchOnce() }
            group.addTask {
                try await Task.sleep(nanoseconds: UInt64(Self.timeout.nanoseconds))
                throw Failure(description: "no answer in 5 s")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    private func fetchOnce() async throws -> (document: [UInt8], maxAge: Double?) {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: "application/json")
        let response = try await client.execute(request, timeout: Self.timeout)
        guard response.status == .ok else { throw Failure(description: "status \(response.status.code)") }
        let body = try await response.body.collect(upTo: Self.largest)
        return (Array(body.readableBytesView), Self.maxAge(response.headers["Cache-Control"]))
    }

    /// The number behind `max-age=`.
    static func maxAge(_ values: [String]) -> Double? {
        for directive in values.flatMap({ $0.lowercased().utf8.split(separator: UInt8(ascii: ",")) }) {
            let text = String(Substring(directive)).trimmingASCIIWhitespace()
            if text.utf8.starts(with: "max-age=".utf8), let seconds = Int(text.dropFirst(8)), seconds >= 0 { return Double(seconds) }
        }
        return nil
    }
}
