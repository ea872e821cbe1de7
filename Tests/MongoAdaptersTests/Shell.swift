import Glibc

/// A shell around one server: it ends the server on a word from this process, and with it.
final class Shell {
    struct Failure: Error {
        let code: Int32
    }

    /// A word is a signal, after which the data stay. The end of the input, also by the death of
    /// this process, ends the server at once and removes the folder.
    private static let script = """
        folder=$1; shift
        "$@" &
        server=$!
        if read -r word; then kill -"$word" $server; wait $server
        else kill -KILL $server; wait $server; rm -rf "$folder"
        fi
        """

    private var process: pid_t = 0
    private var input: Int32 = -1

    /// Starts a server whose files are in `folder`.
    func run(_ folder: String, _ command: [String]) throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        input = ends[1]
        try spawn(["/bin/sh", "-c", Self.script, "sh", folder] + command, reading: ends[0], folder)
    }

    /// Sends the server a signal and waits until it has ended; its files stay.
    func signal(_ name: String) {
        let word = Array("\(name)\n".utf8)
        precondition(write(input, word, word.count) == word.count, "the shell takes a word")
        close(input)
        waitpid(process, nil, 0)
    }

    /// Ends the server, and removes its files.
    func end() { close(input) }

    /// The shell begins with no signal blocked, or it would never hear that its server has ended.
    private func spawn(
        _ command: [String], reading input: Int32, _ folder: String
    ) throws(Failure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, "\(folder)/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let code = posix_spawn(
            &process, command[0], &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw Failure(code: code) }
    }
}
