import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Conferences and their life: the one authority on roles and windows.
public actor ConferenceService: HostedService {
    public let effects: Effects
    let client: ClusterClient
    let platform: Platform
    private let bus: any EventBus

    static let notifications = OutboxConsumer("notifications")

    /// A service on its own store.
    public init(effects: Effects, client: ClusterClient, bus: any EventBus) {
        self.effects = effects
        self.client = client
        self.bus = bus
        platform = client.platform
    }

    /// What the service answers to.
    public nonisolated var service: Service {
        Service(
            .conference,
            [
                Handler(ProposeConference.self) { try await self.propose($0, $1) },
                Handler(JudgeConference.self) { try await self.judge($0, $1) },
                Handler(ChangeConferenceState.self) { try await self.changeState($0, $1) },
                Handler(MoveDeadline.self) { try await self.moveDeadline($0, $1) },
                Handler(CloseAtDeadline.self) { try await self.close($0, $1) },
                Handler(GetConference.self) { try await self.conference($0, $1) },
                Handler(GetConferences.self) { try await self.conferences($0, $1) },
                Handler(ListConferences.self) { try await self.list($0, $1) },
                Handler(AddMember.self) { try await self.addMember($0, $1) },
                Handler(ListMembers.self) { try await self.members($0, $1) },
                Handler(GetConferenceStandings.self) { try await self.standings($0, $1) },
                Handler(NoteRelease.self) { try await self.noteRelease($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [
            .publishing(
                Self.notifications, to: .notifications, as: .conference, bus: bus)
        ]
    }

    public nonisolated var background: [BackgroundTask] {
        let keeper = DeadlineKeeper(store: effects.store, client: client)
        return [BackgroundTask("deadline keeper") { await keeper.run() }]
    }

    private func propose(
        _ message: ProposeConference, _ context: CallContext
    ) async throws -> ConferenceView {
        guard let account = context.principal.accountID else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        guard !context.principal.verifiedAddresses.isEmpty else {
            throw Refusal(ConferenceRefusal.addressNotVerified)
        }
        try Self.check(message)
        return try await effects.perform(message, context) { transaction in
            let conference = ConferenceRecord(
                id: ConferenceID(platform.random, for: "conference id"),
                shortenForm: message.shortenForm, fullName: message.fullName,
                location: message.location ?? "", startTime: message.startTime,
                stopSubmittingTime: message.stopSubmittingTime,
                publishingTime: message.publishingTime, topics: message.topics ?? [],
                chairs: [account], state: .proposed, proposed: transaction.now,
                settings: message.settings)
            try transaction.insert(
                conference, id: conference.id.text, in: ConferenceRecord.collection)
            return conference.view(version: 1)
        }
    }

    private func judge(
        _ message: JudgeConference, _ context: CallContext
    ) async throws -> ConferenceView {
        guard context.principal.accountID != nil else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        guard context.principal.isAdministrator else {
            throw Refusal(ConferenceRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            let state: ConferenceState = message.approve ? .approved : .refused
            guard read.value.state == .proposed else {
                throw Self.wrongState(from: read.value.state, to: state)
            }
            return try move(read, to: state, in: &transaction)
        }
    }

    private func changeState(
        _ message: ChangeConferenceState, _ context: CallContext
    ) async throws -> ConferenceView {
        guard context.principal.accountID != nil else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            guard read.value.isChaired(by: context.principal) else {
                throw Refusal(ConferenceRefusal.forbidden)
            }
            guard read.value.state.successors.contains(message.state) else {
                throw Self.wrongState(from: read.value.state, to: message.state)
            }
            if message.state == .submitting { try await requireCommittee(of: read.value) }
            return try move(read, to: message.state, in: &transaction)
        }
    }

    /// Moves the deadline; the write expects the version that was read, so a close at the old one
    /// that happens meanwhile is decided anew, and finds that there is more time.
    private func moveDeadline(
        _ message: MoveDeadline, _ context: CallContext
    ) async throws -> ConferenceView {
        guard context.principal.accountID != nil else {
            throw Refusal(ConferenceRefusal.signInRequired)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            guard read.value.isChaired(by: context.principal) else {
                throw Refusal(ConferenceRefusal.forbidden)
            }
            guard [.proposed, .approved, .submitting].contains(read.value.state) else {
                throw Self.wrongState(from: read.value.state, to: .submitting)
            }
            if let deadline = message.stopSubmittingTime, deadline <= transaction.now {
                throw Refusal(ConferenceRefusal.invalidField, ["field": "stopSubmittingTime"])
            }
            var conference = read.value
            conference.stopSubmittingTime = message.stopSubmittingTime
            try transaction.replace(read, with: conference, in: ConferenceRecord.collection)
            return conference.view(version: read.version + 1)
        }
    }

    private func noteRelease(_ message: NoteRelease, _ context: CallContext) async throws -> Done {
        guard context.principal.actor == .service(.reviewProcess) else {
            throw Refusal(ConferenceRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            if read.value.state.precedesRelease {
                _ = try move(read, to: .released, in: &transaction)
            }
            return Done()
        }
    }

    private func close(
        _ message: CloseAtDeadline, _ context: CallContext
    ) async throws -> ConferenceView {
        guard context.principal.actor == .service(.conference) else {
            throw Refusal(ConferenceRefusal.forbidden)
        }
        return try await effects.perform(message, context) { transaction in
            let read = try await read(message.conference, for: context)
            guard let deadline = read.value.deadline, deadline <= transaction.now else {
                throw Self.wrongState(from: read.value.state, to: .bidding)
            }
            return try move(read, to: .bidding, in: &transaction)
        }
    }

    /// Moves a conference and lets its chairs know; the write expects the version that was read,
    /// so of two moves at once one is decided anew.
    private func move(
        _ read: Versioned<ConferenceRecord>, to state: ConferenceState,
        in transaction: inout Transaction
    ) throws -> ConferenceView {
        var conference = read.value
        conference.state = state
        // Who opens a conference after its deadline closes it by hand.
        if let deadline = conference.deadline, deadline <= transaction.now, state == .submitting {
            conference.stopSubmittingTime = nil
        }
        try transaction.replace(read, with: conference, in: ConferenceRecord.collection)
        for chair in conference.chairs {
            let event = NotificationEvent(
                .conferenceMoved, confId: conference.id, shortenForm: conference.shortenForm,
                parameters: ["state": state.rawValue])
            try transaction.announce(
                Notify(recipient: .account(chair), event: event), to: Self.notifications)
        }
        return conference.view(version: read.version + 1)
    }

    /// The conference, for somebody who may know of it.
    func read(
        _ id: ConferenceID, for context: CallContext
    ) async throws -> Versioned<ConferenceRecord> {
        guard
            let read = try await effects.store.read(id.text, in: ConferenceRecord.collection),
            read.value.isKnown(to: context.principal)
        else { throw Refusal(ConferenceRefusal.noSuchConference) }
        return read
    }

    private static func wrongState(
        from: ConferenceState, to: ConferenceState
    ) -> Refusal<ConferenceRefusal> {
        Refusal(.wrongState, ["from": from.rawValue, "to": to.rawValue])
    }

    private static func check(_ message: ProposeConference) throws {
        let topics = message.topics ?? []
        let fields: [(TextRule, String)] = [
            (.shortForm, message.shortenForm), (.conferenceName, message.fullName),
            (.location, message.location ?? ""),
        ]
        let broken = fields.first { !$0.0.accepts($0.1) }?.0.name
        if let field = message.settings?.invalidField {
            throw Refusal(ConferenceRefusal.invalidField, ["field": field])
        }
        let areTopicsFine = topics.count <= 100 && topics.allSatisfy(TextRule.topic.accepts)
        if let field = areTopicsFine ? broken : TextRule.topic.name {
            throw Refusal(ConferenceRefusal.invalidField, ["field": field])
        }
    }
}
