import Mail

/// What the newest mails say of the setting `sender-trust`, for people.
enum TrustCheckup {
    static func diagnosis(
        _ survey: TrustSurvey, _ setting: Settings.SenderTrustSetting, _ account: String
    ) -> Diagnosis {
        let what = "sender-trust, mailbox \(account)"
        switch setting {
        case .trustedServer: return trusted(survey, what)
        case .authservID(let name, let host): return checked(survey, name, host, what)
        }
    }

    private static let later = "run the doctor again when some has come"
    private static let none = "there is no mail yet that came through a server, so that nothing can be told"

    private static func trusted(_ survey: TrustSurvey, _ what: String) -> Diagnosis {
        guard survey.finding != .nothingToSee else { return .note(what, none, later) }
        let taken = "the server is trusted to refuse forged mail; it calls itself \(survey.server ?? "nothing")"
        guard let proposal = survey.proposal else { return .good(what, taken) }
        return .note(
            what, "\(taken), and writes Authentication-Results as \(proposal.authservID)",
            "if it only marks forged mail and lets it pass, write instead of `trusted-server`: \(proposal.settings)")
    }

    private static func checked(_ survey: TrustSurvey, _ name: String, _ host: String, _ what: String) -> Diagnosis {
        let newest = "the \(survey.traced) newest mails"
        let writing =
            "let it check senders (SPF, DKIM, DMARC) and write Authentication-Results; if it refuses forged mail by "
            + "itself, write `trusted-server: true` instead of `authserv-id`"
        switch survey.finding {
        case .nothingToSee, .serverBelieved: return .note(what, none, later)
        case .resultsSeen(let seen, 0):
            return .good(what, "\(seen) of \(newest) bear results of \(name) above the line of \(host)")
        case .resultsSeen(let seen, let others):
            return .note(
                what,
                "\(seen) of \(newest) bear results of \(name) above the line of \(host); \(others) came another way",
                "those wait as unverified; when the office's server has got another name, write that one")
        case .hostUnseen:
            let server = survey.server ?? "nobody"
            let trusted = "`trusted-host: \(survey.server ?? "NAME")`"
            return .bad(
                what,
                "no Received line of \(newest) says “by \(host)”; \(server) took them over",
                survey.proposal.map { "if that is the office's own server, write \($0.settings)" }
                    ?? "if that is the office's own server, write \(trusted); it writes no results: \(writing)")
        case .resultsUnseen:
            return .bad(
                what, "none of \(newest) bears Authentication-Results of \(name) above the line of \(host)",
                survey.proposal.map { "if those of \($0.authservID) are the office's own, write \($0.settings)" }
                    ?? "the server writes none: \(writing)")
        case .resultsBelow:
            return .bad(
                what, "the results of \(name) stand below the line of \(host), where anybody may have written them",
                "let the last server on the way check senders, or name under `trusted-host` the one that does")
        }
    }
}

extension TrustSurvey.Proposal {
    /// As the settings have it.
    fileprivate var settings: String {
        let host = trustedHost == authservID ? "" : ", `trusted-host: \(trustedHost)`"
        return "`authserv-id: \(authservID)`\(host)"
    }
}
