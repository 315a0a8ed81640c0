export * from "../../../helpgen/support/client/conversation.js";
