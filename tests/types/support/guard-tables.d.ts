export * from "../../../helpgen/support/client/guard-tables.js";
