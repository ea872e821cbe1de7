import PeerReview
import Testing

/// The life of a conference, written as a table apart from the rules.
struct ConferenceStateTests {
    private static let moves: [ConferenceState: Set<ConferenceState>] = [
        .approved: [.submitting],
        .submitting: [.bidding],
        .bidding: [.submitting],
    ]

    @Test(arguments: ConferenceState.allCases)
    func `a chair moves a conference only as the table says`(state: ConferenceState) {
        #expect(Set(state.successors) == Self.moves[state, default: []])
        #expect(state.successors.count == Set(state.successors).count)
    }

    @Test func `no chair leads a conference out of a proposal or back into one`() {
        #expect(ConferenceState.proposed.successors == [])
        #expect(ConferenceState.refused.successors == [])
        for state in ConferenceState.allCases {
            #expect(!state.successors.contains(.proposed))
            #expect(!state.successors.contains(.refused))
            #expect(!state.successors.contains(state))
        }
    }

    @Test(arguments: ConferenceState.allCases)
    func `submissions are taken while the conference is submitting`(state: ConferenceState) {
        #expect(state.openWindows == (state == .submitting ? [.submission] : []))
    }

    @Test(arguments: ConferenceState.allCases)
    func `a conference is public unless it is proposed or refused`(state: ConferenceState) {
        #expect(state.isPublic == ![.proposed, .refused].contains(state))
    }

    @Test func `the names of the states are those on the wire`() {
        #expect(
            ConferenceState.allCases.map(\.rawValue) == [
                "proposed", "refused", "approved", "submitting", "bidding", "assigning",
                "reviewing", "rebuttal", "discussing", "decided", "released", "cameraReady",
                "archived",
            ])
        #expect(Window.allCases.map(\.rawValue) == ["submission"])
    }
}
