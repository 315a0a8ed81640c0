// Made by the build of lookalikes.json.
declare const letters: Record<string, string>;
export default letters;
