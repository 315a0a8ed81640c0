// In a built site the client stands beside the theme's scripts, as search/engine.js.
export * from "../../../helpgen/search/client/engine.js";
