import Cluster
import Platform

extension SimulatedConsul {
    /// How long an agent takes for a request.
    static let agentLatency: ClosedRange<Duration> =
        .microseconds(100)...Duration.microseconds(500)

    /// Takes a request that arrived at an agent.
    func take(_ call: ConsulCall, at agent: ConsulAgent, _ connection: ConsulConnection) {
        agent.after(agent.draws.duration(in: Self.agentLatency)) { [self] agent in
            guard connection.isOpen else { return }
            do throws(ConsulFailure) {
                try perform(call, at: agent, connection)
            } catch {
                answer(error.answer, connection)
            }
        }
    }

    private func perform(
        _ call: ConsulCall, at agent: ConsulAgent, _ connection: ConsulConnection
    ) throws(ConsulFailure) {
        switch try ConsulRoute(call) {
        case .local(let body): answer(try body(agent), connection)
        case .query(let query): try ask(query, call, at: agent, connection)
        case .command(let body):
            whenLed(agent, mayFailAtOnce: !leadership.hasQuorum) { [self] failure in
                if let failure { return answer(failure.answer, connection) }
                do throws(ConsulFailure) {
                    answer(try body(self, agent), connection)
                } catch {
                    answer(error.answer, connection)
                }
            }
        }
    }
}

extension HTTPResponseMessage {
    /// A good answer without content.
    static let empty = HTTPResponseMessage(status: 200)

    /// An answer in JSON.
    static func json(_ value: ConsulJSON, status: Int = 200) -> Self {
        Self(status: status, headers: ["content-type": "application/json"], body: value.bytes)
    }
}
