import CRabbitMQ

/// Why a connection or what was asked on it has failed.
enum AMQPError: Error, Hashable {
    /// The connection cannot be used any more.
    case broken(String)
    /// The broker closed the channel with this code.
    case refused(code: Int, text: String)

    /// The code of a declaration that contradicts an earlier one (AMQP 0-9-1, precondition-failed).
    static let preconditionFailed = 406
    /// The code of what is asked of a queue that does not exist.
    static let notFound = 404

    /// A status of the driver that is not success.
    init(_ step: String, _ status: Int32) {
        self = .broken("\(step): \(String(cString: amqp_error_string2(status)))")
    }

    /// A reply that is not a normal one.
    init(_ step: String, _ reply: amqp_rpc_reply_t) {
        switch reply.reply_type {
        case AMQP_RESPONSE_LIBRARY_EXCEPTION: self.init(step, reply.library_error)
        case AMQP_RESPONSE_SERVER_EXCEPTION: self.init(step, reply.reply)
        default: self = .broken("\(step): no reply")
        }
    }

    /// The method by which the broker closed a channel or the connection.
    init(_ step: String, _ method: amqp_method_t) {
        switch method.id {
        case AMQP_CHANNEL_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            self = .refused(code: Int(close.reply_code), text: "\(step): \(close.reply_text.text)")
        case AMQP_CONNECTION_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_connection_close_t.self)
            self = .broken("\(step): \(close.pointee.reply_text.text)")
        default: self = .broken("\(step): an unexpected method")
        }
    }

    var reason: String {
        switch self {
        case .broken(let text), .refused(_, let text): text
        }
    }
}
