/// Draws requests about few services, keys and sessions.
enum RegistryDraw {
    static func operation(_ draw: inout Draw) -> RegistryOperation {
        let (service, instance, slot) = (draw.below(2), draw.below(2), draw.below(2))
        switch draw.below(100) {
        case ..<14:
            return .register(
                service: service, instance: instance, draw.pick(RegistryOperation.Checks.allCases),
                tag: draw.below(2), replacing: draw.chance(percent: 25))
        case ..<28:
            return .say(
                draw.pick([.pass, .pass, .warn, .fail]), service: service, instance: instance,
                note: draw.below(3))
        case ..<34: return .deregister(service: service, instance: instance)
        case ..<56: return .ask(question(&draw))
        case ..<60: return .watch(question(&draw, isBlocking: true), slot: slot)
        case ..<68: return .look(slot: slot)
        case ..<70: return .block(question(&draw, isBlocking: true))
        case ..<80:
            return .put(key: draw.below(2), value: draw.below(3), condition(&draw))
        case ..<84:
            return .delete(
                key: draw.below(2), draw.pick([.none, .seen, .wrong, .unseen]))
        case ..<88:
            return .createSession(
                slot: slot, deletesKeys: draw.chance(percent: 30), lockDelay: draw.below(2),
                timeToLive: draw.pick(["", "10s", "15m"]))
        case ..<90: return .renewSession(slot: slot)
        case ..<93: return .destroySession(slot: slot)
        case ..<98: return .wrong(draw.below(WrongRequest.all.count))
        default:
            return draw.chance(percent: 60) ? .expire(service: service) : .outwaitLock
        }
    }

    private static func condition(_ draw: inout Draw) -> RegistryOperation.Condition {
        let slot = draw.below(2)
        return draw.pick([
            .none, .unseen, .seen, .seen, .wrong, .acquire(slot: slot), .acquire(slot: slot),
            .acquire(slot: slot), .release(slot: slot), .release(slot: slot),
        ])
    }

    private static func question(
        _ draw: inout Draw, isBlocking: Bool = false
    ) -> RegistryOperation.Question {
        let service = draw.below(2)
        switch draw.below(isBlocking ? 9 : 13) {
        case 0, 1: return .health(service: service, passing: draw.chance(percent: 50))
        case 2: return .checks(service: service)
        case 3: return .state(draw.pick(["any", "passing", "critical", "warning"]))
        case 4: return .catalogService(service)
        case 5: return .services
        case 6, 7: return .key(draw.below(2))
        case 8: return .keys(recurse: draw.chance(percent: 50))
        case 9: return .agentServices
        case 10: return .agentChecks
        case 11: return .session(slot: draw.below(2))
        default: return .node
        }
    }
}
