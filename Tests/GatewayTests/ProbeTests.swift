import Cluster
import Ports
import StarchairAPI
import Testing

@Suite struct ProbeTests {
    @Test(arguments: [512, 513]) func `probe`(count: Int) async throws {
        let world = try await TestInstallation()
        let cursor = ListCursor(PageCursor(keyBytes: [UInt8](repeating: 1, count: count), id: "a"))
        let context = world.node.client.context(.anonymous, timeout: .seconds(5))
        do {
            let page = try await world.node.client.call(
                ListConferences(selection: .accepted, after: cursor, limit: 5), context)
            print("PROBE", count, page)
        } catch { print("PROBE", count, error) }
    }
}
