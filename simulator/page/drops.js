// Files that are dragged onto a phone: it says that it takes them, and hands them on.

/** `lay(files)` is called with what was dropped; text that is dragged into the box is left to the browser. */
export function takeDrops(phone, lay) {
  let depth = 0; // entering a part of the phone comes before leaving the one around it
  const hover = (step) => (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth = Math.max(depth + step, 0);
    phone.classList.toggle("dropping", depth > 0);
  };
  phone.addEventListener("dragenter", hover(1));
  phone.addEventListener("dragover", hover(0));
  phone.addEventListener("dragleave", hover(-1));
  phone.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    phone.classList.remove("dropping");
    lay(event.dataTransfer.files);
  });
}

function bringsFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}
