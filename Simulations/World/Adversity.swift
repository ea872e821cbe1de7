/// What a scenario lets go wrong.
struct Adversity: Sendable {
    /// The kinds of event of which each run draws some.
    var events = Set(Nemesis.Event.allCases)
    /// The kinds of event that every run has.
    var alwaysEvents: Set<Nemesis.Event> = []
    /// Of a thousand, the runs that have an event.
    var eventPermille = 500
    /// Whether messages and operations fail by themselves too.
    var hasWeather = true
    /// Whether calls go over byte streams, which are reset now and then, and not by messages.
    var hasStreams = false
    /// How long the faults last at most, from the start on.
    var stormLength = Duration.seconds(140)
    /// How long other faults last at most, from the discussion on.
    var lateStormLength = Duration.seconds(60)
    /// The longest time between two events of a kind.
    var pace = Duration.seconds(6)
    /// The most steps between two crashes.
    var crashSpan = 8000
    /// How long a crashed machine is down at most.
    var restartDelay = Duration.seconds(4)
    /// How much longer than usual people take, so that more can go wrong meanwhile.
    var leisure = 1
    /// How much longer than other faults a pause is: more than a time to live.
    var pauseFactor = 1
    /// Whether clocks are wrong in half of the runs.
    var hasClockFaults = true
}
