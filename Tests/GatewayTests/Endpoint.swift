import Testing

/// A route that takes JSON, with a body that is well formed.
struct Endpoint: Sendable, CustomTestStringConvertible {
    /// A field and its value as JSON.
    struct Field: Sendable {
        let name: String
        let text: String
        let isRequired: Bool

        /// Whether another value of the same JSON type may be one that is allowed.
        func isOfKind(_ other: String) -> Bool {
            switch text.first {
            case "{": other.hasPrefix("{")
            case "t", "f": other == "true"
            case "\"": false
            default: Int(text) != nil && Int(other) != nil
            }
        }
    }

    let path: String
    let fields: [Field]

    init(
        _ path: String, required: KeyValuePairs<String, String>,
        optional: KeyValuePairs<String, String> = [:]
    ) {
        self.path = path
        fields =
            required.map { Field(name: $0.key, text: $0.value, isRequired: true) }
            + optional.map { Field(name: $0.key, text: $0.value, isRequired: false) }
    }

    var testDescription: String { path }

    /// The body, with `text` in the place of one field; without the field when that is nil.
    func body(replacing name: String = "", by text: String? = nil) -> String {
        let pairs = fields.compactMap { field -> String? in
            guard let text = field.name == name ? text : field.text else { return nil }
            return "\"\(field.name)\":\(text)"
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    static let all = first + committee
    /// A few of each kind, for what takes long.
    static let samples =
        [first[0], first[4], first[6], first[7]]
        + committee.filter { endpoint in
            ["/score", "/createInvitation"].contains { endpoint.path.hasSuffix($0) }
        }

    /// The endpoints of accounts, conferences and submissions.
    private static let first = [
        Endpoint(
            "/api/user/register",
            required: [
                "username": "\"newcomer\"", "password": "\"long enough\"",
                "email": "\"newcomer@example.org\"", "fullname": "\"A Newcomer\"",
            ], optional: ["company": "\"A company\"", "area": "\"An area\""]),
        Endpoint("/api/user/verify", required: ["token": "\"unknown\""]),
        Endpoint(
            "/api/user/login", required: ["username": "\"chair\"", "password": "\"wrong one\""]),
        Endpoint("/api/user/redeemLink", required: ["token": "\"unknown\""]),
        Endpoint(
            "/api/conference/createConference",
            required: ["shortenForm": "\"NEW\"", "fullName": "\"A new one\""],
            optional: [
                "location": "\"Here\"", "startTime": "\"2030-01-01T00:00:00Z\"",
                "stopSubmittingTime": "\"2030-01-01T00:00:00Z\"",
                "publishingTime": "\"2030-01-01T00:00:00Z\"", "topics": "[\"one\"]",
            ]),
        Endpoint("/api/conference/changeStatus/unknown", required: ["status": "\"bidding\""]),
        Endpoint(
            "/api/draft/submitDraft",
            required: [
                "confId": "\"unknown\"", "title": "\"A title\"", "summary": "\"A summary\"",
                "file_id": "\"unknown\"",
            ],
            optional: [
                "topics": "[\"one\"]",
                "authors": "[{\"fullname\":\"Dr A\",\"email\":\"a@example.org\"}]",
            ]),
        Endpoint(
            "/api/draft/modifyDraft", required: ["id": "\"unknown\""],
            optional: [
                "version": "1", "title": "\"A title\"", "summary": "\"A summary\"",
                "topics": "[\"one\"]", "file_id": "\"unknown\"",
                "authors": "[{\"fullname\":\"Dr A\",\"email\":\"a@example.org\"}]",
            ]),
    ]
}
