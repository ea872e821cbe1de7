import ArgumentParser
struct Smoke: AsyncParsableCommand {
    func run() async throws {}
}
