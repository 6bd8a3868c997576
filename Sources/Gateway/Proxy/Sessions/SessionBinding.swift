/// What a session belongs to: nobody else can use its id, and nowhere else (gateway.md §9.3).
struct SessionBinding: Sendable, Hashable {
    /// The caller's subject.
    let subject: String
    /// The caller's tenant.
    let tenant: String
    /// The mount's service.
    let service: String
    /// The mount's path.
    let mountPath: String

    /// The members, each preceded by its length so that no two bindings give the same bytes.
    var bytes: [UInt8] {
        var result: [UInt8] = []
        for member in [subject, tenant, service, mountPath] {
            for shift in [24, 16, 8, 0] { result.append(UInt8(truncatingIfNeeded: member.utf8.count >> shift)) }
            result.append(contentsOf: member.utf8)
        }
        return result
    }
}
