import Platform
import StarchairAPI
import Synchronization

/// How far a trial's conference is, so that its people know what to do next.
///
/// They could all find it out over HTTP; that they agree beforehand keeps a run short.
final class Programme: Sendable {
    /// What the people do, in order.
    enum Phase: Int, Comparable, CaseIterable {
        case arriving, submitting, bidding, assigning, reviewing, rebutting, discussing
        case deciding, reading, over

        static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        var phase = Phase.arriving
        var conference: ConferenceID?
        var invitations: [String: InvitationID] = [:]
        var accounts: [String: AccountID] = [:]
        var sessions: [String: String] = [:]
        var isEverybodyInvited = false
        var finished: [Phase: Set<String>] = [:]
        var isAbandoned = false
        var failure: String?
    }

    private let state = Mutex(State())

    var phase: Phase { state.withLock(\.phase) }
    var conference: ConferenceID? { state.withLock(\.conference) }
    /// Whether somebody could not go on, so that nobody waits for anything.
    var isAbandoned: Bool { state.withLock(\.isAbandoned) }

    func begin(_ phase: Phase) { state.withLock { $0.phase = phase } }
    func found(_ conference: ConferenceID) { state.withLock { $0.conference = conference } }
    /// Why nobody goes on although it must be possible; nil while all is well.
    var failure: String? { state.withLock(\.failure) }

    /// Nobody goes on, because of something that people meet in life too.
    func abandon() { state.withLock { $0.isAbandoned = true } }

    /// Nobody goes on, because something did not happen that must.
    func fail(_ reason: String) {
        state.withLock { state in
            state.isAbandoned = true
            state.failure = state.failure ?? reason
        }
    }

    func invited(_ name: String, _ invitation: InvitationID) {
        state.withLock { $0.invitations[name] = invitation }
    }

    func invitation(of name: String) -> InvitationID? {
        state.withLock { $0.invitations[name] }
    }

    /// Whether all invitations were made.
    var isEverybodyInvited: Bool { state.withLock(\.isEverybodyInvited) }
    func inviteNobodyElse() { state.withLock { $0.isEverybodyInvited = true } }

    func arrived(_ name: String, as account: AccountID, session: String?) {
        state.withLock { state in
            state.accounts[name] = account
            state.sessions[name] = session
        }
    }

    func session(of name: String) -> String? { state.withLock { $0.sessions[name] } }

    func account(of name: String) -> AccountID? { state.withLock { $0.accounts[name] } }

    /// All accounts by name.
    var accounts: [String: AccountID] { state.withLock(\.accounts) }

    func finish(_ phase: Phase, _ name: String) {
        state.withLock { _ = $0.finished[phase, default: []].insert(name) }
    }

    func finishedCount(_ phase: Phase) -> Int {
        state.withLock { $0.finished[phase]?.count ?? 0 }
    }
}
