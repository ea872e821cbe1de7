import Platform

/// What every ``Platform`` promises.
public enum PlatformConformance {
    /// All checks, each for a fresh platform.
    public static let checks: [Check<Platform>] = time + chance + tasks + offload
}
