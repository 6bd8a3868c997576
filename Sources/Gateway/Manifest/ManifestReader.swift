import JSONRPC
import ProcessSupport

/// Reads a manifest strictly and collects every problem (gateway.md §1).
struct ManifestReader {
    /// How the file is called in problems.
    let file: String
    /// What was found so far.
    private(set) var problems: [ConfigurationProblem] = []

    private init(file: String) { self.file = file }

    /// Reads a manifest.
    ///
    /// - Throws: All problems at once.
    static func read(_ bytes: [UInt8], file: String) throws(ConfigurationProblems) -> Manifest {
        var reader = ManifestReader(file: file)
        var manifest = Manifest(path: file)
        do throws(JSONParseError) {
            reader.manifest(try JSONParser.parse(bytes), into: &manifest)
        } catch {
            reader.report("", "malformed JSON: \(error)")
        }
        guard reader.problems.isEmpty else { throw ConfigurationProblems(problems: reader.problems) }
        return manifest
    }

    /// Loads and reads a manifest file.
    ///
    /// - Throws: All problems at once.
    static func load(_ path: String, readFile: FileReader) throws(ConfigurationProblems) -> Manifest {
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            let problem =
                switch error.problem {
                case .notFound: "not found; name another file with --manifest or MCP_GATEWAY_MANIFEST"
                case .notAFile: "is not a regular file"
                case .tooLarge(let limit): "is larger than \(limit) bytes"
                case .unreadable(let reason): "cannot be read: \(reason)"
                }
            throw ConfigurationProblems(problems: [ConfigurationProblem(path, problem)])
        }
        return try read(bytes, file: path)
    }

    /// Adds a problem at a member's path; the empty path is the document itself.
    mutating func report(_ path: String, _ problem: String) {
        problems.append(ConfigurationProblem(path.isEmpty ? file : "\(file): \(path)", problem))
    }

    private mutating func manifest(_ value: JSONValue, into manifest: inout Manifest) {
        guard let object = value.objectValue else {
            report("", "must be a JSON object, not \(value.kindWithArticle)")
            return
        }
        var members = ManifestMembers(object, path: "")
        if let text = members.string("public_url", &self) {
            manifest.publicURL = PublicURL(text)
            if manifest.publicURL == nil {
                report("public_url", "must be an absolute http or https URL without path, query and fragment")
            }
        }
        manifest.hosts = hosts(&members)
        manifest.origins = origins(&members)
        manifest.trustedProxies = trustedProxies(&members)
        if var jwt = members.object("jwt", &self) { manifest.jwt = tokens(&jwt) }
        if var limits = members.object("limits", &self) { manifest.limits = self.limits(&limits) }
        manifest.services = services(&members, manifest.limits)
        members.rejectRest(&self)
    }

    private mutating func hosts(_ members: inout ManifestMembers) -> [String] {
        members.strings("hosts", &self) { text in
            text == "*" || HostName(text) != nil ? nil : "must be a host name with or without a port, or \"*\""
        }
    }

    private mutating func origins(_ members: inout ManifestMembers) -> [String] {
        members.strings("origins", &self) { text in
            if text.utf8.contains(UInt8(ascii: "*")) { return "must be one exact origin; \"*\" is not allowed" }
            guard let separator = text.range(ofASCII: "://"), separator.lowerBound > text.startIndex else {
                return "must be an origin such as https://app.example.com"
            }
            let authority = text[separator.upperBound...].utf8
            let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }
            let ends = [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@")]
            return isPlain && !authority.isEmpty && !authority.contains(where: ends.contains)
                ? nil : "must be an origin such as https://app.example.com, without path"
        }
    }

    private mutating func trustedProxies(_ members: inout ManifestMembers) -> TrustedProxies {
        var proxies = TrustedProxies()
        _ = members.strings("trusted_proxies", &self) { text in
            if ExactText.same(text, TrustedProxies.unixSockets) {
                proxies.includesUnixSockets = true
                return nil
            }
            do throws(IPNetwork.Fault) {
                proxies.networks.append(try IPNetwork(text))
                return nil
            } catch {
                return error.message
            }
        }
        return proxies
    }

    private mutating func tokens(_ members: inout ManifestMembers) -> TokenSettings {
        var settings = TokenSettings()
        if let issuer = members.string("issuer", &self, nonEmpty: true) { settings.rules.issuer = issuer }
        if let key = members.string("public_key", &self, nonEmpty: true) { settings.publicKey = Secret(key) }
        if let text = members.string("jwks_url", &self, nonEmpty: true) {
            do throws(ConfigurationProblem) {
                settings.keySet = try KeySetLocation(text)
            } catch {
                report("jwt.jwks_url", error.problem)
            }
        }
        if let path = members.string("revocations", &self, nonEmpty: true) { settings.revocations = path }
        settings.rules.audiences = members.stringOrStrings("audience", &self)
        if let leeway = members.integer("leeway", &self, in: 0...300) { settings.rules.leeway = leeway }
        if let permanent = members.boolean("allow_permanent", &self) { settings.rules.allowsPermanent = permanent }
        members.rejectRest(&self)
        return settings
    }

    private mutating func limits(_ members: inout ManifestMembers) -> Limits {
        var limits = Limits()
        limits.read(Limits.members, from: &members, &self)
        return limits
    }

    private mutating func services(_ members: inout ManifestMembers, _ limits: Limits) -> [ServiceEntry] {
        guard let elements = members.array("services", &self) else { return [] }
        var names = UniqueTexts()
        var mounts = UniqueTexts()
        var entries: [ServiceEntry] = []
        for (index, element) in elements.enumerated() {
            let path = "services[\(index)]"
            guard let object = element.objectValue else {
                report(path, "must be an object, not \(element.kindWithArticle)")
                continue
            }
            var service = ServiceReader(members: ManifestMembers(object, path: path))
            let entry = service.read(&self, limits)
            if let name = service.name, let first = names.insert(name, at: index) {
                report("\(path).name", "duplicate service name, also services[\(first)].name")
            }
            if let mount = service.mountPath, let first = mounts.insert(mount, at: index) {
                report("\(path).mount_path", "duplicate mount_path, also that of services[\(first)]")
            }
            if let entry { entries.append(entry) }
        }
        return entries
    }
}

/// Where each text was seen first.
private struct UniqueTexts {
    private var places: [ExactText: Int] = [:]

    /// Notes a text; the place where it was seen before, if it was.
    mutating func insert(_ text: String, at place: Int) -> Int? {
        if let first = places[ExactText(text)] { return first }
        places[ExactText(text)] = place
        return nil
    }
}
