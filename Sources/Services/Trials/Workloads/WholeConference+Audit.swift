import Platform
import StarchairAPI

extension WholeConference {
    /// Looks at the whole conference, as its chair, when nothing is broken any more; nil when
    /// something could not be had. Inboxes are for everybody to look at.
    public func audit(_ chair: Visitor) async -> RestingConference? {
        guard let conference,
            let view = await chair.conference(conference).value,
            let members = await chair.members(of: conference),
            let submissions = await chair.allDrafts(
                "/api/draft/getDraftByConference/\(conference.text)"),
            let processes = await chair.reviewProcesses(in: conference)
        else { return nil }
        var threads: [SubmissionID: ThreadView] = [:]
        for submission in submissions {
            let told = await chair.thread(of: submission.id)
            // The first chair is conflicted with nothing.
            guard let thread = told.value else { return nil }
            threads[submission.id] = thread
        }
        return RestingConference(
            conference: view, members: members, submissions: submissions, processes: processes,
            threads: threads, accounts: programme.accounts)
    }

    /// Asks for something simple, when nothing is broken any more.
    public func ask(_ visitor: Visitor) async {
        guard let conference else { return }
        _ = await town.history.record(.ask, by: visitor.name) {
            await visitor.conference(conference)
        }
    }
}
