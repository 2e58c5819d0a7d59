"""The peer: the same job as a careful Python script would do it. One commit and one reply for each mail.

usage: plain_worker.py HOST IMAP_PORT SMTP_PORT USER PASSWORD DATABASE READER     (READER: openpyxl or calamine)
"""

import email
import email.policy
import hashlib
import imaplib
import io
import smtplib
import sqlite3
import ssl
import sys
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr


def rows_of(data, reader):
    if reader == "calamine":
        import python_calamine

        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


def main():
    host, imap_port, smtp_port, user, password, path, reader = sys.argv[1:]
    database = sqlite3.connect(path)
    database.executescript("""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS message(uid INTEGER PRIMARY KEY, sender TEXT, subject TEXT, sha256 TEXT, raw BLOB);
        CREATE TABLE IF NOT EXISTS cell(uid INTEGER, row INTEGER, col INTEGER, value TEXT);
    """)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    imap = imaplib.IMAP4_SSL(host, int(imap_port), ssl_context=context)
    imap.login(user, password)
    imap.select("INBOX")
    smtp = smtplib.SMTP(host, int(smtp_port))
    uids = imap.uid("SEARCH", "ALL")[1][0].split()
    for uid in uids:
        raw = imap.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1]
        message = email.message_from_bytes(raw, policy=email.policy.default)
        sender = parseaddr(message["From"])[1]
        filled = 0
        with database:
            database.execute(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?)",
                (int(uid), sender, message["Subject"], hashlib.sha256(raw).hexdigest(), raw))
            for part in message.iter_attachments():
                for r, row in enumerate(rows_of(part.get_payload(decode=True), reader)):
                    for c, value in enumerate(row):
                        if value not in (None, ""):
                            filled += 1
                            database.execute("INSERT INTO cell VALUES (?, ?, ?, ?)", (int(uid), r, c, str(value)))
        reply = EmailMessage()
        reply["From"], reply["To"] = user, sender
        reply["Subject"] = "Received"
        reply["Message-ID"] = make_msgid(domain="example.test")
        reply["In-Reply-To"] = message["Message-ID"]
        reply.set_content(f"{filled} cells received.\n")
        smtp.send_message(reply)
        imap.uid("MOVE", uid, "Processed") if "MOVE" in imap.capabilities else None
    smtp.quit()
    imap.logout()
    print(len(uids))


main()
