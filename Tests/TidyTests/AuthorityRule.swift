/// Who asks whom, as the sources say it, held against the tables that promise it.
struct AuthorityRule {
    /// The service of every message.
    private let authorities: [String: String]
    /// The message that each queue carries.
    private var queues: [String: String] = [:]
    private let askers: [String: [SwiftFile]]
    private var errands: [Errand: Finding] = [:]
    private var made: [(asker: String, message: String, place: Finding)] = []
    private var findings: [Finding] = []

    /// Reads all sources.
    private init(_ files: [SwiftFile]) {
        authorities = Self.authorities(in: files)
        askers = Dictionary(grouping: files) { Self.asker($0) ?? "" }.filter { !$0.key.isEmpty }
        let sorted = askers.sorted { $0.key < $1.key }
        for (asker, files) in sorted { for file in files { readInboxes(of: asker, file) } }
        for (asker, files) in sorted { for file in files { read(file, of: asker) } }
        for (asker, message, place) in made
        where !errands.keys.contains(where: { $0.asker == asker && $0.message == message }) {
            findings.append(place)
        }
    }

    /// What the sources do and the tables do not say, and the other way round.
    static func findings(_ files: [SwiftFile], table: AuthorityTable) -> [Finding] {
        let rule = AuthorityRule(files)
        let unsaid = rule.errands.filter { table.errands[$0.key] == nil }.values
        let undone = table.errands.filter { rule.errands[$0.key] == nil }.map { errand, line in
            Finding(
                path: AuthorityTable.path, line: line,
                message: "\(errand.description): no source does")
        }
        return rule.findings + table.findings + unsaid + undone
    }

    /// Who sends the messages that a file makes.
    private static func asker(_ file: SwiftFile) -> String? {
        let parts = file.path.split(separator: "/").map(String.init)
        guard parts.count > 3, parts[0] == "Sources" else { return nil }
        switch parts[1] {
        case "Services" where parts[2].hasSuffix("Service") || parts[2] == "StarchairGateway":
            return parts[2]
        case "Executables" where parts[2] == "starchair": return parts[2]
        default: return nil
        }
    }

    private static func authorities(in files: [SwiftFile]) -> [String: String] {
        var authorities: [String: String] = [:]
        for file in files where file.isIn(["Sources/Domain/StarchairAPI"]) {
            for index in file.tokens.indices {
                guard let names = file.names("struct $ : $", at: index),
                    names[1].hasSuffix("Message")
                else { continue }
                authorities[names[0]] = "\(names[1].dropLast("Message".count))Service"
            }
        }
        return authorities
    }

    private mutating func readInboxes(of asker: String, _ file: SwiftFile) {
        for index in file.tokens.indices {
            guard let names = file.names("EventInbox ( $ . self , from : . $", at: index)
            else { continue }
            queues[names[1]] = names[0]
            guard authorities[names[0]] != asker else { continue }
            findings.append(place(index, file, "\(names[0]) is no message to \(asker)"))
        }
    }

    private mutating func read(_ file: SwiftFile, of asker: String) {
        for index in file.tokens.indices {
            readRoute(at: index, file, asker)
            if asker.hasSuffix("Service") { readCall(at: index, file, asker) }
            readMaking(at: index, file, asker)
        }
    }

    private mutating func readRoute(at index: Int, _ file: SwiftFile, _ asker: String) {
        if let names = file.names(". calling ( Self . $ , with : $ . self", at: index) {
            add(names[1], asker, route: names[0], place(index, file, ""))
        } else if let names = file.names(". publishing ( Self . $ , to : . $", at: index),
            let message = queues[names[1]]
        {
            add(message, asker, route: names[0], place(index, file, ""))
        } else if let names = file.names("OutboxRoute ( to : Self . $ , $ . self", at: index) {
            let errand = Errand(
                asker: asker, message: names[1], authority: "a port", route: names[0])
            errands[errand] = place(index, file, unsaid(errand))
        } else if [". calling (", ". publishing (", "OutboxRoute ("].contains(where: {
            file.names($0, at: index) != nil
        }) {
            findings.append(place(index, file, "a route that cannot be read"))
        }
    }

    private mutating func readCall(at index: Int, _ file: SwiftFile, _ asker: String) {
        guard file.names("client . call (", at: index) != nil else { return }
        if let name = file.names("client . call ( $ (", at: index)?[0], authorities[name] != nil {
            add(name, asker, route: nil, place(index, file, ""))
        } else if let name = file.names("client . call ( Self . $ (", at: index)?[0],
            let message = result(of: name, in: askers[asker] ?? [])
        {
            add(message, asker, route: nil, place(index, file, ""))
        } else {
            findings.append(place(index, file, "a call that does not say which message it sends"))
        }
    }

    /// The message that a function makes.
    private func result(of function: String, in files: [SwiftFile]) -> String? {
        for file in files {
            for index in file.tokens.indices
            where file.names("func $", at: index) == [function] {
                let head = file.tokens[index...].prefix { $0.text != "{" }
                let result = head.indices.compactMap { file.names("- > $", at: $0)?[0] }.last
                if let result, authorities[result] != nil { return result }
            }
        }
        return nil
    }

    /// A message that is made is sent. The gateway's routes pass on what browsers ask of the
    /// service that they belong to; whatever else an edge or a program makes, it asks.
    private mutating func readMaking(at index: Int, _ file: SwiftFile, _ asker: String) {
        let name = file.tokens[index].text
        guard let authority = authorities[name],
            file.names("$ (", at: index) != nil || file.names("$ . self", at: index) != nil,
            index < 2 || file.names("Handler (", at: index - 2) == nil,
            index < 2 || file.names("EventInbox (", at: index - 2) == nil
        else { return }
        if asker.hasSuffix("Service") {
            let message = "\(name) is made and neither asked nor told"
            made.append((asker, name, place(index, file, message)))
        } else if !file.path.hasSuffix("/\(authority.dropLast("Service".count))Routes.swift") {
            add(name, asker, route: nil, place(index, file, ""))
        }
    }

    private mutating func add(
        _ message: String, _ asker: String, route: String?, _ place: Finding
    ) {
        let errand = Errand(
            asker: asker, message: message, authority: authorities[message] ?? "nobody",
            route: route)
        errands[errand] = Finding(path: place.path, line: place.line, message: unsaid(errand))
    }

    private func unsaid(_ errand: Errand) -> String {
        "\(errand.description), which \(AuthorityTable.path) does not say"
    }

    private func place(_ index: Int, _ file: SwiftFile, _ message: String) -> Finding {
        Finding(path: file.path, line: file.tokens[index].line, message: message)
    }
}
