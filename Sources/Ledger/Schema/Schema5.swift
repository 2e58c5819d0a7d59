extension Migrations {
    /// How many notices an hour has seen is asked for each mail.
    static let schema5 = """
        CREATE INDEX notices_by_time ON notices (created, state);
        """
}
