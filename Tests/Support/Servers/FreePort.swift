import Glibc

/// Ports of this machine on which nobody listens.
enum FreePort {
    /// So many different ones, found by asking the kernel; all are held until the last is known.
    static func some(_ count: Int) -> [UInt16] {
        let sockets = (0..<count).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
        defer { sockets.forEach { close($0) } }
        return sockets.compactMap { descriptor in
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> UInt16? in
                    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                    guard bind(descriptor, generic, size) == 0, getsockname(descriptor, generic, &size) == 0 else {
                        return nil
                    }
                    return generic.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                        UInt16(bigEndian: $0.pointee.sin_port)
                    }
                }
            }
        }
    }
}
