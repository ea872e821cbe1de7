import PeerReview
import Testing

/// The life of a conference, written as a table apart from the rules.
@Suite struct ConferenceStateTests {
    private static let moves: [ConferenceState: Set<ConferenceState>] = [
        .approved: [.submitting],
        .submitting: [.bidding],
        .bidding: [.submitting, .assigning],
        .assigning: [.bidding, .reviewing],
        .reviewing: [.assigning, .rebuttal, .discussing],
        .rebuttal: [.discussing],
        .discussing: [.decided],
        .decided: [.discussing],
        .released: [.cameraReady, .archived],
        .cameraReady: [.archived],
    ]

    private static let windows: [ConferenceState: Set<Window>] = [
        .submitting: [.submission],
        .bidding: [.bidding],
        .assigning: [.assignment],
        .reviewing: [.assignment, .review],
        .rebuttal: [.rebuttal],
        .discussing: [.review, .discussion, .decision],
        .decided: [.decision],
        .cameraReady: [.cameraReady],
    ]

    @Test(arguments: ConferenceState.allCases)
    func `a chair moves a conference only as the table says`(state: ConferenceState) {
        #expect(Set(state.successors) == Self.moves[state, default: []])
        #expect(state.successors.count == Set(state.successors).count)
        #expect(!state.successors.contains(state))
    }

    @Test func `no chair leads a conference out of a proposal, back into one, or to its release`() {
        #expect(ConferenceState.proposed.successors == [])
        #expect(ConferenceState.refused.successors == [])
        for state in ConferenceState.allCases {
            #expect(
                Set(state.successors).isDisjoint(with: [
                    .proposed, .refused, .approved, .released,
                ]))
        }
    }

    @Test(arguments: ConferenceState.allCases)
    func `the windows of a state are those of the table`(state: ConferenceState) {
        #expect(state.openWindows == Self.windows[state, default: []])
    }

    @Test func `every window is open in some state`() {
        let open = ConferenceState.allCases.reduce(into: Set<Window>()) {
            $0.formUnion($1.openWindows)
        }
        #expect(open == Set(Window.allCases))
    }

    @Test(arguments: ConferenceState.allCases)
    func `a release follows a time of reviews`(state: ConferenceState) {
        #expect(
            state.precedesRelease
                == [.reviewing, .rebuttal, .discussing, .decided].contains(state))
    }

    @Test(arguments: ConferenceState.allCases)
    func `a committee grows from the approval to the decisions`(state: ConferenceState) {
        let growing: [ConferenceState] = [
            .approved, .submitting, .bidding, .assigning, .reviewing, .rebuttal, .discussing,
        ]
        #expect(state.takesOnMembers == growing.contains(state))
    }

    @Test(arguments: ConferenceState.allCases)
    func `a conference is public unless it is proposed or refused`(state: ConferenceState) {
        #expect(state.isPublic == ![.proposed, .refused].contains(state))
    }

    @Test func `the names of the states and windows are those on the wire`() {
        #expect(
            ConferenceState.allCases.map(\.rawValue) == [
                "proposed", "refused", "approved", "submitting", "bidding", "assigning",
                "reviewing", "rebuttal", "discussing", "decided", "released", "cameraReady",
                "archived",
            ])
        #expect(
            Window.allCases.map(\.rawValue) == [
                "submission", "bidding", "assignment", "review", "rebuttal", "discussion",
                "decision", "cameraReady",
            ])
    }
}
