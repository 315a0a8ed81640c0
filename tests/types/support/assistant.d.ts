export * from "../../../helpgen/support/client/assistant.js";
