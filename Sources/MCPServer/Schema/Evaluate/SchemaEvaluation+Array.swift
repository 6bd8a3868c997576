import JSONRPC

extension SchemaEvaluation {
    /// Applies the keywords of arrays.
    mutating func apply(_ rules: ArrayRules, _ elements: [JSONValue], _ marks: inout EvaluatedMarks) -> Bool {
        var isValid = true
        if let minimum = rules.minimum, elements.count < minimum {
            report("must have at least \(ArrayRules.items(minimum))")
            isValid = false
        }
        if let maximum = rules.maximum, elements.count > maximum {
            report("must have at most \(ArrayRules.items(maximum))")
            isValid = false
        }
        if !isValid && isSilent { return false }
        isValid = applyItems(rules, elements, &marks) && isValid
        if rules.isUnique, isValid || !isSilent { isValid = checkUnique(elements) && isValid }
        guard let contains = rules.contains, isValid || !isSilent else { return isValid }
        return apply(contains, elements, &marks) && isValid
    }

    private mutating func applyItems(_ rules: ArrayRules, _ elements: [JSONValue], _ marks: inout EvaluatedMarks) -> Bool {
        var isValid = true
        for (index, element) in elements.enumerated() {
            guard let schema = index < rules.prefix.count ? rules.prefix[index] : rules.items else { break }
            isValid = evaluate(schema, at: .item(index), element) && isValid
            if !isValid && isSilent { return false }
            if program.tracksEvaluated { marks.item(index) }
        }
        if rules.items != nil { marks.everyItem() }
        return isValid
    }

    private mutating func checkUnique(_ elements: [JSONValue]) -> Bool {
        guard spend(elements.count) else { return false }
        var isValid = true
        var seen: Set<JSONValue> = []
        for (index, element) in elements.enumerated() where !seen.insert(element).inserted {
            report("must not repeat an earlier item", at: .item(index))
            isValid = false
            if isSilent { return false }
        }
        return isValid
    }

    private mutating func apply(_ contains: ArrayRules.Contains, _ elements: [JSONValue], _ marks: inout EvaluatedMarks) -> Bool {
        var count = 0
        for (index, element) in elements.enumerated() {
            var inner = EvaluatedMarks()
            guard isValid(contains.node, element, &inner) else { continue }
            count += 1
            if program.tracksEvaluated { marks.item(index) }
        }
        if count < contains.minimum {
            report("must contain at least \(ArrayRules.items(contains.minimum)) of the required kind")
            return false
        }
        if let maximum = contains.maximum, count > maximum {
            report("must contain at most \(ArrayRules.items(maximum)) of the limited kind")
            return false
        }
        return true
    }
}
