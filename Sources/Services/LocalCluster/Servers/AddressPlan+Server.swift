extension AddressPlan {
    /// The address of a backing server.
    func address(of server: BackingServer) -> String {
        address(ofServer: BackingServer.allCases.firstIndex(of: server) ?? 0)
    }
}
