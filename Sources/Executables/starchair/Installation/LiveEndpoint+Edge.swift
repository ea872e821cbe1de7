import StarchairGateway
import StarchairServer

extension LiveEndpoint {
    /// The endpoint at which the listener hands connections to `edge`.
    init(_ edge: LiveEdge) {
        self.init(path: "/ws") { head in
            switch await edge.admit(head) {
            case .admitted(let visitor):
                return .admitted { await edge.serve($0, to: visitor) }
            case .refused(let status, let problem):
                return .refused(
                    LiveRefusal(
                        status: status, mediaType: "application/problem+json", body: problem))
            }
        }
    }
}
