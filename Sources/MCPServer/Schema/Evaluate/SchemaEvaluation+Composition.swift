import JSONRPC

extension SchemaEvaluation {
    /// Applies the keywords that apply other schemas to the same value.
    mutating func apply(_ rules: Composition, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var isValid = true
        if let reference = rules.reference { isValid = evaluate(reference, value, &marks) }
        if let reference = rules.dynamicReference, isValid || !isSilent {
            isValid = evaluate(target(of: reference), value, &marks) && isValid
        }
        for node in rules.allOf {
            if !isValid && isSilent { return false }
            isValid = evaluate(node, value, &marks) && isValid
        }
        if !rules.anyOf.isEmpty, isValid || !isSilent { isValid = applyAnyOf(rules.anyOf, value, &marks) && isValid }
        if !rules.oneOf.isEmpty, isValid || !isSilent { isValid = applyOneOf(rules.oneOf, value, &marks) && isValid }
        if let not = rules.not, isValid || !isSilent {
            var inner = EvaluatedMarks()
            if self.isValid(not, value, &inner) {
                report("has a form that is not allowed")
                isValid = false
            }
        }
        if let condition = rules.condition, isValid || !isSilent { isValid = apply(condition, value, &marks) && isValid }
        return isValid
    }

    private mutating func apply(_ condition: Composition.Condition, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var inner = EvaluatedMarks()
        guard isValid(condition.test, value, &inner) else {
            return condition.otherwise.map { evaluate($0, value, &marks) } ?? true
        }
        marks.merge(inner)
        return condition.then.map { evaluate($0, value, &marks) } ?? true
    }

    private mutating func applyAnyOf(_ branches: [Int], _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var isAny = false
        for branch in branches {
            var inner = EvaluatedMarks()
            guard isValid(branch, value, &inner) else { continue }
            isAny = true
            // Only for what they evaluate, the other branches matter, too.
            if !program.tracksEvaluated { return true }
            marks.merge(inner)
        }
        if !isAny { explain(branches, value) }
        return isAny
    }

    private mutating func applyOneOf(_ branches: [Int], _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var count = 0
        for branch in branches {
            var inner = EvaluatedMarks()
            guard isValid(branch, value, &inner) else { continue }
            count += 1
            marks.merge(inner)
            if count > 1 {
                report("must have exactly one of the allowed forms, not several")
                return false
            }
        }
        if count == 0 { explain(branches, value) }
        return count == 1
    }

    /// Says why a value has none of the allowed forms: if only one of them can have been meant, what that one misses.
    private mutating func explain(_ branches: [Int], _ value: JSONValue) {
        if isSilent { return }
        let meant = branches.filter { couldMean($0, value, 0) }
        let before = total
        if meant.count == 1 {
            var inner = EvaluatedMarks()
            _ = evaluate(meant[0], value, &inner)
        } else if meant.isEmpty {
            let types = branches.map { program.nodes[$0].types }
            if types.allSatisfy({ $0.map { !$0.accepts(value) } ?? false }) {
                var phrases: [String] = []
                for phrase in types.flatMap({ $0?.phrases ?? [] }) where !phrases.contains(phrase) { phrases.append(phrase) }
                report(TypeSet.requirement(phrases))
            }
        }
        if total == before { report("must have one of the allowed forms") }
    }

    /// Whether a schema accepts the type of a value, and of its members those that tell the forms apart.
    private func couldMean(_ index: Int, _ value: JSONValue, _ depth: Int) -> Bool {
        let node = program.nodes[index]
        if let constant = node.constant { return constant }
        if let types = node.types, !types.accepts(value) { return false }
        if let choice = node.choice, !choice.accepts(value) { return false }
        if let rules = node.object, case .object(let object) = value {
            for property in rules.properties {
                guard let inner = property.node, let choice = program.nodes[inner].choice, let member = object[property.name] else {
                    continue
                }
                if !choice.accepts(member) { return false }
            }
        }
        guard let reference = node.composition?.reference, depth < 8 else { return true }
        return couldMean(reference, value, depth + 1)
    }
}
