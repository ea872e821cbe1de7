import Cluster
import Platform
import Ports
import StarchairAPI

/// Closes conferences whose deadline has come, by a message like any other: the conference's
/// document decides, not the clock of whoever accepts a submission.
struct DeadlineKeeper: Sendable {
    /// How long it rests between two looks, and so how late a close may be.
    static let rest = Duration.seconds(2)
    /// Conferences closed in one go.
    static let batchCount = 20
    /// How long closing one may take.
    static let callTimeout = Duration.seconds(10)

    private let store: any DocumentStore
    private let client: ClusterClient

    init(store: any DocumentStore, client: ClusterClient) {
        self.store = store
        self.client = client
    }

    /// Looks now and then until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let jitter = client.platform.random.duration(below: Self.rest, for: "deadline rest")
            do { try await client.platform.clock.sleep(for: Self.rest + jitter) } catch { return }
            // What could not be closed now is found again at the next look.
            do { try await closeDue() } catch { continue }
        }
    }

    private func closeDue() async throws {
        let page = try await store.page(
            ConferenceRecord.deadlineIndex, in: ConferenceRecord.collection, prefix: [],
            limit: Self.batchCount)
        let now = client.platform.clock.now
        for conference in page.items {
            // The page is in the order of the deadlines.
            guard let deadline = conference.value.deadline, deadline <= now else { return }
            let context = client.context(
                Principal(.service(.conference)), timeout: Self.callTimeout)
            do throws(CallFailure<ConferenceRefusal>) {
                _ = try await client.call(
                    CloseAtDeadline(conference: conference.value.id), context)
            } catch {
                // Another replica was first, or the deadline was moved.
                guard case .refused = error else { throw error }
            }
        }
    }
}
