/// Writes the text format of Prometheus.
struct MetricsPage {
    /// What was written so far.
    private(set) var text = ""
    private var name = ""

    /// An empty page.
    init() {}

    /// Begins a family of samples.
    mutating func family(_ name: String, _ type: String, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// Writes a sample of the family.
    mutating func sample(_ labels: [(String, String)], _ value: Int) { line(name, labels, String(value)) }

    /// Writes a family with one label.
    mutating func counters(_ name: String, _ help: String, _ label: String, _ values: [String: Int], type: String = "counter") {
        family(name, type, help)
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { sample([(label, key)], value) }
    }

    /// Writes a family of histograms, one for each service.
    mutating func histograms(_ name: String, _ help: String, _ values: [String: DurationHistogram]) {
        family(name, "histogram", help)
        for (service, histogram) in values.sorted(by: { $0.key < $1.key }) {
            for (bound, count) in zip(DurationHistogram.bounds, histogram.counts) {
                line("\(name)_bucket", [("service", service), ("le", "\(bound)")], String(count))
            }
            line("\(name)_bucket", [("service", service), ("le", "+Inf")], String(histogram.count))
            line("\(name)_sum", [("service", service)], "\(histogram.sum)")
            line("\(name)_count", [("service", service)], String(histogram.count))
        }
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
        let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        text += pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
