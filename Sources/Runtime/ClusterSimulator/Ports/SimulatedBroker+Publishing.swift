import Platform
import Ports

extension SimulatedBroker {
    /// How long a client waits for a confirmation.
    static let confirmTimeout = Duration.seconds(10)
    /// How long a client that knows of a memory alarm waits for its end.
    static let alarmTimeout = Duration.seconds(5)

    /// An event on its way into a queue.
    struct Publication {
        let event: BusEvent
        let queue: QueueName
        let node: SimulatedNode
        /// Whether its confirmation arrives.
        var isConfirmed = true
        /// Whether the client was told of an alarm, and has not sent it.
        var isWithheld = false
        /// How long the confirmation travels.
        let latency: Duration
        /// Tells the client, once.
        let answer: (Result<Void, BusError>) -> Void
    }

    /// Sends an event to the broker, which may never arrive and never be answered.
    func send(
        _ event: BusEvent, to queue: QueueName, from node: SimulatedNode,
        _ wake: @escaping SimulatedNode.Wake<Void>
    ) {
        let draws = draws(for: node)
        var delay = draws.duration(in: weather.latency)
        let latency = draws.duration(in: weather.latency)
        if draws.chance(permille: weather.unavailablePermille) {
            noteFault("unavailable")
            simulation.after(delay) { wake(.failure(BusError.unavailable)) }
            return
        }
        let timer = simulation.after(Self.confirmTimeout) {
            wake(.failure(BusError.unconfirmed))
        }
        if draws.chance(permille: weather.lostPublicationPermille) {
            return noteFault("lost publication")
        }
        var publication = Publication(event: event, queue: queue, node: node, latency: latency) {
            [simulation] result in
            simulation.cancel(timer)
            wake(result.mapError { $0 })
        }
        if draws.chance(permille: weather.lostConfirmPermille) {
            noteFault("lost confirm")
            publication.isConfirmed = false
        }
        if draws.chance(permille: weather.slowPermille) {
            noteFault("slow")
            delay += draws.duration(in: BrokerWeather.slowness)
        }
        travel(publication, after: delay)
    }

    /// Takes an event into its queue and confirms it.
    func accept(_ publication: Publication) {
        guard !publication.isWithheld || publication.node.isUp else { return }
        guard lines[publication.queue] != nil else {
            return answer(publication, .failure(.unroutable))
        }
        do throws(BusError) {
            if let number = try lines[publication.queue]?.admit(publication.event) {
                lines[publication.queue]?.makeWait(number)
            }
        } catch {
            return answer(publication, .failure(error))
        }
        simulation.count("\(name) published")
        dispatch(publication.queue)
        if publication.isConfirmed { answer(publication, .success(())) }
    }

    private func travel(_ publication: Publication, after delay: Duration) {
        let sentIn = epoch
        simulation.after(delay) { [self] in
            if sentIn != epoch {
                // The connection that it was written to broke.
                answer(publication, .failure(.unconfirmed))
            } else if isAway(from: publication.node) {
                answer(publication, .failure(.unavailable))
            } else if simulation.now < alarmUntil {
                block(publication)
            } else {
                accept(publication)
            }
        }
    }

    /// Keeps a publication from the broker as long as there is an alarm: on the client's side
    /// when it was told in time, else on the way, from where it comes however late.
    private func block(_ publication: Publication) {
        noteFault("blocked publisher")
        let number = makeNumber()
        var publication = publication
        publication.isWithheld = draws(for: publication.node).chance(permille: 500)
        blocked[number] = publication
        guard publication.isWithheld else { return }
        simulation.after(Self.alarmTimeout) { [self] in
            blocked.removeValue(forKey: number)?.answer(.failure(.unavailable))
        }
    }

    private func answer(_ publication: Publication, _ result: Result<Void, BusError>) {
        simulation.after(publication.latency) { publication.answer(result) }
    }
}
