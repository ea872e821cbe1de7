import CSimulator
import Glibc
import Platform
import Synchronization

/// Ends the process when one job holds a simulation's thread for too long in real time.
///
/// No step limit sees a loop that never suspends; without this such a run hangs without a word.
final class Watchdog: Sendable {
    fileprivate struct Watched {
        let simulation: Simulation
        var jobCount = 0
        var quietNanoseconds: Int64 = 0
    }

    static let shared = Watchdog()
    fileprivate static let pollNanoseconds: Int64 = 250_000_000
    private let watched = Mutex<[ObjectIdentifier: Watched]>([:])

    /// Starts the one thread; on a thread that runs a simulation this would be an escape.
    private init() {
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { _ in
                while true {
                    usleep(useconds_t(Watchdog.pollNanoseconds / 1000))
                    Watchdog.shared.poll()
                }
            }, nil)
        precondition(code == 0, "the watchdog's thread cannot be started")
        pthread_detach(thread)
    }

    func watch(_ simulation: Simulation) {
        watched.withLock { $0[ObjectIdentifier(simulation)] = Watched(simulation: simulation) }
    }

    func forget(_ simulation: Simulation) {
        watched.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(simulation)) }
    }

    private func poll() {
        watched.withLock { watched in
            for key in watched.keys { watched[key]?.look() }
        }
    }
}

extension Watchdog.Watched {
    /// Ends the process when the simulation's present job has run for too long.
    fileprivate mutating func look() {
        let current = simulation.progress.load(ordering: .relaxed)
        quietNanoseconds = current == jobCount ? quietNanoseconds + Watchdog.pollNanoseconds : 0
        jobCount = current
        guard .nanoseconds(quietNanoseconds) >= simulation.options.jobRealTimeMaximum else {
            return
        }
        // The stuck thread changes nothing while it is stuck, so its place can be read from here.
        csimulator_exit("STUCK: one job does not suspend, at \(simulation.place)")
    }
}
