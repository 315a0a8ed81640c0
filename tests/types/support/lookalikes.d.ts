export * from "../../../helpgen/support/client/lookalikes.js";
