package import JSONRPC

/// One parameter of a tool, or one member of an object within its parameters.
///
/// A parameter is *required*, or *nullable* (`["string","null"]`, null = not given, default null), or has a *default*. A required one and
/// one with a default reject null. A nested member may be none of these: optional, and not null when present.
package struct Property: Sendable {
    /// The name.
    package let name: String
    /// The schema as it is advertised, description and default included.
    package let schema: ValueSchema
    /// Whether a call without it is refused.
    package let isRequired: Bool
    /// The value when it is not given; `.null` for a nullable one.
    package let defaultValue: JSONValue?
    /// What an empty string means.
    package let empty: EmptyText

    /// A property of any schema.
    ///
    /// - Parameter empty: Only for strings; by default an empty one counts as not given when the parameter is nullable.
    package init(
        _ name: String,
        _ description: String,
        _ schema: ValueSchema,
        nullable: Bool = false,
        required: Bool = false,
        default value: JSONValue? = nil,
        empty: EmptyText? = nil
    ) {
        precondition(!(nullable && required), "A required parameter rejects null (servers.md §2).")
        precondition(!(required && value != nil), "A required parameter has no default.")
        let minLength = schema.json["minLength"]?.intValue ?? 0
        self.name = name
        self.isRequired = required
        self.empty = empty ?? (nullable && minLength == 0 && schema.json["type"] == "string" ? .absent : .kept)
        self.defaultValue = value ?? (nullable ? .null : nil)
        self.schema = (nullable ? schema.nullable(self.empty) : schema).annotated(description: description, default: self.defaultValue)
    }

    /// A string parameter.
    ///
    /// Without `nullable`, `required` or `default` it is optional and not null (nested members).
    package static func string(
        _ name: String,
        _ description: String,
        nullable: Bool = false,
        default value: String? = nil,
        enum values: [String]? = nil,
        minLength: Int? = nil,
        maxLength: Int? = nil,
        pattern: String? = nil,
        required: Bool = false,
        empty: EmptyText? = nil
    ) -> Property {
        Property(
            name,
            description,
            .string(minLength: minLength, maxLength: maxLength, pattern: pattern, enum: values),
            nullable: nullable,
            required: required,
            default: value.map(JSONValue.string),
            empty: empty
        )
    }

    /// An integer parameter.
    package static func integer(
        _ name: String,
        _ description: String,
        nullable: Bool = false,
        default value: Int? = nil,
        minimum: Int? = nil,
        maximum: Int? = nil,
        required: Bool = false
    ) -> Property {
        Property(
            name,
            description,
            .integer(minimum: minimum, maximum: maximum),
            nullable: nullable,
            required: required,
            default: value.map(JSONValue.int)
        )
    }

    /// A boolean parameter.
    package static func boolean(
        _ name: String,
        _ description: String,
        nullable: Bool = false,
        default value: Bool? = nil,
        required: Bool = false
    ) -> Property {
        Property(name, description, .boolean, nullable: nullable, required: required, default: value.map(JSONValue.bool))
    }

    /// An array parameter.
    package static func array(
        _ name: String,
        _ description: String,
        items: ValueSchema,
        nullable: Bool = false,
        minItems: Int? = nil,
        maxItems: Int? = nil,
        required: Bool = false
    ) -> Property {
        Property(
            name,
            description,
            .array(of: items, minItems: minItems, maxItems: maxItems),
            nullable: nullable,
            required: required
        )
    }

    /// An object parameter with these members and no others.
    package static func object(
        _ name: String,
        _ description: String,
        _ properties: [Property],
        nullable: Bool = false,
        required: Bool = false
    ) -> Property {
        Property(name, description, .object(properties), nullable: nullable, required: required)
    }
}
