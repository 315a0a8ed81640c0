/** Reads [{to, subject, body}] from standard input, writes what mail.js and case.js make of each: for Python to parse back. */
import { readFileSync } from "node:fs";
import { calendarEntry } from "../../../helpgen/support/client/case.js";
import { emlFile, mailtoLink } from "../../../helpgen/support/client/mail.js";

const made = JSON.parse(readFileSync(0, "utf8")).map((mail) => {
  const date = new Date("2026-11-22T12:00:00Z");
  try {
    const kept = { id: "c1", scenario: mail.subject, channel: "Mail", to: "", subject: mail.subject, body: mail.body, sent: date.toISOString(), usual: "", again: date.toISOString() };
    return { eml: emlFile(mail, date), link: mailtoLink(mail, "(cut)"), ics: calendarEntry(kept, mail.subject, "help.example") };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(made));
