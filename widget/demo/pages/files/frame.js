// The frame grows with what is in it: only the frame itself is believed, at exactly its origin, and only a height.
const frame = document.querySelector("iframe.actuclair");
const server = new URL(frame.src).origin;

addEventListener("message", (event) => {
  if (event.origin !== server || event.source !== frame.contentWindow) return;
  const { type, height } = Object(event.data);
  if (type !== "actuclair-height" || !Number.isInteger(height)) return;
  frame.style.height = `${Math.min(Math.max(height, 200), 20000)}px`;
});
