import CloudServer

/// Suggestions for arguments that name servers and flavors: one look at the cloud each.
enum ServerSuggestions {
    /// Ids, also of servers whose names match.
    static func ids(_ client: ECSClient) -> Suggestions {
        suggestions(client) { servers, input in
            servers.filter { server in [server.id, server.name].contains { $0.map { !input.matches(in: [$0]).isEmpty } ?? false } }
                .compactMap(\.id)
        }
    }

    /// Names, then ids.
    static func namesAndIDs(_ client: ECSClient) -> Suggestions {
        suggestions(client) { servers, input in
            input.matches(in: servers.compactMap(\.name)) + input.matches(in: servers.compactMap(\.id))
        }
    }

    /// Ids of flavors.
    static func flavors(_ client: ECSClient) -> Suggestions {
        Suggestions(allowedBy: ListFlavors.name) { input, _ in
            input.matches(in: try await client.send(ListFlavorsRequest(availabilityZone: nil)).flavors.compactMap(\.id))
        }
    }

    private static func suggestions(
        _ client: ECSClient,
        _ choose: @escaping @Sendable ([ServerDetail], Suggestions.Input) -> [String]
    ) -> Suggestions {
        Suggestions(allowedBy: ListServers.name) { input, _ in
            let request = ListServersDetailsRequest(
                name: isPartOfID(input.typed) ? nil : input.typed,
                status: nil,
                flavorID: nil,
                ip: nil,
                tags: nil,
                limit: 100,
                offset: 1
            )
            return choose(try await client.send(request).servers, input)
        }
    }

    /// Whether a text may be the beginning of an id, which the API cannot search for.
    private static func isPartOfID(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
