import PeerReview
import Platform
import StarchairAPI

extension DeadlineRush {
    /// What the chair does, with the administrator's help at the start.
    public func chair(_ chair: Visitor, administrator: Visitor) async {
        guard await Arrival(visitor: chair, town: town).arrive(), await rush.enter(administrator)
        else { return programme.fail("the chair did not arrive") }
        await waitForAuthors(chair)
        guard let (conference, first) = await found(chair, administrator)
        else { return programme.fail("no conference was founded") }
        await move(chair, conference, to: .submitting)
        programme.found(conference)
        programme.begin(.submitting)
        var deadline = first
        if chance(chair, permille: 600) {
            for _ in 0...chair.platform.random.below(2, for: "postponements") {
                deadline = await postpone(chair, conference, deadline)
            }
        }
        if chance(chair, permille: 400) { await openAgain(chair, conference, around: deadline) }
        await waitForClose(chair, conference)
        if chance(chair, permille: 850) {
            for _ in 0...chair.platform.random.below(3, for: "extensions") {
                await extend(chair, conference)
            }
        }
        programme.begin(.reading)
    }

    /// Authors who come much later miss a part.
    private func waitForAuthors(_ chair: Visitor) async {
        let end = chair.platform.clock.uptime + Self.arrivalPatience
        while programme.finishedCount(.arriving) < size.authorCount,
            chair.platform.clock.uptime < end, !Task.isCancelled
        {
            await rest(chair, atMost: .milliseconds(400))
        }
    }

    private func found(
        _ chair: Visitor, _ administrator: Visitor
    ) async -> (ConferenceID, Instant)? {
        var settings = ConferenceSettings.standard
        settings.committeeSizeMinimum = 0
        let span = Self.openTime.upperBound - Self.openTime.lowerBound
        let deadline =
            chair.platform.clock.now + Self.openTime.lowerBound
            + chair.platform.random.duration(below: span, for: "deadline")
        let proposed = await rush.insist(chair) { [settings] in
            await chair.propose(
                shortForm: "DSN", fullName: "Dependable Systems and Networks",
                settings: settings, deadline: deadline)
        }
        guard let id = proposed?.id else { return nil }
        _ = await rush.insist(administrator) { await administrator.approve(id) }
        return (id, deadline)
    }

    /// Gives more time when the deadline is near, or has just passed; what it is then.
    private func postpone(
        _ chair: Visitor, _ conference: ConferenceID, _ deadline: Instant
    ) async -> Instant {
        let left = deadline - chair.platform.clock.now - .seconds(3)
        do { try await chair.platform.clock.sleep(for: max(.zero, left)) } catch { return deadline }
        await rest(chair, atMost: .seconds(2))
        let later =
            deadline + .seconds(4)
            + chair.platform.random.duration(below: Self.extensionMaximum, for: "postponement")
        for _ in 0..<Arrival.roundCountMaximum where !Task.isCancelled {
            let told = await town.history.record(
                .moveDeadline(conference, to: later), by: chair.name
            ) {
                await chair.moveDeadline(of: conference, to: later)
            } seen: {
                .conference($0)
            }
            if told.value != nil { return later }
            if told.code != nil { return deadline }
        }
        return deadline
    }

    /// Closes by hand and opens again when the deadline is near, on either side of it.
    private func openAgain(
        _ chair: Visitor, _ conference: ConferenceID, around deadline: Instant
    ) async {
        let left = deadline - chair.platform.clock.now - .seconds(3)
        do {
            try await chair.platform.clock.sleep(for: max(.zero, left))
        } catch {
            return
        }
        await rest(chair, atMost: .seconds(3))
        await move(chair, conference, to: .bidding)
        await rest(chair, atMost: .seconds(2))
        await move(chair, conference, to: .submitting)
    }

    /// Waits until the deadline has closed the conference; one that has none is closed by hand.
    private func waitForClose(_ chair: Visitor, _ conference: ConferenceID) async {
        let end = chair.platform.clock.uptime + Self.closingPatience
        while chair.platform.clock.uptime < end, !Task.isCancelled {
            if let view = await look(chair, at: conference).value {
                if view.status != .submitting { return }
                if view.stopSubmittingTime == nil { break }
            }
            await rest(chair, atMost: .seconds(1))
        }
        await rest(chair, atMost: Self.extensionMaximum)
        await move(chair, conference, to: .bidding)
    }

    /// Gives more time, then closes by hand.
    private func extend(_ chair: Visitor, _ conference: ConferenceID) async {
        await rest(chair, atMost: .seconds(1))
        await move(chair, conference, to: .submitting)
        await rest(chair, atMost: Self.extensionMaximum)
        await move(chair, conference, to: .bidding)
    }

    /// Moves the conference until somebody says that it was done, or cannot be.
    private func move(
        _ chair: Visitor, _ conference: ConferenceID, to state: ConferenceState
    ) async {
        for _ in 0..<Arrival.roundCountMaximum where !Task.isCancelled {
            let told = await town.history.record(.move(conference, to: state), by: chair.name) {
                await chair.move(conference, to: state)
            } seen: {
                .conference($0)
            }
            if told.value != nil || told.code != nil { return }
        }
    }
}
