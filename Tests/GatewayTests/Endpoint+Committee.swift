extension Endpoint {
    /// The endpoints of committees, conflicts, reviews, discussions and notifications.
    static let committee = [
        Endpoint("/api/user/findUserByName", required: ["username": "\"ch\""]),
        Endpoint("/api/user/findUserByIds", required: ["ids": "[\"unknown\"]"]),
        Endpoint(
            "/api/conference/addPcMember/unknown", required: ["account": "\"unknown\""],
            optional: ["role": "\"member\""]),
        Endpoint("/api/conference/visible", required: ["id": "\"unknown\""]),
        Endpoint(
            "/api/draft/withdrawDraft", required: ["id": "\"unknown\"", "version": "1"]),
        Endpoint(
            "/api/draft/declareConflict",
            required: ["draftId": "\"unknown\"", "kind": "\"family\""],
            optional: ["account": "\"unknown\"", "reason": "\"A reason\""]),
        Endpoint(
            "/api/invitation/createInvitation",
            required: ["confId": "\"unknown\"", "email": "\"new@example.org\""],
            optional: ["role": "\"chair\"", "message": "\"Please\""]),
        Endpoint(
            "/api/reviewProcess/bid", required: ["draftId": "\"unknown\"", "bid": "1"]),
        Endpoint("/api/reviewProcess/allocDraft", required: ["confId": "\"unknown\""]),
        Endpoint(
            "/api/reviewProcess/assign",
            required: ["draftId": "\"unknown\"", "account": "\"unknown\""]),
        Endpoint(
            "/api/reviewProcess/decline", required: ["draftId": "\"unknown\""],
            optional: ["reason": "\"No time\""]),
        Endpoint(
            "/api/reviewProcess/score",
            required: [
                "draftId": "\"unknown\"", "version": "0", "comment": "\"Well.\"",
                "confirm": "true",
            ], optional: ["score": "1", "confidence": "1", "remarks": "\"Between us\""]),
        Endpoint(
            "/api/reviewProcess/rebuttal",
            required: ["draftId": "\"unknown\"", "version": "0", "rebuttal": "\"No.\""]),
        Endpoint(
            "/api/reviewProcess/decide",
            required: ["draftId": "\"unknown\"", "version": "0", "decision": "\"accept\""]),
        Endpoint(
            "/api/reviewProcess/release",
            required: ["confId": "\"unknown\"", "what": "\"reviews\""]),
        Endpoint(
            "/api/discuss/createPost",
            required: ["draftId": "\"unknown\"", "content": "\"I doubt it.\""]),
        Endpoint(
            "/api/discuss/createReply",
            required: ["postId": "\"unknown\"", "content": "\"So do I.\""]),
        Endpoint(
            "/api/notification/changeNotificationStatus",
            required: ["id": "\"unknown\"", "status": "\"read\""]),
    ]
}
