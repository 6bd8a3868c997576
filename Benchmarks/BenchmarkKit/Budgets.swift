package import JSONRPC

/// How many allocations each operation may cost: the content of `Benchmarks/budgets.json`, suite by suite and build by build.
package struct Budgets: Sendable {
    /// What is wrong with the text of a budget file.
    package struct Malformed: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// The content: suite → build → benchmark → allocations per operation.
    package private(set) var json: JSONObject

    /// No budgets.
    package init() { json = [:] }

    /// Budgets from the bytes of a file.
    ///
    /// - Throws: What is wrong with it and where.
    package init(_ bytes: [UInt8]) throws(Malformed) {
        let value: JSONValue
        do throws(JSONParseError) { value = try JSONParser.parse(bytes) } catch { throw Malformed(description: "no JSON: \(error)") }
        guard let object = value.objectValue else { throw Malformed(description: "not an object") }
        for suite in object {
            guard let builds = suite.value.objectValue else { throw Malformed(description: "\(suite.key): not an object") }
            for build in builds {
                guard BuildKind(rawValue: build.key) != nil, let figures = build.value.objectValue else {
                    throw Malformed(description: "\(suite.key).\(build.key): not debug or release with an object")
                }
                for figure in figures where (figure.value.doubleValue ?? -1) < 0 {
                    throw Malformed(description: "\(suite.key).\(build.key).\(figure.key): not a number from 0")
                }
            }
        }
        json = object
    }

    /// The file's bytes.
    package var bytes: [UInt8] { json.bytes(.pretty(indent: 2)) + [UInt8(ascii: "\n")] }

    /// What is allowed for a budget: 5 % more, and at least half an allocation, which is room for growing buffers and nothing else.
    package static func allowed(_ budget: Double) -> Double { budget + max(0.5, budget * 0.05) }

    /// What is wrong with all the measurements of a suite, in sentences; empty when every figure is within its budget, every benchmark
    /// has a budget and every budget a benchmark.
    package func problems(with measurements: [Measurement], suite: String, build: BuildKind) -> [String] {
        let budgets = figures(suite, build)
        var problems: [String] = []
        for measurement in measurements {
            guard let budget = budgets[measurement.name]?.doubleValue else {
                problems.append(
                    "\(measurement.name): no budget in \(suite).\(build.rawValue); it costs \(Self.text(measurement.allocations))"
                )
                continue
            }
            if measurement.allocations > Self.allowed(budget) {
                problems.append(
                    """
                    \(measurement.name): \(Self.text(measurement.allocations)) allocations per operation are more than its budget of \
                    \(Self.text(budget)) (\(Self.text(Self.allowed(budget))) with tolerance)
                    """
                )
            }
        }
        let known = Set(measurements.map(\.name))
        for name in budgets.keys where !known.contains(name) {
            problems.append("\(name): a budget in \(suite).\(build.rawValue) without a benchmark")
        }
        return problems
    }

    /// Which measurements are so far below their budgets that these should be lowered, in sentences.
    package func savings(in measurements: [Measurement], suite: String, build: BuildKind) -> [String] {
        let budgets = figures(suite, build)
        return measurements.compactMap { measurement in
            guard let budget = budgets[measurement.name]?.doubleValue, Self.allowed(measurement.allocations) < budget else { return nil }
            return
                "\(measurement.name): \(Self.text(measurement.allocations)) allocations per operation; lower its budget of \(Self.text(budget))"
        }
    }

    /// Makes these measurements the budgets of a suite.
    package mutating func replace(with measurements: [Measurement], suite: String, build: BuildKind) {
        var builds = json[suite]?.objectValue ?? [:]
        var figures: JSONObject = [:]
        for measurement in measurements { figures[measurement.name] = .number(Self.number(measurement.allocations)) }
        builds[build.rawValue] = .object(figures)
        json[suite] = .object(builds)
    }

    private func figures(_ suite: String, _ build: BuildKind) -> JSONObject {
        json[suite]?.objectValue?[build.rawValue]?.objectValue ?? [:]
    }

    /// A figure with at most two decimals.
    static func number(_ value: Double) -> JSONNumber {
        let rounded = (value * 100).rounded() / 100
        if let whole = Int(exactly: rounded) { return JSONNumber(whole) }
        return JSONNumber(rounded) ?? JSONNumber(0)
    }

    /// A figure in words.
    static func text(_ value: Double) -> String { number(value).text }
}
