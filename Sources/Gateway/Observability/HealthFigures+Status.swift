import FoundationEssentials
import JSONRPC
import ProcessSupport

/// The figures as members of `/status`.
extension HealthFigures {
    /// `audit`; null where there is none.
    var auditJSON: JSONValue {
        guard let audit else { return .null }
        return [
            "healthy": .bool(audit.isHealthy), "records": .int(audit.written), "waiting": .int(audit.waiting), "lost": .int(audit.lost),
            "write_failures": .int(audit.failedWrites), "last_error": .optional(audit.lastError),
        ]
    }

    /// `revocations`; null where there are none.
    var revocationsJSON: JSONValue {
        guard let revocations else { return .null }
        return .object(["jti": .int(revocations.tokens), "sub": .int(revocations.subjects)] + Self.json(revocations.load))
    }

    /// `jwks`; null where none is fetched.
    var keySetJSON: JSONValue {
        guard let keySet else { return .null }
        return .object(["keys": .int(keySet.keys)] + Self.json(keySet.load))
    }

    private static func json(_ load: LoadHealth) -> JSONObject {
        [
            "healthy": .bool(load.isHealthy), "loaded": time(load.lastSuccess), "failed": time(load.lastFailure),
            "failures": .int(load.failures), "last_error": .optional(load.error),
        ]
    }

    private static func time(_ moment: Double?) -> JSONValue {
        guard let moment else { return .null }
        return .string(Date(timeIntervalSince1970: moment.rounded(.down)).formatted(.iso8601))
    }
}

extension HealthFigures.Service {
    /// The members that a service has beside those of its entry and its history.
    var json: JSONObject {
        [
            "circuit": .string(gate.circuit.rawValue), "circuit_openings": .int(gate.openings),
            "circuit_rejections": .int(gate.circuitRejections), "upstream_connections": .int(gate.connections),
            "upstream_connections_limit": gate.connectionLimit.map(JSONValue.int) ?? .null,
            "limit_rejections": .int(gate.limitRejections), "last_failure": .optional(gate.lastFailure),
        ]
    }
}

extension JSONObject {
    /// The members of both, in their order.
    fileprivate static func + (first: JSONObject, second: JSONObject) -> JSONObject {
        var sum = first
        for member in second { sum[member.key] = member.value }
        return sum
    }
}
