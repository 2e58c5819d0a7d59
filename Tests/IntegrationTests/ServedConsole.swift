import Foundation
import FoundationNetworking
import Synchronization
import Testing

/// A console that runs, over the data of an office, on a free port of this machine.
final class ServedConsole {
    private let process = Process()
    private let log = Log()
    /// Its folder goes away with it.
    private let office: MaildirOffice
    let port: Int

    private final class Log: Sendable {
        let words = Mutex("")
    }

    /// What it has said since it listens.
    var said: String { log.words.withLock { $0 } }

    /// Every account's password is its name with this before it.
    static let password = "mat khau cua "
    static let accounts = [
        ("tuan", "interior"), ("binh", "head"), ("ha", "labour"), ("quantri", "administrator"), ("xem", "reader"),
    ]

    init(_ office: MaildirOffice, command: [String] = ["serve"]) throws {
        self.office = office
        for (name, role) in Self.accounts {
            let made = try ProgramRun(
                ["account", "add", name, "--role", role], input: Self.password + name + "\n", in: office.scratch)
            try #require(made.status == 0, "\(made.errors)")
        }
        let errors = Pipe()
        process.executableURL = Installation.program
        process.arguments = command + ["--port", "0"]
        process.currentDirectoryURL = office.scratch.url
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        var said = ""
        var found: Int?
        while found == nil {
            let data = errors.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            said += String(decoding: data, as: UTF8.self)
            found = said.firstMatch(of: /listening on http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { Int($0.1) }
        }
        port = try #require(found, "\(said)")
        // What it says later must not fill the pipe.
        errors.fileHandleForReading.readabilityHandler = { [log] in
            let words = String(decoding: $0.availableData, as: UTF8.self)
            log.words.withLock { $0 += words }
        }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }
}

/// One browser: it keeps its cookie and follows no redirect by itself.
///
/// `@unchecked Sendable`: a test uses its browser from one place at a time, and the session only calls back into what
/// does not change.
final class Browser: NSObject, URLSessionTaskDelegate, @unchecked Sendable {
    private var cookie: String?
    private let port: Int
    private var session: URLSession?

    struct Page {
        let status: Int
        let bytes: [UInt8]
        let headers: [String: String]

        var body: String { String(decoding: bytes, as: UTF8.self) }

        var location: String? { headers["location"] }
        /// What forms of the page bring back.
        var csrf: String? { body.firstMatch(of: /name="_csrf" value="([^"]+)"/).map { String($0.1) } }
    }

    init(_ console: ServedConsole) {
        port = console.port
        super.init()
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Page {
        try await send("GET", path, body: nil, headers)
    }

    /// A file, as it is.
    func bytes(_ path: String) async throws -> [UInt8] {
        try await send("GET", path, body: nil, [:]).bytes
    }

    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Page {
        let allowed = CharacterSet.alphanumerics
        let body = fields.map { name, value in
            [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }.joined(separator: "=")
        }.joined(separator: "&")
        return try await send("POST", path, body: Data(body.utf8), headers)
    }

    /// Signs in by the page, and keeps the cookie.
    @discardableResult
    func signIn(_ name: String, password: String? = nil) async throws -> Page {
        try await post("/dang-nhap", ["ten": name, "mat_khau": password ?? ServedConsole.password + name])
    }

    /// Presses a button of a page that was opened before.
    func press(_ path: String, on page: String, _ fields: [String: String] = [:]) async throws -> Page {
        let csrf = try await get(page).csrf ?? ""
        return try await post(path, fields.merging(["_csrf": csrf]) { $1 })
    }

    private func send(_ method: String, _ path: String, body: Data?, _ headers: [String: String]) async throws -> Page {
        var headers = headers
        if body != nil, headers["Content-Type"] == nil {
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        }
        let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        if let cookie { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let session = try #require(session)
        let (data, answer) = try await session.data(for: request)
        let response = try #require(answer as? HTTPURLResponse)
        var found: [String: String] = [:]
        for (name, value) in response.allHeaderFields { found["\(name)".lowercased()] = "\(value)" }
        if let set = found["set-cookie"], !headers.keys.contains("Cookie") {
            cookie = String(set.prefix { $0 != ";" })
        }
        return Page(status: response.statusCode, bytes: [UInt8](data), headers: found)
    }
}

extension Browser {
    /// Sends a form with a file as browsers do.
    /// - Parameter page: whose token the form brings; nil for none.
    func upload(
        _ path: String, on page: String?, _ fields: [String: String],
        file: (field: String, name: String, bytes: [UInt8])
    ) async throws -> Page {
        var fields = fields
        if let page { fields["_csrf"] = try await get(page).csrf ?? "" }
        let boundary = "----formpost\(UUID().uuidString)"
        var body = Data()
        for (name, value) in fields {
            body += Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Data(
            """
            --\(boundary)\r\nContent-Disposition: form-data; name="\(file.field)"; filename="\(file.name)"\r\n\
            Content-Type: application/octet-stream\r\n\r\n
            """.utf8)
        body += Data(file.bytes) + Data("\r\n--\(boundary)--\r\n".utf8)
        return try await send(
            "POST", path, body: body, ["Content-Type": "multipart/form-data; boundary=\(boundary)"])
    }
}
