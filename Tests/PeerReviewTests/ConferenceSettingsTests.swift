import BSON
import PeerReview
import Testing

/// What a conference may choose for itself.
@Suite struct ConferenceSettingsTests {
    private static let limits: [(String, ClosedRange<Int>)] = [
        ("committeeSizeMinimum", 0...100), ("reviewersPerSubmission", 1...20),
        ("loadMaximum", 1...1000),
    ]

    private static func settings(_ field: String, _ value: Int) -> ConferenceSettings {
        var settings = ConferenceSettings.standard
        switch field {
        case "committeeSizeMinimum": settings.committeeSizeMinimum = value
        case "reviewersPerSubmission": settings.reviewersPerSubmission = value
        default: settings.loadMaximum = value
        }
        return settings
    }

    @Test(arguments: limits.map(\.0))
    func `a number outside its limits is named`(field: String) throws {
        let range = try #require(Self.limits.first { $0.0 == field }?.1)
        for value in [range.lowerBound, range.upperBound] {
            #expect(Self.settings(field, value).invalidField == nil)
        }
        for value in [range.lowerBound - 1, range.upperBound + 1, .min, .max] {
            #expect(Self.settings(field, value).invalidField == field)
        }
    }

    @Test func `who chooses nothing has the standard settings`() throws {
        let empty = try BSONEncoder().encode([String: Int]())
        let read = try BSONDecoder().decode(ConferenceSettings.self, from: empty)
        #expect(read == .standard)
        #expect(read.anonymity == .doubleBlind && read.invalidField == nil)
    }

    @Test func `what is chosen is kept beside what is not`() throws {
        let some = try BSONEncoder().encode(["loadMaximum": 7])
        let read = try BSONDecoder().decode(ConferenceSettings.self, from: some)
        #expect(read == Self.settings("loadMaximum", 7))
    }

    @Test(arguments: Anonymity.allCases)
    func `settings are read as they were written`(anonymity: Anonymity) throws {
        var settings = Self.settings("loadMaximum", 1000)
        settings.anonymity = anonymity
        let bytes = try BSONEncoder().encode(settings)
        #expect(try BSONDecoder().decode(ConferenceSettings.self, from: bytes) == settings)
    }

    @Test func `an unknown way to hide people is refused`() throws {
        let bytes = try BSONEncoder().encode(["anonymity": "quadrupleBlind"])
        #expect(throws: (any Error).self) {
            try BSONDecoder().decode(ConferenceSettings.self, from: bytes)
        }
    }
}
