export * from "../../../helpgen/support/client/message.js";
