import Glibc

/// A connection to a server: a socket, with TLS over it or not, that keeps a deadline for the whole of an operation.
///
/// A time-out for each read would not do: a server that drips one byte a second never exceeds it. Used by one thread at a
/// time, the session's; only the interruption is touched from outside.
final class ServerStream {
    /// When reads and writes give up. Every byte that moves puts it off by `timePerByte`: a long message over a slow line may
    /// take its time, a dripping server may not.
    var deadline: ContinuousClock.Instant
    /// How many bytes may still be read: what a server sends is bounded before anything parses it.
    var allowance = 1 << 20
    /// What broke the connection; every later read and write fails with it.
    private(set) var failure: StreamFailure?

    /// 64 KiB a second.
    private static let timePerByte = Duration.nanoseconds(1_000_000_000 >> 16)

    private let interruption: Interruption
    private var descriptor: Int32
    private var channel: TLSChannel?

    /// Connects to the first address of the host that answers.
    ///
    /// The descriptor has TCP_NODELAY: Nagle's algorithm and delayed acknowledgements together cost 40 ms a command.
    init(to server: ServerAddress, deadline: ContinuousClock.Instant, interruption: Interruption)
        throws(StreamFailure)
    {
        self.deadline = deadline
        self.interruption = interruption
        descriptor = -1
        let addresses = try SocketAddress.resolve(server)
        var last = StreamFailure.unreachable("\(server): no address")
        for (index, address) in addresses.enumerated() {
            // A dead first address must leave time for the others.
            let share = (deadline - .now) / (addresses.count - index)
            do throws(StreamFailure) {
                try connect(to: address, until: .now + share)
                return
            } catch .interrupted {
                throw .interrupted
            } catch {
                last = error
            }
        }
        throw last
    }

    deinit {
        close()
    }

    /// The name by which the TLS layer knows the protection, such as `TLS1.3`; nil without TLS.
    var protection: String? { channel?.version }

    /// Until when the server's certificate is good, in seconds since 1970; nil without TLS.
    var certificateEnds: Int? { channel?.certificateEnds }

    /// Negotiates TLS and requires a certificate that is trusted for this server.
    func startTLS(with server: ServerAddress, trust: TrustSettings) throws(StreamFailure) {
        let channel = try TLSChannel(descriptor: descriptor, host: server.host, trust: trust)
        try keeping { () throws(StreamFailure) in
            while let events = try channel.handshake() {
                try wait(for: events, until: deadline)
            }
        }
        self.channel = channel
    }

    /// Reads at least one byte; fails at the end of the stream.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
        guard buffer.count > 0 else { return 0 }
        return try keeping { () throws(StreamFailure) in
            guard allowance > 0 else { throw .flooded }
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(allowance))
            let count = try transfer(waitingFor: POLLIN) { () throws(StreamFailure) in
                if let channel { return try channel.receive(into: room) }
                return try SocketStep(recv(descriptor, room.baseAddress, room.count, 0), waitingFor: POLLIN)
            }
            guard count > 0 else { throw .closed }
            allowance -= count
            return count
        }
    }

    /// Writes some of the bytes and says how many.
    func write(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure) -> Int {
        guard bytes.count > 0 else { return 0 }
        return try keeping { () throws(StreamFailure) in
            try transfer(waitingFor: POLLOUT) { () throws(StreamFailure) in
                if let channel { return try channel.send(bytes) }
                let sent = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                return try SocketStep(sent, waitingFor: POLLOUT)
            }
        }
    }

    /// Waits for the server to say something, at most until the given instant; false when it stayed silent.
    func waitForInput(until instant: ContinuousClock.Instant) throws(StreamFailure) -> Bool {
        if let channel, channel.hasPending { return true }
        return try keeping { () throws(StreamFailure) in
            do throws(StreamFailure) {
                try wait(for: POLLIN, until: instant)
                return true
            } catch .timedOut {
                return false
            }
        }
    }

    /// Closes the socket without a word to the server.
    func close() {
        failure = failure ?? .closed
        channel = nil
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Remembers the first failure: half a command may be under way, so nothing can follow it.
    private func keeping<Value>(_ work: () throws(StreamFailure) -> Value) throws(StreamFailure) -> Value {
        if let failure { throw failure }
        do throws(StreamFailure) {
            return try work()
        } catch {
            failure = error
            throw error
        }
    }

    private func transfer(
        waitingFor events: Int32, _ step: () throws(StreamFailure) -> SocketStep
    ) throws(StreamFailure) -> Int {
        guard ContinuousClock.now < deadline else { throw .timedOut }
        while true {
            switch try step() {
            case .moved(let count):
                deadline += Self.timePerByte * count
                return count
            case .blocked(let events): try wait(for: events, until: deadline)
            }
        }
    }

    private func wait(for events: Int32, until instant: ContinuousClock.Instant) throws(StreamFailure) {
        var watched = [
            pollfd(fd: descriptor, events: Int16(events), revents: 0),
            pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let remaining = instant - .now
            guard remaining > .zero else { throw .timedOut }
            let ready = poll(&watched, nfds_t(watched.count), remaining.pollMilliseconds)
            if ready < 0 {
                guard errno == EINTR else { throw .system(errno) }
                continue
            }
            if watched[1].revents != 0 { throw .interrupted }
            if watched[0].revents != 0 { return }
        }
    }

    private func connect(to address: SocketAddress, until instant: ContinuousClock.Instant) throws(StreamFailure) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(address.family, kind, 0)
        guard descriptor >= 0 else { throw .system(errno) }
        do throws(StreamFailure) {
            var on: Int32 = 1
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
            setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, size)
            if address.connect(descriptor) != 0 {
                guard errno == EINPROGRESS else {
                    throw .unreachable("\(address): \(String(cString: strerror(errno)))")
                }
                try wait(for: POLLOUT, until: instant)
            }
            var code: Int32 = 0
            var length = size
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
            guard code == 0 else { throw .unreachable("\(address): \(String(cString: strerror(code)))") }
        } catch {
            Glibc.close(descriptor)
            descriptor = -1
            throw error
        }
    }
}

/// What one attempt at reading or writing came to.
enum SocketStep {
    /// So many bytes moved; none means the end of the stream.
    case moved(Int)
    /// Nothing moves before one of these poll events.
    case blocked(Int32)

    init(_ result: Int, waitingFor events: Int32) throws(StreamFailure) {
        if result >= 0 {
            self = .moved(result)
        } else if errno == EAGAIN || errno == EINTR {
            self = .blocked(events)
        } else if errno == ECONNRESET || errno == EPIPE {
            throw .closed
        } else {
            throw .system(errno)
        }
    }
}

extension Duration {
    /// Rounded up, so that a wait never ends just before its deadline and spins; at most an hour.
    fileprivate var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 3600 else { return 3_600_000 }
        return Int32(seconds) * 1000 + Int32(attoseconds / 1_000_000_000_000_000) + 1
    }
}
