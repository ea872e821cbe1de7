import Cluster
import HTTPTypes
import Hummingbird

/// The one place in which refusals and cluster errors become HTTP.
extension Problem {
    init<Code: RefusalCode>(_ refusal: Refusal<Code>) {
        let known = Self.refusals[refusal.rawCode]
        self.init(
            known?.status ?? .conflict, refusal.rawCode, known?.title ?? "This is not possible.")
        parameters = refusal.parameters
    }

    init(_ error: ClusterError) {
        switch error {
        case .timedOut:
            self.init(.gatewayTimeout, "timedOut", "No answer came in time; it may have worked.")
        case .outcomeUnknown:
            self.init(.serviceUnavailable, "outcomeUnknown", "It may or may not have worked.")
        case .unreachable, .overloaded, .draining, .wrongInstance, .unavailable, .cancelled,
            .retryBudgetSpent:
            self.init(.serviceUnavailable, "unavailable", "Please try again in a moment.")
        case .storageFull:
            self.init(.storageFull, "storageFull", "The server's disk is full.")
        case .requestIDReused:
            self.init(
                .unprocessableContent, "requestIDReused",
                "This Idempotency-Key came before with another content.")
        case .malformed:
            self.init(.badRequest, "malformed", "The request cannot be understood.")
        case .unknownMessage, .failed:
            self.init(.internalServerError, "failed", "Something went wrong on the server.")
        }
        switch status {
        case .serviceUnavailable, .gatewayTimeout: retryAfter = 1
        default: break
        }
    }

    private static let refusals: [String: (status: HTTPResponse.Status, title: String)] = [
        "signInRequired": (.unauthorized, "Please sign in."),
        "wrongCredentials": (.unauthorized, "The name or the password is wrong."),
        "forbidden": (.forbidden, "You may not do this."),
        "addressNotVerified": (
            .forbidden, "Please open the link in the letter that was sent to your address."
        ),
        "usernameTaken": (.conflict, "This name is taken."),
        "addressClaimed": (.conflict, "This address belongs to another account."),
        "invalidField": (.badRequest, "A field has a value that is not allowed."),
        "invalidLink": (.gone, "The link is unknown, used, or too old."),
        "noSuchAccount": (.notFound, "There is no such account."),
        "noSuchConference": (.notFound, "There is no such conference."),
        "noSuchSubmission": (.notFound, "There is no such submission."),
        "noSuchFile": (.notFound, "There is no such file."),
        "wrongState": (.conflict, "The conference's state does not allow this."),
        "windowClosed": (.conflict, "The conference does not do this now."),
        "versionConflict": (
            .preconditionFailed, "It was changed since you read it. Read it again."
        ),
        "tooManyFiles": (.conflict, "Submit or wait: too many uploads are unused."),
        "withdrawn": (.conflict, "The submission was withdrawn."),
        "chairsDoNotSubmit": (
            .forbidden, "Who alone chairs a conference does not submit to it: invite a co-chair."
        ),
        "tooManyConflicts": (.conflict, "No more conflicts can be declared for it."),
        "committeeTooSmall": (
            .conflict, "The committee has too few members yet: invite more."
        ),
        "noSuchInvitation": (.notFound, "There is no such invitation."),
        "otherAddress": (
            .forbidden, "This invitation is for another address: sign in with its account."
        ),
        "alreadyAnswered": (.conflict, "The invitation was answered or withdrawn already."),
        "alreadyInvited": (.conflict, "This address is invited already."),
        "noSuchPost": (.notFound, "There is no such post."),
        "full": (.conflict, "The discussion takes no more posts."),
        "notAssigned": (.forbidden, "You are not assigned to this submission."),
        "released": (.conflict, "It was released and does not change any more."),
        "discussFirst": (
            .conflict, "Take part in the discussion before you change your score."
        ),
        "nothingToAssign": (.conflict, "The conference has no submissions to assign."),
        "tooFewReviewers": (
            .conflict,
            "A submission has too few members who may review it: invite more, or ask for fewer."
        ),
        "tooLittleCapacity": (
            .conflict,
            "The committee cannot take so many reviews: invite more members, or raise the load."
        ),
        "tooManySubmissions": (.conflict, "The conference is too large for one assignment."),
        "notEligible": (
            .conflict, "This person may not review it: not a member, an author, or conflicted."
        ),
        "alreadyAssigned": (.conflict, "This person reviews it already."),
        "loadReached": (.conflict, "This person has as many submissions as one takes."),
        "enoughReviewers": (.conflict, "The submission has enough reviewers."),
        "undecided": (.conflict, "Some submissions lack a decision."),
        "noSuchNotification": (.notFound, "There is no such notification."),
    ]

    /// What any error that a route threw amounts to.
    init(answering error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as any ClusterErrorConvertible: self.init(error.clusterError)
        case let error as any HTTPResponseError where error.status == .notFound:
            self.init(.notFound, "noSuchRoute", "There is nothing at this address.")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            self.init(error.status, "malformed", "The request cannot be understood.")
        case is CancellationError: self.init(ClusterError.cancelled)
        default: self.init(ClusterError.failed)
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 4918, section 11.5.
    fileprivate static let storageFull = Self(code: 507, reasonPhrase: "Insufficient Storage")
}
