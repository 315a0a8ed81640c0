export * from "../../../helpgen/support/client/troubleshooter.js";
