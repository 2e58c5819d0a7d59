/// The file that `formpost init` writes.
enum SettingsExample {
    static let text = """
        # Formpost's settings. Paths are relative to this file's folder. An unknown key is an error.
        # In the environment, FORMPOST_DATA, FORMPOST_FORMS, FORMPOST_TIME_ZONE, FORMPOST_POLL_SECONDS … override the keys
        # of the same name that have one value.

        # Ledger and archive; one worker at a time. Back this folder up.
        data: data

        # units.xlsx, plan.xlsx, one workbook per form, notices/.
        forms: Forms

        # The office's fixed offset from UTC.
        time-zone: "+07:00"

        # What a stranger is told.
        office:
          general-mailbox: vanphong@canloc.example
          phone: 0239 000 0001
          # Who is told, at most once an hour, when the mailbox cannot be looked into for an hour, the disk has less than a
          # tenth left, or the last `formpost backup` is older than a day:
          # technical-contact: dung.cntt@canloc.example
          # Where browsers find the console; the day's digest and requests for an opinion name its pages:
          # console: https://thidua.canloc.example

        # The mailboxes that are polled. The password comes from FORMPOST_PASSWORD_<NAME>, in capitals
        # (here FORMPOST_PASSWORD_NOIVU), or from the first line of a file.
        accounts:
          - name: noivu
            imap:
              host: mail.canloc.example
              # port: 993
              security: tls            # tls, starttls; plain only to this machine
              user: noivu@canloc.example
              password-file: noivu.password
              # ca-file: office-ca.pem # when the server's certificate is signed by an authority of your own
              # certificate-name: mail # when the certificate bears another name than `host`
              folder: INBOX
              processed: Processed
              quarantine: Quarantine
          # A mailbox without a server:
          # - name: thu
          #   maildir: mail

        # How answers go out. The password comes from FORMPOST_SMTP_PASSWORD or a file.
        outgoing:
          from: Phòng Nội vụ huyện Can Lộc <noivu@canloc.example>
          smtp:
            host: mail.canloc.example
            # port: 587
            security: starttls
            user: noivu@canloc.example
            password-file: noivu.password
            # ca-file: office-ca.pem # as above
            # certificate-name: mail
            # helo: canloc.example   # how this machine names itself; the domain of `from` otherwise
          # maildir: replies         # instead of smtp: write answers into a folder

        # Who vouches for a sender's address: the office's own mail server. `formpost doctor` says whether the newest mails
        # bear this out, and if not, what to write.
        sender-trust:
          # The server checks senders, and writes what it found into Authentication-Results under this name:
          authserv-id: mail.canloc.example
          # trusted-host: mx.canloc.example # the name behind “by” in its Received lines, where it is another
          # Or, instead: the server itself refuses mail whose sender is forged, and writes nothing:
          # trusted-server: true

        poll-seconds: 60
        maximum-message-megabytes: 35
        # After so many attempts that ended with the worker itself a message goes to quarantine unread.
        maximum-attempts: 6

        # Distribution lists that the office runs for its units; mail from any other list is never answered.
        # own-lists: [donvi@canloc.example]

        # For the first weeks: every letter waits until somebody lets it go (`formpost outbox list`, `outbox approve`).
        # rehearsal: true

        # How many letters leave before they wait for a person; what waits is not lost.
        limits:
          notices-per-sender-and-day: 100
          stranger-notices-per-day: 50
          # To all addresses together; whatever goes wrong, no more leaves before somebody has looked.
          notices-per-hour: 1000

        """
}
