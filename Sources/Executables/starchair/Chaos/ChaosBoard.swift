import Synchronization
import Trials

/// What is broken now and what was done, for who shows it.
final class ChaosBoard: Sendable {
    private struct State {
        var tally = ChaosTally()
        var broken: [String] = []
    }

    private let state = Mutex(State())

    var tally: ChaosTally { state.withLock(\.tally) }

    /// What is broken now, for people.
    var broken: String {
        let broken = state.withLock(\.broken)
        return broken.isEmpty ? "nothing is broken" : broken.joined(separator: ", ")
    }

    func begin(_ fault: ChaosFault, _ load: WriteMeter.Load) {
        state.withLock { state in
            state.tally.add(fault, load)
            state.broken.append("\(fault)")
        }
    }

    func calm() { state.withLock { $0.broken = [] } }

    func fail(_ text: String) { state.withLock { $0.tally.addFailure(text) } }
}
