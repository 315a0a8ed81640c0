export * from "../../../helpgen/support/client/verifier.js";
