export * from "../../../helpgen/support/client/outlines.js";
