import Foundation
import Glibc
package import Mail

/// A server on loopback that says what a script tells it, for what no real server can be made to do.
///
/// `@unchecked Sendable`: `lines` is only touched while `lock` is held; the rest never changes.
package final class ScriptedServer: @unchecked Sendable {
    /// What the server does next.
    package enum Step: Sendable {
        /// Sends this; `{tag}` stands for the first word of the last line heard.
        case say(String)
        /// Reads a line.
        case hear
        /// Reads lines up to a lone dot.
        case hearData
        /// Says this again and again, a little later each time, until the client has gone.
        case drip(String)
        /// Says this again and again, as fast as it goes, until the client has gone.
        case flood(String)
        /// Says nothing until the client has gone.
        case hang
    }

    package let address: ServerAddress
    private let listener: Int32
    private let lock = NSLock()
    private var lines: [String] = []

    /// Listens at once; plays one script for each connection, one connection after another, and closes it at the end.
    package init(_ scripts: [Step]...) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw POSIXError(.EMFILE) }
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRINUSE) }
        address = ServerAddress(host: "127.0.0.1", port: UInt16(bigEndian: name.sin_port), security: .plain)
        let thread = Thread { [self] in
            for script in scripts { serve(script) }
            Glibc.close(descriptor)
        }
        thread.start()
    }

    /// The same address for a client that wants TLS.
    package func address(with security: ServerAddress.Security) -> ServerAddress {
        ServerAddress(host: address.host, port: address.port, security: security)
    }

    /// The lines heard so far, of all connections.
    package var heard: [String] { lock.withLock { lines } }

    private func serve(_ script: [Step]) {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        defer { Glibc.close(connection) }
        var tag = ""
        for step in script {
            switch step {
            case .say(let text): say(text.replacingOccurrences(of: "{tag}", with: tag), on: connection)
            case .hear:
                guard let line = hearLine(on: connection) else { return }
                tag = line.split(separator: " ").first.map(String.init) ?? ""
            case .hearData:
                while let line = hearLine(on: connection), line != "." {}
            case .drip(let text):
                var watched = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
                while poll(&watched, 1, 20) == 0 { say(text, on: connection) }
            case .flood(let text):
                let bytes = Array(String(repeating: text, count: 1000).utf8)
                while send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0 {}
            case .hang:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
            }
        }
    }

    private func say(_ text: String, on connection: Int32) {
        let bytes = Array(text.utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func hearLine(on connection: Int32) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) == 1 {
            if byte == 10 {
                let text = String(decoding: line, as: UTF8.self)
                lock.withLock { lines.append(text) }
                return text
            }
            if byte != 13 { line.append(byte) }
        }
        return nil
    }
}
