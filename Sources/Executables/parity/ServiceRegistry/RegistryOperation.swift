/// What is asked of a Consul agent; services, checks, keys and sessions are named by numbers.
enum RegistryOperation: Sendable {
    /// The checks of a registration.
    enum Checks: Sendable, CaseIterable {
        case none, critical, passing, two
    }

    enum Word: String, Sendable, CaseIterable {
        case pass, warn, fail
    }

    enum Question: Sendable, Hashable {
        case health(service: Int, passing: Bool)
        case checks(service: Int)
        case state(String)
        case node
        case catalogService(Int)
        case services, agentServices, agentChecks
        case key(Int)
        case keys(recurse: Bool)
        case session(slot: Int)
    }

    enum Condition: Sendable {
        case none
        /// 0, the index that was seen last, or one that nothing has.
        case unseen, seen, wrong
        case acquire(slot: Int)
        case release(slot: Int)
    }

    case register(service: Int, instance: Int, Checks, tag: Int, replacing: Bool)
    case say(Word, service: Int, instance: Int, note: Int)
    case deregister(service: Int, instance: Int)
    case ask(Question)
    /// Asks for a change since the last answer to this, beside what follows.
    case watch(Question, slot: Int)
    /// Looks whether a watch was answered.
    case look(slot: Int)
    /// Waits for a change that does not come.
    case block(Question)
    case put(key: Int, value: Int, Condition)
    case delete(key: Int, Condition)
    case createSession(slot: Int, deletesKeys: Bool, lockDelay: Int, timeToLive: String)
    case renewSession(slot: Int)
    case destroySession(slot: Int)
    /// A request that is not right.
    case wrong(Int)
    /// Registers an instance with a short time to live, and lets it end.
    case expire(service: Int)
    /// Lets a lock delay end.
    case outwaitLock
}

extension RegistryOperation {
    /// The operation's row in the table.
    var kind: String {
        switch self {
        case .register: "register"
        case .say(let word, _, _, _): word.rawValue
        case .deregister: "deregister"
        case .ask(let question): question.kind
        case .watch: "watch"
        case .look: "look"
        case .block: "block"
        case .put(_, _, let condition): "put" + condition.kind
        case .delete(_, let condition): "delete" + condition.kind
        case .createSession: "create session"
        case .renewSession: "renew session"
        case .destroySession: "destroy session"
        case .wrong: "wrong request"
        case .expire: "expire"
        case .outwaitLock: "outwait lock"
        }
    }
}

extension RegistryOperation.Question {
    var kind: String {
        switch self {
        case .health(_, let passing): passing ? "health passing" : "health"
        case .checks: "health/checks"
        case .state: "health/state"
        case .node: "health/node"
        case .catalogService: "catalog/service"
        case .services: "catalog/services"
        case .agentServices: "agent/services"
        case .agentChecks: "agent/checks"
        case .key: "get key"
        case .keys: "get keys"
        case .session: "session/info"
        }
    }
}

extension RegistryOperation.Condition {
    var kind: String {
        switch self {
        case .none: ""
        case .unseen, .seen, .wrong: " cas"
        case .acquire: " acquire"
        case .release: " release"
        }
    }
}

extension RegistryOperation: CustomStringConvertible {
    var description: String {
        switch self {
        case .register(let service, let instance, let checks, let tag, let replacing):
            "register service \(service) instance \(instance), checks \(checks), tag \(tag)"
                + (replacing ? ", replacing checks" : "")
        case .say(let word, let service, let instance, let note):
            "\(word) service \(service) instance \(instance), note \(note)"
        case .deregister(let service, let instance):
            "deregister service \(service) instance \(instance)"
        case .ask(let question): "ask \(question)"
        case .watch(let question, let slot): "watch \(slot): \(question)"
        case .look(let slot): "look at watch \(slot)"
        case .block(let question): "block on \(question)"
        case .put(let key, let value, let condition): "put key \(key) = \(value), \(condition)"
        case .delete(let key, let condition): "delete key \(key), \(condition)"
        case .createSession(let slot, let deletes, let delay, let timeToLive):
            "create session \(slot)\(deletes ? ", deleting" : ""), lock delay \(delay) s, "
                + "TTL '\(timeToLive)'"
        case .renewSession(let slot): "renew session \(slot)"
        case .destroySession(let slot): "destroy session \(slot)"
        case .wrong(let number): "wrong request \(number): \(WrongRequest.all[number].target)"
        case .expire(let service): "let an instance of service \(service) expire"
        case .outwaitLock: "let a lock delay end"
        }
    }
}
