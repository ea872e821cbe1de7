import Ports

/// What every ``PasswordHasher`` promises.
public enum PasswordHasherConformance {
    /// All checks; a hasher has no state, so one may be used for all.
    public static let checks: [Check<any PasswordHasher>] = [
        Check("a password gives its own hash and no other password does") { hasher in
            let passwords = [
                "", " ", "password", "Password", "password ", "pass\0word", "pass\0", "pass",
                "é", "e\u{301}", "😀", String(repeating: "long", count: 1000),
            ]
            for password in passwords {
                let hash = try await hasher.hash(password, salt: salt)
                let others = passwords.filter { !$0.utf8.elementsEqual(password.utf8) }
                let isItsOwn = try await hasher.verify(password, against: hash)
                try expect("that \(password.debugDescription) is right", isItsOwn)
                for other in others.prefix(3) + others.suffix(1) {
                    let isRight = try await hasher.verify(other, against: hash)
                    try expect("that \(other.debugDescription) is right", isRight, is: false)
                }
            }
        },
        Check("a hash depends on the password and the salt alone") { hasher in
            let first = try await hasher.hash("password", salt: salt)
            let again = try await hasher.hash("password", salt: salt)
            let other = try await hasher.hash("password", salt: salt.reversed())
            try expect("the hash", again, is: first)
            try expect("that another salt gives another hash", other != first)
            let isRight = try await hasher.verify("password", against: other)
            try expect("that both are right", isRight)
        },
        Check("a hash is a PHC string and does not hold the password") { hasher in
            let hash = try await hasher.hash("correct horse", salt: salt)
            let isPlain = hash.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            try expect("that it is printable ASCII", isPlain)
            try expect("that it begins with $", hash.hasPrefix("$"))
            try expect("that it has at least three fields", hash.split(separator: "$").count >= 3)
            try expect("that it holds the password", hash.contains("horse"), is: false)
        },
        Check("a hash of another scheme, or none, never verifies") { hasher in
            let own = try await hasher.hash("password", salt: salt)
            for hash in ["", "$", "password", "$2b$12$abc", String(own.dropLast(4)), own + "$x"] {
                var isRight = false
                do { isRight = try await hasher.verify("password", against: hash) } catch {
                    continue
                }
                try expect("that \(hash) verifies", isRight, is: false)
            }
        },
    ]

    private static let salt: [UInt8] = Array(0..<16)
}
