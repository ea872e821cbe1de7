/// The rules that a conference chooses for itself.
public struct ConferenceSettings: Codable, Hashable, Sendable {
    /// Who is hidden from whom.
    public var anonymity: Anonymity
    /// Members that the committee must have before submissions open.
    public var committeeSizeMinimum: Int
    /// Reviewers of each submission.
    public var reviewersPerSubmission: Int
    /// Submissions that one reviewer takes at most.
    public var loadMaximum: Int

    /// The settings of a conference that chose none.
    public static let standard = ConferenceSettings(
        anonymity: .doubleBlind, committeeSizeMinimum: 3, reviewersPerSubmission: 3,
        loadMaximum: 20)

    /// The name of the first setting that has a value it must not have.
    public var invalidField: String? {
        if !(0...100).contains(committeeSizeMinimum) { return "committeeSizeMinimum" }
        if !(1...20).contains(reviewersPerSubmission) { return "reviewersPerSubmission" }
        if !(1...1000).contains(loadMaximum) { return "loadMaximum" }
        return nil
    }
}

extension ConferenceSettings {
    private enum CodingKeys: String, CodingKey {
        case anonymity, committeeSizeMinimum, reviewersPerSubmission, loadMaximum
    }

    /// What is missing is as in ``standard``.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let standard = Self.standard
        self.init(
            anonymity: try values.decodeIfPresent(Anonymity.self, forKey: .anonymity)
                ?? standard.anonymity,
            committeeSizeMinimum: try values.decodeIfPresent(
                Int.self, forKey: .committeeSizeMinimum) ?? standard.committeeSizeMinimum,
            reviewersPerSubmission: try values.decodeIfPresent(
                Int.self, forKey: .reviewersPerSubmission) ?? standard.reviewersPerSubmission,
            loadMaximum: try values.decodeIfPresent(Int.self, forKey: .loadMaximum)
                ?? standard.loadMaximum)
    }
}
