/// The graph of the subschemas that apply to the same value as the one that names them.
enum SchemaChains {
    /// Checks that no subschema leads back to itself without going into the value, and that no chain is too long for the stack.
    ///
    /// - Throws: ``JSONSchemaError`` with a place in the cycle or at the end of the chain.
    static func check(_ nodes: [SchemaNode], _ places: [SchemaPlace]) throws(JSONSchemaError) {
        var incoming = [Int](repeating: 0, count: nodes.count)
        for node in nodes { for next in node.sameValue { incoming[next] += 1 } }
        var length = [Int](repeating: 1, count: nodes.count)
        var ready = nodes.indices.filter { incoming[$0] == 0 }
        var done = 0
        while let index = ready.popLast() {
            done += 1
            if length[index] > SchemaLimits.chain {
                throw JSONSchemaError(at: places[index].text, "is reached through more than \(SchemaLimits.chain) schemas for one value")
            }
            for next in nodes[index].sameValue {
                length[next] = max(length[next], length[index] + 1)
                incoming[next] -= 1
                if incoming[next] == 0 { ready.append(next) }
            }
        }
        guard done < nodes.count, let stuck = incoming.firstIndex(where: { $0 > 0 }) else { return }
        throw JSONSchemaError(at: places[stuck].text, "refers to itself without end")
    }
}
