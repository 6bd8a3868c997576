import NIOCore
import ProcessSupport

/// The processors of the machine.
enum Processors {
    /// How many of them this process may use: `taskset`, cpusets and container quotas count.
    static var available: Int {
        let allowed = (try? readFile("/proc/self/status")).flatMap { count(inStatus: $0) } ?? .max
        return max(min(System.coreCount, allowed), 1)
    }

    /// The number of processors in the line `Cpus_allowed:` of `/proc/self/status`, a mask in hexadecimal words; nil when there is none.
    static func count(inStatus status: [UInt8]) -> Int? {
        for line in status.split(separator: HTTPByte.lineFeed) where line.starts(with: "Cpus_allowed:".utf8) {
            let count = line.dropFirst(13).reduce(0) { $0 + (HTTPByte.hexadecimalValue($1)?.nonzeroBitCount ?? 0) }
            return count > 0 ? count : nil
        }
        return nil
    }
}
