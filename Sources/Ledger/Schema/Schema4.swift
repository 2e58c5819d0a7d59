extension Migrations {
    /// Who gets a copy of a notice: addresses with spaces between; when it came back. When something that must not stop
    /// without a word was last seen to work: a mailbox, a backup.
    static let schema4 = """
        ALTER TABLE notices ADD COLUMN copies TEXT NOT NULL DEFAULT '';
        ALTER TABLE notices ADD COLUMN bounced INTEGER;
        CREATE INDEX notices_by_kind ON notices (kind, created);

        CREATE INDEX notices_bounced ON notices (bounced) WHERE bounced IS NOT NULL;

        CREATE TABLE checks (
            name TEXT PRIMARY KEY CHECK (name <> ''),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
