import PeerReview
import Platform
import StarchairAPI

extension WholeConference {
    /// What an author does; the first ones have a member of the committee as a co-author.
    public func author(_ visitor: Visitor, number: Int) async {
        guard await arrive(visitor), await wait(visitor, for: .submitting) else { return }
        let own = await submit(visitor, number)
        programme.finish(.submitting, visitor.name)
        guard let own, await wait(visitor, for: .reviewing) else { return }
        // Nothing is there to be seen yet, and the judge knows.
        await readProcess(visitor, own)
        guard await wait(visitor, for: .rebutting) else { return }
        await rebut(visitor, own)
        programme.finish(.rebutting, visitor.name)
        if number == size.authorCount { await comeAndGo(visitor) }
        guard await wait(visitor, for: .deciding) else { return }
        while programme.phase == .deciding, !programme.isAbandoned, !Task.isCancelled {
            await readProcess(visitor, own)
            await rest(visitor, atMost: .seconds(3))
        }
        guard await wait(visitor, for: .reading) else { return }
        await readDecision(visitor, own)
        programme.finish(.reading, visitor.name)
    }

    private func submit(_ visitor: Visitor, _ number: Int) async -> SubmissionID? {
        guard let conference else { return nil }
        for _ in 0..<Self.roundCountMaximum {
            let title = "Paper \(number), \(mark(visitor))"
            let content = PaperPDF.bytes(title: title, fillerByteCount: 300)
            let upload = await settled(visitor) { () -> Told<FileView> in
                await visitor.upload(
                    content, name: "paper.pdf", intention: visitor.newIntention())
            }
            guard let file = upload.value else { return nil }
            let told = await town.history.record(
                .submit(conference: conference, title: title), by: visitor.name
            ) {
                await visitor.submit(
                    title, to: conference, file: file.file_id, authors: coauthors(number),
                    intention: visitor.newIntention())
            } seen: {
                .submission($0)
            }
            if let view = told.value { return view.id }
            if case .refused = told { return nil }
            // Nobody said: it may be there.
            if let found = await visitor.allDrafts("/api/draft/getDraftByAuthor")?.first {
                return found.id
            }
        }
        return nil
    }

    private func coauthors(_ number: Int) -> [Author] {
        guard number <= size.coauthorCount, number <= size.reviewerCount,
            let address = EmailAddress("\(reviewers[number - 1])@example.org")
        else { return [] }
        return [Author(fullname: "A colleague", email: address)]
    }

    private func rebut(_ visitor: Visitor, _ own: SubmissionID) async {
        for _ in 0..<3 {
            let told = await readProcess(visitor, own)
            guard let process = told.value else { continue }
            let version = process.rebuttal?.version ?? 0
            let text = "Rebuttal \(mark(visitor))"
            let answer = await town.history.record(
                .rebut(own, from: version, text: text), by: visitor.name
            ) {
                await visitor.rebut(own, from: version, text: text)
            } seen: {
                .rebuttal($0)
            }
            if answer.value != nil { return }
        }
    }

    /// Signs out, tries the old session for a while, and comes back.
    private func comeAndGo(_ visitor: Visitor) async {
        guard let session = await visitor.sessionToken else { return }
        let told = await town.history.record(.signOut, by: visitor.name) {
            await settled(visitor) { await visitor.signOut() }
        }
        if told.value != nil {
            for _ in 0..<4 {
                await visitor.resume(session)
                _ = await town.history.record(.useEndedSession, by: visitor.name) {
                    () -> Told<AccountView> in
                    await visitor.get("/api/user/info")
                }
                await rest(visitor, atMost: .seconds(6))
            }
        }
        let name = identity(of: visitor.name)
        _ = await settled(visitor) {
            await visitor.signIn(username: name, password: Arrival.password(of: name))
        }
    }

    private func readDecision(_ visitor: Visitor, _ own: SubmissionID) async {
        for _ in 0..<Self.roundCountMaximum {
            let told = await readProcess(visitor, own)
            if told.value?.decision != nil { return }
            await rest(visitor, atMost: .milliseconds(500))
        }
    }
}
