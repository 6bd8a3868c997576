package import JSONRPC

/// What one operation costs.
package struct Measurement: Sendable, Hashable {
    /// The benchmark's name.
    package let name: String
    /// Allocations per operation.
    package let allocations: Double
    /// Time per operation in nanoseconds; nil when it was not taken.
    package let nanoseconds: Double?

    /// A measurement.
    package init(name: String, allocations: Double, nanoseconds: Double? = nil) {
        self.name = name
        self.allocations = allocations
        self.nanoseconds = nanoseconds
    }

    /// ``allocations`` in words.
    package var allocationText: String { Budgets.text(allocations) }

    /// ``nanoseconds`` in words: whole ones.
    package var timeText: String { nanoseconds.map { String(Int($0.rounded())) } ?? "-" }

    /// `{"name","allocations","ns"?}`.
    package var json: JSONObject {
        var json: JSONObject = ["name": .string(name), "allocations": .number(Budgets.number(allocations))]
        if let nanoseconds { json["ns"] = .number(Budgets.number(nanoseconds)) }
        return json
    }
}
