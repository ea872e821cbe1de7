import ClusterSimulator
import Trials

extension Simulation {
    /// Lets time go by in the world.
    func rest(for duration: Duration) async {
        // The world is never cancelled before its run is over.
        do { try await world.platform.clock.sleep(for: duration) } catch { return }
    }

    /// Waits in the world until something is over or the time is up.
    func wait(atMost duration: Duration, until isOver: () -> Bool) async {
        let end = now + duration
        while !isOver(), now < end { await rest(for: .milliseconds(200)) }
    }
}

extension SimulatedPostOffice {
    /// The letters that were sent, as their recipients see them.
    var sentLetters: [SentLetter] {
        letters.map {
            SentLetter(recipient: $0.recipient, subject: $0.subject, text: $0.text)
        }
    }
}
