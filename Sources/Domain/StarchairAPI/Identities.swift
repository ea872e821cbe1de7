import Platform

/// What ``AccountID`` names.
public enum Account {}
/// What ``ConferenceID`` names.
public enum Conference {}
/// What ``SubmissionID`` names.
public enum Submission {}
/// What ``FileID`` names.
public enum SubmissionFile {}
/// What ``InvitationID`` names.
public enum Invitation {}
/// What ``ReviewID`` names.
public enum Review {}
/// What ``PostID`` names.
public enum Post {}
/// What ``NotificationID`` names.
public enum Notification {}

/// An account's identity.
public typealias AccountID = ID<Account>
/// A conference's identity.
public typealias ConferenceID = ID<Conference>
/// A submission's opaque identity; people know it by its number.
public typealias SubmissionID = ID<Submission>
/// The identity of an uploaded file.
public typealias FileID = ID<SubmissionFile>
/// An invitation's identity; who knows it has read the letter.
public typealias InvitationID = ID<Invitation>
/// The identity of one person's review of one submission; it says nothing about the person.
public typealias ReviewID = ID<Review>
/// The identity of something said in a discussion.
public typealias PostID = ID<Post>
/// A notification's identity.
public typealias NotificationID = ID<Notification>
