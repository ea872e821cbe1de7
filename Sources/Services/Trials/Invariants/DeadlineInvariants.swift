import PeerReview
import Platform
import StarchairAPI

/// What must hold of a conference's deadline, judged from what people were told alone.
public struct DeadlineInvariants: Sendable {
    /// What the world knows beside the history.
    public struct Circumstances: Sendable {
        /// The conference.
        public var conference: ConferenceID
        /// The history's zero as a moment of the calendar.
        public var start: Instant
        /// How far the clocks of the authority's replicas were from the truth at most.
        public var clockError: Duration
        /// From when on nothing was broken.
        public var healed: Duration

        /// Describes what the world knows.
        public init(
            of conference: ConferenceID, start: Instant, clockError: Duration, healed: Duration
        ) {
            self.conference = conference
            self.start = start
            self.clockError = clockError
            self.healed = healed
        }
    }

    let entries: [History.Entry]
    let circumstances: Circumstances
    let sightings: ConferenceSightings

    /// A judgement of a history.
    public init(_ history: History, _ circumstances: Circumstances) {
        entries = history.entries
        self.circumstances = circumstances
        sightings = ConferenceSightings(
            entries, of: circumstances.conference, start: circumstances.start,
            .init(clockError: circumstances.clockError, healed: circumstances.healed))
    }

    /// All that is broken.
    public func findings() -> [Finding] {
        decisions() + looks() + doubles() + conclusion()
    }

    /// What is accepted was handed in while open, and what is refused while closed.
    private func decisions() -> [Finding] {
        entries.compactMap { entry in
            guard let end = entry.ended, isAboutTheWindow(entry.operation) else { return nil }
            let window = sightings.window(from: entry.begun, to: end)
            switch (entry.outcome, window) {
            case (.submission, .surelyClosed):
                return Finding(Invariant.deadline, "\(entry.operation) was accepted when closed")
            case (.refused("windowClosed"), .surelyOpen(let isExtended)):
                return Finding(
                    isExtended ? Invariant.extensionStays : Invariant.deadline,
                    "\(entry.operation) was refused when open")
            default: return nil
            }
        }
    }

    private func isAboutTheWindow(_ operation: History.Operation) -> Bool {
        switch operation {
        case .submit, .retitle: true
        default: false
        }
    }

    /// Nobody is shown an older state than was known, nor another one than it must be.
    private func looks() -> [Finding] {
        entries.compactMap { entry in
            guard case .look(circumstances.conference) = entry.operation,
                let seen = ConferenceSightings.sighting(entry)
            else { return nil }
            if let known = sightings.newest(before: seen.begun),
                seen.view.version < known.view.version
            {
                let isReverted = sightings.isLater(known.view, than: seen.view)
                return Finding(
                    isReverted ? Invariant.extensionStays : Invariant.register,
                    "version \(seen.view.version) was shown after \(known.view.version)")
            }
            let isOpen = seen.view.status == .submitting
            switch sightings.window(from: seen.begun, to: seen.ended) {
            case .surelyOpen(let isExtended) where !isOpen:
                return Finding(
                    isExtended ? Invariant.extensionStays : Invariant.deadline,
                    "\(entry.person) was shown that it is \(seen.view.status) too early")
            case .surelyClosed where isOpen:
                return Finding(Invariant.deadline, "\(entry.person) was shown that it is open")
            default: return nil
            }
        }
    }

    /// One intention has one answer, whoever gives it.
    private func doubles() -> [Finding] {
        let submits = entries.compactMap { entry -> (title: String, answer: String)? in
            guard case .submit(_, let title) = entry.operation else { return nil }
            switch entry.outcome {
            case .submission(let view): return (title, "accepted as \(view.id)")
            case .refused(let code): return (title, "refused: \(code)")
            default: return nil
            }
        }
        return Dictionary(grouping: submits, by: \.title).sorted { $0.key < $1.key }
            .compactMap { title, all in
                let answers = Set(all.map(\.answer)).sorted()
                guard answers.count > 1 else { return nil }
                return Finding(Invariant.deadline, "\(title): \(answers.joined(separator: ", "))")
            }
    }

    /// What is known at last of a deadline that has passed long ago is that it has closed.
    private func conclusion() -> [Finding] {
        guard let last = sightings.last,
            last.view.status == .submitting, let deadline = sightings.deadline(of: last.view),
            last.begun > sightings.end(of: deadline)
        else { return [] }
        return [
            Finding(
                Invariant.inTheEnd(Invariant.deadline),
                "it is open \(last.begun - deadline) after its deadline")
        ]
    }
}
