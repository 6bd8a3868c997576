/// A cache that never holds more than its capacity and costs a constant number of steps per use: two generations, of which the older is
/// dropped when the younger is full.
///
/// What is used survives.
struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let half: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// An empty cache for at least two entries.
    init(capacity: Int) { half = max(capacity / 2, 1) }

    /// How many entries there are.
    var count: Int { young.count + old.count }

    /// The value of a key.
    mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        insert(value, for: key)
        return value
    }

    /// Sets the value of a key.
    mutating func insert(_ value: Value, for key: Key) {
        old.removeValue(forKey: key)
        if young.count >= half, young[key] == nil {
            old = young
            young = [:]
        }
        young[key] = value
    }

    /// Forgets the value of a key.
    mutating func remove(_ key: Key) {
        young.removeValue(forKey: key)
        old.removeValue(forKey: key)
    }

    /// Forgets everything.
    mutating func removeAll() {
        young.removeAll()
        old.removeAll()
    }
}
