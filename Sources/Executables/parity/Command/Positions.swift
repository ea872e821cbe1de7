import ArgumentParser

/// Positions of operations in a sequence, on the command line: `3,17,22`.
struct Positions: ExpressibleByArgument {
    let values: [Int]

    init?(argument: String) {
        let numbers = argument.split(separator: ",").map { Int($0) ?? -1 }
        guard !numbers.isEmpty, numbers.allSatisfy({ (0..<1_000_000).contains($0) }),
            numbers == numbers.sorted()
        else { return nil }
        values = numbers
    }
}

extension ComponentName: ExpressibleByArgument {}
extension Plant: ExpressibleByArgument {}
