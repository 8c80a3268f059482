// The wire to the simulator: requests of its control API, and the one stream of changes that a page follows.

const SILENCE_MS = 6000; // the server speaks every second
const BACK_OFF_MS = [300, 1000, 2000, 5000];

export class RefusedError extends Error {}

/** One request; a plain object goes as JSON, a form as it is. Throws RefusedError with the server's reason. */
export async function ask(verb, path, given) {
  const isForm = given instanceof FormData;
  const body = given === undefined ? {} : { body: isForm ? given : JSON.stringify(given) };
  const headers = given === undefined || isForm ? {} : { "Content-Type": "application/json" };
  let response;
  try {
    response = await fetch(path, { method: verb, headers, ...body });
  } catch {
    throw new RefusedError("The simulator does not answer.");
  }
  if (response.ok) return response.json();
  const { error } = await response.json().catch(() => ({}));
  throw new RefusedError(error ?? `The simulator answers ${response.status} ${response.statusText}.`);
}

export async function download(path) {
  const response = await fetch(path);
  if (!response.ok) throw new RefusedError("The file is gone.");
  return response.blob();
}

/**
 * Follow everything after the change `since`, for ever: a line that breaks, ends or falls silent is opened again where
 * it was left. `told` has a function per event (world, state, change) and `lost`, called whenever the line breaks.
 */
export function follow(since, told) {
  let source;
  let failures = 0;
  let watch;
  let last = since;

  const hear = (kind) => (event) => {
    failures = 0;
    listen();
    if (event.lastEventId) last = Number(event.lastEventId);
    told[kind](JSON.parse(event.data));
  };
  const listen = () => {
    clearTimeout(watch);
    watch = setTimeout(again, SILENCE_MS);
  };
  const again = () => {
    clearTimeout(watch);
    source.close();
    told.lost();
    setTimeout(open, BACK_OFF_MS[Math.min(failures++, BACK_OFF_MS.length - 1)]);
  };
  const open = () => {
    source = new EventSource(`/control/stream?since=${last}`);
    for (const kind of ["world", "state", "change"]) source.addEventListener(kind, hear(kind));
    source.addEventListener("error", again);
    listen();
  };
  open();
}
