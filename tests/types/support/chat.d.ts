export * from "../../../helpgen/support/client/chat.js";
