import Testing

@testable import LocalCluster

@Suite struct RegistrySurveyTests {
    private static let answer = """
        [{"Node": {}, "Service": {"Address": "10.77.1.1", "Meta": {"http": "10.77.1.1:5001"}},
          "Checks": [{"Status": "passing"}, {"Status": "passing"}]},
         {"Service": {"Address": "10.77.1.1", "Meta": {"http": "10.77.1.1:5009"}},
          "Checks": [{"Status": "critical"}, {"Status": "passing"}]},
         {"Service": {"Address": "10.77.1.2", "Meta": null},
          "Checks": [{"Status": "warning"}]}]
        """

    private func survey() throws -> RegistrySurvey {
        var survey = RegistrySurvey()
        try survey.read(Array(Self.answer.utf8), of: "UserService")
        return survey
    }

    @Test func `only who passes all checks is behind the gateway`() throws {
        #expect(try survey().gatewayInstances == ["UserService": ["10.77.1.1:5001"]])
    }

    @Test func `an instance that started again passes beside its own past`() throws {
        let survey = try survey()
        #expect(survey.standing(of: "UserService", at: "10.77.1.1") == .passing)
        #expect(survey.standing(of: "UserService", at: "10.77.1.2") == .critical)
        #expect(survey.standing(of: "UserService", at: "10.77.1.3") == .absent)
        #expect(survey.standing(of: "DraftService", at: "10.77.1.1") == .absent)
    }

    @Test func `half an answer is none`() throws {
        var survey = RegistrySurvey()
        #expect(throws: (any Error).self) {
            try survey.read(Array(Self.answer.utf8.dropLast(9)), of: "UserService")
        }
    }
}
