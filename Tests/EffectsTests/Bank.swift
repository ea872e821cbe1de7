import Cluster
import Effects
import Platform
import Ports

/// Adds to an account. The password is asked for each time and is no part of the intention.
struct Deposit: Message, Hashable {
    enum Code: String, RefusalCode {
        case closed
    }

    typealias Reply = Balance
    static let service: ServiceName = "bank"
    static let name = "deposit"
    static let kind = MessageKind.command

    var account = "ada"
    var amount = 1
    var password = "open sesame"

    var fingerprinted: Deposit {
        var intention = self
        intention.password = ""
        return intention
    }
}

/// A command whose body is that of ``Deposit``.
struct Withdrawal: Message {
    typealias Reply = Balance
    typealias Code = Deposit.Code
    static let service: ServiceName = "bank"
    static let name = "withdraw"
    static let kind = MessageKind.command

    var account = "ada"
    var amount = 1
    var password = ""
}

/// What an account holds.
struct Balance: Codable, Hashable, Sendable {
    var amount = 0
    var isClosed = false

    static let collection = DocumentCollection<Balance>("balances")
}

/// What the bank tells others of a deposit.
struct Receipt: Codable, Hashable, Sendable {
    var text: String
}

/// A service's way with its store, as a test sees it.
struct Bank: Sendable {
    static let receipts = OutboxConsumer("receipts")

    let effects: Effects
    /// How often a command was decided.
    let decisions = Box(0)

    init(store: any DocumentStore, platform: Platform) {
        effects = Effects(store: store, platform: platform)
    }

    /// Carries a deposit out.
    func deposit(_ message: Deposit = Deposit(), _ context: CallContext) async throws -> Balance {
        try await effects.perform(message, context) { transaction in
            decisions.value += 1
            let read = try await effects.store.read(message.account, in: Balance.collection)
            if read?.value.isClosed == true { throw Refusal(Deposit.Code.closed, ["at": "noon"]) }
            let balance = Balance(amount: (read?.value.amount ?? 0) + message.amount)
            if let read {
                try transaction.replace(read, with: balance, in: Balance.collection)
            } else {
                try transaction.insert(balance, id: message.account, in: Balance.collection)
            }
            try transaction.announce(
                Receipt(text: "\(message.account) +\(message.amount)"), to: Self.receipts)
            return balance
        }
    }
}

extension CallContext {
    /// A call of `party` under a request id.
    static func call(_ id: RequestID = "request-1", of party: Party = .account("1")) -> CallContext
    {
        CallContext(
            principal: Principal(party), requestID: id, traceID: "trace", deadline: .seconds(60))
    }
}
