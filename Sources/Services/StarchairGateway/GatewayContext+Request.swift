import Hummingbird
import Platform
import Ports
import StarchairAPI

extension GatewayContext {
    /// Who asks; a problem when nobody signed in.
    func signedIn() throws -> Authentication {
        guard let authentication else {
            throw Problem(.unauthorized, "signInRequired", "Please sign in.")
        }
        return authentication
    }

    /// An id from the path. What is no id names nothing.
    func id<Object>(_ name: String, as type: Object.Type) throws -> ID<Object> {
        guard let id = parameters.get(name).flatMap({ ID<Object>($0) }) else {
            throw Problem(.notFound, "noSuchRoute", "There is nothing at this address.")
        }
        return id
    }
}

extension Request {
    /// Which page of a list is asked for: `?after=…&limit=…`.
    func listPlace() throws -> (after: ListCursor?, limit: Int) {
        let parameters = uri.queryParameters
        var after: ListCursor?
        if let text = parameters["after"] {
            guard let cursor = ListCursor(text: String(text)),
                cursor.place.keyBytes.count <= StoreLimits.keyByteCountMaximum,
                ID<ListCursor>(cursor.place.id) != nil
            else {
                throw Problem.badRequest("invalidCursor", "Go on with the list's own `next`.")
            }
            after = cursor
        }
        guard let text = parameters["limit"] else { return (after, 50) }
        guard let limit = Int(text), ListCursor.limitRange.contains(limit) else {
            throw Problem.badRequest("invalidLimit", "A limit is 1 to 100.")
        }
        return (after, limit)
    }
}
