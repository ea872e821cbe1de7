import Platform

/// What ``AccountID`` names.
public enum Account {}
/// What ``ConferenceID`` names.
public enum Conference {}
/// What ``SubmissionID`` names.
public enum Submission {}
/// What ``FileID`` names.
public enum SubmissionFile {}

/// An account's identity.
public typealias AccountID = ID<Account>
/// A conference's identity.
public typealias ConferenceID = ID<Conference>
/// A submission's opaque identity; people know it by its number.
public typealias SubmissionID = ID<Submission>
/// The identity of an uploaded file.
public typealias FileID = ID<SubmissionFile>
