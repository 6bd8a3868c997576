import JSONRPC
import MCP
import MCPServer

/// A tool whose schema uses what JSON Schema 2020-12 has beyond plain properties.
enum SchemaKeywordsTool {
    static func make() throws -> ServerTool {
        try ServerTool(Tool(name: "json_schema_2020_12_tool", description: "Sends a parcel.", inputSchema: schema)) { _, _ in
            .text("The arguments follow the schema.")
        }
    }

    private static let schema: JSONObject = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": [
            "address": [
                "$anchor": "address",
                "type": "object",
                "properties": ["street": ["type": "string"], "city": ["type": "string"]],
            ]
        ],
        "properties": [
            "name": ["type": "string"],
            "address": ["$ref": "#/$defs/address"],
            "contact": ["enum": ["phone", "mail"]],
            "phone": ["type": "string"],
            "mail": ["type": "string"],
        ],
        "allOf": [["anyOf": [["required": ["phone"]], ["required": ["mail"]]]]],
        "if": ["properties": ["contact": ["const": "phone"]], "required": ["contact"]],
        "then": ["required": ["phone"]],
        "else": ["required": ["mail"]],
        "additionalProperties": false,
    ]
}
