import Foundation
import Glibc
import Testing

@testable import LocalCluster

@Suite struct ProcessIdentityTests {
    @Test func `a process is known by its number and its start`() throws {
        let this = try #require(ProcessIdentity(pid: getpid()))
        #expect(this.isAlive)
        #expect(this.startTime > 0)
        #expect(ProcessIdentity(pid: 0x3FFF_FFFF) == nil)
    }

    @Test func `a process that has another's number gets no signal`() async throws {
        let bench = try Bench()
        let sleeper = try await Launcher(tool: Tool(clock: bench.platform.clock)).launch(
            Program("sleep", ["60"]), in: bench.folder, log: "\(bench.folder)/log")
        let earlier = ProcessIdentity(pid: sleeper.pid, startTime: sleeper.startTime - 1)
        #expect(!earlier.isAlive)
        #expect(!earlier.signal(SIGKILL))
        #expect(try earlier.group().isEmpty)
        #expect(sleeper.isAlive)
        #expect(try sleeper.group() == [sleeper])
        #expect(sleeper.signal(SIGKILL))
        try await bench.until("it is dead") { !sleeper.isAlive }
        #expect(!sleeper.signal(SIGKILL))
    }

    @Test(arguments: ["a", "a b) S", "(", ")", ") R 7 ("])
    func `a name may hold anything`(name: String) throws {
        let line =
            "42 (\(name)) T 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 12345 1000 3 18446744073709551615"
        let status = try #require(ProcessStatus(line))
        #expect(status.state == "T")
        #expect(status.group == 7)
        #expect(status.startTime == 12345)
        #expect(status.residentByteCount == 3 * sysconf(Int32(_SC_PAGESIZE)))
    }

    @Test(arguments: ["", "42", "42 (a)", "42 (a) S 1 7"])
    func `what is cut off is no status`(line: String) {
        #expect(ProcessStatus(line) == nil)
    }
}
