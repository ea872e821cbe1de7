import HTTPTypes
import Hummingbird
import StarchairAPI

/// The cookie that holds a session's token.
enum SessionCookie {
    static let name = "starchair_session"
    /// Seconds after which a browser forgets it, as the session itself does.
    static let maximumAge = 14 * 24 * 3600

    /// The session of a request, from its cookie or from `Authorization: Bearer`.
    static func read(from request: Request) -> Secret? {
        if let cookie = request.cookies[name] { return Secret(cookie.value) }
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer ") else {
            return nil
        }
        return Secret(String(header.dropFirst(7)))
    }

    static func set(_ session: Secret, on response: inout Response, isSecure: Bool) {
        append(session.text, maximumAge: maximumAge, to: &response, isSecure: isSecure)
    }

    static func clear(on response: inout Response, isSecure: Bool) {
        append("", maximumAge: 0, to: &response, isSecure: isSecure)
    }

    private static func append(
        _ value: String, maximumAge: Int, to response: inout Response, isSecure: Bool
    ) {
        let secure = isSecure ? "; Secure" : ""
        response.headers[values: .setCookie].append(
            "\(name)=\(value); Path=/; Max-Age=\(maximumAge); HttpOnly; SameSite=Strict\(secure)")
    }
}
