import StarchairAPI

extension SmokeTrial {
    /// How long a page may stay open whose session has ended.
    private static let closingTime = Duration.seconds(10)
    /// How long a page may be without what the inbox held when it was opened.
    private static let openingTime = Duration.seconds(10)

    /// Who has no session has no page, from the moment on that it ends.
    func endSession(of person: Visitor) async throws {
        await expectNoPage("who is not signed in", session: nil)
        let second = Visitor(person.name, port: stage.port, platform: stage.platform)
        _ = try must(
            "somebody signs in a second time",
            await second.signIn(
                username: person.name, password: Arrival.password(of: person.name)))
        guard let session = await second.sessionToken else {
            throw Stopped(description: "a second sign-in brought no session")
        }
        let stream: any LiveStream
        do throws(NoAnswer) {
            stream = try await stage.live.connect(session: session, after: 0)
        } catch {
            report.check("the second session has a page", false)
            return
        }
        let first = await result(within: Self.openingTime) { await stream.next() }
        report.check(
            "the second session has a page, which shows the inbox", first.flatMap(\.self) != nil,
            found: first == nil ? "it shows nothing" : "it was closed")
        _ = try must("the second session signs out", await second.signOut())
        let isClosed = await result(within: Self.closingTime) {
            while await stream.next() != nil {}
            return true
        }
        report.check(
            "its page is closed", isClosed == true,
            found: "it is open \(Self.closingTime) after the sign-out")
        await stream.close()
        await expectNoPage("who has signed out", session: session)
        report.check("the first session stays", await person.inbox() != nil)
    }

    private func expectNoPage(_ who: String, session: String?) async {
        let status = await handshake(session: session)
        report.check(
            "\(who) is told to sign in instead of having a page", status == 401,
            found: status.map { "the answer is \($0)" } ?? "no answer came")
        do throws(NoAnswer) {
            let stream = try await stage.live.connect(session: session ?? "", after: 0)
            await stream.close()
            report.check("\(who) has no page", false)
        } catch {
            report.check("\(who) has no page", true)
        }
    }

    /// The status of the answer to somebody who asks for a page, as plain HTTP sees it.
    private func handshake(session: String?) async -> Int? {
        var call = HTTPCall(
            method: "GET", path: "/ws?after=0",
            headers: [
                ["Connection", "Upgrade"], ["Upgrade", "websocket"],
                ["Sec-WebSocket-Version", "13"],
                // Any 16 bytes.
                ["Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="],
            ])
        if let session { call.headers.append(["Cookie", "starchair_session=\(session)"]) }
        do throws(NoAnswer) {
            return try await stage.port.exchange(call).status
        } catch {
            return nil
        }
    }

    /// What comes of work that ends when it is cancelled; nil when it takes longer.
    private func result<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let clock = stage.platform.clock
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                do { try await clock.sleep(for: limit) } catch { return nil }
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
