import CCurl
import Platform
import SystemAdapters

/// One letter on its way to a server; it blocks and is used once, by one thread.
final class SMTPTransfer {
    /// How far the conversation has come: what fails before the recipient is named concerns the
    /// server, what fails later concerns the letter.
    enum Stage {
        case opening
        case recipient
        case content
    }

    /// Bytes kept of an answer.
    static let answerByteCountMaximum = 512

    private let stop: StopFlag
    private var stage = Stage.opening
    private let parcel: MailParcel
    private let configuration: SMTPConfiguration
    private var sentByteCount = 0
    /// What the server said to the last command, good-bye apart.
    private var answer: [UInt8] = []
    private var isLeaving = false

    init(_ parcel: MailParcel, _ configuration: SMTPConfiguration, _ stop: StopFlag) {
        self.parcel = parcel
        self.configuration = configuration
        self.stop = stop
    }

    /// Speaks with the server until it has answered for the letter, or cannot.
    func run() -> MailCarriage {
        guard let handle = curl_easy_init() else { return .unreachable("libcurl has no memory") }
        defer { curl_easy_cleanup(handle) }
        let recipients = curl_slist_append(nil, parcel.recipient.text)
        defer { curl_slist_free_all(recipients) }
        let codes = configure(handle, recipients)
        if let wrong = codes.first(where: { $0 != CURLE_OK }) {
            return .unreachable("libcurl: \(Self.text(of: wrong))")
        }
        let code = withExtendedLifetime(self) { curl_easy_perform(handle) }
        if [CURLE_ABORTED_BY_CALLBACK, CURLE_OPERATION_TIMEDOUT].contains(code) {
            curl_hang_up(handle)
        }
        return verdict(code)
    }

    // What libcurl asks for and tells

    /// The next bytes of the message.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        // What the server says from now on is about the message.
        answer = []
        let rest = parcel.bytes[sentByteCount...].prefix(buffer.count)
        buffer.copyBytes(from: rest)
        sentByteCount += rest.count
        return rest.count
    }

    /// A line that we said.
    func noteCommand(_ line: UnsafeRawBufferPointer) {
        isLeaving = isLeaving || line.starts(with: "QUIT".utf8)
        guard !isLeaving else { return }
        answer = []
        if line.starts(with: "RCPT TO:".utf8) { stage = .recipient }
        if stage == .recipient, line.elementsEqual("DATA\r\n".utf8) { stage = .content }
    }

    /// A line that the server said.
    func noteAnswer(_ line: UnsafeRawBufferPointer) {
        guard !isLeaving else { return }
        answer += line.prefix(Self.answerByteCountMaximum - answer.count)
    }

    /// Whether the letter is to be left as it is.
    var isToEnd: Bool { stop.isSet }

    // What it means

    private func verdict(_ code: CURLcode) -> MailCarriage {
        if code == CURLE_OK { return .taken }
        // 421: the server closes, whatever was asked (RFC 5321, 3.8).
        guard stage != .opening, answerCode != 421 else {
            let isAnswer = (400...599).contains(answerCode)
            return .unreachable(
                Self.text(of: code) + (isAnswer ? " (answer \(answerCode))" : ""))
        }
        let text = answer.isEmpty ? Self.text(of: code) : readableAnswer
        if (500...599).contains(answerCode) {
            return .refused(MailAnswer(code: answerCode, text: text))
        }
        let isAnswer = (400...499).contains(answerCode)
        return .postponed(MailAnswer(code: isAnswer ? answerCode : 0, text: text))
    }

    /// The code that the answer begins with; 0 when it is none.
    private var answerCode: Int {
        let digits = answer.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return 0 }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The answer as one line without control characters.
    private var readableAnswer: String {
        let scalars = String(decoding: answer, as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(" ")
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func text(of code: CURLcode) -> String {
        String(cString: curl_easy_strerror(code))
    }
}

// What libcurl is told

extension SMTPTransfer {
    private func configure(
        _ handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>?
    ) -> [CURLcode] {
        let envelope = [
            curl_set_text(handle, CURLOPT_URL, configuration.url),
            // Neither a proxy nor another protocol may come from the environment.
            curl_set_text(handle, CURLOPT_PROXY, ""),
            curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(parcel.sender.text)>"),
            curl_set_recipients(handle, recipients),
            curl_set_number(handle, CURLOPT_UPLOAD, 1),
            curl_set_number(handle, CURLOPT_INFILESIZE, parcel.bytes.count),
        ]
        return envelope + security(handle) + waits(handle) + calls(handle)
    }

    private func security(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        let level = configuration.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        var codes = [
            curl_set_number(handle, CURLOPT_USE_SSL, Int(level.rawValue)),
            curl_set_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            curl_set_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
            curl_set_number(
                handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
        ]
        if let file = configuration.authorityFile {
            codes.append(curl_set_text(handle, CURLOPT_CAINFO, file))
            codes.append(curl_set_text(handle, CURLOPT_CAPATH, nil))
        }
        if let credentials = configuration.credentials {
            codes.append(curl_set_text(handle, CURLOPT_USERNAME, credentials.user))
            codes.append(curl_set_text(handle, CURLOPT_PASSWORD, credentials.password))
        }
        return codes
    }

    private func waits(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        let timeouts = configuration.timeouts
        let seconds = max(1, timeouts.answer.milliseconds / 1000)
        return [
            curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
            curl_set_number(
                handle, CURLOPT_CONNECTTIMEOUT_MS, Int(timeouts.connect.milliseconds)),
            curl_set_number(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(seconds)),
            curl_set_number(handle, CURLOPT_TIMEOUT_MS, Int(timeouts.letter.milliseconds)),
        ]
    }

    private func calls(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return [
            curl_set_reader(handle, readMessage),
            curl_set_pointer(handle, CURLOPT_READDATA, context),
            curl_set_listener(handle, listen),
            curl_set_pointer(handle, CURLOPT_DEBUGDATA, context),
            curl_set_number(handle, CURLOPT_VERBOSE, 1),
            curl_set_progress(handle, reportProgress),
            curl_set_pointer(handle, CURLOPT_XFERINFODATA, context),
            curl_set_number(handle, CURLOPT_NOPROGRESS, 0),
        ]
    }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> SMTPTransfer? {
    context.map { Unmanaged<SMTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func readMessage(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let buffer = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
    return transfer(context)?.read(into: buffer) ?? 0
}

/// Hears what both sides say; libcurl would write it to standard error.
private func listen(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype,
    _ text: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> CInt {
    let line = UnsafeRawBufferPointer(start: text, count: count)
    switch kind {
    case CURLINFO_HEADER_OUT: transfer(context)?.noteCommand(line)
    case CURLINFO_HEADER_IN: transfer(context)?.noteAnswer(line)
    default: break
    }
    return 0
}

/// Ends the transfer when letters under way are to end.
private func reportProgress(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t,
    _: curl_off_t
) -> CInt {
    transfer(context)?.isToEnd == true ? 1 : 0
}
