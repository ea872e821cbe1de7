import BSON
import Effects
import Foundation
import Ports
import StarchairAPI
import Testing

/// Somebody with an account and a session.
struct Person: Sendable {
    var account: AccountView
    var session: String

    static let password = "correct horse battery"

    var address: String { account.email?.text ?? "" }
}

extension TestInstallation {
    /// Opens an account.
    func register(_ username: String, address: String? = nil) async throws -> AccountView {
        let body = [
            "username": username, "password": Person.password, "fullname": "Dr \(username)",
            "email": address ?? "\(username)@example.org",
        ]
        return try await answer(to: .json("/api/user/register", Self.text(body))).data()
    }

    /// Opens an account and a session, the address verified unless that is not wanted.
    func person(
        _ username: String, address: String? = nil, verified: Bool = true
    ) async throws -> Person {
        var account = try await register(username, address: address)
        if verified {
            let token = try #require(try verificationToken(for: account))
            account = try await answer(
                to: .json("/api/user/verify", Self.text(["token": token]))
            ).data()
        }
        return Person(account: account, session: try await signIn(username))
    }

    func signIn(_ username: String, password: String = Person.password) async throws -> String {
        let body = Self.text(["username": username, "password": password])
        let answer = try await answer(to: .json("/api/user/login", body))
        return try #require(answer.session)
    }

    func administrator() async throws -> Person {
        let token = try await mintAdministratorLink()
        let answer = try await answer(
            to: .json("/api/user/redeemLink", Self.text(["token": token])))
        return Person(account: try answer.data(), session: try #require(answer.session))
    }

    /// The link in the last letter to an account's address.
    func verificationToken(for account: AccountView) throws -> String? {
        try letters().last {
            $0.recipient == account.email?.text && $0.text.contains("#verify=")
        }?.text.split(separator: "#verify=").last.map { String($0.prefix { !$0.isWhitespace }) }
    }

    struct OutboxLetter: Decodable {
        var address: String
        var subject: String
        var text: String

        var recipient: String { address }
    }

    private struct Row: Decodable {
        var payload: [UInt8]
    }

    /// The letters that the UserService ever wrote.
    func letters() throws -> [OutboxLetter] {
        try store(.user).writes.filter {
            $0.key.collection == EffectsCollection.outbox && $0.expecting == .absent
        }.compactMap { write in
            guard case .put(let body, _) = write.change else { return nil }
            let row = try BSONDecoder().decode(Row.self, from: body)
            return try BSONDecoder().decode(OutboxLetter.self, from: row.payload)
        }
    }

    /// A JSON object of texts.
    static func text(_ fields: [String: String]) -> String {
        let pairs = fields.sorted { $0.key < $1.key }.map {
            "\(quoted($0.key)):\(quoted($0.value))"
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    /// A JSON string.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                "\\u" + String(String(scalar.value + 0x1_0000, radix: 16).dropFirst())
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
