import Platform
import StarchairAPI

extension DeadlineRush {
    /// What one author does: hands in again and again, changes, looks, and tries once more when
    /// all is closed for good.
    public func author(_ visitor: Visitor) async {
        guard await Arrival(visitor: visitor, town: town).arrive() else { return }
        programme.finish(.arriving, visitor.name)
        guard await wait(visitor, for: .submitting), let conference else { return }
        for number in 1...size.attemptCountMaximum where programme.phase == .submitting {
            await submit("Paper \(number) of \(visitor.name)", visitor, conference)
            if chance(visitor, permille: 400) { await rush.changeOne(visitor) }
            if chance(visitor, permille: 400) { await look(visitor, at: conference) }
            await rest(visitor, atMost: .milliseconds(1200))
        }
        guard await wait(visitor, for: .reading) else { return }
        await rush.spy(visitor)
        await submit("Last paper of \(visitor.name)", visitor, conference)
    }

    private func wait(_ visitor: Visitor, for phase: Programme.Phase) async -> Bool {
        while programme.phase < phase {
            if programme.isAbandoned || Task.isCancelled { return false }
            await rest(visitor, atMost: .milliseconds(300))
        }
        return !programme.isAbandoned
    }

    /// Hands in a paper, sometimes by a double click: one intention, two requests at once.
    private func submit(
        _ title: String, _ visitor: Visitor, _ conference: ConferenceID
    ) async {
        let content = PaperPDF.bytes(title: title, fillerByteCount: rush.size.fillerByteCount)
        let upload: Told<FileView> = await visitor.upload(
            content, name: "paper.pdf", intention: visitor.newIntention())
        guard let file = upload.value?.file_id else { return }
        let intention = visitor.newIntention()
        let isDouble = chance(visitor, permille: 300)
        async let second: Void =
            isDouble ? submit(title, visitor, conference, file, intention) : ()
        await submit(title, visitor, conference, file, intention)
        await second
    }

    private func submit(
        _ title: String, _ visitor: Visitor, _ conference: ConferenceID, _ file: FileID,
        _ intention: String
    ) async {
        _ = await town.history.record(
            .submit(conference: conference, title: title), by: visitor.name
        ) {
            await visitor.submit(
                title, to: conference, file: file, authors: rush.coauthors(of: visitor),
                intention: intention)
        } seen: {
            .submission($0)
        }
    }
}
