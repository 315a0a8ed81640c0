export * from "../../../helpgen/support/client/case.js";
