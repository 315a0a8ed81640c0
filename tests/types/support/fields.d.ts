export * from "../../../helpgen/support/client/fields.js";
