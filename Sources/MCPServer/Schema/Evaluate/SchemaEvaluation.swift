import JSONRPC

/// One validation: a walk over the value and the program that collects what is violated.
struct SchemaEvaluation {
    let program: SchemaProgram
    private let limit: Int

    /// The first violations.
    private(set) var violations: [SchemaViolation] = []

    /// How many violations there are.
    private(set) var total = 0

    /// Above zero, violations are not collected, and the walk ends at the first.
    var silence = 0

    var path = InstancePath()
    private var scope: [Int] = []
    private var work = 0
    private var depth = 0
    private var isExhausted = false

    init(_ program: SchemaProgram, limit: Int) {
        self.program = program
        self.limit = limit
    }

    /// Whether the walk may end at the first violation.
    var isSilent: Bool { silence > 0 }

    /// Applies the root schema.
    @discardableResult
    mutating func start(_ value: JSONValue) -> Bool {
        var marks = EvaluatedMarks()
        let isValid = evaluate(0, value, &marks)
        guard isExhausted else { return isValid }
        // Whatever was found so far, the answer is not known, and so it is no.
        report("is too complex to be checked")
        return false
    }

    /// Applies a schema to the value at the current path, and tells whether it is valid.
    mutating func evaluate(_ index: Int, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        guard spend(1), depth < SchemaLimits.recursion else {
            isExhausted = true
            return false
        }
        let node = program.nodes[index]
        if let constant = node.constant {
            if !constant { report("is not allowed") }
            return constant
        }
        depth += 1
        let entersResource = program.tracksScope && scope.last != node.owner
        if entersResource { scope.append(node.owner) }
        defer {
            depth -= 1
            if entersResource { scope.removeLast() }
        }
        guard node.unevaluatedItems != nil || node.unevaluatedProperties != nil else { return apply(node, value, &marks) }
        // Such a schema sees only what its own keywords have evaluated, not what its neighbours have.
        var own = EvaluatedMarks()
        var isValid = apply(node, value, &own)
        if isValid || !isSilent { isValid = applyUnevaluated(node, value, &own) && isValid }
        if isValid { marks.merge(own) }
        return isValid
    }

    /// Applies a schema without collecting violations.
    mutating func isValid(_ index: Int, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        silence += 1
        defer { silence -= 1 }
        return evaluate(index, value, &marks)
    }

    private mutating func apply(_ node: SchemaNode, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        if let types = node.types, !types.accepts(value) {
            report(types.requirement)
            return false
        }
        if let choice = node.choice, !choice.accepts(value) {
            report(choice.requirement)
            return false
        }
        var isValid = true
        switch value {
        case .null, .bool: break
        case .number(let number): if let rules = node.number { isValid = report(rules.violated(by: number)) }
        case .string(let text): if let rules = node.string { isValid = report(rules.violated(by: text)) }
        case .array(let elements): if let rules = node.array { isValid = apply(rules, elements, &marks) }
        case .object(let object): if let rules = node.object { isValid = apply(rules, object, value, &marks) }
        }
        guard let composition = node.composition, isValid || !isSilent else { return isValid }
        return apply(composition, value, &marks) && isValid
    }

    private mutating func applyUnevaluated(_ node: SchemaNode, _ value: JSONValue, _ marks: inout EvaluatedMarks) -> Bool {
        var isValid = true
        if let schema = node.unevaluatedProperties, case .object(let object) = value {
            for (index, member) in object.members.enumerated() where !marks.hasMember(index) {
                isValid = evaluate(schema, at: .member(member.key), member.value) && isValid
                if !isValid && isSilent { return false }
            }
            marks.everyMember()
        }
        if let schema = node.unevaluatedItems, case .array(let elements) = value {
            for (index, element) in elements.enumerated() where !marks.hasItem(index) {
                isValid = evaluate(schema, at: .item(index), element) && isValid
                if !isValid && isSilent { return false }
            }
            marks.everyItem()
        }
        return isValid
    }

    /// Applies a schema to a member or an item.
    mutating func evaluate(_ index: Int, at step: InstancePath.Step, _ value: JSONValue) -> Bool {
        path.enter(step)
        defer { path.leave() }
        var marks = EvaluatedMarks()
        return evaluate(index, value, &marks)
    }

    /// The target of a dynamic reference: the outermost resource on the way here that has the anchor decides.
    func target(of reference: Composition.DynamicReference) -> Int {
        for owner in scope { if let node = reference.byOwner[owner] { return node } }
        return reference.node
    }

    /// Counts work that is not an application of a schema; false when there was too much of it.
    mutating func spend(_ amount: Int) -> Bool {
        work += amount
        if work > SchemaLimits.work { isExhausted = true }
        return !isExhausted
    }

    /// Collects a violation of the current value.
    mutating func report(_ message: String) {
        if isSilent { return }
        if violations.count < limit {
            let violation = SchemaViolation(path: path.text, message: message)
            // Schemas that apply together may ask for the same thing.
            if violations.contains(violation) { return }
            violations.append(violation)
        }
        total += 1
    }

    /// Collects a violation of a member or an item.
    mutating func report(_ message: String, at step: InstancePath.Step) {
        path.enter(step)
        report(message)
        path.leave()
    }

    private mutating func report(_ messages: [String]) -> Bool {
        for message in messages { report(message) }
        return messages.isEmpty
    }
}
