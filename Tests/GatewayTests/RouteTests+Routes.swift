import StarchairAPI

extension RouteTests {
    static let services = [
        "user", "conference", "draft", "invitation", "discuss", "reviewProcess", "notification",
    ]

    /// The routes that are read.
    static let reading =
        services.map { "\($0)/check" } + [
            "user/info", "user/isAdmin", "conference/getAcceptConference",
            "conference/getUncheckedConference", "conference/getPcMembers/unknown",
            "draft/getDraftByAuthor", "draft/getConflicts/unknown", "draft/visible/unknown",
            "discuss/getOrCreateByDraft/unknown", "reviewProcess/getBids/unknown",
            "reviewProcess/getReviewProcessByDraftId/unknown",
            "notification/getNotificationById/unknown",
        ]

    /// The routes that are written to.
    static let writing = [
        "user/register", "user/verify", "user/login", "user/redeemLink", "user/logout",
        "user/findUserByName", "user/findUserByIds", "conference/createConference",
        "conference/approveConference/unknown", "conference/rejectConference/unknown",
        "conference/changeStatus/unknown", "conference/attendAsChairman",
        "conference/attendAsPc", "conference/attendAsContributor",
        "conference/addPcMember/unknown", "conference/visible", "draft/upload",
        "draft/submitDraft", "draft/modifyDraft", "draft/withdrawDraft",
        "draft/declareConflict", "invitation/createInvitation", "invitation/approve/unknown",
        "invitation/reject/unknown", "invitation/withdraw/unknown", "invitation/received",
        "invitation/sent", "reviewProcess/bid", "reviewProcess/allocDraft",
        "reviewProcess/assign", "reviewProcess/decline", "reviewProcess/score",
        "reviewProcess/rebuttal", "reviewProcess/decide", "reviewProcess/release",
        "reviewProcess/getReviewProcessByPcMember",
        "reviewProcess/getReviewProcessByConfId/unknown", "discuss/createPost",
        "discuss/createReply", "notification/all", "notification/changeNotificationStatus",
    ]

    /// What services tell each other.
    static let messages = [
        SendLetter.name, MintAdministratorLink.name, Authenticate.name, SignIn.name,
        SignOut.name, VerifyAddress.name, RedeemAdministratorLink.name, GetAccount.name,
        GetAccounts.name, ResolvePerson.name, JudgeConference.name, ListConferences.name,
        GetConferenceStandings.name, NoteRelease.name, CloseAtDeadline.name, AddMember.name,
        AddFile.name, LocateFile.name, ListDrafts.name, GetDraft.name,
        GetSubmissionStandings.name, ListForAssignment.name, FenceConflict.name,
        GetAssignments.name, ListAssigned.name, GetReviewStanding.name, AnnounceRelease.name,
        GetParticipation.name, Notify.name, ReadInbox.name, "SendLetter", "sendMail", "link",
        "mintLink",
    ]
}
