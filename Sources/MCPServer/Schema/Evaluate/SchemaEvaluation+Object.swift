import JSONRPC

extension SchemaEvaluation {
    /// Applies the keywords of objects: first the members that the schema names, in its order, then the others in theirs.
    mutating func apply(_ rules: ObjectRules, _ object: JSONObject, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var isValid = true
        if let minimum = rules.minimum, object.count < minimum {
            report("must have at least \(Self.members(minimum))")
            isValid = false
        }
        if let maximum = rules.maximum, object.count > maximum {
            report("must have at most \(Self.members(maximum))")
            isValid = false
        }
        if !isValid && isSilent { return false }
        if rules.looksAtMembers {
            isValid = applyMembers(rules, object, &marks) && isValid
            if !isValid && isSilent { return false }
        }
        for dependency in rules.dependentNames where object.contains(dependency.name) {
            for name in dependency.required where !object.contains(name) {
                report("is required together with \(dependency.name)", at: .member(name))
                isValid = false
            }
        }
        for dependency in rules.dependentSchemas where object.contains(dependency.name) {
            if !isValid && isSilent { return false }
            isValid = evaluate(dependency.node, value, &marks) && isValid
        }
        return isValid
    }

    private mutating func applyMembers(_ rules: ObjectRules, _ object: JSONObject, _ marks: inout EvaluatedMarks) -> Bool {
        let members = object.members
        guard spend(members.count) else { return false }
        var isValid = true
        // Where the member of each property is, and which members are no property.
        var present = [Int](repeating: -1, count: rules.properties.count)
        var others: [Int] = []
        for index in members.indices {
            if let place = rules.place(of: members[index].key) {
                present[place] = index
                if rules.properties[place].node == nil { others.append(index) }
            } else {
                others.append(index)
            }
        }
        for place in present.indices {
            let property = rules.properties[place]
            let index = present[place]
            if index < 0 {
                guard property.isRequired else { continue }
                report("is required", at: .member(property.name))
                isValid = false
            } else if let node = property.node {
                isValid = evaluate(node, at: .member(property.name), members[index].value) && isValid
                if program.tracksEvaluated { marks.member(index) }
            }
            if !isValid && isSilent { return false }
        }
        if !rules.patterns.isEmpty { isValid = applyPatterns(rules, members, &others, &marks) && isValid }
        if let additional = rules.additional {
            for index in others {
                isValid = evaluate(additional, at: .member(members[index].key), members[index].value) && isValid
                if !isValid && isSilent { return false }
            }
            marks.everyMember()
        }
        if let names = rules.names, isValid || !isSilent { isValid = applyNames(names, members) && isValid }
        return isValid
    }

    /// Applies `patternProperties` and takes the members that match out of the others.
    private mutating func applyPatterns(
        _ rules: ObjectRules,
        _ members: [JSONObject.Member],
        _ others: inout [Int],
        _ marks: inout EvaluatedMarks
    ) -> Bool {
        var isValid = true
        var matched: Set<Int> = []
        for rule in rules.patterns {
            guard spend(members.count) else { return false }
            for (index, member) in members.enumerated() where rule.pattern.matches(member.key) {
                matched.insert(index)
                isValid = evaluate(rule.node, at: .member(member.key), member.value) && isValid
                if program.tracksEvaluated { marks.member(index) }
                if !isValid && isSilent { return false }
            }
        }
        others.removeAll(where: matched.contains)
        return isValid
    }

    private mutating func applyNames(_ node: Int, _ members: [JSONObject.Member]) -> Bool {
        var allValid = true
        for member in members {
            var marks = EvaluatedMarks()
            guard !isValid(node, .string(member.key), &marks) else { continue }
            report("is no allowed name", at: .member(member.key))
            allValid = false
            if isSilent { break }
        }
        return allValid
    }

    private static func members(_ count: Int) -> String { count == 1 ? "1 member" : "\(count) members" }
}
