import Platform
import StarchairAPI

/// How a person comes to have a session and a verified address, whatever happens on the way.
struct Arrival: Sendable {
    let visitor: Visitor
    let town: Town

    /// Rounds that somebody tries before giving up.
    static let roundCountMaximum = 200

    var address: String { "\(visitor.name)@example.org" }
    private var password: String { Self.password(of: visitor.name) }

    /// The password of a person of a trial.
    static func password(of name: String) -> String { "the password of \(name)" }

    /// Registers, confirms the address and signs in; false when it never worked.
    func arrive() async -> Bool {
        var isRegistered = false
        for _ in 0..<Self.roundCountMaximum {
            if !isRegistered { isRegistered = await register() }
            if isRegistered, await confirm() { return true }
            let rest = visitor.platform.random.duration(below: .seconds(1), for: "arrival rest")
            do { try await visitor.platform.clock.sleep(for: rest) } catch { return false }
        }
        return false
    }

    private func register() async -> Bool {
        let told = await visitor.register(
            username: visitor.name, password: password, email: address,
            fullname: "Dr \(visitor.name)")
        // Taken by an attempt of one's own that got no answer.
        return told.value != nil || told.code == "usernameTaken"
    }

    private func confirm() async -> Bool {
        if let token = await town.verificationToken(for: address) {
            _ = await visitor.verify(token)
        }
        let told = await visitor.signIn(username: visitor.name, password: password)
        return told.value?.verified == true
    }
}
