export * from "../../../helpgen/support/client/guard.js";
