export * from "../../../helpgen/support/client/router.js";
