extension Migrations {
    /// Who gets a copy of a notice: addresses with spaces between. When the worker was last sure of something that must
    /// not stop without a word: a mailbox it has looked into, a backup.
    static let schema4 = """
        ALTER TABLE notices ADD COLUMN copies TEXT NOT NULL DEFAULT '';
        CREATE INDEX notices_by_kind ON notices (kind, created);

        CREATE TABLE checks (
            name TEXT PRIMARY KEY CHECK (name <> ''),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
