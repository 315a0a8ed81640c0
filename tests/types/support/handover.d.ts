export * from "../../../helpgen/support/client/handover.js";
