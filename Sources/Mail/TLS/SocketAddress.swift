import Glibc

/// One of the addresses a host name stands for.
struct SocketAddress: CustomStringConvertible {
    let family: Int32
    private let storage: [UInt8]

    /// Asks the resolver. An unprotected connection keeps only this machine's own addresses: a password must not cross a
    /// wire in the clear, whatever the name resolves to.
    static func resolve(_ server: ServerAddress) throws(StreamFailure) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(server.host, String(server.port), &hints, &list)
        guard status == 0 else { throw .unreachable("\(server.host): \(String(cString: gai_strerror(status)))") }
        defer { freeaddrinfo(list) }

        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next?.pointee {
            if let address = entry.ai_addr {
                let bytes = UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
                addresses.append(SocketAddress(family: entry.ai_family, storage: Array(bytes)))
            }
            next = entry.ai_next
        }
        guard server.security == .plain else { return addresses }
        let own = addresses.filter(\.isLoopback)
        guard !own.isEmpty else { throw .violation("\(server.host) is not this machine: TLS is required") }
        return own
    }

    /// Whether the address is in 127.0.0.0/8 or is ::1.
    var isLoopback: Bool {
        switch family {
        case AF_INET: storage.count >= 8 && storage[4] == 127
        case AF_INET6: storage.count >= 24 && storage[8..<23].allSatisfy { $0 == 0 } && storage[23] == 1
        default: false
        }
    }

    /// As `connect(2)`.
    func connect(_ descriptor: Int32) -> Int32 {
        storage.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return Glibc.connect(descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    var description: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = storage.withUnsafeBytes { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return getnameinfo(
                base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count), &text, socklen_t(text.count), nil,
                0,
                NI_NUMERICHOST)
        }
        guard status == 0 else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
