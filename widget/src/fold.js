/**
 * A text without what does not count in an answer to the quiz: capitals, accents, marks, spaces.
 * Example: "Un  Écran !" -> "un ecran"
 * @param {string} text
 */
export function fold(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  return (plain.match(/[\p{L}\p{N}]+/gu) || []).join(" ");
}
