export * from "../../../helpgen/support/client/mail.js";
