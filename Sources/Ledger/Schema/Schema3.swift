extension Migrations {
    /// People who sign in to the console, and what they note about nominees' files. Of a session's token only the
    /// SHA-256 is kept.
    static let schema3 = """
        CREATE TABLE accounts (
            name TEXT PRIMARY KEY CHECK (name <> ''),
            display TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('interior', 'head', 'labour', 'administrator', 'reader')),
            password TEXT NOT NULL,
            created INTEGER NOT NULL,
            is_disabled INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sessions (
            token TEXT PRIMARY KEY CHECK (length(token) = 64),
            account TEXT NOT NULL REFERENCES accounts (name),
            csrf TEXT NOT NULL,
            address TEXT NOT NULL,
            created INTEGER NOT NULL,
            seen INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_by_account ON sessions (account);

        ALTER TABLE dossiers ADD COLUMN officer TEXT NOT NULL DEFAULT '';
        CREATE INDEX dossiers_by_state ON dossiers (state, changed, submission);
        CREATE INDEX dossiers_by_age ON dossiers (changed, submission);
        CREATE INDEX dossiers_flagged ON dossiers (submission) WHERE flag <> '';

        CREATE TABLE assessments (
            submission INTEGER NOT NULL REFERENCES submissions (id),
            standard TEXT NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('met', 'unmet', 'not-applicable', 'incomplete')),
            note TEXT NOT NULL,
            revision INTEGER NOT NULL REFERENCES revisions (id),
            who TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (submission, standard)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE opinions (
            id INTEGER PRIMARY KEY,
            submission INTEGER NOT NULL REFERENCES submissions (id),
            agrees INTEGER NOT NULL CHECK (agrees IN (0, 1)),
            words TEXT NOT NULL,
            who TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX opinions_by_submission ON opinions (submission);

        CREATE TABLE batches (
            id INTEGER PRIMARY KEY,
            level TEXT NOT NULL CHECK (level IN ('district', 'province')),
            stage TEXT NOT NULL,
            opened INTEGER NOT NULL,
            who TEXT NOT NULL,
            council TEXT NOT NULL DEFAULT '',
            proposal TEXT NOT NULL DEFAULT '',
            proposal_day TEXT NOT NULL DEFAULT '',
            decision TEXT NOT NULL DEFAULT '',
            decision_day TEXT NOT NULL DEFAULT '',
            signer TEXT NOT NULL DEFAULT '',
            ceremony TEXT NOT NULL DEFAULT '',
            told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1))
        ) STRICT;

        CREATE TABLE batch_lines (
            batch INTEGER NOT NULL REFERENCES batches (id),
            submission INTEGER NOT NULL REFERENCES submissions (id),
            votes TEXT NOT NULL DEFAULT '',
            refusal TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (batch, submission)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX batch_lines_by_submission ON batch_lines (submission);

        CREATE TABLE remarks (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            words TEXT NOT NULL CHECK (words <> ''),
            who TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX remarks_by_subject ON remarks (subject);
        CREATE INDEX messages_by_outcome ON messages (outcome, id);
        CREATE INDEX notices_by_state ON notices (state, id);
        """
}
