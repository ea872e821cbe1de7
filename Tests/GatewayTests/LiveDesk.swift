import Cluster
import Foundation
import HTTPTypes
import Platform
import Ports
import StarchairAPI
import StarchairAssembly
import StarchairGateway
import Testing

/// An installation with people who open pages, and something to tell them.
struct LiveDesk: Sendable {
    let installation: TestInstallation
    /// Time stands still, however slow the machine is.
    let clock = HeldClock(at: Instant(millisecondsSince1970: 1_900_000_000_000))
    let reader: Person
    let other: Person

    /// How often a page looks whether its session is held.
    static let interval = Duration.seconds(3)
    /// How often the node says that a service is there, which it must not miss.
    private static let heartbeat = Duration.seconds(10) / 3

    init() async throws {
        var configuration = TestInstallation.Configuration()
        configuration.clock = clock
        installation = try await TestInstallation(configuration)
        reader = try await installation.person("reader")
        other = try await installation.person("other")
    }

    /// What the edge says to somebody who asks for a connection.
    func admission(
        _ person: Person?, _ query: String = "", _ change: (Call) -> Call = { $0 }
    ) async -> LiveEdge.Admission {
        await installation.live.admit(
            change(Call.get("/ws\(query)").by(person)).request.head)
    }

    /// Lets a page be served, in a task of the group.
    func open(
        _ page: ScriptedPage, of person: Person, after last: Int = 0,
        in group: inout ThrowingTaskGroup<Void, any Error>
    ) async throws {
        guard case .admitted(let visitor) = await admission(person, "?after=\(last)") else {
            throw NotAdmitted()
        }
        let live = installation.live
        group.addTask { await live.serve(page, to: visitor) }
    }

    struct NotAdmitted: Error {}

    /// Tells somebody something, as a service does; the count says which it is.
    func tell(_ person: Person, _ count: Int) async throws {
        let client = installation.node.client
        let event = NotificationEvent(
            .assigned, confId: "conference", shortenForm: "LIVE",
            parameters: ["count": "\(count)"])
        let message = Notify(recipient: .account(person.account.id), event: event)
        let context = client.context(
            Principal(.service(.reviewProcess)), timeout: .seconds(60))
        _ = try await client.call(message, context)
    }

    /// Waits until something is so; a test that waits for ever is ended by its time limit.
    func until(_ isSo: () throws -> Bool) async throws {
        while try !isSo() { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until so many pages have nothing to do.
    func rest(_ count: Int) async throws {
        try await until { clock.sleeperCount(for: Self.interval) == count }
    }

    /// Lets time pass, step by step; so many pages have nothing to do before each step.
    func pass(_ duration: Duration, resting count: Int) async throws {
        var left = duration
        while left > .zero {
            try await until {
                clock.sleeperCount(for: Self.heartbeat) == Installation.services.count
                    && clock.sleeperCount(for: Self.interval) == count
            }
            clock.advance(by: min(left, Self.interval))
            left -= Self.interval
        }
    }

    /// Lets time pass, little by little, until the task is cancelled.
    func letTimePass() async throws {
        while !Task.isCancelled {
            clock.advance(by: .milliseconds(1))
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// The notifications that a page was sent.
    static func received(_ page: ScriptedPage) throws -> [NotificationView] {
        try page.texts.map {
            try JSONDecoder().decode(NotificationView.self, from: Data($0.utf8))
        }
    }

    /// Their numbers in the inbox.
    static func sequences(_ page: ScriptedPage) throws -> [Int64] {
        try received(page).map(\.sequence)
    }

    /// Opens a page, lets something happen to it and waits for its end.
    func end(
        of page: ScriptedPage, _ happen: () async throws -> Void
    ) async throws -> LiveCloseReason? {
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await open(page, of: reader, in: &group)
            try await happen()
            try await until { page.closed != nil }
            try await group.waitForAll()
        }
        #expect(page.closingCount == 1)
        return page.closed
    }
}
