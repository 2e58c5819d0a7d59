package import Foundation
package import Records

/// Who of an emulation cluster has not sent what is due: for the Council member in charge of it.
package struct OverdueList: Hashable, Sendable {
    /// A form of a year, and the units that still owe it.
    package struct Item: Hashable, Sendable {
        package var shortTitle: String
        package var year: String
        package var deadline: Deadline
        package var units: [Unit]

        package init(shortTitle: String, year: String, deadline: Deadline, units: [Unit]) {
            self.shortTitle = shortTitle
            self.year = year
            self.deadline = deadline
            self.units = units
        }
    }

    package struct Unit: Hashable, Sendable {
        package var name: String
        /// Leader, clerk and telephone; empty where units.xlsx has none.
        package var contact: String
        /// When the version came that waits for a correction; nil when nothing has come.
        package var correctionSince: CivilDate?

        package init(name: String, contact: String, correctionSince: CivilDate? = nil) {
            self.name = name
            self.contact = contact
            self.correctionSince = correctionSince
        }
    }

    /// As in the subject: `Cụm thi đua số 1`.
    package var cluster: String
    package var day: CivilDate
    package var items: [Item]

    package init(cluster: String, day: CivilDate, items: [Item]) {
        self.cluster = cluster
        self.day = day
        self.items = items
    }
}

/// A question to another office about a nominee's file.
package struct OpinionRequest: Hashable, Sendable {
    package var title: SubmissionTitle
    package var stage: String
    /// The unit that nominates.
    package var proposer: String
    /// In the asker's words, a point each; empty: whether the office agrees.
    package var questions: [String]
    package var until: CivilDate
    /// The page where the file can be read; nil where the console has no address.
    package var link: String?

    package init(
        title: SubmissionTitle, stage: String, proposer: String, questions: [String], until: CivilDate, link: String?
    ) {
        self.title = title
        self.stage = stage
        self.proposer = proposer
        self.questions = questions
        self.until = until
        self.link = link
    }
}

/// What happened in the house since the digest before.
package struct DailyDigest: Hashable, Sendable {
    /// What a line counts; the raw value is the end of the phrase's name in `words.tsv`.
    package enum Topic: String, Sendable, CaseIterable {
        /// Workbooks that came.
        case new
        /// Submissions that wait for the unit's correction.
        case correction
        /// Nominations that wait for review with all their papers.
        case complete
        /// Mails that a person has to answer.
        case question
        /// Letters that wait for a press.
        case held
        /// Letters that came back.
        case bounced
    }

    package struct Line: Hashable, Sendable {
        package var topic: Topic
        package var count: Int
        /// Addresses that letters came back from; empty for other topics.
        package var names: [String]
        package var link: String?

        package init(topic: Topic, count: Int, names: [String] = [], link: String? = nil) {
            self.topic = topic
            self.count = count
            self.names = names
            self.link = link
        }
    }

    package var day: CivilDate
    package var since: Date
    package var until: Date
    package var lines: [Line]

    package init(day: CivilDate, since: Date, until: Date, lines: [Line]) {
        self.day = day
        self.since = since
        self.until = until
        self.lines = lines
    }
}

/// Something that the service needs has stopped.
package struct TechnicalAlarm: Hashable, Sendable {
    /// What has stopped; the raw value is the end of the phrases' names in `words.tsv`.
    package enum Trouble: String, Sendable, CaseIterable {
        case mailbox, disk, backup
    }

    package struct Item: Hashable, Sendable {
        package var trouble: Trouble
        /// The mailbox's name, or the folder.
        package var subject: String
        /// When all was well for the last time; nil when it never was, or nobody noted it.
        package var since: Date?
        /// The last words of a server, or how much is left.
        package var detail: String

        package init(trouble: Trouble, subject: String, since: Date?, detail: String) {
            self.trouble = trouble
            self.subject = subject
            self.since = since
            self.detail = detail
        }
    }

    package var items: [Item]

    package init(items: [Item]) {
        self.items = items
    }
}
